import Scheduling

/// All that an engine knows of turns, as a value: each method tells it what has happened, and what it returns is to be done.
///
/// It asks no store, starts no task and reads no clock, so every order of events can be tried without waiting for it.
/// `Work` is what runs and can be cancelled: the engine's tasks.
struct EngineState<Work: Sendable> {
    /// A turn that runs here.
    struct Turn: Sendable {
        let user: UserID
        let session: SessionID
        let log: TurnLog
        let idempotencyKey: IdempotencyKey?
        fileprivate(set) var life = TurnLife()
        fileprivate var work: Work?

        init(user: UserID, session: SessionID, log: TurnLog, idempotencyKey: IdempotencyKey?) {
            self.user = user
            self.session = session
            self.log = log
            self.idempotencyKey = idempotencyKey
        }
    }

    private(set) var turns: [MessageID: Turn] = [:]
    private(set) var turnsOfUser: [UserID: Int] = [:]
    /// Those of the turns that wait for earlier ones of their conversation.
    private var queued: [MessageID: Waker] = [:]
    private var isShuttingDown = false
    private var whenIdle: [Waker] = []

    /// Turns that run elsewhere, as long as anybody here reads them.
    var copies = TurnCopies()
    /// Looks for what other processes do, as long as anybody here waits for it.
    private(set) var watching: Work?
    /// Whether that is to be looked for even where the store has not changed.
    private var mustLook = false

    /// Whether no turn runs and none will.
    var isDone: Bool { isShuttingDown && turns.isEmpty }

    // MARK: - Beginning

    /// Takes a turn on, unless there are as many as may be.
    /// - Parameters:
    ///   - limit: turns of the process.
    ///   - limitOfUser: turns of the turn's user.
    mutating func admit(_ turn: Turn, limit: Int, limitOfUser: Int) -> EngineError.Kind? {
        if isShuttingDown { return .shuttingDown }
        if turns.count >= limit { return .tooManyTurns }
        if turnsOfUser[turn.user, default: 0] >= limitOfUser { return .tooManyTurnsOfUser }
        turns[turn.log.replyID] = turn
        turnsOfUser[turn.user, default: 0] += 1
        return nil
    }

    /// The turn that was begun here with this name of a user's idempotency key.
    func openTurn(of user: UserID, keyName: String) -> Turn? {
        turns.values.first {
            $0.life.phase != .opening && $0.idempotencyKey?.name == keyName && $0.user == user
        }
    }

    /// The store has a turn's beginning, and `work` is what answers it.
    /// - Returns: whether that is to be cancelled at once.
    mutating func opened(_ replyID: MessageID, isQueued: Bool, work: Work) -> Bool {
        turns[replyID]?.work = work
        return turns[replyID]?.life.opened(isQueued: isQueued) ?? false
    }

    /// A turn waits for earlier ones: `waker` is to be woken when one of them ends.
    mutating func wait(_ replyID: MessageID, waker: Waker) { queued[replyID] = waker }

    /// A turn waits no longer.
    mutating func waited(_ replyID: MessageID) {
        queued[replyID] = nil
        turns[replyID]?.life.isNext()
    }

    // MARK: - Ending

    /// A turn is to end before its time. One that does not run here is none.
    /// - Returns: what is to be cancelled.
    mutating func end(_ replyID: MessageID, _ reason: TurnLife.EndReason) -> Work? {
        guard turns[replyID]?.life.end(reason) == true else { return nil }
        return turns[replyID]?.work
    }

    /// - Returns: what is to be cancelled.
    mutating func endAll(_ reason: TurnLife.EndReason) -> [Work] { turns.keys.compactMap { end($0, reason) } }

    mutating func answered(
        _ replyID: MessageID, _ answer: Result<ModelCompletion, any Error>
    ) -> TurnLife.Outcome {
        var life = turns[replyID]?.life ?? TurnLife()
        defer { turns[replyID]?.life = life }
        return life.answered(answer)
    }

    /// A turn has ended, or was not begun.
    /// - Returns: who waited for it and is to be woken: turns of its conversation and, when it was the last one, those who wait for
    ///   the engine's end.
    mutating func left(_ replyID: MessageID) -> [Waker] {
        guard let turn = turns.removeValue(forKey: replyID) else { return [] }
        let others = turnsOfUser[turn.user, default: 1] - 1
        turnsOfUser[turn.user] = others > 0 ? others : nil
        var woken: [Waker] = []
        for (next, waker) in queued where turns[next]?.session == turn.session && turns[next]?.user == turn.user {
            woken.append(waker)
        }
        if turns.isEmpty {
            woken += whenIdle
            whenIdle = []
        }
        return woken
    }

    /// No further turn is admitted.
    /// - Parameter waker: woken when the last one has ended.
    /// - Returns: whether none runs any more.
    mutating func shutDown(_ waker: Waker) -> Bool {
        isShuttingDown = true
        if !turns.isEmpty { whenIdle.append(waker) }
        return turns.isEmpty
    }

    // MARK: - Watching what others do

    /// Somebody has come to wait for what others do.
    /// - Parameter begin: begins to watch; called where nobody does.
    mutating func watch(by begin: () -> Work) {
        mustLook = true
        if watching == nil, !isDone { watching = begin() }
    }

    /// Whether to look without asking if the store has changed.
    mutating func takeMustLook() -> Bool {
        defer { mustLook = false }
        return mustLook
    }

    /// What was to be looked for could not be.
    mutating func lookFailed() { mustLook = true }

    /// Whether anybody waits for what others do; when nobody does, the watching has ended.
    mutating func goesOnWatching() -> Bool {
        let goesOn = !isDone && (!turns.isEmpty || copies.anyIsOpen)
        if !goesOn { watching = nil }
        return goesOn
    }

    /// The waiting turns that no turn of this process will wake when it ends.
    var queuedBehindOthers: [MessageID] {
        guard !queued.isEmpty else { return [] }
        let running = Set(turns.lazy.filter { queued[$0.key] == nil }.map(\.value.session))
        return queued.keys.filter { turns[$0].map { !running.contains($0.session) } ?? false }
    }

    /// Those of the waiting turns that are to be woken: the store says that they are next.
    func wakers(of next: [MessageID]) -> [Waker] { next.compactMap { queued[$0] } }
}

/// Logs of turns that run in other processes, as long as anybody here reads them: one for all readers of a turn.
struct TurnCopies {
    private struct Copy {
        weak var log: TurnLog?
        /// When the worker that runs the turn was last told that it is followed here.
        var marked: MonotonicTime?
    }

    private var copies: [MessageID: Copy] = [:]
    private var sweepAt = 64

    subscript(replyID: MessageID) -> TurnLog? { copies[replyID]?.log }

    /// Keeps a copy, for as long as anybody reads it. The first one of a turn stays.
    /// - Returns: the one that is kept, and whether it is this one.
    mutating func keep(_ log: TurnLog) -> (kept: TurnLog, isNew: Bool) {
        if let first = self[log.replyID] { return (first, false) }
        if copies.count >= sweepAt {
            copies = copies.filter { $0.value.log != nil }
            sweepAt = 2 * copies.count + 64
        }
        copies[log.replyID] = Copy(log: log)
        return (log, true)
    }

    /// A copy that cannot be gone on with.
    mutating func drop(_ replyID: MessageID) { copies[replyID] = nil }

    var anyIsOpen: Bool { copies.contains { $0.value.log?.isEnded == false } }
    /// Those whose turn goes on, as far as is known here.
    var open: [MessageID: TurnLog] { copies.compactMapValues { $0.log.flatMap { $0.isEnded ? nil : $0 } } }

    /// Turns whose worker is to be told that they are followed here: it was not for `milliseconds`.
    func due(at now: MonotonicTime, every milliseconds: Int) -> [MessageID] {
        copies.compactMap { replyID, copy in
            guard let log = copy.log, !log.isEnded, log.followerCount > 0,
                copy.marked.map({ now.milliseconds(since: $0) >= milliseconds }) ?? true
            else { return nil }
            return replyID
        }
    }

    mutating func mark(_ replyIDs: [MessageID], at time: MonotonicTime) {
        for replyID in replyIDs { copies[replyID]?.marked = time }
    }
}
