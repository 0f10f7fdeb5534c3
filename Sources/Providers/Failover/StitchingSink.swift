import Chat
import Synchronization

/// What a chain's calls write to, one after the other, so that their answers are one (see `AnswerStitcher`).
final class StitchingSink<Base: ModelSink>: ModelSink {
    private struct State {
        var seam: AnswerStitcher
        /// Called, once, with the present call's first output.
        var onBegin: (@Sendable () -> Void)?
    }

    private let base: Base
    private let state: Mutex<State>

    init(_ base: Base) {
        self.base = base
        state = Mutex(State(seam: AnswerStitcher(supportsReset: base.supportsReset)))
    }

    /// Whether text, or a part of a tool's call, has reached the sink.
    var hasOutput: Bool { state.withLock { $0.seam.hasOutput } }
    /// Bytes of text of the present call.
    var callBytes: Int { state.withLock { $0.seam.callBytes } }
    /// Whether the present call's answer cannot be passed on.
    var isRefused: Bool { state.withLock { $0.seam.isRefused } }

    /// A call begins.
    /// - Parameters:
    ///   - change: from whom it takes over; nil for the first one.
    ///   - onBegin: called with the call's first output.
    func beginCall(_ change: ProviderSwitch?, onBegin: @escaping @Sendable () -> Void) {
        let output = state.withLock { state in
            state.onBegin = onBegin
            return state.seam.begin(change) { base.emitted(last: $0) }
        }
        pass(output)
    }

    /// The present call has ended well; `isRefused` tells whether its answer is one.
    func endCall() { pass(state.withLock { $0.seam.end() }) }

    func text(_ batch: TextBatch) {
        if take({ $0.take(batch) }) { base.text(batch) }
    }

    func reasoning(_ batch: TextBatch) {
        if take({ $0.takeReasoning() }) { base.reasoning(batch) }
    }

    func model(_ name: String) {
        if !isRefused { base.model(name) }
    }

    func reasoningDetails(_ json: [UInt8]) {
        if take({ $0.takeReasoning() }) { base.reasoningDetails(json) }
    }

    func toolCalls(_ pieces: [ToolCallPiece]) {
        if take({ $0.takeToolCalls() }) { base.toolCalls(pieces) }
    }

    func providerSwitch(_ change: ProviderSwitch) { base.providerSwitch(change) }
    func answering(provider: String, model: String) { base.answering(provider: provider, model: model) }
    func attemptFailed(_ attempt: FailedAttempt) { base.attemptFailed(attempt) }
    func emitted(last bytes: Int) -> [UInt8] { base.emitted(last: bytes) }
    var supportsReset: Bool { base.supportsReset }
    var wantsMore: Bool { !isRefused && base.wantsMore }

    /// Passes on what was held back and tells whether what was just said is passed on too.
    private func take(_ change: (inout AnswerStitcher) -> AnswerStitcher.Output) -> Bool {
        let (output, onBegin) = state.withLock { state in (change(&state.seam), state.onBegin.take()) }
        onBegin?()
        pass(output)
        return output.passes
    }

    private func pass(_ output: AnswerStitcher.Output) {
        if let change = output.change { base.providerSwitch(change) }
        for batch in output.text { base.text(batch) }
    }
}
