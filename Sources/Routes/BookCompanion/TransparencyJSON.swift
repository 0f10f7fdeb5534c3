import Agents
import Chat
import JSON

extension Transparency {
    /// The `transparency` object of docs/api.md.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("user_id")
        writer.string(user.rawValue)
        writer.key("updated_at")
        if let updatedAt { writer.string(updatedAt.rfc3339) } else { writer.null() }
        writer.key("preferences")
        writer.beginArray()
        for preference in preferences { preference.write(to: &writer) }
        writer.endArray()
        writer.key("explanation")
        writer.string(explanation)
        writer.key("learning")
        writer.bool(isLearning)
        writer.endObject()
    }
}

extension Preference {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string(type.rawValue)
        writer.key("value")
        writer.string(value)
        writer.key("weight")
        writer.number(weight)
        writer.key("source")
        writer.string(source.rawValue)
        writer.key("confidence")
        writer.number(confidence)
        writer.key("evidence")
        writer.beginArray()
        for piece in evidence {
            writer.beginObject()
            writer.key("message_id")
            writer.string(piece.messageID.rawValue)
            writer.key("excerpt")
            writer.string(piece.excerpt)
            writer.key("created_at")
            writer.string(piece.createdAt.rfc3339)
            writer.endObject()
        }
        writer.endArray()
        writer.key("updated_at")
        writer.string(updatedAt.rfc3339)
        writer.endObject()
    }
}
