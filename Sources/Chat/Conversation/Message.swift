/// Who said a message.
public enum Role: String, Sendable, Equatable {
    case user, assistant
}

/// How far a message has come. A user's message is `complete` from the start.
public enum MessageStatus: String, Sendable, Equatable {
    /// The whole answer, ended by its provider.
    case complete
    /// The reply is still growing.
    case streaming
    /// The user stopped it; the text up to there is kept.
    case stopped
    /// The process or the line was lost before the end; the text recorded up to there is kept.
    case interrupted
    /// It ended in an error; text that went out before is kept.
    case failed
}

/// Tokens that a reply took.
public struct Usage: Sendable, Equatable {
    public var promptTokens: Int
    public var completionTokens: Int
    public var totalTokens: Int {
        // The numbers are a provider's word; the greatest of them must not stop the program.
        let (sum, isOver) = promptTokens.addingReportingOverflow(completionTokens)
        return isOver ? .max : sum
    }
    /// True when the provider did not report and the numbers are worked out from the text.
    public var isEstimated: Bool

    public init(promptTokens: Int, completionTokens: Int, isEstimated: Bool) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.isEstimated = isEstimated
    }

    /// Both together; estimated when one of them is.
    public static func + (a: Usage, b: Usage) -> Usage {
        func sum(_ a: Int, _ b: Int) -> Int {
            let (sum, isOver) = a.addingReportingOverflow(b)
            return isOver ? .max : sum
        }
        return Usage(
            promptTokens: sum(a.promptTokens, b.promptTokens),
            completionTokens: sum(a.completionTokens, b.completionTokens), isEstimated: a.isEstimated || b.isEstimated)
    }
}

/// What went wrong with a reply, as the client is told it.
public struct ReplyFailure: Sendable, Equatable {
    /// A stable snake_case word.
    public var code: String
    /// A sentence for the person; nothing internal in it.
    public var message: String
    /// Whether asking again may help.
    public var isRetryable: Bool
    /// Whether text had gone out before.
    public var isPartial: Bool
    /// What the reply took all the same; nil when that is told elsewhere, or not known.
    public var usage: Usage?
    /// Milliseconds after which asking again may help, counted from the failure; nil when that is not known.
    public var retryAfterMS: Int?

    public init(code: String, message: String, isRetryable: Bool, isPartial: Bool, usage: Usage? = nil) {
        self.code = code
        self.message = message
        self.isRetryable = isRetryable
        self.isPartial = isPartial
        self.usage = usage
    }
}

/// Where a question stands in its conversation, if not after the latest one. What was asked there before stays in the history.
public enum QuestionPlace: Sendable, Equatable {
    /// In the place of a question of the conversation.
    case inPlaceOf(MessageID)
    /// After a question of the conversation and its answers.
    case after(MessageID)
}

/// One message of a conversation, as the history returns it.
public struct Message: Sendable, Equatable {
    public var id: MessageID
    public var role: Role
    /// For a reply, byte for byte the text that was streamed.
    public var content: String
    public var status: MessageStatus
    public var createdAt: Timestamp
    /// For a reply, the user's message that it answers; several replies may answer one. Nil for a user's message.
    public var inReplyTo: MessageID?
    /// For a user's message that was written in the place of another one: the first one written there. For one that goes on after an
    /// earlier question (``QuestionPlace``): the one that had been asked next there.
    public var edits: MessageID?
    /// The reply's book cards; empty for a user's message.
    public var recommendations: [Book]
    public var provider: String?
    public var model: String?
    public var usage: Usage?
    public var error: ReplyFailure?

    public init(
        id: MessageID, role: Role, content: String, status: MessageStatus, createdAt: Timestamp,
        inReplyTo: MessageID? = nil, recommendations: [Book] = [], provider: String? = nil, model: String? = nil,
        usage: Usage? = nil,
        error: ReplyFailure? = nil
    ) {
        self.id = id
        self.role = role
        self.content = content
        self.status = status
        self.createdAt = createdAt
        self.inReplyTo = inReplyTo
        self.recommendations = recommendations
        self.provider = provider
        self.model = model
        self.usage = usage
        self.error = error
    }
}

/// A conversation in the list of a user's conversations.
public struct SessionSummary: Sendable, Equatable {
    public var id: SessionID
    /// Set by the user, or else taken from the first message.
    public var title: String
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var messageCount: Int
    /// The name of the agent that was asked first, as it is stored with a turn.
    public var agent: String
    /// Whether its user has pinned it.
    public var isPinned = false
    /// The reply that is being written, the latest of several; nil while none is.
    public var writing: MessageID?

    public init(
        id: SessionID, title: String, createdAt: Timestamp, updatedAt: Timestamp, messageCount: Int, agent: String,
        isPinned: Bool = false, writing: MessageID? = nil
    ) {
        self.id = id
        self.title = title
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.messageCount = messageCount
        self.agent = agent
        self.isPinned = isPinned
        self.writing = writing
    }
}
