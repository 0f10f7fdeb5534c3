import Agents
import Chat
import FCGIApp

/// Dialect 4, `/api/agent`: the plain agent, request and response, or a stream in dialect 1's words. docs/api.md has the wire format.
struct PlainAgentDialect: Dialect {
    /// The mode of a request that names none.
    static let defaultMode = "general"

    /// One for each mode, by name; empty where none is installed.
    let agents: [PlainAgent]
    let models: any ModelDirectory
    /// The providers' models that may be chosen, as things stand.
    let availability: @Sendable () -> [ModelAvailability]

    let names = FieldNames.snakeCase
    let paths = TurnPaths(ask: ["/api/agent/chat"])

    /// The values of `mode`, the default one first.
    static func modes(of agents: [PlainAgent]) -> [String] {
        let names = agents.map(\.name)
        return names.filter { $0 == defaultMode } + names.filter { $0 != defaultMode }
    }

    /// The shape of a reply is its mode.
    func question(of exchange: Exchange) throws(Problem) -> Question<String> {
        let missing = Problem.agentUnavailable("The agent for this mode")
        return try exchange.question(names: names, answerer: .missing(missing), shape: Self.defaultMode) {
            body, question in
            question.isWhole = !exchange.wantsStream
            question.shape = body.string("mode", bytes: 1...64) ?? Self.defaultMode
            let provider = body.string("provider", bytes: 1...256)
            let model = body.string("model", bytes: 1...256)
            let choice = ModelChoice(provider: provider, model: model, models: models, known: availability(), &body)
            guard let agent = agents.first(where: { $0.name == question.shape }) else {
                guard !agents.isEmpty, question.shape != Self.defaultMode else { return }
                return body.reject("mode", "must be one of " + Self.modes(of: agents).joined(separator: ", "))
            }
            question.answerer = .agent(choice.model.map { agent.asking($0, named: model) } ?? agent)
        }
    }

    func reader(of log: TurnLog, after: Int, _ mode: String, tellsAll: Bool) -> TurnReader {
        reader(of: log, after: after, BookCompanionEncoder(replyID: log.replyID), tellsAll: tellsAll)
    }

    func response(to turn: EndedTurn, _ mode: String, tellsAll: Bool, requestID: String) -> Response {
        turn.plainReply(mode: mode, tellsAll: tellsAll, requestID: requestID)
    }
}
