import Agents
import Chat
import JSON

/// A turn's events as those see them who follow its workflow: the workflow's own, and how the turn ended.
///
/// The numbers are the turn's, so that they go on where a client left off; those of the text are passed over. Where events
/// were lost with a worker, or condensed, a client that had seen more is told the workflow anew, from `workflow_detected` on.
struct WorkflowEncoder: TurnEncoder {
    private let log: TurnLog

    init(_ log: TurnLog) { self.log = log }

    func encode(_ view: TurnLog.View, number: Int, after: Int, to writer: inout JSONWriter) {
        guard number > after, case .event(let event) = view else { return }
        switch event {
        case .note(let note): note.writeWorkflowEvent(number, to: &writer)
        case .completed, .failed:
            guard log.workflowState == .detected else { return noWorkflow(number, to: &writer) }
            end(event, number, to: &writer)
        case .accepted, .text, .reasoning, .reasoningDetails, .toolCalls, .recommendations, .providerSwitch: break
        }
    }

    private func end(_ event: ChatEvent, _ number: Int, to writer: inout JSONWriter) {
        func members(_ writer: inout JSONWriter) {
            writer.member("workflowId", WorkflowID(of: log.replyID).rawValue)
            writer.member("messageId", log.replyID.rawValue)
        }
        switch event {
        case .completed(let completion):
            writer.deskEvent("workflow_completed", id: number) { writer in
                members(&writer)
                writer.member("status", completion.wasStopped ? "stopped" : "complete")
            }
        case .failed(var failure):
            // What it took is told with the reply.
            failure.usage = nil
            writer.deskEvent("workflow_failed", id: number) { writer in
                members(&writer)
                failure.writeMembers(to: &writer)
            }
        default: break
        }
    }

    private func noWorkflow(_ number: Int, to writer: inout JSONWriter) {
        writer.deskEvent("error", id: number) { writer in
            ReplyFailure(
                code: "no_workflow", message: "This request came to no workflow.", isRetryable: false, isPartial: false
            ).writeMembers(to: &writer)
        }
    }
}

/// What a turn's events say of its workflow.
enum WorkflowState {
    case detected
    /// The turn has not come so far.
    case undecided
    /// It has none.
    case none
}

extension TurnLog {
    /// A workflow is detected before any text, or not at all.
    var workflowState: WorkflowState {
        var state = WorkflowState.undecided
        _ = read(after: 0) { _, view in
            switch view {
            case .event(.note(let note)) where note.workflowEvent == .detected: state = .detected
            case .text, .event(.completed), .event(.failed): state = .none
            case .event: break
            }
            return state == .undecided
        }
        return state
    }
}

extension AgentNote {
    enum WorkflowEventKind: String {
        case detected = "workflow_detected"
        case update = "workflow_update"
    }

    /// Which event of a workflow it is; nil for any other note.
    var workflowEvent: WorkflowEventKind? { WorkflowEventKind(rawValue: kind) }

    /// Writes the note as the event of its kind; nothing when it is no workflow's.
    func writeWorkflowEvent(_ number: Int, to writer: inout JSONWriter) {
        guard let event = workflowEvent, json.first == UInt8(ascii: "{") else { return }
        writer.beginServerSentEvent(id: number)
        switch event {
        case .detected: writer.raw(#"{"type":"workflow_detected","#)
        case .update: writer.raw(#"{"type":"workflow_update","#)
        }
        // The note is the event's object but for its type.
        writer.bytes.append(contentsOf: json.dropFirst())
        writer.endServerSentEvent()
    }
}
