import Chat
import JSON

extension HistoryPage {
    func write(session: String, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("session_id")
        writer.string(session)
        writer.key("messages")
        writer.beginArray()
        for message in messages { message.write(to: &writer) }
        writer.endArray()
        writer.key("has_more")
        writer.bool(hasMore)
        writer.key("next_before")
        if let nextBefore { writer.string(nextBefore.rawValue) } else { writer.null() }
        writer.endObject()
    }
}

extension Message {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("message_id")
        writer.string(id.rawValue)
        writer.key("role")
        writer.string(role.rawValue)
        writer.key("content")
        writer.string(content)
        writer.key("status")
        writer.string(status.rawValue)
        writer.key("created_at")
        writer.string(createdAt.rfc3339)
        if let inReplyTo {
            writer.key("in_reply_to")
            writer.string(inReplyTo.rawValue)
        }
        if !recommendations.isEmpty {
            writer.key("recommendations")
            Book.write(recommendations, to: &writer)
        }
        if let provider {
            writer.key("provider")
            writer.string(provider)
        }
        if let model {
            writer.key("model")
            writer.string(model)
        }
        if let usage {
            writer.key("usage")
            usage.write(to: &writer)
        }
        if let error {
            writer.key("error")
            error.write(to: &writer)
        }
        writer.endObject()
    }
}

extension SessionSummary {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("session_id")
        writer.string(id.rawValue)
        writer.key("title")
        writer.string(title)
        writer.key("created_at")
        writer.string(createdAt.rfc3339)
        writer.key("updated_at")
        writer.string(updatedAt.rfc3339)
        writer.key("message_count")
        writer.integer(messageCount)
        writer.endObject()
    }
}
