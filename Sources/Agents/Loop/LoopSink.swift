import Chat
import Synchronization

/// What one call of the model came to.
struct SaidByModel {
    var text = ""
    var calls: [ToolCall] = []
    var reasoning: Reasoning?
}

/// What the calls for one reply write to: text goes on to the reply as it comes, and calls of tools are kept for the loop.
///
/// The text itself is kept by the reply alone; here are the lengths.
final class LoopSink<Base: ReplySink>: ModelSink {
    /// Calls of one answer that are read; what is beyond is a model gone wrong.
    private static var maximumCalls: Int { 32 }
    private static var maximumArgumentBytes: Int { 65_536 }

    private let base: Base
    private let state = Mutex(LoopSinkState())
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

    /// What the call has said. The next one begins.
    func endCall() -> SaidByModel {
        let length = state.withLock { $0.textBytes }
        let text = String(decoding: base.emitted(last: length), as: UTF8.self)
        return state.withLock { state in
            let reasoning = Reasoning(text: String(decoding: state.thoughts, as: UTF8.self), details: state.details)
            let said = SaidByModel(
                text: text, calls: state.calls.sorted { $0.index < $1.index }.map(\.call),
                reasoning: reasoning.isEmpty ? nil : reasoning)
            state.earlierBytes += length
            if text.utf8.last != nil { state.endsInNewline = text.utf8.last == 0x0A }
            state.forget()
            return said
        }
    }

    /// A call has failed. What it asked for is dropped; what it said stays, since it was shown.
    /// - Returns: whether another question makes sense: it was about to call tools, or nothing has come of it.
    func breakCall() -> (hadCalls: Bool, isUnseen: Bool) {
        let length = state.withLock { $0.textBytes }
        let last = base.emitted(last: min(1, length)).last
        return state.withLock { state in
            defer { state.forget() }
            state.earlierBytes += length
            if let last { state.endsInNewline = last == 0x0A }
            return (!state.calls.isEmpty, length == 0)
        }
    }

    /// The reply's text so far.
    var replyText: String {
        String(decoding: base.emitted(last: state.withLock { $0.earlierBytes + $0.textBytes }), as: UTF8.self)
    }

    func text(_ batch: TextBatch) {
        let (isFirst, isParted) = state.withLock { $0.take(batch) }
        if isFirst { onFirstOutput() }
        if isParted { base.text(TextBatch("\n\n")) }
        base.text(batch)
    }

    func reasoning(_ batch: TextBatch) {
        state.withLock { $0.thoughts += batch.bytes }
        base.reasoning(batch)
    }

    func reasoningDetails(_ json: [UInt8]) { state.withLock { $0.details.append(json) } }

    func toolCalls(_ pieces: [ToolCallPiece]) {
        let isFirst = state.withLock { state in
            for piece in pieces { state.take(piece, maximum: Self.maximumCalls, bytes: Self.maximumArgumentBytes) }
            return state.begin()
        }
        if isFirst { onFirstOutput() }
    }

    func providerSwitch(_ change: ProviderSwitch) {
        var earlier: [UInt8] = []
        if change.resetsText {
            let (kept, lost) = state.withLock { state in
                defer { state.forget() }
                return (state.earlierBytes, state.textBytes)
            }
            earlier = Array(base.emitted(last: kept + lost).prefix(kept))
        }
        base.providerSwitch(change)
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
    func emitted(last bytes: Int) -> [UInt8] { base.emitted(last: min(bytes, state.withLock { $0.textBytes })) }
    var supportsReset: Bool { base.supportsReset }
    var wantsMore: Bool { base.wantsMore }
}

/// Outside the generic class, so that no piece looks up a type.
private struct LoopSinkState {
    /// Of the reply's text before this call, which stays when the call's own is taken back.
    var earlierBytes = 0
    var endsInNewline = true
    /// Of this call's text.
    var textBytes = 0
    var calls: [(index: Int, call: ToolCall)] = []
    var thoughts: [UInt8] = []
    var details: [[UInt8]] = []
    /// Whether anything has come yet, in any call.
    var hasBegun = false

    /// Whether this is the first of all.
    mutating func begin() -> Bool {
        defer { hasBegun = true }
        return !hasBegun
    }

    /// - Returns: whether it is the first of all, and whether an empty line parts it from what was before.
    mutating func take(_ batch: TextBatch) -> (isFirst: Bool, isParted: Bool) {
        let isParted = textBytes == 0 && !endsInNewline
        if isParted {
            // It belongs to what was there: a call that is repeated does not say it.
            earlierBytes += 2
            endsInNewline = true
        }
        textBytes += batch.bytes.count
        return (begin(), isParted)
    }

    mutating func forget() {
        textBytes = 0
        calls = []
        thoughts = []
        details = []
    }

    mutating func take(_ piece: ToolCallPiece, maximum: Int, bytes: Int) {
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
