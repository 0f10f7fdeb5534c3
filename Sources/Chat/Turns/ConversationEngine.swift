public import Scheduling
import Synchronization

/// What a client asks: one message to be answered.
public struct TurnRequest: Sendable {
    public var user: UserID
    /// Nil makes a new conversation.
    public var session: SessionID?
    public var text: String
    /// JSON that the client sent along.
    public var metadata: [UInt8]?
    public var idempotencyKey: IdempotencyKey?
    /// What the client can be shown of the reply.
    public var form: ReplyForm
    public var limits: TurnLimits?
    /// Bytes of the prompt, where that is more than the text.
    public var promptBytes: Int?
    /// Most tokens of the reply, where the client says it.
    public var maximumTokens: Int?
    /// Whether the client wants to see what the model thinks, in a form that has no place for it otherwise.
    public var showsThoughts = false
    /// Text that the reply begins with and goes on from: that of an earlier reply, which was cut off. Nil where it begins anew.
    public var beginning: String?
    /// Nil: after the latest question.
    public var place: QuestionPlace?

    public init(
        user: UserID, session: SessionID?, text: String, metadata: [UInt8]? = nil,
        idempotencyKey: IdempotencyKey? = nil, form: ReplyForm = .reply, limits: TurnLimits? = nil
    ) {
        self.limits = limits
        self.user = user
        self.session = session
        self.text = text
        self.metadata = metadata
        self.idempotencyKey = idempotencyKey
        self.form = form
    }
}

/// Why no turn was begun.
public struct EngineError: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The process holds as many turns as it may.
        case tooManyTurns
        /// This user has as many turns running as one may.
        case tooManyTurnsOfUser
        /// As many answers to the users of a key are under way as may be.
        case tooManyTurnsOfKey(allowed: Int)
        /// As many messages of this conversation wait for their answer as may.
        case conversationIsBusy
        /// The answers to the user, or to all for whom the key acts, have taken as many tokens today as may be, or those under way may.
        case tokensAreSpent(used: Int, reserved: Int, allowed: Int)
        /// As much is stored of the user as may be.
        case quotaIsReached(QuotaReached)
        /// There is no such message to be answered anew.
        case noSuchMessage
        /// The idempotency key is that of another request of the user's.
        case idempotencyKeyReused
        /// The process is about to end.
        case shuttingDown
    }

    public var kind: Kind

    public init(kind: Kind) { self.kind = kind }

    init(_ refusal: TurnRefusal, _ limits: UserLimits, _ key: KeyLimits?) {
        kind =
            switch refusal {
            case .tooManyTurns: .tooManyTurnsOfUser
            case .tokensAreSpent(let used, let reserved):
                .tokensAreSpent(used: used, reserved: reserved, allowed: limits.tokensPerDay)
            case .ofKey(.tokensAreSpent(let used, let reserved)):
                .tokensAreSpent(used: used, reserved: reserved, allowed: key?.tokensPerDay ?? 0)
            case .ofKey: .tooManyTurnsOfKey(allowed: key?.streams ?? 0)
            }
    }
}

/// Takes messages, lets an agent answer each, and keeps every turn's log, no matter who is connected.
///
/// A turn belongs to nobody who is connected: it runs in a task of its own, and those who want to see it read its log.
public final class ConversationEngine: Sendable {
    public struct Limits: Sendable {
        /// Turns running at once in this process.
        public var turns = 10_000
        /// Turns running at once for one user, in all processes.
        public var turnsPerUser = 4
        /// Turns of one conversation that may be open at once, in all processes; the first is answered, the others wait.
        public var turnsPerSession = 8
        /// Tokens of one user in a day (UTC), after which no turn of theirs is begun, in all processes; 0: no limit.
        public var tokensPerDay = 0
        /// What may be stored of one user.
        public var quotas = StorageQuotas()
        /// How often a process that runs or follows turns looks whether others have written to the store, in milliseconds.
        public var watchMS = 50
        /// Messages of the conversation an agent is given.
        public var historyMessages = 40
        /// Bytes of text of those messages at most; the oldest are left out.
        public var historyBytes = 262_144
        /// Longest reply, in bytes; what a provider sends beyond it is left out.
        public var replyBytes = 1_048_576
        /// How long a turn runs on when nobody follows it any more, in milliseconds.
        public var detachGraceMS = 30_000
        /// How soon the writing of an end that the store did not take is tried again, in milliseconds; then twice as late
        /// each time, up to a minute.
        public var endRetryMS = 500

        public init() {}
    }

    public let worker: WorkerID
    let store: any ChatStore
    let recorder: TurnRecorder
    let limits: Limits
    let timers: TimerQueue
    private let executor: (any TaskExecutor)?
    let report: @Sendable (String) -> Void
    let whenTurnEnded: @Sendable (TurnReport) -> Void
    /// Told when a turn has begun, and when it has ended. It must return at once.
    let changed: @Sendable (UserID, UserChange) -> Void
    let state = Mutex(EngineState<Task<Void, Never>>())
    /// Bytes of a message that is read in a moment.
    private static let quickBytes = 4_096

    /// - Parameters:
    ///   - executor: where turns with short messages run, their steps being short too; nil for Swift's own threads.
    ///   - whenTurnEnded: told once of every turn that ran here, in the task of its request (``RequestOrigin``).
    ///   - log: takes a line for the operator; never given a message's text.
    ///   - changed: told when a turn of a user has begun, and when it has ended. It must return at once.
    public init(
        store: any ChatStore, recorder: TurnRecorder, worker: WorkerID, timers: TimerQueue,
        executor: (any TaskExecutor)? = nil, limits: Limits = .init(),
        whenTurnEnded: @escaping @Sendable (TurnReport) -> Void = { _ in },
        log: @escaping @Sendable (String) -> Void,
        changed: @escaping @Sendable (UserID, UserChange) -> Void = { _, _ in }
    ) {
        self.store = store
        self.recorder = recorder
        self.worker = worker
        self.timers = timers
        self.executor = executor
        self.limits = limits
        self.report = log
        self.whenTurnEnded = whenTurnEnded
        self.changed = changed
    }

    // MARK: - Beginning a turn

    /// Begins a turn: makes the user's message durable and lets `agent` answer.
    ///
    /// With an idempotency key that the user has used before, no turn is begun and the log of the earlier one is given, if the
    /// request is the same; another one is refused.
    /// - Returns: the turn's log; its first event is there.
    /// - Throws: `EngineError`, `StoreError`.
    public func begin(_ request: TurnRequest, agent: any Agent) async throws -> TurnLog {
        let acceptance = Acceptance(
            userMessageID: Identifiers.message(), sessionID: request.session ?? Identifiers.session(),
            replyID: Identifiers.message(), createdAt: .now())
        return try await begin(request, acceptance, isRegeneration: false, agent: agent)
    }

    /// Begins a further reply to a user's message; the earlier ones are kept.
    /// - Parameters:
    ///   - messageID: the message, or a reply to it.
    ///   - metadata: JSON that the client sent along with the message.
    ///   - beginning: text of an earlier reply that this one is to go on from; nil lets it begin anew.
    /// - Returns: the new reply's log; its first event is there.
    /// - Throws: `EngineError`, `StoreError`.
    public func regenerate(
        _ messageID: MessageID, of user: UserID, idempotencyKey: IdempotencyKey?, metadata: [UInt8]? = nil,
        showsThoughts: Bool = false, beginning: String? = nil, limits: TurnLimits? = nil, agent: any Agent
    ) async throws -> TurnLog {
        guard let question = try await store.question(of: messageID, user: user) else {
            throw EngineError(kind: .noSuchMessage)
        }
        let acceptance = Acceptance(
            userMessageID: question.messageID, sessionID: question.session, replyID: Identifiers.message(),
            createdAt: .now())
        var request = TurnRequest(
            user: user, session: question.session, text: question.text, metadata: metadata,
            idempotencyKey: idempotencyKey, limits: limits)
        request.showsThoughts = showsThoughts
        request.beginning = beginning
        return try await begin(request, acceptance, isRegeneration: true, agent: agent)
    }

    private func begin(
        _ request: TurnRequest, _ acceptance: Acceptance, isRegeneration: Bool, agent: any Agent
    ) async throws -> TurnLog {
        let begun = MonotonicTime.now()
        let log = TurnLog(replyID: acceptance.replyID)
        log.append(.accepted(acceptance))
        do {
            try admit(log, of: request, in: acceptance.sessionID)
        } catch {
            // A repeated request begins nothing, so no limit on turns is in its way.
            guard let earlier = try openTurn(of: request) else { throw error }
            return earlier
        }
        var turn = NewTurn(
            user: request.user, session: acceptance.sessionID, userMessageID: acceptance.userMessageID,
            replyID: acceptance.replyID, text: request.text, metadata: request.metadata, agent: agent.name,
            idempotencyKey: request.idempotencyKey, isRegeneration: isRegeneration,
            openTurnsOfSession: limits.turnsPerSession, limits: limits(of: request), worker: worker,
            createdAt: acceptance.createdAt, firstBatch: log.unrecorded()!)
        turn.place = request.place
        turn.keyLimits = request.limits?.key
        turn.quotas = limits.quotas
        turn.reservation = TokenReservation(
            promptBytes: request.promptBytes ?? request.text.utf8.count, calls: agent.usualCalls,
            maximum: request.maximumTokens, from: agent.availability)
        if request.promptBytes == nil, request.session != nil, turn.reservation != .none {
            turn.history = NewTurn.HistoryShare(
                messages: limits.historyMessages, bytes: limits.historyBytes, calls: agent.usualCalls)
        }
        let pending = PendingTurn(
            request: request, acceptance: acceptance, isRegeneration: isRegeneration, log: log, begun: begun)
        let origin = RequestOrigin.current
        let executor = request.text.utf8.count <= Self.quickBytes ? executor : nil
        @Sendable func answered(isQueued: Bool) -> Task<Void, Never> {
            pending.begin {
                RequestOrigin.$current.withValue(origin) {
                    Task(executorPreference: executor) {
                        await self.run(pending, agent: agent, isQueued: isQueued)
                    }
                }
            }
        }
        /// The store does not have the turn: what was begun of it ends, and nobody is told.
        func drop() {
            if let work = pending.settle(isStored: false) { work.cancel() } else { forget(log.replyID) }
        }
        let opening: TurnOpening
        do {
            opening = try await store.open(turn) { decided, isFirst in
                // It is answered while the disk writes; nobody sees any of that, and it does not end, before that is done. What was
                // said before cannot be found yet, for it is what leads to this message.
                if decided == .opened(isQueued: false), isFirst { _ = answered(isQueued: false) }
            }
        } catch {
            drop()
            throw error
        }
        guard case .opened(let isQueued) = opening else {
            drop()
            return try await unopened(opening, request)
        }
        log.confirmRecorded(upTo: 1)
        recorder.record(log)
        started(log.replyID, isQueued: isQueued, answered(isQueued: isQueued))
        pending.settle(isStored: true)
        watch()
        changed(request.user, .question(acceptance.sessionID, reply: acceptance.replyID))
        return log
    }

    /// What becomes of a request for which no turn was opened: the log of the turn that it was sent for before.
    /// - Throws: `EngineError`, `StoreError`.
    private func unopened(_ opening: TurnOpening, _ request: TurnRequest) async throws -> TurnLog {
        switch opening {
        case .exists(let earlier):
            if let log = try await log(of: earlier, for: request.user) { return log }
            throw StoreError(kind: .fault, detail: "an idempotency key names a turn that is gone")
        case .keyIsOfAnotherRequest: throw EngineError(kind: .idempotencyKeyReused)
        case .queueIsFull: throw EngineError(kind: .conversationIsBusy)
        case .refused(let refusal): throw EngineError(refusal, limits(of: request), request.limits?.key)
        case .quotaIsReached(let quota): throw EngineError(kind: .quotaIsReached(quota))
        case .questionIsGone: throw EngineError(kind: .noSuchMessage)
        case .opened: throw StoreError(kind: .fault, detail: "a turn that was opened is none")
        }
    }

    /// What the request's user may take.
    func limits(of request: TurnRequest) -> UserLimits {
        request.limits?.user ?? UserLimits(streams: limits.turnsPerUser, tokensPerDay: limits.tokensPerDay)
    }

    func admit(_ log: TurnLog, of request: TurnRequest, in session: SessionID) throws(EngineError) {
        let turn = EngineState<Task<Void, Never>>.Turn(
            user: request.user, session: session, log: log, idempotencyKey: request.idempotencyKey)
        let streams = limits(of: request).streams
        let refusal = state.withLock { $0.admit(turn, limit: limits.turns, limitOfUser: streams) }
        if let refusal { throw EngineError(kind: refusal) }
    }

    /// The store has the turn's beginning, and `task` answers it.
    func started(_ replyID: MessageID, isQueued: Bool, _ task: Task<Void, Never>) {
        if state.withLock({ $0.opened(replyID, isQueued: isQueued, work: task) }) { task.cancel() }
    }

    /// The turn that runs here with this user's idempotency key.
    private func openTurn(of request: TurnRequest) throws(EngineError) -> TurnLog? {
        guard let key = request.idempotencyKey else { return nil }
        let turn = state.withLock { $0.openTurn(of: request.user, keyName: key.name) }
        if let turn, turn.idempotencyKey != key { throw EngineError(kind: .idempotencyKeyReused) }
        return turn?.log
    }

    /// A turn has ended, or was not begun.
    func forget(_ replyID: MessageID) {
        for waiter in state.withLock({ $0.left(replyID) }) { waiter.wake(.data) }
    }

    /// Turns running in this process.
    public var liveTurns: Int { state.withLock { $0.turns.count } }
}
