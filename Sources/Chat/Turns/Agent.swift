// A turn's life: the engine, its pure parts (`TurnLife`, `EngineState`), the log that readers follow.

/// What an agent is given: one user message and where it stands.
public struct TurnContext: Sendable {
    public var user: UserID
    public var session: SessionID
    public var userMessageID: MessageID
    public var replyID: MessageID
    /// The user's message.
    public var text: String
    /// The messages before it, oldest first, as many as the engine's limits allow.
    public var history: [Message]
    public var createdAt: Timestamp
    /// Whether the message has a reply, and another one is wanted.
    public var isRegeneration: Bool
    /// Whether the turn is stored. What an agent learns from one that is not may not be stored either.
    public var isKept = true
    /// Text that the reply begins with and goes on from; nil where it begins anew.
    public var beginning: String?
    /// Whether replies in `history` have the book cards that were shown with them. A client that keeps the conversation itself
    /// sends their text alone.
    public var historyHasCards = true

    public init(
        user: UserID, session: SessionID, userMessageID: MessageID, replyID: MessageID, text: String,
        history: [Message], createdAt: Timestamp, isRegeneration: Bool = false
    ) {
        self.user = user
        self.session = session
        self.userMessageID = userMessageID
        self.replyID = replyID
        self.text = text
        self.history = history
        self.createdAt = createdAt
        self.isRegeneration = isRegeneration
    }
}

/// Where an agent's reply goes while it comes about.
public protocol ReplySink: ModelSink {
    /// Shows book cards. They belong to the reply and are kept with it.
    func recommendations(_ books: [Book])
    /// Tells something besides the text; it is kept with the turn's events.
    func note(_ note: AgentNote)
    /// How long the prompt is, in bytes, that a language model is about to be given. Its tokens are estimated from that
    /// where no provider reports them.
    func prompt(bytes: Int)
    /// One of several calls for this reply has ended, and another follows: what it took counts however the reply ends.
    func callEnded(_ completion: ModelCompletion)
}

extension ReplySink {
    public func prompt(bytes: Int) {}
    public func callEnded(_ completion: ModelCompletion) {}
}

/// Who answers. An agent gathers what it needs to know, asks a language model, and says how the reply ended; the
/// engine numbers, records and ends the turn.
public protocol Agent: Sendable {
    /// A word that is stored with the turn: "noah".
    var name: String { get }

    /// The providers it may ask, in their order.
    var availability: [ModelAvailability] { get }

    /// Names of the providers it may ask that cost nothing: their tokens do not count against a user's limit.
    var freeProviders: Set<String> { get }

    /// How many calls of a model an answer usually takes, 1 or more: so many tokens are set aside when it begins.
    var usualCalls: Int { get }

    /// Answers one turn.
    /// - Throws: `ModelError`, `StoreError`, `CancellationError`; the engine ends the turn accordingly, keeping the text.
    func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion
}

extension Agent {
    public var availability: [ModelAvailability] { [] }
    public var usualCalls: Int { 1 }
    public var freeProviders: Set<String> { availability.freeProviders }
}
