import Chat
import JSON

/// The conversation as Ollama's messages (docs.ollama.com/api/chat). It knows the domain's four roles, in any order: each
/// model's template makes of them what it can.
enum OllamaMessages {
    static func write(_ request: ModelRequest, to json: inout JSONWriter) {
        // Which function each call was of: a result names it, and a tool's message need not.
        var functions: [String: String] = [:]
        json.key("messages")
        json.beginArray()
        if !request.instructions.isBlank {
            write(ModelMessage(role: .system, content: request.instructions), functions, to: &json)
        }
        for message in request.messages {
            for call in message.toolCalls { functions[call.id] = call.name }
            write(message, functions, to: &json)
        }
        // A last message of the assistant's would be taken as the beginning of the answer, and no message at all as an
        // order to load the model.
        switch request.messages.last(where: { $0.role != .system })?.role {
        case .assistant: write(ModelMessage(role: .user, content: Exchange.closing), functions, to: &json)
        case nil: write(ModelMessage(role: .user, content: Exchange.opening), functions, to: &json)
        case .system, .user, .tool: break
        }
        json.endArray()
    }

    private static func write(_ message: ModelMessage, _ functions: [String: String], to json: inout JSONWriter) {
        json.beginObject()
        json.string(message.role.rawValue, for: "role")
        json.string(message.content, for: "content")
        let attachments = message.attachments
        if !attachments.isEmpty {
            json.key("images")
            json.beginArray()
            for attachment in attachments {
                if case .base64(let bytes) = attachment.source { json.string("", plain: bytes) }
            }
            json.endArray()
        }
        if message.role == .tool, let name = message.toolCallID.flatMap({ functions[$0] }) ?? message.name {
            json.string(name, for: "tool_name")
        }
        if let id = message.toolCallID {
            json.string(id, for: "tool_call_id")
        }
        if !message.toolCalls.isEmpty { write(message.toolCalls, to: &json) }
        json.endObject()
    }

    private static func write(_ calls: [ToolCall], to json: inout JSONWriter) {
        json.key("tool_calls")
        json.beginArray()
        for call in calls {
            json.beginObject()
            json.string(call.id, for: "id")
            json.key("function")
            json.beginObject()
            json.string(call.name, for: "name")
            json.key("arguments")
            json.object(from: call.arguments, otherwiseAs: "arguments")
            json.endObject()
            json.endObject()
        }
        json.endArray()
    }
}
