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
            writer.key("user_id")
            writer.string(user.rawValue)
            writer.key("created_at")
            writer.string(createdAt.rfc3339)
            writer.key("learning")
            writer.bool(learns)
        case .session(let summary):
            writer.string("session")
            writer.key("session")
            summary.write(to: &writer)
        case .message(let message, let session, let turn):
            writer.string("message")
            writer.key("session_id")
            writer.string(session.rawValue)
            writer.key("message")
            message.write(turn.map { ReplyDetails($0) }, to: &writer)
            if let turn {
                writer.key("turn")
                turn.write(to: &writer)
            }
        case .override(let override):
            writer.string("preference_override")
            writer.key("preference")
            override.write(to: &writer)
        case .mark(let book):
            writer.string("book_mark")
            writer.key("book_id")
            writer.string(book.id.rawValue)
            writer.key("mark")
            writer.string(book.mark.rawValue)
            writer.key("marked_at")
            writer.string(book.markedAt.rfc3339)
        case .evidence(let inferred):
            writer.string("preference_evidence")
            writer.key("preference")
            inferred.write(to: &writer)
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
        writer.key("agent")
        writer.string(agent)
        if let idempotencyKey {
            writer.key("idempotency_key")
            writer.string(idempotencyKey)
        }
        if let metadata {
            writer.key("metadata")
            writer.rawJSON(metadata)
        }
        if let summary {
            writer.key("events")
            writer.beginArray()
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
        writer.key("type")
        writer.string(type.rawValue)
        writer.key("value")
        writer.string(value)
        writer.key("weight")
        if let weight { writer.number(weight) } else { writer.null() }
        writer.key("said_at")
        writer.string(timestamp.rfc3339)
        writer.endObject()
    }
}

extension InferredPreference {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string(type.rawValue)
        writer.key("value")
        writer.string(value)
        writer.key("weight")
        writer.number(weight)
        writer.key("message_id")
        writer.string(evidence.messageID.rawValue)
        writer.key("excerpt")
        writer.string(evidence.excerpt)
        writer.key("created_at")
        writer.string(evidence.createdAt.rfc3339)
        writer.endObject()
    }
}
