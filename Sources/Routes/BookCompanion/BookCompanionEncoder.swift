import Chat
import JSON

/// A turn's events in the words of dialect 1 (docs/api.md).
struct BookCompanionEncoder: TurnEncoder {
    private let replyID: MessageID
    /// The beginning of every content chunk, the same for each token of the reply.
    private let chunkPrefix: [UInt8]

    init(replyID: MessageID) {
        self.replyID = replyID
        chunkPrefix = Array(#"{"type":"content_chunk","message_id":"\#(replyID.rawValue)","content":"#.utf8)
    }

    func encode(_ view: TurnLog.View, number: Int, after: Int, to writer: inout JSONWriter) {
        if case .event(.completed(let completion)) = view {
            // The end of the text and the end of the turn are two events for this dialect's clients.
            if number > after { finalChunk(number, to: &writer) }
            if number + 1 > after { complete(completion, number + 1, to: &writer) }
            return
        }
        guard number > after else { return }
        switch view {
        case .text(let piece): chunk(piece, number, to: &writer)
        case .event(.text(let piece)): chunk(Array(piece.utf8)[...], number, to: &writer)
        // What other dialects' agents tell besides the text has no word here, and its number is left out.
        case .event(.note), .event(.reasoning), .event(.reasoningDetails), .event(.toolCalls): return
        case .event(let event):
            writer.beginServerSentEvent(id: number)
            writer.beginObject()
            fields(of: event, to: &writer)
            writer.endObject()
            writer.endServerSentEvent()
        }
    }

    private func chunk(_ piece: ArraySlice<UInt8>, _ number: Int, to writer: inout JSONWriter) {
        writer.beginServerSentEvent(id: number)
        writer.bytes.append(contentsOf: chunkPrefix)
        writer.string(utf8: piece)
        writer.raw(#","is_final":false}"#)
        writer.endServerSentEvent()
    }

    private func finalChunk(_ number: Int, to writer: inout JSONWriter) {
        writer.beginServerSentEvent(id: number)
        writer.bytes.append(contentsOf: chunkPrefix)
        writer.raw(#""","is_final":true}"#)
        writer.endServerSentEvent()
    }

    private func complete(_ completion: Completion, _ number: Int, to writer: inout JSONWriter) {
        writer.beginServerSentEvent(id: number)
        writer.beginObject()
        writer.member("type", "complete")
        writer.member("message_id", replyID.rawValue)
        completion.writeMembers("finish_reason", to: &writer)
        writer.endObject()
        writer.endServerSentEvent()
    }

    private func fields(of event: ChatEvent, to writer: inout JSONWriter) {
        writer.key("type")
        switch event {
        case .accepted(let acceptance):
            writer.string("user_message_received")
            writer.member("message_id", acceptance.userMessageID.rawValue)
            writer.member("session_id", acceptance.sessionID.rawValue)
            writer.member("reply_id", acceptance.replyID.rawValue)
            writer.member("created_at", acceptance.createdAt.rfc3339)
        case .recommendations(let books):
            writer.string("recommendations")
            writer.member("message_id", replyID.rawValue)
            writer.key("recommendations")
            Book.write(books, to: &writer)
        case .providerSwitch(let change):
            writer.string("provider_switch")
            change.writeMembers(to: &writer)
        case .failed(let failure):
            writer.string("error")
            writer.member("message_id", replyID.rawValue)
            failure.writeMembers(to: &writer)
        case .text, .completed, .reasoning, .reasoningDetails, .toolCalls, .note:
            preconditionFailure("dealt with by encode")
        }
    }
}
