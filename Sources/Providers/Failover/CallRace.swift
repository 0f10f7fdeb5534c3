import Chat
import Scheduling
import Synchronization

/// The calls under way for one answer, of which the first that says something is heard: what the others say from then on
/// reaches nobody.
final class CallRace<Base: ModelSink>: Sendable {
    private struct State {
        var winner: Int?
        var isClosed = false
        var tasks: [Task<Void, Never>] = []
        var onFirstWord: [@Sendable () -> Void] = []
        var ended: [(lane: Int, result: Result<ModelCompletion, any Error>)] = []
    }

    let sink: StitchingSink<Base>
    /// Woken with `.data` when a call has said its first word, or has ended.
    let waker = Waker()
    private let state = Mutex(State())

    init(_ sink: StitchingSink<Base>) { self.sink = sink }

    /// Begins a call.
    /// - Parameter onFirstWord: called before its first word is passed on, if it is the first to have one.
    /// - Returns: its number, from 0.
    func start(_ model: any LanguageModel, _ request: ModelRequest, onFirstWord: @escaping @Sendable () -> Void) -> Int
    {
        let lane = state.withLock { state in
            state.onFirstWord.append(onFirstWord)
            return state.onFirstWord.count - 1
        }
        let sink = LaneSink(race: self, lane: lane)
        let task = Task {
            let result: Result<ModelCompletion, any Error>
            do {
                result = .success(try await model.respond(to: request, into: sink))
            } catch {
                result = .failure(error)
            }
            state.withLock { $0.ended.append((lane, result)) }
            waker.wake(.data)
        }
        state.withLock { $0.tasks.append(task) }
        return lane
    }

    /// Whether the call is the one that is heard, which it becomes when none is yet.
    func claims(_ lane: Int) -> Bool {
        let (isHeard, onFirstWord) = state.withLock { state -> (Bool, (@Sendable () -> Void)?) in
            if state.isClosed { return (false, nil) }
            let isFirst = state.winner == nil
            if isFirst { state.winner = lane }
            return (state.winner == lane, isFirst ? state.onFirstWord[lane] : nil)
        }
        if let onFirstWord {
            onFirstWord()
            waker.wake(.data)
        }
        return isHeard
    }

    /// Whether the call may still be heard.
    func isOpen(_ lane: Int) -> Bool { state.withLock { !$0.isClosed && ($0.winner ?? lane) == lane } }

    /// Who is heard; nil while nobody has said anything.
    var winner: Int? { state.withLock { $0.winner } }

    /// The calls that have ended since this was asked last.
    func takeEnded() -> [(lane: Int, result: Result<ModelCompletion, any Error>)] {
        state.withLock { state in
            defer { state.ended = [] }
            return state.ended
        }
    }

    func cancel(_ lane: Int) { state.withLock { $0.tasks[lane] }.cancel() }

    /// Ends all calls: when this returns, nothing reaches the sink any more.
    func close() async {
        let tasks = state.withLock { state in
            state.isClosed = true
            return state.tasks
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}

/// What one of the calls writes to.
private struct LaneSink<Base: ModelSink>: ModelSink {
    let race: CallRace<Base>
    let lane: Int

    private var isHeard: Bool { race.claims(lane) }

    func text(_ batch: TextBatch) { if isHeard { race.sink.text(batch) } }
    func reasoning(_ batch: TextBatch) { if isHeard { race.sink.reasoning(batch) } }
    func reasoningDetails(_ json: [UInt8]) { if isHeard { race.sink.reasoningDetails(json) } }
    func toolCalls(_ pieces: [ToolCallPiece]) { if isHeard { race.sink.toolCalls(pieces) } }
    // Comes with the first piece.
    func model(_ name: String) { if isHeard { race.sink.model(name) } }
    func providerSwitch(_ change: ProviderSwitch) { if isHeard { race.sink.providerSwitch(change) } }
    // Who is asked, and what fails, is told by the chain.
    func answering(provider: String, model: String) {}
    func attemptFailed(_ attempt: FailedAttempt) {}
    func emitted(last bytes: Int) -> [UInt8] { race.sink.emitted(last: bytes) }
    var supportsReset: Bool { race.sink.supportsReset }
    var wantsMore: Bool { race.isOpen(lane) && race.sink.wantsMore }
}
