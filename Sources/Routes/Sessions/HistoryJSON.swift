// Lists of conversations, their history, and the search through them.

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
        writer.member("session_id", session)
        writer.beginArray("messages")
        for message in messages { message.write(details[message.id], to: &writer) }
        writer.endArray()
        writer.member("has_more", hasMore)
        writer.member("next_before", orNull: nextBefore?.rawValue)
        writer.member("next_after", orNull: nextAfter?.rawValue)
        writer.endObject()
    }
}

extension Message {
    /// - Parameter details: what is behind it, for a reply.
    func write(_ details: ReplyDetails? = nil, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("message_id", id.rawValue)
        writer.member("role", role.rawValue)
        writer.member("content", content)
        writer.member("status", status.rawValue)
        writer.member("created_at", createdAt.rfc3339)
        writer.member("in_reply_to", ifPresent: inReplyTo?.rawValue)
        writer.member("edits", ifPresent: edits?.rawValue)
        if !recommendations.isEmpty {
            writer.key("recommendations")
            Book.write(recommendations, to: &writer)
        }
        writer.member("provider", ifPresent: provider)
        writer.member("model", ifPresent: model)
        if let usage {
            writer.member("usage") { usage.write(to: &$0) }
        }
        if let error {
            writer.member("error") { error.write(to: &$0) }
        }
        if let details {
            writer.agent(details.agent)
            if let metrics = details.metrics {
                writer.member("metrics") { metrics.write(to: &$0) }
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
        let assistant = DeskAgent.assistant(named: stored)
        member("agent", assistant == nil ? stored : "desk")
        member("assistant", ifPresent: assistant?.rawValue)
    }
}

extension SessionSummary {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("session_id", id.rawValue)
        writer.member("title", title)
        writer.member("created_at", createdAt.rfc3339)
        writer.member("updated_at", updatedAt.rfc3339)
        writer.member("message_count", messageCount)
        writer.agent(agent)
        writer.member("pinned", isPinned)
        writer.member("writing", ifPresent: writing?.rawValue)
        writer.endObject()
    }
}
