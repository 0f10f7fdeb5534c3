import Scheduling
import Synchronization

@testable import Chat
@testable import Ownership

/// An agent that does what the test says.
struct ScriptedAgent: Agent {
    let name = "test"
    var freeProviders: Set<String> = []
    var completion = ModelCompletion(
        finishReason: "stop", provider: "test", model: "m",
        usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: false))
    let script: @Sendable (any ReplySink) async throws -> Void

    func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        try await script(sink)
        return completion
    }

    /// Says `pieces`, then waits until it is cancelled.
    static func endless(_ pieces: String..., timers: TimerQueue) -> ScriptedAgent {
        ScriptedAgent { sink in
            for piece in pieces { sink.text(TextBatch(piece)) }
            try await timers.sleep(milliseconds: 3_600_000)
        }
    }

    /// Says `pieces` and ends.
    static func brief(_ pieces: String...) -> ScriptedAgent {
        ScriptedAgent { sink in for piece in pieces { sink.text(TextBatch(piece)) } }
    }
}

/// An engine on a real store.
struct EngineFixture {
    let store: FaultyStore
    let timers = TimerQueue()
    let lines = Lines()
    let engine: ConversationEngine

    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
        func count(_ beginning: String) -> Int { lines.withLock { $0.count { $0.hasPrefix(beginning) } } }
    }

    /// - Parameters:
    ///   - store: one that another process's engine uses too; nil for one of its own.
    ///   - worker: the process's name.
    init(
        on store: FaultyStore = FaultyStore(), worker: String = "w1", executor: (any TaskExecutor)? = nil,
        _ adjust: (inout ConversationEngine.Limits) -> Void = { _ in },
        whenTurnEnded: @escaping @Sendable (TurnReport) -> Void = { _ in }
    ) {
        self.store = store
        var limits = ConversationEngine.Limits()
        limits.endRetryMS = 1
        limits.watchMS = 1
        adjust(&limits)
        let lines = lines
        let recorder = TurnRecorder(store: store, timers: timers, intervalMS: 1) { lines.add($0) }
        engine = ConversationEngine(
            store: store, recorder: recorder, worker: WorkerID(rawValue: worker), timers: timers,
            executor: executor, limits: limits, whenTurnEnded: whenTurnEnded
        ) { lines.add($0) }
    }

    static let user = UserID(rawValue: "ann")
    /// So late that every worker that lives now is taken for dead.
    static let later = Timestamp(milliseconds: Timestamp.now().milliseconds + 86_400_000)

    func begin(
        _ agent: ScriptedAgent, user: UserID = user, session: String? = nil, key: String? = nil,
        text: String = "hello"
    ) async throws -> TurnLog {
        try await engine.begin(
            TurnRequest(
                user: user, session: session.map(SessionID.init(rawValue:)), text: text,
                idempotencyKey: key.map { IdempotencyKey($0, fingerprint: Array(text.utf8)) }),
            agent: agent)
    }

    /// Follows `log` until `isEnough`.
    func follow(_ log: TurnLog, until isEnough: () -> Bool) async {
        let waker = Waker()
        log.follow(waker)
        while !isEnough() { _ = await waker.wait() }
        log.unfollow(waker)
    }

    func end(of log: TurnLog) async -> ChatEvent? {
        await follow(log) { log.isEnded }
        var last: ChatEvent?
        _ = log.read(after: 0) { _, view in
            if case .event(let event) = view { last = event }
            return true
        }
        return last
    }
}

/// The events of a log, text pieces included.
func events(of log: TurnLog) -> [ChatEvent] {
    var list: [ChatEvent] = []
    _ = log.read(after: 0) { _, view in
        switch view {
        case .text(let piece): list.append(.text(String(decoding: piece, as: UTF8.self)))
        case .event(let event): list.append(event)
        }
        return true
    }
    return list
}
