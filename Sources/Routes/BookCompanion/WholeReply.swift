import Chat
import JSON

extension EndedTurn {
    /// The reply as one object, for a client that wants no stream: what the events would have told.
    /// - Parameter tellsAll: whether the client wants to know what the agent told beyond its text.
    func writeBookReply(_ tellsAll: Bool, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("message_id", replyID.rawValue)
        if let acceptance {
            writer.member("user_message_id", acceptance.userMessageID.rawValue)
            writer.member("session_id", acceptance.sessionID.rawValue)
            writer.member("created_at", acceptance.createdAt.rfc3339)
        }
        writer.member("content", utf8: text)
        if !log.recommendations.isEmpty {
            writer.key("recommendations")
            Book.write(log.recommendations, to: &writer)
        }
        if tellsAll { writer.details(notes) }
        writeEnd("finish_reason", to: &writer)
        writer.endObject()
    }
}

extension EndedTurn {
    /// How the reply ended, as members of an object that tells the whole reply.
    func writeEnd(_ finishReasonKey: StaticString, hasMetrics: Bool = true, to writer: inout JSONWriter) {
        switch terminal {
        case .completed(let completion): completion.writeMembers(finishReasonKey, hasMetrics: hasMetrics, to: &writer)
        case .failed(let failure):
            writer.member("status", failure.code == ReplyFailure.interruptedCode ? "interrupted" : "failed")
            writer.beginObject("error")
            failure.writeMembers(to: &writer)
            writer.endObject()
        default: break
        }
    }
}

extension Completion {
    /// What a dialect tells of a reply's end, as members of an object: the event's, or the whole reply's.
    func writeMembers(_ finishReasonKey: StaticString, hasMetrics: Bool = true, to writer: inout JSONWriter) {
        writer.member("status", wasStopped ? "stopped" : "complete")
        writer.member(finishReasonKey, finishReason)
        writer.member("provider", provider)
        writer.member("model", model)
        writer.member("usage") { usage.write(to: &$0) }
        if hasMetrics { writer.member("metrics") { metrics.write(to: &$0) } }
    }
}
