public import Chat
import Scheduling

extension PlainAgent {
    /// What this agent says by itself to a conversation that a client sends whole; found only when somebody composes it.
    ///
    /// Nil when the last message is not the user's: a tool's result, say, is nothing that documents answer.
    public func ownAnswer(to messages: [ModelMessage]) -> (any EmbeddedAnswer)? {
        guard let last = messages.last, last.role == .user else { return nil }
        // Nothing of it is kept, so its names are nobody's.
        let turn = TurnContext(
            user: .nobody, session: SessionID(rawValue: ""), userMessageID: Identifiers.message(),
            replyID: Identifiers.message(), text: last.content,
            history: ClientConversation.history(messages.dropLast()), createdAt: .now())
        return OwnAnswer(agent: self, turn: turn)
    }
}

private struct OwnAnswer: EmbeddedAnswer {
    let agent: PlainAgent
    let turn: TurnContext

    func compose(_ say: (String) async throws -> Void) async throws {
        let answer = try await offload { [agent, turn] in try await agent.prepare(turn) }
        try await answer.request.embeddedAnswer?.compose(say)
    }
}
