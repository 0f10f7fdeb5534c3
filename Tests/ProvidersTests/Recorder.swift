import Chat
import Synchronization

/// A sink that keeps what it is given.
final class Recorder: ModelSink {
    private let state = Mutex<(pieces: [String], switches: [ProviderSwitch], batches: Int)>(([], [], 0))
    private let onText: @Sendable () -> Void

    init(onText: @escaping @Sendable () -> Void = {}) { self.onText = onText }

    var pieces: [String] { state.withLock { $0.pieces } }
    var text: String { pieces.joined() }
    var switches: [ProviderSwitch] { state.withLock { $0.switches } }
    /// How often text was given.
    var batches: Int { state.withLock { $0.batches } }

    func text(_ batch: TextBatch) {
        state.withLock { state in
            state.pieces += batch.pieces
            state.batches += 1
        }
        onText()
    }

    func providerSwitch(_ change: ProviderSwitch) { state.withLock { $0.switches.append(change) } }
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
