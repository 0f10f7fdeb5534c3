import Agents
import Chat
import JSON

/// A turn that has ended as one object, for a client that wants no stream: the desk's reply, or its workflow alone.
struct WholeDeskReply {
    private let log: TurnLog
    private var acceptance: Acceptance?
    private var terminal: ChatEvent?
    private var detected: [UInt8]?
    private var updates: [[UInt8]] = []

    /// - Parameter log: of a turn that has ended.
    init(_ log: TurnLog) {
        self.log = log
        var (acceptance, terminal): (Acceptance?, ChatEvent?)
        var detected: [UInt8]?
        var updates: [[UInt8]] = []
        _ = log.read(after: 0) { _, view in
            guard case .event(let event) = view else { return true }
            switch event {
            case .accepted(let value): acceptance = value
            case .note(let note):
                switch note.workflowEvent {
                case .detected: detected = note.json
                case .update: updates.append(note.json)
                case nil: break
                }
            case let event where event.isTerminal: terminal = event
            default: break
            }
            return true
        }
        (self.acceptance, self.terminal) = (acceptance, terminal)
        (self.detected, self.updates) = (detected, updates)
    }

    /// The fields of `chat_started` and `chat_completed` or `error`, and the workflow when there was one.
    func write(_ start: DeskStart, to writer: inout JSONWriter) {
        writer.beginObject()
        if let acceptance { start.writeMembers(acceptance, to: &writer) }
        writer.key("content")
        writer.string(utf8: log.replyText)
        if let detected {
            writer.key("workflow")
            workflow(detected, to: &writer) { _ in }
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
        guard let detected else { return }
        workflow(detected, to: &writer) { writer in
            writer.key("messageId")
            writer.string(log.replyID.rawValue)
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

    private func workflow(_ detected: [UInt8], to writer: inout JSONWriter, more: (inout JSONWriter) -> Void) {
        // The note of its beginning is an object with members: it is written but for its end, and goes on.
        writer.rawJSON(Array(detected.dropLast()))
        writer.key("updates")
        writer.beginArray()
        for update in updates { writer.rawJSON(update) }
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
