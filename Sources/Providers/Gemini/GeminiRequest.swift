import Chat
import JSON

/// The body of `generateContent` and `streamGenerateContent` (ai.google.dev/api/generate-content#request-body).
struct GeminiRequest {
    let request: ModelRequest
    let generation: GeminiGeneration
    private let options: ModelRequest.Options

    init(_ request: ModelRequest, model: String) {
        self.request = request
        generation = GeminiGeneration(model: model)
        options = request.options ?? ModelRequest.Options()
    }

    var encoded: JSONWriter {
        let exchange = AlternatingTranscript(request)
        var json = JSONWriter(reservingCapacity: exchange.reservation)
        json.beginObject()
        if !exchange.system.isEmpty {
            json.beginObject("systemInstruction")
            json.beginArray("parts")
            GeminiContents.writeText(exchange.system, to: &json)
            json.endArray()
            json.endObject()
        }
        GeminiContents.write(exchange.turns, wantsSignatures: generation.wantsSignatures, to: &json)
        writeConfiguration(to: &json)
        writeTools(to: &json)
        json.endObject()
        return json
    }

    /// ai.google.dev/api/generate-content#v1beta.GenerationConfig
    private func writeConfiguration(to json: inout JSONWriter) {
        json.beginObject("generationConfig")
        json.member("maxOutputTokens", ifPresent: request.maximumOutputTokens)
        json.member("temperature", ifPresent: request.temperature)
        json.member("topP", ifPresent: options.topP)
        json.member("presencePenalty", ifPresent: options.presencePenalty)
        json.member("frequencyPenalty", ifPresent: options.frequencyPenalty)
        if let seed = options.seed {
            json.key("seed")
            // Theirs has 32 bits.
            json.integer(Int32(truncatingIfNeeded: seed))
        }
        json.member("stopSequences", ifAny: options.stop)
        switch options.responseFormat {
        case nil, .text: break
        case .jsonObject:
            json.member("responseMimeType", "application/json")
        case .jsonSchema(_, let schema, _):
            json.member("responseMimeType", "application/json")
            // `responseSchema` knows but a part of OpenAPI's schemas, and refuses the rest.
            json.member("responseJsonSchema", json: schema)
        }
        if let effort = options.reasoningEffort { generation.writeThinking(effort, to: &json) }
        json.endObject()
    }

    /// ai.google.dev/gemini-api/docs/function-calling
    private func writeTools(to json: inout JSONWriter) {
        guard !options.tools.isEmpty else { return }
        json.beginArray("tools")
        json.beginObject()
        json.beginArray("functionDeclarations")
        for tool in options.tools {
            json.beginObject()
            json.member("name", tool.name)
            json.member("description", ifPresent: tool.description)
            if let parameters = tool.parameters {
                json.key("parametersJsonSchema")
                json.parameters(parameters)
            }
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.endArray()
        if let choice = options.toolChoice { write(choice, to: &json) }
    }

    private func write(_ choice: ModelRequest.ToolChoice, to json: inout JSONWriter) {
        json.beginObject("toolConfig")
        json.beginObject("functionCallingConfig")
        json.key("mode")
        switch choice {
        case .automatic: json.string("AUTO")
        case .none: json.string("NONE")
        case .required: json.string("ANY")
        case .tool(let name):
            json.string("ANY")
            json.beginArray("allowedFunctionNames")
            json.string(name)
            json.endArray()
        }
        json.endObject()
        json.endObject()
    }
}
