// Dialect 2, the tutor.

import Chat
import FCGIApp

/// Dialect 2, `/stream-chat`: the tutor. docs/api.md has the wire format.
struct TutorDialect: Dialect {
    /// Nil where the tutor is not installed.
    let agent: (any Agent)?

    let names = FieldNames.camelCase
    let paths = TurnPaths(ask: ["/stream-chat"], follow: "/stream-chat/{messageId}", stop: "/stream-chat/stop")

    func question(of exchange: Exchange) throws(Problem) -> Question<Void> {
        try exchange.question(
            names: names, answerer: agent.map { .agent($0) } ?? .missing(.agentUnavailable("The tutor")), shape: ())
    }

    func reader(of log: TurnLog, after: Int, _ shape: Void, tellsAll: Bool) -> TurnReader {
        reader(
            of: log, after: after, TutorEncoder(replyID: log.replyID, tellsSwitches: tellsAll), tellsAll: tellsAll,
            told: TutorEncoder.notes)
    }

    func response(to turn: EndedTurn, _ shape: Void, tellsAll: Bool, requestID: String) -> Response {
        .json { turn.writeTutorReply(tellsAll, to: &$0) }
    }
}
