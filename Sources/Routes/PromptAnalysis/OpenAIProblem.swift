import FCGIApp
import JSON

extension Problem {
    /// The problem as OpenAI's error object (https://platform.openai.com/docs/guides/error-codes), which the clients of that
    /// dialect read: `param` is the first field that is wrong, or null.
    var openAIResponse: Response {
        var writer = JSONWriter(reservingCapacity: 256)
        writer.beginObject()
        writer.key("error")
        writer.beginObject()
        writer.key("message")
        writer.string(detail)
        writer.key("type")
        writer.string(openAIType)
        writer.key("param")
        if let field = errors.first?.field { writer.string(field) } else { writer.null() }
        writer.key("code")
        writer.string(code)
        writer.endObject()
        writer.endObject()
        return Response(
            status: status, fields: [("Content-Type", "application/json"), ("Cache-Control", "no-store")] + fields,
            body: writer.bytes)
    }

    private var openAIType: String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }
}
