import Agents
import Chat
import JSON
import Scheduling

/// Dialect 5, `/api/chat`: the desk, and its workflows for any number of followers. docs/api.md has the wire format.
struct DeskRoutes: Sendable {
    let engine: ConversationEngine
    let store: any ChatStore
    let desk: Desk
    let timers: TimerWheel
    let heartbeatMS: Int

    var routes: [Route] {
        [
            Route("POST", "/api/chat/stream", hold: .answering, stream),
            Route("GET", "/api/chat/stream/{messageId}", hold: .following, resume),
            Route("POST", "/api/chat/stop", access: .control, stop),
            Route("GET", "/api/chat/workflows/{workflowId}/events", hold: .following, follow),
        ]
    }

    @Sendable private func stream(_ exchange: Exchange) async throws -> Reply {
        let request = try DeskRequest(exchange)
        let user = try exchange.user(claimed: request.claimedUser, field: "userId")
        var turn = TurnRequest(
            user: user, session: request.session, text: request.message, metadata: request.sentContext,
            idempotencyKey: request.idempotencyKey, limits: exchange.sender?.turnLimits)
        turn.edits = request.edits
        turn.showsThoughts = try exchange.wantsAllEvents()
        let log = try await engine.begin(
            turn, agent: DeskSeat(desk, assistant: request.assistant, context: request.context))
        return try reply(from: log, after: 0, assistant: request.assistant, exchange)
    }

    @Sendable private func resume(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        let after = try exchange.lastEvent()
        guard let log = try await engine.log(of: MessageID(rawValue: exchange.pathParameter), for: user) else {
            throw Problem.notFound("reply")
        }
        return try reply(
            from: log, after: after, assistant: try await assistant(of: log.replyID, for: user), exchange)
    }

    /// Who was asked, as it is stored with the turn; nil when it was none of the desk's.
    private func assistant(of replyID: MessageID, for user: UserID) async throws -> AssistantType? {
        try await store.turn(replyID, of: user).flatMap { DeskSeat.assistant(named: $0.agent) }
    }

    private func reply(
        from log: TurnLog, after: Int, assistant: AssistantType?, _ exchange: Exchange
    ) throws(Problem) -> Reply {
        let start = DeskStart(assistant: assistant, firstAsked: desk.firstAsked)
        guard exchange.wantsWholeReply else {
            let encoder = try exchange.encoder(
                DeskEncoder(log, start: start), of: log.replyID, idKey: "messageId")
            return .stream(stream(of: log, after: after, encoder))
        }
        let all = try exchange.wantsAllEvents()
        return .stream(
            AwaitedReply(log: log, engine: engine) { turn in .json { turn.writeDeskReply(start, all, to: &$0) } })
    }

    private func stream(of log: TurnLog, after: Int, _ encoder: any TurnEncoder) -> TurnStream {
        TurnStream(
            log: log, engine: engine, after: after, encoder: encoder, heartbeatMS: heartbeatMS, timers: timers)
    }

    @Sendable private func stop(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let message = body.identifier("messageId", isRequired: true)
        let claimed = body.user("userId")
        try body.check()
        let replyID = MessageID(rawValue: message ?? "")
        let user = try exchange.user(claimed: claimed, field: "userId")
        guard try await engine.stop(replyID, of: user) else { throw Problem.notFound("reply") }
        return .json { writer in
            writer.beginObject()
            writer.key("messageId")
            writer.string(replyID.rawValue)
            writer.endObject()
        }
    }

    /// Follows a workflow by its turn, wherever that runs. What is another user's, what does not exist, and a turn without
    /// a workflow are the same to whoever asks.
    @Sendable private func follow(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        let after = try exchange.lastEvent()
        guard let replyID = WorkflowID(rawValue: exchange.pathParameter).replyID,
            let log = try await engine.log(of: replyID, for: user), log.workflowState != .none
        else { throw Problem.notFound("workflow") }
        guard exchange.wantsWholeReply else { return .stream(stream(of: log, after: after, WorkflowEncoder(log))) }
        let requestID = exchange.requestID
        return .stream(
            AwaitedReply(log: log, engine: engine) { turn in
                guard turn.log.workflowState == .detected else {
                    return Problem.notFound("workflow").response(requestID: requestID)
                }
                return .json { turn.writeWorkflow(to: &$0) }
            })
    }
}
