import Agents
import Chat
import JSON

/// A turn that has ended as one object, for a client that wants no stream: the desk's reply, or its workflow alone.
extension EndedTurn {
    /// The fields of `chat_started` and `chat_completed` or `error`, and the workflow when there was one.
    /// - Parameter tellsAll: whether the client wants to know all that the desk told beyond its text.
    func writeDeskReply(_ start: DeskStart, _ tellsAll: Bool, to writer: inout JSONWriter) {
        writer.beginObject()
        if let acceptance { start.writeMembers(acceptance, to: &writer) }
        writer.member("content", utf8: text)
        writer.details(notes, tellsAll ? DetailKind.allCases : [.workflow])
        switch terminal {
        case .completed(let completion): completion.writeMembers("finishReason", to: &writer)
        case .failed(let failure): Self.error(failure, to: &writer)
        default: break
        }
        writer.endObject()
    }

    /// The workflow's events as one object, and how the turn ended; nothing when there was none.
    func writeWorkflow(to writer: inout JSONWriter) {
        guard let workflow = Workflow(notes) else { return }
        workflow.write(to: &writer) { writer in
            writer.member("messageId", replyID.rawValue)
            switch terminal {
            case .completed(let completion):
                writer.member("status", completion.wasStopped ? "stopped" : "complete")
            case .failed(var failure):
                failure.usage = nil
                Self.error(failure, to: &writer)
            default: break
            }
        }
    }

    private static func error(_ failure: ReplyFailure, to writer: inout JSONWriter) {
        writer.member("status", failure.code == ReplyFailure.interruptedCode ? "interrupted" : "failed")
        writer.beginObject("error")
        failure.writeMembers(to: &writer)
        writer.endObject()
    }
}

/// The notes of a workflow, as it was told last: a turn that lost its text with a worker tells it anew.
struct Workflow {
    private let detected: [UInt8]
    private let updates: [[UInt8]]

    /// Nil when there was none.
    init?(_ notes: [AgentNote]) {
        guard let begin = notes.lastIndex(where: { $0.workflowEvent == .detected }) else { return nil }
        detected = notes[begin].json
        updates = notes[begin...].filter { $0.workflowEvent == .update }.map(\.json)
    }

    func write(to writer: inout JSONWriter, more: (inout JSONWriter) -> Void) {
        // The note of its beginning is an object with members: it is written but for its end, and goes on.
        writer.rawJSON(Array(detected.dropLast()))
        writer.beginArray("updates")
        for update in updates { writer.rawJSON(update) }
        writer.endArray()
        more(&writer)
        writer.endObject()
    }
}
