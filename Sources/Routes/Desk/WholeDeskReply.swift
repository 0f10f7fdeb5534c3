import Agents
import Chat
import JSON

/// A turn that has ended as one object, for a client that wants no stream: the desk's reply, or its workflow alone.
extension EndedTurn {
    /// The fields of `chat_started` and `chat_completed` or `error`, and the workflow when there was one.
    func writeDeskReply(_ start: DeskStart, to writer: inout JSONWriter) {
        writer.beginObject()
        if let acceptance { start.writeMembers(acceptance, to: &writer) }
        writer.key("content")
        writer.string(utf8: text)
        if let workflow {
            writer.key("workflow")
            Self.write(workflow, to: &writer) { _ in }
        }
        switch terminal {
        case .completed(let completion): completion.writeDeskMembers(to: &writer)
        case .failed(let failure): Self.error(failure, to: &writer)
        default: break
        }
        writer.endObject()
    }

    /// The workflow's events as one object, and how the turn ended; nothing when there was none.
    func writeWorkflow(to writer: inout JSONWriter) {
        guard let workflow else { return }
        Self.write(workflow, to: &writer) { writer in
            writer.key("messageId")
            writer.string(replyID.rawValue)
            switch terminal {
            case .completed(let completion):
                writer.key("status")
                writer.string(completion.wasStopped ? "stopped" : "complete")
            case .failed(var failure):
                failure.usage = nil
                Self.error(failure, to: &writer)
            default: break
            }
        }
    }

    /// The notes of a workflow, as it was told last: a turn that lost its text with a worker tells it anew.
    private var workflow: (detected: [UInt8], updates: [[UInt8]])? {
        guard let begin = notes.lastIndex(where: { $0.workflowEvent == .detected }) else { return nil }
        return (notes[begin].json, notes[begin...].filter { $0.workflowEvent == .update }.map(\.json))
    }

    private static func write(
        _ workflow: (detected: [UInt8], updates: [[UInt8]]), to writer: inout JSONWriter,
        more: (inout JSONWriter) -> Void
    ) {
        // The note of its beginning is an object with members: it is written but for its end, and goes on.
        writer.rawJSON(Array(workflow.detected.dropLast()))
        writer.key("updates")
        writer.beginArray()
        for update in workflow.updates { writer.rawJSON(update) }
        writer.endArray()
        more(&writer)
        writer.endObject()
    }

    private static func error(_ failure: ReplyFailure, to writer: inout JSONWriter) {
        writer.key("status")
        writer.string(failure.code == ReplyFailure.interruptedCode ? "interrupted" : "failed")
        writer.key("error")
        writer.beginObject()
        failure.writeMembers(to: &writer)
        writer.endObject()
    }
}
