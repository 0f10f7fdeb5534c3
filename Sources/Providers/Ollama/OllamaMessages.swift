import Chat
import JSON

/// The conversation as Ollama's messages (docs.ollama.com/api/chat). It knows the domain's four roles, in any order: each
/// model's template makes of them what it can.
enum OllamaMessages {
    static func write(_ request: ModelRequest, to json: inout JSONWriter) {
        json.beginArray("messages")
        if !request.instructions.isBlank {
            write(ModelMessage(role: .system, content: request.instructions), to: &json)
        }
        let messages = request.messages.withToolResults
        for message in messages { write(message, to: &json) }
        // A last message of the assistant's would be taken as the beginning of the answer, and no message at all as an
        // order to load the model.
        switch messages.last(where: { $0.role != .system })?.role {
        case .assistant: write(ModelMessage(role: .user, content: AlternatingTranscript.closing), to: &json)
        case nil: write(ModelMessage(role: .user, content: AlternatingTranscript.opening), to: &json)
        case .system, .user, .tool: break
        }
        json.endArray()
    }

    private static func write(_ message: ModelMessage, to json: inout JSONWriter) {
        json.beginObject()
        json.member("role", message.role.rawValue)
        json.member("content", message.content)
        if let reasoning = message.reasoning, reasoning.details.isEmpty, !reasoning.text.isEmpty {
            json.member("thinking", reasoning.text)
        }
        let attachments = message.attachments
        if !attachments.isEmpty {
            json.beginArray("images")
            for attachment in attachments {
                if case .base64(let bytes) = attachment.source { json.string("", plain: bytes) }
            }
            json.endArray()
        }
        if message.role == .tool {
            json.member("tool_name", ifPresent: message.name)
            json.member("tool_call_id", ifPresent: message.toolCallID)
        }
        if !message.toolCalls.isEmpty { write(message.toolCalls, to: &json) }
        json.endObject()
    }

    private static func write(_ calls: [ToolCall], to json: inout JSONWriter) {
        json.beginArray("tool_calls")
        for call in calls {
            json.beginObject()
            json.member("id", call.id)
            json.beginObject("function")
            json.member("name", call.name)
            json.key("arguments")
            json.object(from: call.arguments, otherwiseAs: "arguments")
            json.endObject()
            json.endObject()
        }
        json.endArray()
    }
}
