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
    /// How much of a conversation's end the calls of a model are given.
    public struct HistoryShare: Sendable {
        /// Most messages.
        public var messages: Int
        /// Most bytes of them.
        public var bytes: Int
        /// Calls, each of which is given as much.
        public var calls: Int
    }

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
    public var isRegeneration = false
    /// Where the user's message stands in the conversation; nil: after the latest question.
    public var place: QuestionPlace?
    /// Turns of one conversation that may be open at once, this one included.
    public var openTurnsOfSession = 8
    /// What the user may take, in all processes.
    public var limits = UserLimits(streams: .max)
    /// What all for whom the request's key acts may take; nil where none does.
    public var keyLimits: KeyLimits?
    /// What the turn sets aside of the day's tokens, where these are limited.
    public var reservation = TokenReservation.none
    /// What a model is given of the conversation before, for which tokens are set aside too. Nil where that is nothing, or in the
    /// reservation.
    public var history: HistoryShare?
    /// What may be stored of the user.
    public var quotas = StorageQuotas()
    public var worker: WorkerID
    public var createdAt: Timestamp
    /// The turn's first event, recorded in the same transaction.
    public var firstBatch: TurnBatch
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
}

/// A turn as the store holds it.
public struct StoredTurn: Sendable, Equatable {
    public var replyID: MessageID
    public var agent: String
    public var worker: WorkerID
    /// Bytes of the user's message, of an abandoned turn; nil where that is not asked for.
    public var questionBytes: Int?

    public init(replyID: MessageID, agent: String, worker: WorkerID, questionBytes: Int? = nil) {
        self.replyID = replyID
        self.agent = agent
        self.worker = worker
        self.questionBytes = questionBytes
    }
}
