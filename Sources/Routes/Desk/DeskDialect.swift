// Dialect 5, the desk.

import Agents
import Chat
import FCGIApp
import JSON

/// Dialect 5, `/api/chat`: the desk. docs/api.md has the wire format.
struct DeskDialect: Dialect {
    let desk: Desk
    let store: any TurnStore

    let names = FieldNames.camelCase
    let paths = TurnPaths(
        ask: ["/api/chat/stream"], follow: "/api/chat/stream/{messageId}", stop: "/api/chat/stop")

    func question(of exchange: Exchange) throws(Problem) -> Question<DeskStart> {
        try exchange.question(names: names, answerer: .agent(desk), shape: start(nil)) { body, question in
            let assistant = body.word("assistantType", AssistantType.self, isRequired: true) ?? .general
            question.metadata = body.json("context", maximumBytes: 8192)
            var context = DeskContext()
            // What is no object has been told already.
            if question.metadata != nil, var fields = body.object("context") {
                context = Self.context(&fields)
                body.absorb(fields)
            }
            question.answerer = .agent(DeskAgent(desk, assistant: assistant, context: context))
            question.shape = start(assistant)
        }
    }

    /// - Parameter assistant: who was asked; nil when it was none of the desk's.
    private func start(_ assistant: AssistantType?) -> DeskStart {
        DeskStart(assistant: assistant, firstAsked: desk.firstAsked)
    }

    func shape(of replyID: MessageID, askedBy user: UserID) async throws -> DeskStart {
        start(try await store.turn(replyID, of: user).flatMap { DeskAgent.assistant(named: $0.agent) })
    }

    func reader(of log: TurnLog, after: Int, _ start: DeskStart, tellsAll: Bool) -> TurnReader {
        reader(of: log, after: after, DeskEncoder(log, start: start), tellsAll: tellsAll)
    }

    func response(to turn: EndedTurn, _ start: DeskStart, tellsAll: Bool, requestID: String) -> Response {
        .json { turn.writeDeskReply(start, tellsAll, to: &$0) }
    }

    // MARK: - The context

    private static func context(_ fields: inout BodyFields) -> DeskContext {
        let symbols = strings("symbols", of: &fields)
        let timeframe = hint("timeframe", of: &fields)
        let tolerance = hint("riskTolerance", of: &fields)
        do {
            return try DeskContext(symbols: symbols, timeframe: timeframe, riskTolerance: tolerance)
        } catch {
            fields.reject(error.field, error.detail)
            return DeskContext()
        }
    }

    /// The context that was kept with a message; an empty one where there is none, or nothing that is one.
    static func context(kept: [UInt8]?) -> DeskContext {
        guard let kept, let json = try? JSONValue(parsing: kept) else { return DeskContext() }
        func hint(_ field: String) -> String? { json[field].flatMap { $0.isNull ? nil : $0.stringValue ?? "?" } }
        return
            (try? DeskContext(
                symbols: json["symbols"]?.arrayValue?.compactMap(\.stringValue), timeframe: hint("timeframe"),
                riskTolerance: hint("riskTolerance"))) ?? DeskContext()
    }

    /// A hint may be anything: what is no text is none that is known.
    private static func hint(_ field: String, of fields: inout BodyFields) -> String? {
        guard let value = fields.any(field) else { return nil }
        return value.stringValue ?? "?"
    }

    /// An array of strings; nil when absent or wrong.
    private static func strings(_ field: String, of fields: inout BodyFields) -> [String]? {
        guard let value = fields.any(field) else { return nil }
        guard let values = value.arrayValue else {
            fields.reject(field, "must be an array of strings")
            return nil
        }
        let texts = values.compactMap(\.stringValue)
        guard texts.count == values.count else {
            fields.reject(field, "must be an array of strings")
            return nil
        }
        return texts
    }
}
