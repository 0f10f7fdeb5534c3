import Chat
import JSON

/// A reply that has ended, as one object: what the stream's events would have told, for a client that wants no stream.
struct WholeReply {
    private var acceptance: Acceptance?
    private var content: [UInt8] = []
    private var terminal: ChatEvent?
    private var recommendations: [Book] = []
    private let replyID: MessageID

    /// - Parameter log: of a turn that has ended.
    init(_ log: TurnLog) {
        replyID = log.replyID
        content = log.replyText
        recommendations = log.recommendations
        var acceptance: Acceptance?
        var terminal: ChatEvent?
        _ = log.read(after: 0) { _, view in
            if case .event(let event) = view {
                if case .accepted(let value) = event { acceptance = value }
                if event.isTerminal { terminal = event }
            }
            return true
        }
        self.acceptance = acceptance
        self.terminal = terminal
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("message_id")
        writer.string(replyID.rawValue)
        if let acceptance {
            writer.key("user_message_id")
            writer.string(acceptance.userMessageID.rawValue)
            writer.key("session_id")
            writer.string(acceptance.sessionID.rawValue)
            writer.key("created_at")
            writer.string(acceptance.createdAt.rfc3339)
        }
        writer.key("content")
        writer.string(utf8: content)
        if !recommendations.isEmpty {
            writer.key("recommendations")
            Book.write(recommendations, to: &writer)
        }
        switch terminal {
        case .completed(let completion): completion.writeMembers(to: &writer)
        case .failed(let failure):
            writer.key("status")
            writer.string(failure.code == ReplyFailure.interruptedCode ? "interrupted" : "failed")
            writer.key("error")
            failure.write(to: &writer)
        default: break
        }
        writer.endObject()
    }
}

extension Completion {
    /// What `complete` tells of a reply's end, as members of an object: the event's, or the whole reply's.
    func writeMembers(to writer: inout JSONWriter) {
        writer.key("status")
        writer.string(wasStopped ? "stopped" : "complete")
        writer.key("finish_reason")
        writer.string(finishReason)
        writer.key("provider")
        writer.string(provider)
        writer.key("model")
        writer.string(model)
        writer.key("usage")
        usage.write(to: &writer)
        writer.key("metrics")
        metrics.write(to: &writer)
    }
}
