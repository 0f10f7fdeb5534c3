// One way for a turn through the routes, whatever the dialect: begin, resume, stop, repeat, read.

import Agents
import Chat

/// Further replies to a message that has one, by the agent that gave it: regenerating, and going on. docs/api.md has the wire format.
struct AgainRoutes: Sendable {
    let conversations: any ConversationShelf
    let agents: HouseAgents
    let desk: Desk
    let models: any ModelDirectory
    /// The providers' models that may be chosen, as things stand.
    let availability: @Sendable () -> [ModelAvailability]
    let turns: TurnRoutes<BookCompanionDialect>

    var routes: [Route] {
        [
            Route("POST", "/api/v1/chat/regenerate", hold: .answering) { try await again($0, goesOn: false) },
            Route("POST", "/api/v1/chat/continue", hold: .answering) { try await again($0, goesOn: true) },
        ]
    }

    private func again(_ exchange: Exchange, goesOn: Bool) async throws -> Reply {
        var body = try exchange.body()
        let message = body.identifier("message_id", isRequired: true)
        let claimed = body.user("user_id")
        let provider = body.string("provider", bytes: 1...256)
        let model = body.string("model", bytes: 1...256)
        let key = exchange.idempotencyKey(&body)
        let choice = ModelChoice(provider: provider, model: model, models: models, known: availability(), &body)
        try body.check()
        let user = try exchange.user(claimed: claimed)
        let messageID = MessageID(rawValue: message ?? "")
        guard let given = try await conversations.givenReply(messageID, of: user) else {
            throw Problem.notFound("message")
        }
        if goesOn {
            guard given.replyID == messageID else { throw Problem.notFound("reply") }
            try Self.check(given.status)
        }
        var agent = try agent(of: given)
        if let chosen = choice.model, let plain = agent as? PlainAgent { agent = plain.asking(chosen, named: model) }
        try exchange.countGuestBytes(0)
        let log = try await turns.engine.regenerate(
            messageID, of: user, idempotencyKey: key, metadata: given.metadata,
            showsThoughts: exchange.wantsAllEvents(), beginning: goesOn ? given.content : nil,
            limits: exchange.sender?.turnLimits, agent: agent)
        return try turns.reply(from: log, (), exchange)
    }

    /// Only a reply that was cut off can go on.
    private static func check(_ status: MessageStatus) throws(Problem) {
        switch status {
        case .stopped, .interrupted, .failed: break
        case .complete:
            throw Problem(
                status: 409, code: "reply_is_complete",
                detail: "This reply reached its end. Ask for another one with /api/v1/chat/regenerate.")
        case .streaming:
            throw Problem(
                status: 409, code: "reply_is_streaming",
                detail: "This reply is still being written. Follow it with GET /api/v1/chat/stream/{reply_id}.")
        }
    }

    /// Who gave a reply, as it was asked then.
    private func agent(of given: GivenReply) throws(Problem) -> any Agent {
        if let assistant = DeskAgent.assistant(named: given.agent) {
            return DeskAgent(desk, assistant: assistant, context: DeskDialect.context(kept: given.metadata))
        }
        if let agent = agents[given.agent] { return agent }
        if given.agent == ConversationRelay.storedName,
            let model = given.provider.flatMap({ models.model(named: given.model, provider: $0) })
                ?? given.model.flatMap({ models.model(named: $0) })
        {
            return ConversationRelay(model, named: given.model)
        }
        throw .agentUnavailable("The agent that gave this reply")
    }
}
