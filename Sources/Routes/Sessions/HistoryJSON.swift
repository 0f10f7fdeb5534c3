import Agents
import Chat
import JSON

extension HistoryCursor {
    static let names = ["before", "after", "around"]

    /// - Parameter value: of a field; nil where it is absent.
    /// - Throws: `Problem` 400 where there is more than one.
    init(_ value: (String) -> String?) throws(Problem) {
        let named = Self.names.compactMap { name in value(name).map { (name, MessageID(rawValue: $0)) } }
        if named.count > 1 { throw .invalid(named[1].0, "cannot be there together with \(named[0].0)") }
        switch named.first {
        case ("before", let message)?: self = .before(message)
        case ("after", let message)?: self = .after(message)
        case (_, let message)?: self = .around(message)
        case nil: self = .latest
        }
    }
}

extension HistoryPage {
    /// - Parameter details: what is behind its replies.
    func write(session: String, details: [MessageID: ReplyDetails], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("session_id")
        writer.string(session)
        writer.key("messages")
        writer.beginArray()
        for message in messages { message.write(details[message.id], to: &writer) }
        writer.endArray()
        writer.key("has_more")
        writer.bool(hasMore)
        writer.key("next_before")
        if let nextBefore { writer.string(nextBefore.rawValue) } else { writer.null() }
        writer.key("next_after")
        if let nextAfter { writer.string(nextAfter.rawValue) } else { writer.null() }
        writer.endObject()
    }
}

extension Message {
    /// - Parameter details: what is behind it, for a reply.
    func write(_ details: ReplyDetails? = nil, to writer: inout JSONWriter) {
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
        if let edits {
            writer.key("edits")
            writer.string(edits.rawValue)
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
        if let details {
            writer.agent(details.agent)
            if let metrics = details.metrics {
                writer.key("metrics")
                metrics.write(to: &writer)
            }
            writer.details(details.notes)
        }
        writer.endObject()
    }
}

extension JSONWriter {
    /// Who answers, as members of an object: the agent by the name under which a client asks for it, and which of the desk's.
    mutating func agent(_ stored: String) {
        // A conversation of before agents were kept may have none.
        guard !stored.isEmpty else { return }
        let assistant = DeskSeat.assistant(named: stored)
        key("agent")
        string(assistant == nil ? stored : "desk")
        if let assistant {
            key("assistant")
            string(assistant.rawValue)
        }
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
        writer.agent(agent)
        writer.key("pinned")
        writer.bool(isPinned)
        if let writing {
            writer.key("writing")
            writer.string(writing.rawValue)
        }
        writer.endObject()
    }
}
