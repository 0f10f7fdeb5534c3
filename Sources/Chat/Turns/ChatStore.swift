/// Why the store could not do what it was asked, in terms that a caller can act on.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        /// More work waits than the store takes on; try again shortly.
        case overloaded
        /// The disk is full, read-only or broken, or the file is damaged.
        case unavailable
        /// A statement failed for a reason that is a fault of the program.
        case fault
    }

    public var kind: Kind
    /// For the log, never for the user.
    public var detail: String
    /// Whether the file is damaged: only a backup helps.
    public var isDamage = false

    public init(kind: Kind, detail: String) {
        self.kind = kind
        self.detail = detail
    }

    public var description: String { "store \(kind.rawValue): \(detail)" }
}

/// Turns: their beginning, their events, their end.
public protocol TurnStore: Sendable {
    /// Writes the user's message, the place of its reply and the turn; makes the session when it is new.
    /// - Parameter decided: told what is returned as soon as that is known, and whether the session is new, before it is safe on the
    ///   disk and before it can be read; then the call may still throw, or return something else. Called on a thread of the store's, more
    ///   than once perhaps; it must return at once.
    func open(
        _ turn: NewTurn, decided: @escaping @Sendable (TurnOpening, _ isFirst: Bool) -> Void
    ) async throws -> TurnOpening

    /// Appends recorded events, of any number of turns at once, in one transaction. The cost is that of the new
    /// events, not of the replies. A batch of a turn that has ended or is gone is left out; that is not an error.
    func append(_ batches: [TurnBatch]) async throws

    /// Writes the reply as it stays and the turn's last events, and adds its account to the user's sums of the day, all in
    /// one transaction. A turn that has ended or is gone stays as it is; one that has ended adds nothing, of one that is gone
    /// the account is added when the end names its user. Of a user who is gone too, the day's tokens are counted without a name.
    /// - Returns: whether this call ended the turn.
    func finish(_ end: TurnEnd) async throws -> Bool

    /// The turn of a reply; nil when the user has no such reply.
    func turn(_ replyID: MessageID, of user: UserID) async throws -> StoredTurn?

    /// Recorded batches of a turn that reach beyond event `after`, in order. None when the events are kept no longer.
    func batches(of replyID: MessageID, after: Int) async throws -> [TurnBatch]

    /// What is left of a turn that has ended; nil when it is open or gone.
    func condensed(_ replyID: MessageID) async throws -> CondensedTurn?

    /// The user's message that `messageID` is, or that it answers; nil when the user has no such message.
    func question(of messageID: MessageID, user: UserID) async throws -> StoredQuestion?
}

extension TurnStore {
    /// The same for those who can wait for the disk.
    public func open(_ turn: NewTurn) async throws -> TurnOpening { try await open(turn) { _, _ in } }
}

/// What processes that share a store tell each other of turns.
public protocol TurnSignals: Sendable {
    /// Whether an earlier turn of the same conversation is open.
    func isQueued(_ replyID: MessageID) async throws -> Bool

    /// Notes that somebody follows turns through a process that does not run them. One that has ended is not an error.
    func noteFollowed(_ replyIDs: [MessageID], at time: Timestamp) async throws

    /// When that was noted last; nil when it never was.
    func lastFollowed(_ replyID: MessageID) async throws -> Timestamp?

    /// Asks the worker that runs a turn to stop it. A turn that has ended is not an error.
    /// - Returns: false when the user has no such reply.
    func requestStop(of replyID: MessageID, user: UserID) async throws -> Bool

    /// Forgets requests that were followed.
    func forgetStopRequests(_ replyIDs: [MessageID]) async throws

    /// What there is to hear of turns that a process waits for.
    func news(for watch: TurnWatch) async throws -> TurnNews

    /// Whether anything may have been written since this was asked last, by any process. Quick, and asked often.
    func hasChanged() -> Bool
}

/// Conversations as their user sees them.
public protocol HistoryStore: Sendable {
    /// At most `limit` messages (1 to 200); nil when the user has no such session. A cursor that names no message of the session
    /// gives an empty page. A reply that is still streaming has the text recorded so far.
    func history(
        of user: UserID, in session: SessionID, limit: Int, at cursor: HistoryCursor
    ) async throws -> HistoryPage?

    /// A page of the user's conversations, latest first, at most `limit` (1 to 200). A `before` that is no conversation of
    /// the user's gives an empty page.
    func sessions(of user: UserID, limit: Int, before: SessionID?) async throws -> SessionPage

    /// Removes a conversation with all its messages and events, overwritten in the file, and asks the workers that run
    /// turns of it to stop them. False when there is none.
    func delete(_ session: SessionID, of user: UserID) async throws -> Bool
}

/// Which processes live, and what those that do not have left.
public protocol WorkerStore: Sendable {
    /// Says that `worker` lives.
    func heartbeat(of worker: WorkerID, at time: Timestamp) async throws

    /// Notes that `worker` is gone, as if it had been silent for ever. One that lives says so again.
    func noteGone(_ worker: WorkerID) async throws

    /// Forgets `worker`, which ends in good order. A turn that it could not close counts as abandoned from then on.
    func forget(_ worker: WorkerID) async throws

    /// Open turns whose worker said nothing since `time`; the engine ends them as interrupted. At most 1,000.
    func abandonedTurns(since time: Timestamp) async throws -> [StoredTurn]
}

/// Whether the store is well, and what it can do without.
public protocol StoreMaintenance: Sendable {
    /// Drops the events of turns that ended before `time`, looking at the oldest `limit` recorded batches.
    /// - Returns: how many batches went; 0 when there is nothing left to drop for now.
    func dropEvents(endedBefore time: Timestamp, among limit: Int) async throws -> Int

    /// Whether the store can commit now: writes and syncs a row. Throws `StoreError` saying why not.
    func checkWritable() async throws

    /// Looks whether the file is whole, as far as that is quickly told.
    func checkSound() async throws
}

/// Conversations, kept. Everything is scoped to its user; a name of another user's is as one that does not exist.
///
/// Every call may throw `StoreError`. When a call that writes returns, what it wrote is committed and synced.
public protocol ChatStore: TurnStore, TurnSignals, HistoryStore, WorkerStore, StoreMaintenance, PreferenceStore {}
