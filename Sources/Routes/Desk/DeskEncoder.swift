import Agents
import Chat
import JSON

/// A turn's events in the words of dialect 5 (docs/api.md).
///
/// What another agent's turn has beyond its text is left out; its number is then passed over.
struct DeskEncoder: TurnEncoder {
    private let log: TurnLog
    private let start: DeskStart
    /// The beginning of every token's event, the same for all of the reply.
    private let tokenPrefix: [UInt8]

    init(_ log: TurnLog, start: DeskStart) {
        self.log = log
        self.start = start
        tokenPrefix = Array(#"{"type":"token","messageId":"\#(log.replyID.rawValue)","content":"#.utf8)
    }

    func encode(_ view: TurnLog.View, number: Int, after: Int, to writer: inout JSONWriter) {
        guard number > after else { return }
        switch view {
        case .text(let piece): token(piece, number, to: &writer)
        case .event(.text(let piece)): token(Array(piece.utf8)[...], number, to: &writer)
        case .event(.note(let note)): note.writeWorkflowEvent(number, to: &writer)
        case .event(.accepted(let acceptance)):
            event("chat_started", number, to: &writer) { writer in
                start.writeMembers(acceptance, to: &writer)
                start.writeFirstAsked(to: &writer)
            }
        case .event(.providerSwitch(let change)):
            event("provider_switch", number, to: &writer) { writer in change.writeMembers(to: &writer) }
        case .event(.completed(let completion)):
            event("chat_completed", number, to: &writer) { writer in
                writer.member("messageId", log.replyID.rawValue)
                writer.key("content")
                // This is the last event, so the text is whole.
                writer.string(utf8: log.replyText)
                completion.writeMembers("finishReason", to: &writer)
            }
        case .event(.failed(let failure)):
            event("error", number, to: &writer) { writer in
                writer.member("messageId", log.replyID.rawValue)
                failure.writeMembers(to: &writer)
            }
        case .event(.reasoning), .event(.reasoningDetails), .event(.toolCalls), .event(.recommendations): break
        }
    }

    private func token(_ piece: ArraySlice<UInt8>, _ number: Int, to writer: inout JSONWriter) {
        writer.beginServerSentEvent(id: number)
        writer.bytes.append(contentsOf: tokenPrefix)
        writer.string(utf8: piece)
        writer.raw("}")
        writer.endServerSentEvent()
    }

    private func event(
        _ type: StaticString, _ number: Int, to writer: inout JSONWriter, members: (inout JSONWriter) -> Void
    ) {
        writer.deskEvent(type, id: number, members: members)
    }
}

/// What `chat_started` tells in addition to the turn's own identifiers.
struct DeskStart: Sendable {
    /// Nil for the reply of an agent that is none of the desk's.
    var assistant: AssistantType?
    /// Who would be asked first, as things stand.
    var firstAsked: ModelAvailability?

    func writeMembers(_ acceptance: Acceptance, to writer: inout JSONWriter) {
        writer.member("messageId", acceptance.replyID.rawValue)
        writer.member("userMessageId", acceptance.userMessageID.rawValue)
        writer.member("sessionId", acceptance.sessionID.rawValue)
        writer.member("assistantType", ifPresent: assistant?.rawValue)
        writer.member("timestamp", acceptance.createdAt.rfc3339)
    }

    func writeFirstAsked(to writer: inout JSONWriter) {
        writer.member("provider", firstAsked?.provider ?? "")
        writer.member("model", firstAsked?.model ?? "")
    }
}

extension JSONWriter {
    /// A server-sent event of this dialect: an object with its type and the members that `members` writes.
    mutating func deskEvent(_ type: StaticString, id: Int, members: (inout JSONWriter) -> Void) {
        beginServerSentEvent(id: id)
        beginObject()
        member("type", "\(type)")
        members(&self)
        endObject()
        endServerSentEvent()
    }
}

extension ProviderSwitch {
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("from", from)
        writer.member("to", to)
        writer.member("reason", reason)
        writer.member("attempt", attempt)
        writer.member("reset", resetsText)
    }
}
