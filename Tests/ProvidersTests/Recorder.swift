import Chat
import Synchronization

/// A sink that keeps what it is given.
final class Recorder: ModelSink {
    private struct State {
        var pieces: [String] = []
        var shown = ""
        var reasoning: [String] = []
        var reasoningDetails: [[UInt8]] = []
        var toolCalls: [ToolCallPiece] = []
        var models: [String] = []
        var switches: [ProviderSwitch] = []
        var failures: [FailedAttempt] = []
        var asked: [String] = []
        var batches = 0
    }

    private let state = Mutex(State())
    private let onText: @Sendable () -> Void
    let supportsReset: Bool

    init(supportsReset: Bool = true, onText: @escaping @Sendable () -> Void = {}) {
        self.supportsReset = supportsReset
        self.onText = onText
    }

    var reasoning: [String] { state.withLock { $0.reasoning } }
    /// JSON arrays.
    var reasoningDetails: [[UInt8]] { state.withLock { $0.reasoningDetails } }
    /// Who answered, as the providers name their models, in order.
    var models: [String] { state.withLock { $0.models } }
    var toolCalls: [ToolCallPiece] { state.withLock { $0.toolCalls } }
    var failures: [FailedAttempt] { state.withLock { $0.failures } }
    /// Providers that were about to be called, in order.
    var asked: [String] { state.withLock { $0.asked } }

    var pieces: [String] { state.withLock { $0.pieces } }
    var text: String { pieces.joined() }
    /// The text since the last reset.
    var shown: String { state.withLock { $0.shown } }
    var switches: [ProviderSwitch] { state.withLock { $0.switches } }
    /// How often text was given.
    var batches: Int { state.withLock { $0.batches } }

    func text(_ batch: TextBatch) {
        state.withLock { state in
            state.pieces += batch.pieces
            state.shown += batch.pieces.joined()
            state.batches += 1
        }
        onText()
    }

    func reasoning(_ batch: TextBatch) { state.withLock { $0.reasoning += batch.pieces } }
    func reasoningDetails(_ json: [UInt8]) { state.withLock { $0.reasoningDetails.append(json) } }
    func model(_ name: String) { state.withLock { $0.models.append(name) } }
    func toolCalls(_ pieces: [ToolCallPiece]) { state.withLock { $0.toolCalls += pieces } }
    func answering(provider: String, model: String) { state.withLock { $0.asked.append(provider) } }
    func attemptFailed(_ attempt: FailedAttempt) { state.withLock { $0.failures.append(attempt) } }
    func emitted(last bytes: Int) -> [UInt8] { Array(Array(shown.utf8).suffix(bytes)) }
    var wantsMore: Bool { true }

    func providerSwitch(_ change: ProviderSwitch) {
        state.withLock { state in
            state.switches.append(change)
            if change.resetsText { state.shown = "" }
        }
    }
}

extension TextBatch {
    var pieces: [String] {
        var start = 0
        return ends.map { end in
            defer { start = end }
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }
}

/// What a model answered, or why it did not.
func outcome(
    of model: some LanguageModel, _ request: ModelRequest = .question, into sink: some ModelSink
) async -> Result<ModelCompletion, any Error> {
    do {
        return .success(try await model.respond(to: request, into: sink))
    } catch {
        return .failure(error)
    }
}

extension Result where Failure == any Error {
    var modelError: ModelError? {
        guard case .failure(let error) = self else { return nil }
        return error as? ModelError
    }

    var success: Success? { try? get() }
}

extension ModelRequest {
    static var question: ModelRequest {
        ModelRequest(instructions: "Be brief.", messages: [ModelMessage(role: .user, content: "Say hello.")])
    }
}
