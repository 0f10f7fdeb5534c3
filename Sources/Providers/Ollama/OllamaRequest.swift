import Chat
import JSON

/// The body of `POST /api/chat` (docs.ollama.com/api/chat).
struct OllamaRequest {
    let request: ModelRequest
    let model: String
    let streams: Bool
    private let options: ModelRequest.Options

    init(_ request: ModelRequest, model: String, streams: Bool) {
        self.request = request
        self.model = model
        self.streams = streams
        options = request.options ?? ModelRequest.Options()
    }

    var encoded: JSONWriter {
        let textBytes = request.messages.reduce(request.instructions.utf8.count) { $0 + $1.content.utf8.count }
        var json = JSONWriter(reservingCapacity: textBytes + 48 * request.messages.count + 512)
        json.beginObject()
        json.member("model", model)
        OllamaMessages.write(request, to: &json)
        json.member("stream", streams)
        switch options.responseFormat {
        case nil, .text: break
        case .jsonObject:
            json.member("format", "json")
        case .jsonSchema(_, let schema, _):
            json.member("format", json: schema)
        }
        if let effort = options.reasoningEffort {
            json.key("think")
            switch effort {
            case "none": json.bool(false)
            case "minimal", "low": json.string("low")
            case "medium": json.string("medium")
            default: json.string("high")
            }
        }
        writeTools(to: &json)
        writeOptions(to: &json)
        json.endObject()
        return json
    }

    /// There is no word for the choice among them, so a tool that must not be called is not told of. Whether one must be
    /// called cannot be said.
    private func writeTools(to json: inout JSONWriter) {
        let tools =
            switch options.toolChoice {
            case ModelRequest.ToolChoice.none?: [Tool]()
            case .tool(let name)?: options.tools.filter { $0.name == name }
            case nil, .automatic?, .required?: options.tools
            }
        guard !tools.isEmpty else { return }
        json.beginArray("tools")
        for tool in tools {
            json.beginObject()
            json.member("type", "function")
            json.beginObject("function")
            json.member("name", tool.name)
            json.member("description", ifPresent: tool.description)
            json.key("parameters")
            json.parameters(tool.parameters)
            json.endObject()
            json.endObject()
        }
        json.endArray()
    }

    /// docs.ollama.com/modelfile#valid-parameters-and-values
    private func writeOptions(to json: inout JSONWriter) {
        json.beginObject("options")
        json.member("num_predict", ifPresent: request.maximumOutputTokens)
        json.member("seed", ifPresent: options.seed)
        json.member("temperature", ifPresent: request.temperature)
        json.member("top_p", ifPresent: options.topP)
        json.member("presence_penalty", ifPresent: options.presencePenalty)
        json.member("frequency_penalty", ifPresent: options.frequencyPenalty)
        json.member("stop", ifAny: options.stop)
        json.endObject()
    }
}
