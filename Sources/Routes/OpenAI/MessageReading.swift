import Chat
import JSON

/// Reads `messages` of a chat completion's request.
enum MessageReading {
    /// The messages, and whether one of them is the user's.
    static func messages(
        of body: inout BodyFields, _ parts: PartReading
    ) -> (messages: [ModelMessage], hasUsers: Bool) {
        guard let value = body.any("messages") else {
            body.reject("messages", "is required")
            return ([], false)
        }
        guard let elements = value.arrayValue, (1...CompletionRequest.maximumMessages).contains(elements.count) else {
            body.reject("messages", "must be a list of 1 to \(CompletionRequest.maximumMessages) messages")
            return ([], false)
        }
        var messages: [ModelMessage] = []
        messages.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let place = "messages[\(index)]"
            if let message = message(element, place, parts, &body) { messages.append(message) }
        }
        if messages.reduce(0, { $0 + $1.attachments.count }) > PartReading.maximumAttachments {
            body.reject(
                "messages", "must have at most \(PartReading.maximumAttachments) pictures, recordings and files")
        }
        return (messages, messages.contains { $0.role == .user })
    }

    private static func message(
        _ value: JSONValue, _ place: String, _ parts: PartReading, _ body: inout BodyFields
    ) -> ModelMessage? {
        guard case .object = value else {
            body.reject(place, "must be an object")
            return nil
        }
        let role: ModelMessage.Role
        switch value["role"]?.stringValue {
        case "system", "developer": role = .system
        case "user": role = .user
        case "assistant": role = .assistant
        case "tool": role = .tool
        default:
            body.reject("\(place).role", "must be one of system, developer, user, assistant, tool")
            return nil
        }
        let calls = toolCalls(value["tool_calls"], "\(place).tool_calls", &body)
        guard let content = content(of: value, role, hasCalls: !calls.isEmpty, place, parts, &body) else { return nil }
        var message = ModelMessage(role: role, content: content.text, toolCalls: role == .assistant ? calls : [])
        message.parts = content.parts
        message.cacheMarks = parts.cacheMarks(of: value)
        if role == .assistant { message.reasoning = ReasoningReading.reasoning(of: value, parts.large) }
        message.name = value["name"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        if role == .tool {
            guard let id = value["tool_call_id"]?.stringValue, !id.isEmpty else {
                body.reject("\(place).tool_call_id", "is required for a tool's message")
                return nil
            }
            message.toolCallID = id
        }
        return message
    }

    /// The content, which is a string, or a list of parts.
    private static func content(
        of message: JSONValue, _ role: ModelMessage.Role, hasCalls: Bool, _ place: String, _ parts: PartReading,
        _ body: inout BodyFields
    ) -> (text: String, parts: [MessagePart])? {
        let content = message["content"] ?? .null
        switch content {
        case .string(let text): return (text, [])
        case .null:
            if role == .assistant, hasCalls { return ("", []) }
            // What the model declined to say is what it said.
            if role == .assistant, let refusal = message["refusal"]?.stringValue { return (refusal, []) }
            // An answer of nothing, and a function that gives nothing back.
            if role == .assistant || role == .tool { return ("", []) }
            body.reject("\(place).content", "is required")
            return nil
        case .array(let values):
            let said = role == .assistant ? values.filter { !ReasoningReading.isThought($0) } : values
            return parts.content(of: said, "\(place).content", takesAttachments: role == .user, &body)
        default:
            body.reject("\(place).content", "must be a string or a list of parts")
            return nil
        }
    }

    private static func toolCalls(_ value: JSONValue?, _ place: String, _ body: inout BodyFields) -> [ToolCall] {
        guard let value, !value.isNull else { return [] }
        guard let calls = value.arrayValue, calls.count <= CompletionRequest.maximumTools else {
            body.reject(place, "must be a list of at most \(CompletionRequest.maximumTools) calls")
            return []
        }
        return calls.enumerated().compactMap { index, call in
            guard let id = call["id"]?.stringValue, let name = call["function"]?["name"]?.stringValue else {
                body.reject("\(place)[\(index)]", "must have an id and a function with name and arguments")
                return nil
            }
            let arguments = call["function"]?["arguments"] ?? .null
            var extra: [UInt8]?
            if let given = call["extra_content"], case .object = given { extra = given.encoded }
            // As text, as OpenAI has them, or as what the text would say.
            return ToolCall(
                id: id, name: name,
                arguments: arguments.stringValue
                    ?? (arguments.isNull ? "{}" : String(decoding: arguments.encoded, as: UTF8.self)),
                extraContent: extra)
        }
    }
}
