import Chat
import Synchronization

/// Where a specialist's language model writes: its text is kept, and becomes a part of the whole answer later.
final class SpecialistSink: ReplySink {
    /// More than this a specialist is not heard, in bytes.
    static let maximumBytes = 32 << 10

    private struct State {
        var bytes: [UInt8] = []
        var failedAttempts: [FailedAttempt] = []
    }

    private let state = Mutex(State())
    /// Whether the reply as a whole is still wanted.
    private let isWanted: @Sendable () -> Bool

    init(isWanted: @escaping @Sendable () -> Bool) {
        self.isWanted = isWanted
    }

    var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }
    var failedAttempts: [FailedAttempt] { state.withLock { $0.failedAttempts } }

    func text(_ batch: TextBatch) {
        state.withLock { $0.bytes.append(contentsOf: batch.bytes.prefix(max(0, Self.maximumBytes - $0.bytes.count))) }
    }

    // What it looked up is told with its part of the workflow.
    func note(_ note: AgentNote) {}
    func recommendations(_ books: [Book]) {}
    func model(_ name: String) {}
    func reasoning(_ batch: TextBatch) {}
    func reasoningDetails(_ json: [UInt8]) {}
    func toolCalls(_ pieces: [ToolCallPiece]) {}
    func answering(provider: String, model: String) {}

    func providerSwitch(_ change: ProviderSwitch) {
        if change.resetsText { state.withLock { $0.bytes.removeAll() } }
    }

    func attemptFailed(_ attempt: FailedAttempt) { state.withLock { $0.failedAttempts.append(attempt) } }

    func emitted(last bytes: Int) -> [UInt8] { state.withLock { Array($0.bytes.suffix(bytes)) } }
    var supportsReset: Bool { true }
    var wantsMore: Bool { isWanted() }
}
