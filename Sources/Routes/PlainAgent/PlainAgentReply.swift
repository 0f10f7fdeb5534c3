import Chat
import FCGIApp
import JSON

extension EndedTurn {
    /// The response of dialect 4: the reply as an object, or why there is none as a problem.
    /// - Parameter tellsAll: whether the client wants to know all that the agent told beyond its text.
    func plainReply(mode: String, tellsAll: Bool, requestID: String) -> Response {
        switch terminal {
        case .completed(let completion):
            return .json { writer in write(completion, mode: mode, tellsAll, to: &writer) }
        case .failed(let failure):
            // The statuses are those of the other dialect that has one for each failure.
            let error = CompletionError(failure)
            return Problem(status: error.status, code: error.code, detail: error.message, fields: error.fields)
                .response(requestID: requestID)
        default:
            return Problem(status: 500, code: "internal_error", detail: "Something went wrong on the server.")
                .response(requestID: requestID)
        }
    }

    private func write(_ completion: Completion, mode: String, _ tellsAll: Bool, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("response")
        writer.string(utf8: text)
        if let acceptance {
            writer.key("session_id")
            writer.string(acceptance.sessionID.rawValue)
            writer.key("user_message_id")
            writer.string(acceptance.userMessageID.rawValue)
        }
        writer.key("message_id")
        writer.string(replyID.rawValue)
        writer.key("mode")
        writer.string(mode)
        writer.key("status")
        writer.string(completion.wasStopped ? "stopped" : "complete")
        writer.key("finish_reason")
        writer.string(completion.finishReason)
        writer.key("provider")
        writer.string(completion.provider)
        writer.key("model")
        writer.string(completion.model)
        writer.key("sources")
        writer.rawJSON(note("sources") ?? Array("[]".utf8))
        if tellsAll { writer.details(notes, [.steps, .days]) }
        writer.key("usage")
        completion.usage.write(to: &writer)
        writer.endObject()
    }
}
