import Chat
import JSON

extension EndedTurn {
    /// The reply as one object, for a client that wants no stream: what the events would have told.
    /// - Parameter tellsAll: whether the client wants to know what the agent told beyond its text.
    func writeBookReply(_ tellsAll: Bool, to writer: inout JSONWriter) {
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
        writer.string(utf8: text)
        if !log.recommendations.isEmpty {
            writer.key("recommendations")
            Book.write(log.recommendations, to: &writer)
        }
        if tellsAll { writer.details(notes) }
        switch terminal {
        case .completed(let completion): completion.writeMembers(to: &writer)
        case .failed(let failure):
            writer.key("status")
            writer.string(failure.code == ReplyFailure.interruptedCode ? "interrupted" : "failed")
            writer.key("error")
            writer.beginObject()
            failure.writeMembers(to: &writer)
            writer.endObject()
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
