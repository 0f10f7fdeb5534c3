import Chat
import JSON

/// The body of `POST /chat/completions` (platform.openai.com/docs/api-reference/chat/create).
struct ChatCompletionRequest {
    let request: ModelRequest
    let model: String
    let tokenLimitField: OpenAIModel.TokenLimitField
    let asksForUsage: Bool

    init(
        _ request: ModelRequest, model: String, tokenLimitField: OpenAIModel.TokenLimitField, asksForUsage: Bool
    ) {
        self.request = request
        self.model = model
        self.tokenLimitField = tokenLimitField
        self.asksForUsage = asksForUsage
    }

    var encoded: [UInt8] {
        let textBytes = request.messages.reduce(request.instructions.utf8.count) { $0 + $1.content.utf8.count }
        var json = JSONWriter(reservingCapacity: textBytes + 48 * request.messages.count + 256)
        json.beginObject()
        json.key("model")
        json.string(model)
        json.key("messages")
        json.beginArray()
        if !request.instructions.isEmpty { write(role: "system", request.instructions, to: &json) }
        for message in request.messages { write(role: message.role.rawValue, message.content, to: &json) }
        json.endArray()
        json.key("stream")
        json.bool(true)
        if asksForUsage {
            json.key("stream_options")
            json.beginObject()
            json.key("include_usage")
            json.bool(true)
            json.endObject()
        }
        if let limit = request.maximumOutputTokens {
            json.key(tokenLimitField.rawValue)
            json.integer(limit)
        }
        if let temperature = request.temperature {
            json.key("temperature")
            json.number(temperature)
        }
        json.endObject()
        return json.bytes
    }

    private func write(role: String, _ content: String, to json: inout JSONWriter) {
        json.beginObject()
        json.key("role")
        json.string(role)
        json.key("content")
        json.string(content)
        json.endObject()
    }
}
