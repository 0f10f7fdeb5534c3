// Agents that pass a conversation on to a language model as the client keeps it.

public import Chat

/// An agent that reads the earlier conversation from what the client sent, and not from the store: for clients that keep their
/// conversations themselves.
public struct ClientConversation: Agent {
    private let agent: any Agent
    private let history: [Message]
    private let isFresh: Bool

    /// - Parameters:
    ///   - messages: those before the one that is to be answered, oldest first. Only what user and assistant said is read: the
    ///     agent has instructions of its own, and calls no tools of the client's.
    ///   - isFresh: whether an answer is wanted that was not given before.
    public init(_ messages: some Collection<ModelMessage>, with agent: any Agent, isFresh: Bool = false) {
        self.agent = agent
        self.isFresh = isFresh
        history = Self.history(messages)
    }

    public var name: String { agent.name }
    public var availability: [ModelAvailability] { agent.availability }
    public var usualCalls: Int { agent.usualCalls }
    public var freeProviders: Set<String> { agent.freeProviders }

    public func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        var turn = turn
        turn.history = history
        turn.historyHasCards = false
        if isFresh { turn.isRegeneration = true }
        return try await agent.reply(to: turn, into: sink)
    }

    /// The messages as an agent reads them, as many of the latest as it is given of a conversation in the store.
    static func history(_ messages: some Collection<ModelMessage>) -> [Message] {
        let limits = ConversationEngine.Limits()
        let now = Timestamp.now()
        let said = messages.lazy.filter { ($0.role == .user || $0.role == .assistant) && !$0.content.isEmpty }
        return Array(
            said.suffix(limits.historyMessages).map { message in
                Message(
                    id: Identifiers.message(), role: message.role == .user ? .user : .assistant,
                    content: message.content, status: .complete, createdAt: now)
            }.latest(within: limits.historyBytes))
    }
}
