import Agents
import Chat
import FCGIApp
import JSON

/// Dialect 4, `/api/agent`: the plain agent, request and response, or a stream in dialect 1's words. docs/api.md has the wire format.
struct PlainAgentRoutes: Sendable {
    /// The mode of a request that names none.
    static let defaultMode = "general"

    let engine: ConversationEngine
    let store: any ChatStore
    let conversations: any ConversationShelf
    let live: LiveBoard
    /// One for each mode, by name; empty where none is installed.
    let agents: [PlainAgent]
    let models: any ModelDirectory
    /// The providers' models that may be chosen, as things stand.
    let availability: @Sendable () -> [ModelAvailability]
    let replies: BookReplies

    var routes: [Route] {
        [
            Route("POST", "/api/agent/chat", hold: .answering, chat),
            Route("GET", "/api/agent/sessions/{session_id}", session),
            Route("DELETE", "/api/agent/sessions/{session_id}", access: .control, deleteSession),
        ]
    }

    /// The values of `mode`, the default one first.
    static func modes(of agents: [PlainAgent]) -> [String] {
        let names = agents.map(\.name)
        return names.filter { $0 == defaultMode } + names.filter { $0 != defaultMode }
    }

    @Sendable private func chat(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let text = body.string("message", bytes: 1...32_768, isRequired: true)
        let session = body.identifier("session_id")
        let claimed = body.user("user_id")
        let mode = body.string("mode", bytes: 1...64) ?? Self.defaultMode
        let provider = body.string("provider", bytes: 1...256)
        let model = body.string("model", bytes: 1...256)
        let key = exchange.idempotencyKey(&body)
        let edits = body.edited(in: session)
        let agent = agents.first { $0.name == mode }
        if agent == nil, !agents.isEmpty, mode != Self.defaultMode {
            body.reject("mode", "must be one of " + Self.modes(of: agents).joined(separator: ", "))
        }
        let choice = ModelChoice(provider: provider, model: model, models: models, known: availability(), &body)
        try body.check()
        let user = try exchange.user(claimed: claimed)
        guard let agent else { throw Problem.agentUnavailable("The agent for this mode") }
        var turn = TurnRequest(
            user: user, session: session.map(SessionID.init(rawValue:)), text: text ?? "", idempotencyKey: key,
            limits: exchange.sender?.turnLimits)
        let all = try exchange.wantsAllEvents()
        turn.edits = edits
        turn.showsThoughts = all
        let log = try await engine.begin(
            turn, agent: choice.model.map { agent.asking($0, named: model) } ?? agent)
        if exchange.wantsStream { return .stream(try replies.stream(of: log, after: 0, exchange)) }
        let requestID = exchange.requestID
        return .stream(
            AwaitedReply(log: log, engine: engine) { $0.plainReply(mode: mode, tellsAll: all, requestID: requestID) })
    }

    // MARK: - Sessions

    @Sendable private func session(_ exchange: Exchange) async throws -> Reply {
        let session = try sessionID(exchange)
        guard let limit = Int(exchange.query["limit"] ?? "50"), (1...200).contains(limit) else {
            throw Problem.invalid("limit", "must be 1 to 200")
        }
        for name in HistoryCursor.names where !(exchange.query[name].map(Identifiers.isAcceptable) ?? true) {
            throw Problem.invalid(name, "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        let user = try exchange.user()
        let page = try await store.history(
            of: user, in: session, limit: limit, at: HistoryCursor { exchange.query[$0] })
        guard let page else { throw Problem.notFound("session") }
        let details = try await conversations.details(of: page.replies, of: user)
        return .json { writer in page.write(session: session.rawValue, details: details, to: &writer) }
    }

    @Sendable private func deleteSession(_ exchange: Exchange) async throws -> Reply {
        let session = try sessionID(exchange)
        let user = try exchange.user()
        try await live.removeAll(of: user, in: session)
        guard try await store.delete(session, of: user) else { throw Problem.notFound("session") }
        await live.tell(.deleted(session), to: user)
        return .response(Response(status: 204))
    }

    private func sessionID(_ exchange: Exchange) throws(Problem) -> SessionID {
        guard Identifiers.isAcceptable(exchange.pathParameter) else {
            throw .invalid("session_id", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        return SessionID(rawValue: exchange.pathParameter)
    }
}
