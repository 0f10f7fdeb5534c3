/// A worker process, as the store knows it.
public struct WorkerID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A run of events of one turn in the form of the archive (see `EventArchive`); opaque to the store.
public struct TurnBatch: Sendable, Equatable {
    public var replyID: MessageID
    /// Number of the first event in `payload`; events of a turn are numbered 1, 2, 3 …
    public var firstEvent: Int
    public var lastEvent: Int
    public var payload: [UInt8]

    public init(replyID: MessageID, firstEvent: Int, lastEvent: Int, payload: [UInt8]) {
        self.replyID = replyID
        self.firstEvent = firstEvent
        self.lastEvent = lastEvent
        self.payload = payload
    }
}

/// A turn about to begin: one user message and the place of its reply.
public struct NewTurn: Sendable {
    public var user: UserID
    public var session: SessionID
    public var userMessageID: MessageID
    public var replyID: MessageID
    /// The user's message.
    public var text: String
    /// JSON of at most 8 KiB that the client sent along; nil when none.
    public var metadata: [UInt8]?
    /// Name of the agent that answers ("noah").
    public var agent: String
    /// Makes a repeated request find this turn.
    public var idempotencyKey: IdempotencyKey?
    /// Whether the user's message is there already and gets a further reply; `text` and `metadata` are not written then.
    public var isRegeneration: Bool
    /// Where the user's message stands in the conversation; nil: after the latest question.
    public var place: QuestionPlace?
    /// Turns of one conversation that may be open at once, this one included.
    public var openTurnsOfSession: Int
    /// What the user may take, in all processes.
    public var limits: UserLimits
    /// What all for whom the request's key acts may take; nil where none does.
    public var keyLimits: KeyLimits?
    /// What the turn sets aside of the day's tokens, where these are limited.
    public var reservation = TokenReservation.none
    /// What may be stored of the user.
    public var quotas = StorageQuotas()
    public var worker: WorkerID
    public var createdAt: Timestamp
    /// The turn's first event, recorded in the same transaction.
    public var firstBatch: TurnBatch

    public init(
        user: UserID, session: SessionID, userMessageID: MessageID, replyID: MessageID, text: String,
        metadata: [UInt8]?, agent: String, idempotencyKey: IdempotencyKey?, isRegeneration: Bool = false,
        openTurnsOfSession: Int = 8, limits: UserLimits = UserLimits(streams: .max), worker: WorkerID,
        createdAt: Timestamp,
        firstBatch: TurnBatch
    ) {
        self.user = user
        self.session = session
        self.userMessageID = userMessageID
        self.replyID = replyID
        self.text = text
        self.metadata = metadata
        self.agent = agent
        self.idempotencyKey = idempotencyKey
        self.isRegeneration = isRegeneration
        self.openTurnsOfSession = openTurnsOfSession
        self.limits = limits
        self.worker = worker
        self.createdAt = createdAt
        self.firstBatch = firstBatch
    }
}

/// What opening a turn came to.
public enum TurnOpening: Sendable, Equatable {
    /// The user's message is durable (committed and synced). With `isQueued`, earlier turns of the conversation are still
    /// open, and this one is to wait for them.
    case opened(isQueued: Bool)
    /// The same request with this user's idempotency key came before: the turn it made then. Nothing was written.
    case exists(replyID: MessageID)
    /// Another request with this user's idempotency key came before. Nothing was written.
    case keyIsOfAnotherRequest
    /// As many turns of the conversation are open as may be. Nothing was written.
    case queueIsFull
    /// The user may not begin a turn now. Nothing was written.
    case refused(TurnRefusal)
    /// As much is stored of the user as may be. Nothing was written.
    case quotaIsReached(QuotaReached)
    /// The message that is to be answered anew is gone, or another user's. Nothing was written.
    case questionIsGone
}

/// A user's message, for a further reply to it.
public struct StoredQuestion: Sendable, Equatable {
    public var messageID: MessageID
    public var session: SessionID
    public var text: String

    public init(messageID: MessageID, session: SessionID, text: String) {
        self.messageID = messageID
        self.session = session
        self.text = text
    }
}

/// What is left of a turn whose events are kept no longer: enough to tell it again, in other pieces.
public struct CondensedTurn: Sendable, Equatable {
    /// The first and the terminal event, archived.
    public var summary: [UInt8]
    public var content: [UInt8]
    public var recommendations: [Book]

    public init(summary: [UInt8], content: [UInt8], recommendations: [Book]) {
        self.summary = summary
        self.content = content
        self.recommendations = recommendations
    }
}

/// How a turn ended: the reply as it stays.
public struct TurnEnd: Sendable {
    public var replyID: MessageID
    /// The reply's whole text.
    public var content: [UInt8]
    /// Anything but `streaming`.
    public var status: MessageStatus
    public var recommendations: [Book]
    public var provider: String?
    public var model: String?
    public var usage: Usage?
    public var error: ReplyFailure?
    public var endedAt: Timestamp
    /// The events not recorded before, the terminal one included.
    public var lastBatch: TurnBatch
    /// The first and the terminal event, archived: what is kept of the events for good.
    public var summary: [UInt8]
    /// What is added to the user's sums of the day; nil adds nothing.
    public var account: TurnAccount?
    /// Whose turn it is, where the worker that ran it ends it. So its account is not lost when the turn was removed with its
    /// conversation meanwhile: what was answered was paid for.
    public var user: UserID?

    public init(
        replyID: MessageID, content: [UInt8], status: MessageStatus, recommendations: [Book], provider: String?,
        model: String?, usage: Usage?, error: ReplyFailure?, endedAt: Timestamp, lastBatch: TurnBatch, summary: [UInt8],
        account: TurnAccount? = nil, user: UserID? = nil
    ) {
        self.replyID = replyID
        self.content = content
        self.status = status
        self.recommendations = recommendations
        self.provider = provider
        self.model = model
        self.usage = usage
        self.error = error
        self.endedAt = endedAt
        self.lastBatch = lastBatch
        self.summary = summary
        self.account = account
        self.user = user
    }
}

/// A page of a conversation, oldest first.
public struct HistoryPage: Sendable, Equatable {
    public var messages: [Message]
    public var hasMore: Bool
    /// Pass as `before` to get the page before this one; nil when there is none.
    public var nextBefore: MessageID?
    /// Pass as `after` to get the page after this one; nil when this one has the latest message.
    public var nextAfter: MessageID?

    public init(messages: [Message], hasMore: Bool, nextBefore: MessageID?, nextAfter: MessageID? = nil) {
        self.messages = messages
        self.hasMore = hasMore
        self.nextBefore = nextBefore
        self.nextAfter = nextAfter
    }

    /// The replies among the messages.
    public var replies: [MessageID] { messages.filter { $0.role == .assistant }.map(\.id) }
}

/// Which messages of a conversation a page has.
public enum HistoryCursor: Sendable, Equatable {
    case latest
    /// The last ones before a message.
    case before(MessageID)
    /// The first ones after a message.
    case after(MessageID)
    /// A message with what stands before and after it, as many of each.
    case around(MessageID)
    /// The last ones that lead to a question: without those whose place an edited question has taken.
    case leading(to: MessageID)
}

/// A page of a user's conversations, latest first.
public struct SessionPage: Sendable, Equatable {
    public var sessions: [SessionSummary]
    public var hasMore: Bool
    /// Pass as `before` to get the next page, of earlier ones; nil when there is none.
    public var nextBefore: SessionID?

    public init(sessions: [SessionSummary], hasMore: Bool, nextBefore: SessionID?) {
        self.sessions = sessions
        self.hasMore = hasMore
        self.nextBefore = nextBefore
    }
}

/// A turn as the store holds it.
public struct StoredTurn: Sendable, Equatable {
    public var replyID: MessageID
    public var userMessageID: MessageID
    public var session: SessionID
    public var agent: String
    public var status: MessageStatus
    public var worker: WorkerID
    public var lastEvent: Int
    /// Bytes of the user's message, of an abandoned turn; nil where that is not asked for.
    public var questionBytes: Int?

    public init(
        replyID: MessageID, userMessageID: MessageID, session: SessionID, agent: String, status: MessageStatus,
        worker: WorkerID, lastEvent: Int, questionBytes: Int? = nil
    ) {
        self.replyID = replyID
        self.userMessageID = userMessageID
        self.session = session
        self.agent = agent
        self.status = status
        self.worker = worker
        self.lastEvent = lastEvent
        self.questionBytes = questionBytes
    }
}

/// Why the store could not do what it was asked, in terms that a caller can act on.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
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

/// Conversations, kept. Everything is scoped to its user; a name of another user's is as one that does not exist.
///
/// Every call may throw `StoreError`. When a call that writes returns, what it wrote is committed and synced.
public protocol ChatStore: PreferenceStore {
    /// Writes the user's message, the place of its reply and the turn; makes the session when it is new.
    func open(_ turn: NewTurn) async throws -> TurnOpening

    /// Appends recorded events, of any number of turns at once, in one transaction. The cost is that of the new
    /// events, not of the replies. A batch of a turn that has ended or is gone is left out; that is not an error.
    func append(_ batches: [TurnBatch]) async throws

    /// Writes the reply as it stays and the turn's last events, and adds its account to the user's sums of the day, all in
    /// one transaction. A turn that has ended or is gone stays as it is; one that has ended adds nothing, of one that is gone
    /// the account is added when the end names its user. Of a user who is gone too, the day's tokens are counted without a name.
    /// - Returns: whether this call ended the turn.
    func close(_ end: TurnEnd) async throws -> Bool

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

    /// The turn of a reply; nil when the user has no such reply.
    func turn(_ replyID: MessageID, of user: UserID) async throws -> StoredTurn?

    /// Recorded batches of a turn that reach beyond event `after`, in order. None when the events are kept no longer.
    func batches(of replyID: MessageID, after: Int) async throws -> [TurnBatch]

    /// What is left of a turn that has ended; nil when it is open or gone.
    func condensed(_ replyID: MessageID) async throws -> CondensedTurn?

    /// Drops the events of turns that ended before `time`, looking at the oldest `limit` recorded batches.
    /// - Returns: how many batches went; 0 when there is nothing left to drop for now.
    func dropEvents(endedBefore time: Timestamp, among limit: Int) async throws -> Int

    /// The user's message that `messageID` is, or that it answers; nil when the user has no such message.
    func question(of messageID: MessageID, user: UserID) async throws -> StoredQuestion?

    /// Whether an earlier turn of the same conversation is open.
    func isQueued(_ replyID: MessageID) async throws -> Bool

    /// Notes that somebody follows turns through a process that does not run them. One that has ended is not an error.
    func noteFollowed(_ replyIDs: [MessageID], at time: Timestamp) async throws

    /// When that was noted last; nil when it never was.
    func lastFollowed(_ replyID: MessageID) async throws -> Timestamp?

    /// Asks the worker that runs a turn to stop it. A turn that has ended is not an error.
    /// - Returns: false when the user has no such reply.
    func requestStop(of replyID: MessageID, user: UserID) async throws -> Bool

    /// What there is to hear of turns that a process waits for.
    func news(for watch: TurnWatch) async throws -> TurnNews

    /// Whether anything may have been written since this was asked last, by any process. Quick, and asked often.
    func hasChanged() -> Bool

    /// Forgets requests that were followed.
    func forgetStopRequests(_ replyIDs: [MessageID]) async throws

    /// Says that `worker` lives.
    func heartbeat(of worker: WorkerID, at time: Timestamp) async throws

    /// Notes that `worker` is gone, as if it had been silent for ever. One that lives says so again.
    func noteGone(_ worker: WorkerID) async throws

    /// Forgets `worker`, which ends in good order. A turn that it could not close counts as abandoned from then on.
    func forget(_ worker: WorkerID) async throws

    /// Open turns whose worker said nothing since `time`; the engine ends them as interrupted. At most 1,000.
    func abandonedTurns(since time: Timestamp) async throws -> [StoredTurn]

    /// Whether the store can commit now: writes and syncs a row. Throws `StoreError` saying why not.
    func checkWritable() async throws

    /// Looks whether the file is whole, as far as that is quickly told.
    func checkSound() async throws
}
