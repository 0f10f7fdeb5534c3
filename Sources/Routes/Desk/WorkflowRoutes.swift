import Agents
import Chat
import Scheduling

/// The workflows of the desk, each for any number of followers. docs/api.md has the wire format.
struct WorkflowRoutes: Sendable {
    let engine: ConversationEngine
    let timers: TimerQueue
    let heartbeatMS: Int

    var routes: [Route] {
        [Route("GET", "/api/chat/workflows/{workflowId}/events", hold: .following, follow)]
    }

    /// Follows a workflow by its turn, wherever that runs. What is another user's, what does not exist, and a turn without
    /// a workflow are the same to the one who asks.
    @Sendable private func follow(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        let after = try exchange.lastEvent()
        guard let replyID = WorkflowID(rawValue: exchange.pathParameter).replyID,
            let log = try await engine.log(of: replyID, for: user), log.workflowState != .none
        else { throw Problem.notFound("workflow") }
        let left: @Sendable () -> Void = { [engine] in engine.followerLeft(log) }
        guard exchange.wantsWholeReply else {
            return .stream(
                TurnStream(
                    log: log, reader: TurnReader(log: log, encoder: WorkflowEncoder(log), after: after), left: left,
                    heartbeatMS: heartbeatMS, timers: timers))
        }
        let requestID = exchange.requestID
        return .stream(
            AwaitedReply(log: log, left: left) { turn in
                guard turn.log.workflowState == .detected else {
                    return Problem.notFound("workflow").response(requestID: requestID)
                }
                return .json { turn.writeWorkflow(to: &$0) }
            })
    }
}
