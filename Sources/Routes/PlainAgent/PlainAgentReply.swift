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
        writer.member("response", utf8: text)
        if let acceptance {
            writer.member("session_id", acceptance.sessionID.rawValue)
            writer.member("user_message_id", acceptance.userMessageID.rawValue)
        }
        writer.member("message_id", replyID.rawValue)
        writer.member("mode", mode)
        writer.member("status", completion.wasStopped ? "stopped" : "complete")
        writer.member("finish_reason", completion.finishReason)
        writer.member("provider", completion.provider)
        writer.member("model", completion.model)
        writer.member("sources", json: note("sources") ?? Array("[]".utf8))
        if tellsAll { writer.details(notes, [.steps, .days]) }
        writer.member("usage") { completion.usage.write(to: &$0) }
        writer.endObject()
    }
}
