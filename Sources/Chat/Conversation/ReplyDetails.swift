/// What is kept of a reply beyond its text: who answered, and what the agent told on the way.
public struct ReplyDetails: Sendable, Equatable {
    /// The agent's name, as it is stored with the turn.
    public var agent: String
    /// In order.
    public var notes: [AgentNote]
    /// Nil while it is written, and of one that did not reach its end.
    public var metrics: ReplyMetrics?

    public init(agent: String, notes: [AgentNote] = [], metrics: ReplyMetrics? = nil) {
        self.agent = agent
        self.notes = notes
        self.metrics = metrics
    }
}

/// A reply, or the first one to a message, for somebody who wants another one like it.
public struct GivenReply: Sendable, Equatable {
    public var replyID: MessageID
    public var session: SessionID
    /// The agent's name, as it is stored with the turn.
    public var agent: String
    public var status: MessageStatus
    /// The text as far as it is kept.
    public var content: String
    /// JSON that the client sent along with the question.
    public var metadata: [UInt8]?
    public var provider: String?
    public var model: String?

    public init(
        replyID: MessageID, session: SessionID, agent: String, status: MessageStatus, content: String,
        metadata: [UInt8]? = nil, provider: String? = nil, model: String? = nil
    ) {
        self.replyID = replyID
        self.session = session
        self.agent = agent
        self.status = status
        self.content = content
        self.metadata = metadata
        self.provider = provider
        self.model = model
    }
}

/// How far a conversation has come. Where two are equal, its ended replies and their questions are the same, with what is behind them.
public struct SessionVersion: Sendable, Hashable {
    private let createdAt: Timestamp
    private let updatedAt: Timestamp
    private let messages: Int
    private let bytes: Int

    /// - Parameters:
    ///   - updatedAt: when a message was sent, or a reply ended, last.
    ///   - bytes: of all messages, as they are counted for the user's quota.
    public init(createdAt: Timestamp, updatedAt: Timestamp, messages: Int, bytes: Int) {
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.messages = messages
        self.bytes = bytes
    }
}

/// Conversations as their user sees them: the list, what is behind each reply. Everything is scoped to its user; a name of
/// another user's is as one that does not exist. Every call may throw `StoreError`.
public protocol ConversationShelf: Sendable {
    /// The user's pinned conversations, latest first, at most 200.
    func pinnedSessions(of user: UserID) async throws -> [SessionSummary]

    /// Renames a conversation, pins or unpins it, or both; what is nil stays. Nil when the user has no such session.
    func change(
        _ session: SessionID, of user: UserID, title: String?, isPinned: Bool?
    ) async throws -> SessionSummary?

    /// What changes with all that is said in a conversation; nil when the user has no such session.
    func version(of session: SessionID, of user: UserID) async throws -> SessionVersion?

    /// What is behind each of these replies; those that the user does not have are left out.
    func details(of replies: [MessageID], of user: UserID) async throws -> [MessageID: ReplyDetails]

    /// The reply that `messageID` is, or the first one to that message of the user's; nil when the user has neither.
    func givenReply(_ messageID: MessageID, of user: UserID) async throws -> GivenReply?
}
