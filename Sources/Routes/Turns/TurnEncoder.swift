import Chat
import JSON

/// One dialect's words for a turn's events.
protocol TurnEncoder: Sendable {
    /// Appends the server-sent events for event `number` to `writer.bytes`.
    ///
    /// Event `number` has that `id`. Only the terminal event may become several (two at most), with the numbers that follow.
    /// Those up to `after` have been seen by the client and are left out.
    func encode(_ view: TurnLog.View, number: Int, after: Int, to writer: inout JSONWriter)

    /// Appends a note that has no number (`AgentNote.hasNumber`), for clients that want all events.
    func encodeUnnumbered(_ note: AgentNote, to writer: inout JSONWriter)
}

extension TurnEncoder {
    func encodeUnnumbered(_ note: AgentNote, to writer: inout JSONWriter) {}
}

extension AgentNote {
    /// Whether clients count it. What no dialect has a word for takes no number, so that a dialect's clients see the same numbers
    /// with and without it.
    var hasNumber: Bool { !["step", "tool_call", "days", "figures"].contains(kind) }
}

extension JSONWriter {
    /// Begins a server-sent event; its one line of data is written next, as JSON.
    mutating func beginServerSentEvent(id: Int) {
        raw("id: ")
        beginDocument()
        integer(id)
        raw("\ndata: ")
        beginDocument()
    }

    /// Ends a server-sent event.
    mutating func endServerSentEvent() { raw("\n\n") }

    /// Appends text of the framing.
    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
