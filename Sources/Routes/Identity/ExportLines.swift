public import Chat
import JSON

/// What is stored about a user as JSON Lines (https://jsonlines.org): an object a line, `type` telling what it is.
public enum ExportLines {
    /// The records, a line each, as UTF-8.
    public static func encode(_ records: [UserRecord]) -> [UInt8] {
        var writer = JSONWriter()
        for record in records {
            writer.beginDocument()
            record.write(to: &writer)
            writer.bytes.append(UInt8(ascii: "\n"))
        }
        return writer.bytes
    }
}

extension UserRecord {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        switch self {
        case .user(let user, let createdAt, let learns):
            writer.string("user")
            writer.member("user_id", user.rawValue)
            writer.member("created_at", createdAt.rfc3339)
            writer.member("learning", learns)
        case .session(let summary):
            writer.string("session")
            writer.member("session") { summary.write(to: &$0) }
        case .message(let message, let session, let turn):
            writer.string("message")
            writer.member("session_id", session.rawValue)
            writer.key("message")
            message.write(turn.map { ReplyDetails($0) }, to: &writer)
            if let turn {
                writer.member("turn") { turn.write(to: &$0) }
            }
        case .override(let override):
            writer.string("preference_override")
            writer.member("preference") { override.write(to: &$0) }
        case .mark(let book):
            writer.string("book_mark")
            writer.member("book_id", book.id.rawValue)
            writer.member("mark", book.mark.rawValue)
            writer.member("marked_at", book.markedAt.rfc3339)
        case .evidence(let inferred):
            writer.string("preference_evidence")
            writer.member("preference") { inferred.write(to: &$0) }
        case .usage(let day):
            writer.string("usage")
            day.writeMembers(to: &writer)
        }
        writer.endObject()
    }
}

extension ReplyDetails {
    /// What is behind a reply that has ended, as the history has it.
    fileprivate init(_ turn: TurnRecord) {
        self.init(agent: turn.agent)
        guard let summary = turn.summary else { return }
        var (notes, metrics) = (notes, metrics)
        try? EventArchive.read(summary) { view in
            switch view {
            case .event(.note(let note)): notes.append(note)
            case .event(.completed(let completion)): metrics = completion.metrics
            default: break
            }
        }
        (self.notes, self.metrics) = (notes, metrics)
    }
}

extension TurnRecord {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("agent", agent)
        writer.member("idempotency_key", ifPresent: idempotencyKey)
        if let metadata {
            writer.member("metadata", json: metadata)
        }
        if let summary {
            writer.beginArray("events")
            // One that cannot be read, which never was written, is left out: the rest is worth having.
            try? EventArchive.read(summary) { view in
                if case .event(let event) = view { event.write(to: &writer) }
            }
            writer.endArray()
        }
        writer.endObject()
    }
}

extension PreferenceOverride {
    /// A withdrawn one has the weight `null`.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", type.rawValue)
        writer.member("value", value)
        writer.member("weight", orNull: weight)
        writer.member("said_at", timestamp.rfc3339)
        writer.endObject()
    }
}

extension InferredPreference {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", type.rawValue)
        writer.member("value", value)
        writer.member("weight", weight)
        writer.member("message_id", evidence.messageID.rawValue)
        writer.member("excerpt", evidence.excerpt)
        writer.member("created_at", evidence.createdAt.rfc3339)
        writer.endObject()
    }
}
