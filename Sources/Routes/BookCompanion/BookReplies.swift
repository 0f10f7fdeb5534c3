import Chat
import FCGIApp
import Scheduling

/// Replies in the words of dialect 1, of whatever agent they are.
struct BookReplies: Sendable {
    let engine: ConversationEngine
    let timers: TimerWheel
    let heartbeatMS: Int

    /// The stream of a turn from its beginning, or its whole reply when the client wants that.
    /// - Throws: `Problem` 400.
    func reply(from log: TurnLog, _ exchange: Exchange) throws(Problem) -> Reply {
        guard exchange.wantsWholeReply else { return .stream(try stream(of: log, after: 0, exchange)) }
        let all = try exchange.wantsAllEvents()
        return .stream(AwaitedReply(log: log, engine: engine) { turn in .json { turn.writeBookReply(all, to: &$0) } })
    }

    /// - Throws: `Problem` 400.
    func stream(of log: TurnLog, after: Int, _ exchange: Exchange) throws(Problem) -> TurnStream {
        TurnStream(
            log: log, engine: engine, after: after,
            encoder: try exchange.encoder(
                BookCompanionEncoder(replyID: log.replyID), of: log.replyID, idKey: "message_id"),
            heartbeatMS: heartbeatMS, timers: timers)
    }
}
