import Agents
import Chat
import JSON

extension Transparency {
    /// The `transparency` object of docs/api.md.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("user_id", user.rawValue)
        writer.member("updated_at", orNull: updatedAt?.rfc3339)
        writer.beginArray("preferences")
        for preference in preferences { preference.write(to: &writer) }
        writer.endArray()
        writer.member("explanation", explanation)
        writer.member("learning", isLearning)
        writer.endObject()
    }
}

extension Preference {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", type.rawValue)
        writer.member("value", value)
        writer.member("weight", weight)
        writer.member("source", source.rawValue)
        writer.member("confidence", confidence)
        writer.beginArray("evidence")
        for piece in evidence {
            writer.beginObject()
            writer.member("message_id", piece.messageID.rawValue)
            writer.member("excerpt", piece.excerpt)
            writer.member("created_at", piece.createdAt.rfc3339)
            writer.endObject()
        }
        writer.endArray()
        writer.member("updated_at", updatedAt.rfc3339)
        writer.endObject()
    }
}
