// Dialect 1, the book companion, with preferences and transparency.

import Chat
import FCGIApp

/// Dialect 1, `/api/v1`: the book companion. docs/api.md has the wire format.
struct BookCompanionDialect: Dialect {
    let agent: any Agent

    let names = FieldNames.snakeCase
    let paths = TurnPaths(
        ask: ["/api/v1/chat/stream"], follow: "/api/v1/chat/stream/{reply_id}", stop: "/api/v1/chat/stop")

    func question(of exchange: Exchange) throws(Problem) -> Question<Void> {
        try exchange.question(names: names, answerer: .agent(agent), shape: ()) { body, question in
            question.metadata = body.json("metadata", maximumBytes: 8192)
        }
    }

    func reader(of log: TurnLog, after: Int, _ shape: Void, tellsAll: Bool) -> TurnReader {
        reader(of: log, after: after, BookCompanionEncoder(replyID: log.replyID), tellsAll: tellsAll)
    }

    func response(to turn: EndedTurn, _ shape: Void, tellsAll: Bool, requestID: String) -> Response {
        .json { turn.writeBookReply(tellsAll, to: &$0) }
    }
}
