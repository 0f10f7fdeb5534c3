import Chat
import JSON

/// A turn's events in the words of dialect 2 (docs/api.md).
///
/// What has no word here (cards of books, a provider that takes over before any text) is left out, and its number with it.
struct TutorEncoder: TurnEncoder {
    /// Kinds of notes that are events of this dialect.
    static let notes: Set<String> = ["focus", "sources"]

    private let replyID: MessageID
    /// Whether a provider that goes on from the text of another one is told too (`events=all`).
    private let tellsSwitches: Bool
    /// The beginning of every piece of text, the same for each token of the reply.
    private let contentPrefix: [UInt8]

    init(replyID: MessageID, tellsSwitches: Bool = false) {
        self.replyID = replyID
        self.tellsSwitches = tellsSwitches
        contentPrefix = Array(#"{"type":"content","messageId":"\#(replyID.rawValue)","content":"#.utf8)
    }

    func encode(_ view: TurnLog.View, number: Int, after: Int, to writer: inout JSONWriter) {
        guard number > after else { return }
        switch view {
        case .text(let piece): content(piece, number, to: &writer)
        case .event(.text(let piece)): content(Array(piece.utf8)[...], number, to: &writer)
        case .event(let event):
            guard let type = type(of: event) else { return }
            writer.beginServerSentEvent(id: number)
            writer.beginObject()
            writer.member("type", type)
            fields(of: event, to: &writer)
            writer.endObject()
            writer.endServerSentEvent()
        }
    }

    private func content(_ piece: ArraySlice<UInt8>, _ number: Int, to writer: inout JSONWriter) {
        writer.beginServerSentEvent(id: number)
        writer.bytes.append(contentsOf: contentPrefix)
        writer.string(utf8: piece)
        writer.raw("}")
        writer.endServerSentEvent()
    }

    private func type(of event: ChatEvent) -> String? {
        switch event {
        case .accepted: "start"
        case .note(let note): Self.notes.contains(note.kind) ? note.kind : nil
        case .providerSwitch(let change): change.resetsText ? "reset" : tellsSwitches ? "provider_switch" : nil
        case .completed: "done"
        case .failed: "error"
        case .text, .reasoning, .reasoningDetails, .toolCalls, .recommendations: nil
        }
    }

    private func fields(of event: ChatEvent, to writer: inout JSONWriter) {
        if case .accepted(let acceptance) = event { return acceptance.writeTutorMembers(to: &writer) }
        writer.member("messageId", replyID.rawValue)
        switch event {
        case .note(let note):
            writer.key(note.kind)
            writer.rawJSON(note.json)
        case .providerSwitch(let change):
            if tellsSwitches { return change.writeMembers(to: &writer) }
            writer.member("reason", change.reason)
        case .completed(let completion):
            completion.writeMembers("finishReason", hasMetrics: false, to: &writer)
        case .failed(let failure): failure.writeMembers(to: &writer)
        default: break
        }
    }
}

extension Acceptance {
    fileprivate func writeTutorMembers(to writer: inout JSONWriter) {
        writer.member("sessionId", sessionID.rawValue)
        writer.member("userMessageId", userMessageID.rawValue)
        writer.member("messageId", replyID.rawValue)
    }
}

extension EndedTurn {
    /// The turn as one object, for a client that wants no stream: what the events would have told.
    /// - Parameter tellsAll: whether the client wants to know all that the agent told beyond its text.
    func writeTutorReply(_ tellsAll: Bool, to writer: inout JSONWriter) {
        writer.beginObject()
        if let acceptance {
            acceptance.writeTutorMembers(to: &writer)
        } else {
            writer.member("messageId", replyID.rawValue)
        }
        writer.details(notes, tellsAll ? DetailKind.allCases : [.focus, .sources])
        writer.member("content", utf8: text)
        writeEnd("finishReason", hasMetrics: false, to: &writer)
        writer.endObject()
    }
}
