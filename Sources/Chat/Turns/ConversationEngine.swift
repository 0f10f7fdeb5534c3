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
    public var idempotencyKey: String?

    public init(
        user: UserID, session: SessionID?, text: String, metadata: [UInt8]? = nil, idempotencyKey: String? = nil
    ) {
        self.user = user
        self.session = session
        self.text = text
        self.metadata = metadata
        self.idempotencyKey = idempotencyKey
    }
}

/// Why no turn was begun.
public struct EngineError: Error, Sendable, Equatable {
    public enum Kind: Sendable {
        /// The process holds as many turns as it may.
        case tooManyTurns
        /// This user has as many turns running as one may.
        case tooManyTurnsOfUser
        /// As many messages of this conversation wait for their answer as may.
        case conversationIsBusy
        /// There is no such message to be answered anew.
        case noSuchMessage
        /// The process is about to end.
        case shuttingDown
    }

    public var kind: Kind

    public init(kind: Kind) { self.kind = kind }
}

/// Takes messages, lets an agent answer each, and keeps every turn's log, whoever is connected.
///
/// A turn belongs to nobody who is connected: it runs in a task of its own, and those who want to see it read its log.
public final class ConversationEngine: Sendable {
    public struct Limits: Sendable {
        /// Turns running at once in this process.
        public var turns = 10_000
        /// Turns running at once for one user in this process.
        public var turnsPerUser = 4
        /// Turns of one conversation that may be open at once, in all processes; the first is answered, the others wait.
        public var turnsPerSession = 8
        /// How often a turn that waits for an earlier one looks whether that has ended, in milliseconds.
        public var queueMS = 50
        /// How often a process that runs turns looks whether another one asks it to stop some, in milliseconds.
        public var stopWatchMS = 50
        /// Messages of the conversation an agent is given.
        public var historyMessages = 40
        /// Longest reply, in bytes; what a provider sends beyond it is left out.
        public var replyBytes = 1_048_576
        /// How long a turn runs on when nobody follows it any more, in milliseconds.
        public var detachGraceMS = 30_000
        /// How often a turn that runs in another process is looked at, in milliseconds.
        public var mirrorMS = 100
        /// How soon the writing of an end that the store did not take is tried again, in milliseconds; then twice as late
        /// each time, up to a minute.
        public var endRetryMS = 500

        public init() {}
    }

    private struct Live {
        let user: UserID
        let log: TurnLog
        let idempotencyKey: String?
        /// Whether the store has its beginning.
        var isOpen = false
        var task: Task<Void, Never>?
        var ending: Ending?
    }

    /// Why a turn is made to end before its time.
    private enum Ending { case stop, shutdown, departure }

    private struct State {
        var turns: [MessageID: Live] = [:]
        var turnsOfUser: [UserID: Int] = [:]
        var isShuttingDown = false
        var isWatchingStops = false
        var whenIdle: [CheckedContinuation<Void, Never>] = []
    }

    public let worker: WorkerID
    private let store: any ChatStore
    private let recorder: TurnRecorder
    private let limits: Limits
    private let timers: TimerWheel
    private let report: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameter log: takes a line for the operator; never given a message's text.
    public init(
        store: any ChatStore, recorder: TurnRecorder, worker: WorkerID, timers: TimerWheel,
        limits: Limits = .init(), log: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.recorder = recorder
        self.worker = worker
        self.timers = timers
        self.limits = limits
        self.report = log
    }

    // MARK: - Beginning a turn

    /// Begins a turn: makes the user's message durable and lets `agent` answer.
    ///
    /// With an idempotency key that the user has used before, no turn is begun and the log of the earlier one is given.
    /// - Returns: the turn's log; its first event is there.
    /// - Throws: `EngineError`, `StoreError`.
    public func begin(_ request: TurnRequest, agent: any Agent) async throws -> TurnLog {
        let acceptance = Acceptance(
            userMessageID: Identifiers.message(), sessionID: request.session ?? Identifiers.session(),
            replyID: Identifiers.message(), createdAt: .now())
        return try await begin(request, acceptance, isRegeneration: false, agent: agent)
    }

    /// Begins a further reply to a user's message; the earlier ones are kept.
    /// - Parameter messageID: the message, or a reply to it.
    /// - Returns: the new reply's log; its first event is there.
    /// - Throws: `EngineError`, `StoreError`.
    public func regenerate(
        _ messageID: MessageID, of user: UserID, idempotencyKey: String?, agent: any Agent
    ) async throws -> TurnLog {
        guard let question = try await store.question(of: messageID, user: user) else {
            throw EngineError(kind: .noSuchMessage)
        }
        let acceptance = Acceptance(
            userMessageID: question.messageID, sessionID: question.session, replyID: Identifiers.message(),
            createdAt: .now())
        let request = TurnRequest(
            user: user, session: question.session, text: question.text, idempotencyKey: idempotencyKey)
        return try await begin(request, acceptance, isRegeneration: true, agent: agent)
    }

    private func begin(
        _ request: TurnRequest, _ acceptance: Acceptance, isRegeneration: Bool, agent: any Agent
    ) async throws -> TurnLog {
        let begun = MonotonicTime.now()
        let log = TurnLog(replyID: acceptance.replyID)
        log.append(.accepted(acceptance))
        do {
            try admit(log, of: request)
        } catch {
            // A repeated request begins nothing, so no limit on turns is in its way.
            guard let earlier = openTurn(of: request) else { throw error }
            return earlier
        }
        let opening: TurnOpening
        do {
            opening = try await store.open(
                NewTurn(
                    user: request.user, session: acceptance.sessionID, userMessageID: acceptance.userMessageID,
                    replyID: acceptance.replyID, text: request.text, metadata: request.metadata, agent: agent.name,
                    idempotencyKey: request.idempotencyKey, isRegeneration: isRegeneration,
                    openTurnsOfSession: limits.turnsPerSession, worker: worker, createdAt: acceptance.createdAt,
                    firstBatch: log.unrecorded()!))
        } catch {
            forget(log.replyID)
            throw error
        }
        let isQueued: Bool
        switch opening {
        case .opened(let waits): isQueued = waits
        case .exists(let earlier):
            forget(log.replyID)
            if let log = try await self.log(of: earlier, for: request.user) { return log }
            throw StoreError(kind: .fault, detail: "an idempotency key names a turn that is gone")
        case .queueIsFull:
            forget(log.replyID)
            throw EngineError(kind: .conversationIsBusy)
        case .questionIsGone:
            forget(log.replyID)
            throw EngineError(kind: .noSuchMessage)
        }
        log.confirmRecorded(upTo: 1)
        recorder.record(log)
        let turn = PendingTurn(
            request: request, acceptance: acceptance, isQueued: isQueued, log: log, begun: begun)
        let task = Task { await self.run(turn, agent: agent) }
        let mustEnd = state.withLock { state in
            state.turns[log.replyID]?.task = task
            state.turns[log.replyID]?.isOpen = true
            return state.turns[log.replyID]?.ending != nil
        }
        if mustEnd { task.cancel() }
        watchStops()
        return log
    }

    private struct PendingTurn: Sendable {
        let request: TurnRequest
        let acceptance: Acceptance
        /// Whether earlier turns of the conversation come first.
        let isQueued: Bool
        let log: TurnLog
        let begun: MonotonicTime
    }

    private func admit(_ log: TurnLog, of request: TurnRequest) throws(EngineError) {
        let user = request.user
        let refusal = state.withLock { state -> EngineError.Kind? in
            if state.isShuttingDown { return .shuttingDown }
            if state.turns.count >= limits.turns { return .tooManyTurns }
            if state.turnsOfUser[user, default: 0] >= limits.turnsPerUser { return .tooManyTurnsOfUser }
            state.turns[log.replyID] = Live(user: user, log: log, idempotencyKey: request.idempotencyKey)
            state.turnsOfUser[user, default: 0] += 1
            return nil
        }
        if let refusal { throw EngineError(kind: refusal) }
    }

    /// The turn that runs here with this user's idempotency key.
    private func openTurn(of request: TurnRequest) -> TurnLog? {
        guard let key = request.idempotencyKey else { return nil }
        return state.withLock { state in
            state.turns.values.first { $0.isOpen && $0.idempotencyKey == key && $0.user == request.user }?.log
        }
    }

    private func forget(_ replyID: MessageID) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard let live = state.turns.removeValue(forKey: replyID) else { return [] }
            let left = state.turnsOfUser[live.user, default: 1] - 1
            state.turnsOfUser[live.user] = left > 0 ? left : nil
            guard state.turns.isEmpty else { return [] }
            defer { state.whenIdle = [] }
            return state.whenIdle
        }
        for waiter in waiters { waiter.resume() }
    }

    // MARK: - Running it

    private func run(_ turn: PendingTurn, agent: any Agent) async {
        let terminal: ChatEvent
        do {
            let completion = try await answer(turn, agent: agent)
            terminal = .completed(self.completion(of: turn, completion, wasStopped: false))
        } catch {
            terminal = self.terminal(of: turn, after: error)
        }
        let unstored = await end(turn.log, with: terminal)
        forget(turn.log.replyID)
        // Not in this task, which may have been cancelled and could not wait.
        if let unstored { Task { await storeLater(unstored) } }
    }

    private func answer(_ turn: PendingTurn, agent: any Agent) async throws -> ModelCompletion {
        if turn.isQueued {
            // The earlier turns may run in any process, so the store is asked.
            while try await store.isQueued(turn.log.replyID) { try await timers.sleep(milliseconds: limits.queueMS) }
        }
        let page = try await apart { [store, limits] in
            try await store.history(
                of: turn.request.user, in: turn.acceptance.sessionID, limit: limits.historyMessages,
                before: turn.acceptance.userMessageID)
        }
        let context = TurnContext(
            user: turn.request.user, session: turn.acceptance.sessionID, userMessageID: turn.acceptance.userMessageID,
            replyID: turn.acceptance.replyID, text: turn.request.text,
            history: (page?.messages ?? []).withLatestReplies, createdAt: turn.acceptance.createdAt)
        return try await agent.reply(to: context, into: TurnSink(log: turn.log, limit: limits.replyBytes))
    }

    private func terminal(of turn: PendingTurn, after error: any Error) -> ChatEvent {
        let ending = state.withLock { $0.turns[turn.log.replyID]?.ending }
        let isPartial = turn.log.replyLength > 0
        switch ending {
        case .stop:
            let text = turn.log.replyText
            let usage = Usage(
                promptTokens: Usage.estimatedTokens(ofUTF8: turn.request.text.utf8.count),
                completionTokens: Usage.estimatedTokens(ofUTF8: text.count), isEstimated: true)
            return .completed(
                completion(
                    of: turn,
                    ModelCompletion(finishReason: "stopped", provider: "", model: "", usage: usage), wasStopped: true))
        case .shutdown, .departure:
            return .failed(.interrupted(isPartial: isPartial))
        case nil:
            report("turn \(turn.log.replyID): \(error)")
            return .failed(ReplyFailure(error, isPartial: isPartial))
        }
    }

    private func completion(of turn: PendingTurn, _ model: ModelCompletion, wasStopped: Bool) -> Completion {
        let duration = MonotonicTime.now().milliseconds(since: turn.begun)
        let tokens = Double(model.usage.completionTokens)
        return Completion(
            wasStopped: wasStopped, finishReason: model.finishReason, provider: model.provider, model: model.model,
            usage: model.usage,
            metrics: ReplyMetrics(
                timeToFirstTokenMS: turn.log.firstTextAt.map { $0.milliseconds(since: turn.begun) },
                durationMS: duration,
                tokensPerSecond: (tokens * 10_000 / Double(max(1, duration))).rounded() / 10,
                attempts: model.attempts, isCached: false))
    }

    /// Writes the reply as it stays, then shows the terminal event: who has seen it finds the same text in the history.
    /// - Returns: what the store did not take, the failure that was shown instead; nil when it did.
    private func end(_ log: TurnLog, with terminal: ChatEvent) async -> TurnEnd? {
        var shown = terminal
        var unstored: TurnEnd?
        do {
            if try await !store.close(turnEnd(of: log, with: terminal)) {
                // Somebody else took this turn for abandoned and ended it, or it was removed.
                shown = .failed(.interrupted(isPartial: log.replyLength > 0))
                try await showAsStored(log)
            }
        } catch {
            report("turn \(log.replyID): its end could not be stored: \(error)")
            shown = .failed(
                ReplyFailure(
                    code: "store_unavailable", message: "The reply could not be stored. Please try again.",
                    isRetryable: true, isPartial: log.replyLength > 0))
            unstored = turnEnd(of: log, with: shown)
        }
        log.append(shown)
        return unstored
    }

    /// Takes back, for those who follow it here, what of a turn's text did not come into the store before it was ended by
    /// somebody else. What is shown is what is kept.
    private func showAsStored(_ log: TurnLog) async throws {
        let batches = try await store.batches(of: log.replyID, after: 0)
        let stored = try TurnLog(replyID: log.replyID, batches: batches).replyText
        guard stored != log.replyText else { return }
        log.append(.providerSwitch(.textLost))
        var pieces = TextBatch()
        pieces.append(utf8: stored)
        log.append(pieces)
    }

    /// Tries again, until the store takes it, to write an end that was shown. Else the reply would be streaming for ever:
    /// nobody takes the turn of a worker that lives for abandoned.
    private func storeLater(_ end: TurnEnd) async {
        var delayMS = limits.endRetryMS
        while true {
            try? await timers.sleep(milliseconds: delayMS)
            do {
                _ = try await store.close(end)
                report("turn \(end.replyID): its end is stored now")
                return
            } catch let error as StoreError where error.kind == .fault {
                // It will not be taken later either; what waits must not grow without end.
                report("turn \(end.replyID): its end is given up: \(error)")
                return
            } catch {
                delayMS = min(2 * delayMS, 60_000)
            }
        }
    }

    private func turnEnd(of log: TurnLog, with terminal: ChatEvent) -> TurnEnd {
        var end = TurnEnd(
            replyID: log.replyID, content: log.replyText, status: .complete, recommendations: log.recommendations,
            provider: nil, model: nil, usage: nil, error: nil, endedAt: .now(),
            lastBatch: log.unrecorded(andEnd: terminal)!, summary: log.summary(endingWith: terminal))
        switch terminal {
        case .completed(let completion):
            end.status = completion.wasStopped ? .stopped : .complete
            end.provider = completion.provider.isEmpty ? nil : completion.provider
            end.model = completion.model.isEmpty ? nil : completion.model
            end.usage = completion.usage
        case .failed(let failure):
            end.status = failure.code == ReplyFailure.interruptedCode ? .interrupted : .failed
            end.error = failure
        case .accepted, .text, .recommendations, .providerSwitch: break
        }
        return end
    }

    // MARK: - Turns under way

    /// The log of a reply of this user's: live when it runs in this process, else as the store has it.
    ///
    /// Nil when the user has no such reply. The log of a turn that runs in another process follows the store's records.
    /// - Throws: `StoreError`.
    public func log(of replyID: MessageID, for user: UserID) async throws -> TurnLog? {
        let live = state.withLock { $0.turns[replyID] }
        if let live, live.user == user { return live.log }
        guard try await store.turn(replyID, of: user) != nil else { return nil }
        let log = TurnLog(replyID: replyID)
        try await extend(log)
        if log.lastEvent == 0 { return try await condensedLog(of: replyID) }
        if !log.isEnded { mirror(log) }
        return log
    }

    /// The log of a turn whose events are kept no longer; nil when it is gone altogether.
    private func condensedLog(of replyID: MessageID) async throws -> TurnLog? {
        guard let condensed = try await store.condensed(replyID) else { return nil }
        do {
            return try TurnLog(replyID: replyID, condensed: condensed)
        } catch {
            throw StoreError(kind: .fault, detail: "the summary of \(replyID) cannot be read")
        }
    }

    /// Reads into `log` what the store has of its turn beyond it.
    private func extend(_ log: TurnLog) async throws {
        let batches = try await store.batches(of: log.replyID, after: log.lastEvent)
        do {
            try log.append(batches)
        } catch {
            throw StoreError(kind: .fault, detail: "the recorded events of \(log.replyID) cannot be read")
        }
    }

    /// Follows a turn that another process runs, as long as anybody holds its log. It does not hold the log itself, so that
    /// it ends with its last reader, even one that left before the first look.
    private func mirror(_ log: TurnLog) {
        Task { [weak log] in
            repeat { try? await timers.sleep(milliseconds: limits.mirrorMS) } while await extendIfOpen(log)
        }
    }

    /// Reads what is new. False when there is nothing more to come, or nobody to read it.
    private func extendIfOpen(_ log: TurnLog?) async -> Bool {
        guard let log, !log.isEnded else { return false }
        do {
            try await extend(log)
        } catch {
            report("turn \(log.replyID): \(error)")
            log.append(.failed(ReplyFailure(error, isPartial: log.replyLength > 0)))
        }
        return !log.isEnded
    }

    /// A follower of `log` went away. When it was the last one and nobody comes within the grace period, the turn is ended:
    /// the provider's call is cancelled, and the text so far is kept.
    public func followerLeft(_ log: TurnLog) {
        guard !log.isEnded, log.followerCount == 0 else { return }
        // Whoever comes back in the meantime begins a period of their own when they leave.
        let followings = log.followings
        timers.schedule(afterMilliseconds: limits.detachGraceMS) { [weak self, weak log] in
            guard let self, let log, log.followerCount == 0, log.followings == followings else { return }
            end(log.replyID, as: .departure)
        }
    }

    /// Stops a reply of this user's, in whatever process it runs: the provider's call is cancelled, the text so far is
    /// kept. A reply that has ended stays as it is.
    /// - Returns: false when the user has no such reply.
    /// - Throws: `StoreError`, when another process would have to be told and cannot be.
    public func stop(_ replyID: MessageID, of user: UserID) async throws -> Bool {
        guard state.withLock({ $0.turns[replyID]?.user == user }) else {
            return try await store.requestStop(of: replyID, user: user)
        }
        end(replyID, as: .stop)
        return true
    }

    /// Follows what other processes ask of this one, as long as it runs turns.
    private func watchStops() {
        let begins = state.withLock { state in
            defer { state.isWatchingStops = true }
            return !state.isWatchingStops
        }
        guard begins else { return }
        Task {
            repeat {
                try? await timers.sleep(milliseconds: limits.stopWatchMS)
                await followStopRequests()
            } while goesOnWatching()
        }
    }

    private func goesOnWatching() -> Bool {
        state.withLock { state in
            state.isWatchingStops = !state.turns.isEmpty
            return state.isWatchingStops
        }
    }

    private func followStopRequests() async {
        // A store that cannot be read just now is asked again in a moment, and others report it.
        guard let asked = try? await store.stopRequests(to: worker), !asked.isEmpty else { return }
        for replyID in asked { end(replyID, as: .stop) }
        try? await store.forgetStopRequests(asked)
    }

    /// Makes a turn end before its time. The first reason given counts.
    private func end(_ replyID: MessageID, as ending: Ending) {
        let task = state.withLock { state in
            if state.turns[replyID]?.ending == nil { state.turns[replyID]?.ending = ending }
            return state.turns[replyID]?.task
        }
        task?.cancel()
    }

    /// Turns running in this process.
    public var liveTurns: Int { state.withLock { $0.turns.count } }

    /// Ends turns whose worker is gone, as interrupted, with the text recorded of them.
    /// - Parameter time: workers that have said nothing since then are gone.
    /// - Returns: how many turns were ended; there may be more while this is not 0.
    /// - Throws: `StoreError`.
    @discardableResult
    public func endAbandonedTurns(since time: Timestamp) async throws -> Int {
        let turns = try await store.abandonedTurns(since: time).filter { $0.worker != worker }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            var ended = 0
            for (index, turn) in turns.enumerated() {
                // Some at once, so that they share the store's syncs.
                if index >= 32, try await group.next() == true { ended += 1 }
                group.addTask { try await self.endAbandoned(turn) }
            }
            return try await group.reduce(ended) { $0 + ($1 ? 1 : 0) }
        }
    }

    private func endAbandoned(_ turn: StoredTurn) async throws -> Bool {
        let batches = try await store.batches(of: turn.replyID, after: 0)
        guard let log = try? TurnLog(replyID: turn.replyID, batches: batches) else {
            report("turn \(turn.replyID): its recorded events cannot be read")
            return false
        }
        log.confirmRecorded(upTo: log.lastEvent)
        let unstored = await end(log, with: .failed(.interrupted(isPartial: log.replyLength > 0)))
        report("turn \(turn.replyID): ended as interrupted, its worker \(turn.worker) is gone")
        return unstored == nil
    }

    /// Takes no further turns, waits for those under way up to `deadlineMS`, and ends the rest as interrupted.
    public func drain(deadlineMS: Int) async {
        state.withLock { $0.isShuttingDown = true }
        let timer = timers.schedule(afterMilliseconds: deadlineMS) { self.interruptAll() }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.turns.isEmpty { return true }
                state.whenIdle.append(continuation)
                return false
            }
            if isIdle { continuation.resume() }
        }
        timers.cancel(timer)
    }

    private func interruptAll() {
        for replyID in state.withLock({ Array($0.turns.keys) }) { end(replyID, as: .shutdown) }
    }
}
