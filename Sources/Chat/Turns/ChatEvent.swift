/// The first event of every turn: the user's message is durable and a reply will follow.
public struct Acceptance: Sendable, Equatable {
    public var userMessageID: MessageID
    public var sessionID: SessionID
    public var replyID: MessageID
    public var createdAt: Timestamp

    public init(userMessageID: MessageID, sessionID: SessionID, replyID: MessageID, createdAt: Timestamp) {
        self.userMessageID = userMessageID
        self.sessionID = sessionID
        self.replyID = replyID
        self.createdAt = createdAt
    }
}

/// Another provider goes on with the reply.
public struct ProviderSwitch: Sendable, Equatable {
    public var from: String
    public var to: String
    /// A stable snake_case word.
    public var reason: String
    /// 2 for the first switch.
    public var attempt: Int
    /// Whether the text shown so far is to be dropped because the reply starts again.
    public var resetsText: Bool

    public init(from: String, to: String, reason: String, attempt: Int, resetsText: Bool) {
        self.from = from
        self.to = to
        self.reason = reason
        self.attempt = attempt
        self.resetsText = resetsText
    }
}

/// How a reply's time was spent.
public struct ReplyMetrics: Sendable, Equatable {
    /// Milliseconds from the request to the first text; nil when there was no text.
    public var timeToFirstTokenMS: Int?
    public var durationMS: Int
    /// Milliseconds from the model's first thought to its first text; nil when it did not think, or nobody was told.
    public var thinkingMS: Int?
    public var tokensPerSecond: Double
    /// Provider calls made, 1 when the first one answered.
    public var attempts: Int
    /// Whether it was replayed from an earlier answer.
    public var isCached: Bool
    /// The question that the earlier answer was given to, where it is a similar one.
    public var cachedQuestion: String?

    public init(
        timeToFirstTokenMS: Int?, durationMS: Int, tokensPerSecond: Double, attempts: Int, isCached: Bool,
        cachedQuestion: String? = nil
    ) {
        self.timeToFirstTokenMS = timeToFirstTokenMS
        self.durationMS = durationMS
        self.tokensPerSecond = tokensPerSecond
        self.attempts = attempts
        self.isCached = isCached
        self.cachedQuestion = cachedQuestion
    }
}

/// The end of a reply that reached its end, or was stopped by its user.
public struct Completion: Sendable, Equatable {
    public var wasStopped: Bool
    /// `stop`, `length`, `content_filter`, `tool_calls`, or `stopped`.
    public var finishReason: String
    public var provider: String
    public var model: String
    public var usage: Usage
    /// Only for the clients that were there: it is not kept.
    public var usageDetails = UsageDetails()
    public var metrics: ReplyMetrics

    public init(
        wasStopped: Bool, finishReason: String, provider: String, model: String, usage: Usage, metrics: ReplyMetrics
    ) {
        self.wasStopped = wasStopped
        self.finishReason = finishReason
        self.provider = provider
        self.model = model
        self.usage = usage
        self.metrics = metrics
    }
}

/// What an agent tells beyond its text: a plan, a step of its work. The engine keeps and passes it on; the agent and its
/// dialect know what is in it.
public struct AgentNote: Sendable, Equatable {
    /// A stable snake_case word.
    public var kind: String
    /// A JSON value.
    public var json: [UInt8]

    public init(kind: String, json: [UInt8]) {
        self.kind = kind
        self.json = json
    }
}

/// What can happen in a turn, in the engine's own terms. Each dialect encodes these in its own words.
public enum ChatEvent: Sendable, Equatable {
    case accepted(Acceptance)
    /// A piece of the reply's text, never empty. The reply is the concatenation of all pieces since the last reset.
    case text(String)
    /// A piece of what the model thinks before it answers. No part of the reply.
    case reasoning(String)
    /// What the thoughts' provider wants back with them, a JSON array. No part of the reply.
    case reasoningDetails([UInt8])
    /// More of the tools' calls that the reply asks for.
    case toolCalls([ToolCallPiece])
    case recommendations([Book])
    case note(AgentNote)
    case providerSwitch(ProviderSwitch)
    /// Terminal: the reply is whole, or was stopped.
    case completed(Completion)
    /// Terminal: the reply ended in an error.
    case failed(ReplyFailure)

    /// Whether this event ends its turn. Exactly one such event ends every turn.
    public var isTerminal: Bool {
        switch self {
        case .completed, .failed: true
        case .accepted, .text, .reasoning, .reasoningDetails, .toolCalls, .recommendations, .note, .providerSwitch:
            false
        }
    }
}
