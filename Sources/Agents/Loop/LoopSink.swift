import Chat
import Synchronization

/// What the calls for one reply write to: text goes on to the reply as it comes, and calls of tools are kept for the loop.
final class LoopSink<Base: ReplySink>: ModelSink {
    /// What one call of the model came to.
    struct Said {
        var text = ""
        var calls: [ToolCall] = []
        var reasoning: Reasoning?
    }

    fileprivate struct State {
        /// The reply's text before this call, which stays when the call's own is taken back.
        var earlier: [UInt8] = []
        /// This call's.
        var text: [UInt8] = []
        var calls: [(index: Int, call: ToolCall)] = []
        var thoughts: [UInt8] = []
        var details: [[UInt8]] = []
        /// Whether anything has come yet, in any call.
        var hasBegun = false
    }

    /// Calls of one answer that are read; what is beyond is a model gone wrong.
    private static var maximumCalls: Int { 32 }
    private static var maximumArgumentBytes: Int { 65_536 }

    private let base: Base
    private let state = Mutex(State())
    /// Called before each attempt of a provider.
    private let onAttempt: @Sendable () -> Void
    /// Called once, before the first text or call of a tool.
    private let onFirstOutput: @Sendable () -> Void

    init(
        _ base: Base, onAttempt: @escaping @Sendable () -> Void, onFirstOutput: @escaping @Sendable () -> Void
    ) {
        self.base = base
        self.onAttempt = onAttempt
        self.onFirstOutput = onFirstOutput
    }

    private func begin() {
        let isFirst = state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
        if isFirst { onFirstOutput() }
    }

    /// What the call has said. The next one begins.
    func endCall() -> Said {
        state.withLock { state in
            defer {
                state.earlier += state.text
                state.text = []
                state.forget()
            }
            let reasoning = Reasoning(text: String(decoding: state.thoughts, as: UTF8.self), details: state.details)
            return Said(
                text: String(decoding: state.text, as: UTF8.self),
                calls: state.calls.sorted { $0.index < $1.index }.map(\.call),
                reasoning: reasoning.isEmpty ? nil : reasoning)
        }
    }

    /// The reply's text so far.
    var replyText: String { state.withLock { String(decoding: $0.earlier + $0.text, as: UTF8.self) } }

    func text(_ batch: TextBatch) {
        begin()
        let isParted = state.withLock { state in
            let begins = state.text.isEmpty && !(state.earlier.last.map { $0 == 0x0A } ?? true)
            // It belongs to what was there: a call that is repeated does not say it.
            if begins { state.earlier += "\n\n".utf8 }
            state.text += batch.bytes
            return begins
        }
        if isParted { base.text(TextBatch("\n\n")) }
        base.text(batch)
    }

    func reasoning(_ batch: TextBatch) {
        state.withLock { $0.thoughts += batch.bytes }
        base.reasoning(batch)
    }

    func reasoningDetails(_ json: [UInt8]) { state.withLock { $0.details.append(json) } }

    func toolCalls(_ pieces: [ToolCallPiece]) {
        begin()
        state.withLock { state in
            for piece in pieces { state.take(piece, maximum: Self.maximumCalls, bytes: Self.maximumArgumentBytes) }
        }
    }

    func providerSwitch(_ change: ProviderSwitch) {
        base.providerSwitch(change)
        guard change.resetsText else { return }
        let earlier = state.withLock { state in
            state.text = []
            state.forget()
            return state.earlier
        }
        guard !earlier.isEmpty else { return }
        var batch = TextBatch()
        batch.append(utf8: earlier)
        base.text(batch)
    }

    func answering(provider: String, model: String) {
        onAttempt()
        base.answering(provider: provider, model: model)
    }

    func model(_ name: String) { base.model(name) }
    func attemptFailed(_ attempt: FailedAttempt) { base.attemptFailed(attempt) }
    func given(last bytes: Int) -> [UInt8] { state.withLock { Array($0.text.suffix(bytes)) } }
    var canTakeBack: Bool { base.canTakeBack }
    var wantsMore: Bool { base.wantsMore }
}

extension LoopSink.State {
    fileprivate mutating func forget() {
        calls = []
        thoughts = []
        details = []
    }

    fileprivate mutating func take(_ piece: ToolCallPiece, maximum: Int, bytes: Int) {
        if let place = calls.firstIndex(where: { $0.index == piece.index }) {
            if calls[place].call.arguments.utf8.count < bytes { calls[place].call.arguments += piece.arguments }
            if let id = piece.id, calls[place].call.id.isEmpty { calls[place].call.id = id }
            if let name = piece.name, calls[place].call.name.isEmpty { calls[place].call.name = name }
            if let extra = piece.extraContent { calls[place].call.extraContent = extra }
        } else if calls.count < maximum {
            let call = ToolCall(
                id: piece.id ?? "", name: piece.name ?? "", arguments: piece.arguments, extraContent: piece.extraContent
            )
            calls.append((piece.index, call))
        }
    }
}
