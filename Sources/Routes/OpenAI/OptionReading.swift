import Chat
import JSON
import Substrings

/// Reads the rarer parameters of a chat completion's request.
enum OptionReading {
    private static let maximumSchemaBytes = 262_144

    static func options(of body: inout BodyFields) -> ModelRequest.Options {
        var options = ModelRequest.Options()
        options.topP = body.number("top_p", in: 0...1)
        options.stop = stop(of: &body)
        options.seed = body.optionalInteger("seed", in: Int.min...Int.max)
        options.presencePenalty = body.number("presence_penalty", in: -2...2)
        options.frequencyPenalty = body.number("frequency_penalty", in: -2...2)
        options.reasoningEffort = text("reasoning_effort", of: &body, maximumBytes: 32)
        options.user = text("user", of: &body, maximumBytes: 256)
        options.tools = tools(of: &body)
        options.toolChoice = toolChoice(of: &body, options.tools)
        if body.any("parallel_tool_calls") != nil {
            options.allowsParallelToolCalls = body.bool("parallel_tool_calls", default: true)
        }
        options.responseFormat = responseFormat(of: &body)
        return options
    }

    /// A text of which an empty one says nothing: forms send what nobody filled in.
    private static func text(_ field: String, of body: inout BodyFields, maximumBytes: Int) -> String? {
        body.string(field, bytes: 0...maximumBytes).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func stop(of body: inout BodyFields) -> [String] {
        guard let value = body.any("stop") else { return [] }
        let texts = value.stringValue.map { [$0] } ?? value.arrayValue?.compactMap(\.stringValue)
        guard let texts, value.arrayValue.map({ $0.count == texts.count }) ?? true,
            texts.allSatisfy({ $0.utf8.count <= 1024 })
        else {
            body.reject("stop", "must be a string, or a list of at most 4, of at most 1024 bytes each")
            return []
        }
        let stops = texts.filter { !$0.isEmpty }
        if stops.count > 4 { body.reject("stop", "must be a list of at most 4") }
        return stops
    }

    private static func tools(of body: inout BodyFields) -> [Tool] {
        guard let value = body.any("tools") else { return [] }
        guard let elements = value.arrayValue, elements.count <= CompletionRequest.maximumTools else {
            body.reject("tools", "must be a list of at most \(CompletionRequest.maximumTools) tools")
            return []
        }
        return elements.enumerated().compactMap { index, element in
            let place = "tools[\(index)]"
            guard element["type"]?.stringValue == "function", let function = element["function"] else {
                body.reject(place, "must be of type function; others are not available here")
                return nil
            }
            guard let name = function["name"]?.stringValue, isName(name) else {
                body.reject("\(place).function.name", "must be 1 to 64 of A-Z a-z 0-9 _ -")
                return nil
            }
            var tool = Tool(name: name, description: function["description"]?.stringValue)
            tool.isStrict = function["strict"]?.boolValue
            if let parameters = function["parameters"], !parameters.isNull {
                guard case .object = parameters, parameters.encoded.count <= maximumSchemaBytes else {
                    body.reject(
                        "\(place).function.parameters", "must be a JSON Schema of at most \(maximumSchemaBytes) bytes")
                    return nil
                }
                tool.parameters = parameters.encoded
            }
            return tool
        }
    }

    private static func toolChoice(of body: inout BodyFields, _ tools: [Tool]) -> ModelRequest.ToolChoice? {
        guard let value = body.any("tool_choice") else { return nil }
        switch value.stringValue {
        case "": return nil
        case "auto": return .automatic
        case "none": return ModelRequest.ToolChoice.none
        // Mistral's word for it is "any".
        case "required", "any": return .required
        default: break
        }
        guard value["type"]?.stringValue == "function", let name = value["function"]?["name"]?.stringValue,
            tools.contains(where: { $0.name == name })
        else {
            body.reject("tool_choice", "must be auto, none, required, or one of the tools")
            return nil
        }
        return .tool(name)
    }

    private static func responseFormat(of body: inout BodyFields) -> ModelRequest.ResponseFormat? {
        guard let value = body.any("response_format") else { return nil }
        switch value["type"]?.stringValue {
        case "text": return .text
        case "json_object": return .jsonObject
        case "json_schema":
            guard let format = value["json_schema"], let name = format["name"]?.stringValue, isName(name),
                let schema = format["schema"], case .object = schema, schema.encoded.count <= maximumSchemaBytes
            else {
                body.reject("response_format.json_schema", "must have a name and a schema, a JSON Schema object")
                return nil
            }
            return .jsonSchema(name: name, schema: schema.encoded, isStrict: format["strict"]?.boolValue)
        default:
            body.reject("response_format.type", "must be one of text, json_object, json_schema")
            return nil
        }
    }

    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.isAlphanumeric(or: "_-")
    }
}
