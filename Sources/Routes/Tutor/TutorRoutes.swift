import Chat
import FCGIApp
import JSON
import Scheduling

/// Dialect 2, `/stream-chat`: the tutor. docs/api.md has the wire format.
struct TutorRoutes: Sendable {
    let engine: ConversationEngine
    /// Nil where the tutor is not installed.
    let agent: (any Agent)?
    let timers: TimerWheel
    let heartbeatMS: Int

    var routes: [Route] {
        [
            Route("POST", "/stream-chat", hold: .answering, stream),
            Route("GET", "/stream-chat/{messageId}", hold: .following, resume),
            Route("POST", "/stream-chat/stop", access: .control, stop),
        ]
    }

    @Sendable private func stream(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let text = body.string("message", bytes: 1...32_768, isRequired: true)
        let session = body.identifier("sessionId")
        let claimed = body.user("userId")
        let key = exchange.idempotencyKey(&body)
        let edits = body.edited(in: session)
        try body.check()
        let user = try exchange.user(claimed: claimed, field: "userId")
        guard let agent else { throw Problem.agentUnavailable("The tutor") }
        var turn = TurnRequest(
            user: user, session: session.map(SessionID.init(rawValue:)), text: text ?? "", idempotencyKey: key,
            limits: exchange.sender?.turnLimits)
        let all = try exchange.wantsAllEvents()
        turn.edits = edits
        turn.showsThoughts = all
        let log = try await engine.begin(turn, agent: agent)
        return exchange.wantsWholeReply
            ? .stream(
                AwaitedReply(log: log, engine: engine) { turn in .json { turn.writeTutorReply(all, to: &$0) } })
            : .stream(try stream(of: log, after: 0, exchange))
    }

    @Sendable private func resume(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user(claimed: exchange.query["userId"], field: "userId")
        let after = try exchange.lastEvent()
        guard let log = try await engine.log(of: MessageID(rawValue: exchange.pathParameter), for: user) else {
            throw Problem.notFound("reply")
        }
        return .stream(try stream(of: log, after: after, exchange))
    }

    private func stream(of log: TurnLog, after: Int, _ exchange: Exchange) throws(Problem) -> TurnStream {
        TurnStream(
            log: log, engine: engine, after: after,
            encoder: try exchange.encoder(
                TutorEncoder(replyID: log.replyID, tellsSwitches: try exchange.wantsAllEvents()), of: log.replyID,
                idKey: "messageId", telling: TutorEncoder.notes),
            heartbeatMS: heartbeatMS, timers: timers)
    }

    @Sendable private func stop(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let message = body.identifier("messageId", isRequired: true)
        let claimed = body.user("userId")
        try body.check()
        let user = try exchange.user(claimed: claimed, field: "userId")
        let replyID = MessageID(rawValue: message ?? "")
        guard try await engine.stop(replyID, of: user) else { throw Problem.notFound("reply") }
        return .json { writer in
            writer.beginObject()
            writer.key("messageId")
            writer.string(replyID.rawValue)
            writer.endObject()
        }
    }
}
