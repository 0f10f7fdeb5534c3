import Chat
import JSON

/// The body of `POST /chat/completions` (platform.openai.com/docs/api-reference/chat/create).
///
/// What a request leaves to the provider is not sent at all: many servers refuse fields that they do not know.
struct ChatCompletionRequest {
    private let request: ModelRequest
    private let model: String
    private let dialect: OpenAIDialect
    private let streams: Bool

    init(_ request: ModelRequest, model: String, dialect: OpenAIDialect, streams: Bool) {
        self.request = request
        self.model = model
        self.dialect = dialect
        self.streams = streams
    }

    var encoded: JSONWriter {
        let textBytes = request.messages.reduce(request.instructions.utf8.count) { $0 + $1.content.utf8.count }
        var json = JSONWriter(reservingCapacity: textBytes + 48 * request.messages.count + 256)
        json.beginObject()
        json.member("model", model)
        json.beginArray("messages")
        for message in messages { write(message, to: &json) }
        json.endArray()
        json.member("stream", streams)
        if streams, dialect.asksForUsage {
            json.beginObject("stream_options")
            json.member("include_usage", true)
            json.endObject()
        }
        if let limit = request.maximumOutputTokens {
            json.key(dialect.tokenLimitField.rawValue)
            json.integer(limit)
        }
        json.member("temperature", ifPresent: request.temperature)
        if let options = request.options { write(options, to: &json) }
        json.endObject()
        return json
    }

    private var messages: [ModelMessage] {
        guard dialect.takesAnyOrder else {
            let messages = AlternatingTranscript(request).messages
            // A system's words alone are something to answer as well.
            let isSystemAlone = messages.first?.role == .system && request.messages.allSatisfy { $0.role == .system }
            return isSystemAlone ? Array(messages.prefix(1)) : messages
        }
        let instructions =
            request.instructions.isEmpty ? [] : [ModelMessage(role: .system, content: request.instructions)]
        return instructions + request.messages.withToolResults
    }

    private func write(_ message: ModelMessage, to json: inout JSONWriter) {
        json.beginObject()
        json.member("role", message.role.rawValue)
        json.key("content")
        // A message of calls alone has no text, which is not the same as an empty one.
        if !message.parts.isEmpty {
            json.beginArray()
            for part in message.parts { write(part, to: &json) }
            json.endArray()
        } else if message.content.isEmpty, !message.toolCalls.isEmpty {
            json.null()
        } else {
            json.string(message.content)
        }
        if message.role != .tool, dialect.sendsNames { json.member("name", ifPresent: message.name) }
        json.member("tool_call_id", ifPresent: message.toolCallID)
        if dialect.sendsReasoning, let reasoning = message.reasoning { write(reasoning, to: &json) }
        if !message.toolCalls.isEmpty {
            json.beginArray("tool_calls")
            for call in message.toolCalls { write(call, to: &json) }
            json.endArray()
        }
        json.endObject()
    }

    /// platform.openai.com/docs/guides/images-vision, /audio, /pdf-files
    private func write(_ part: MessagePart, to json: inout JSONWriter) {
        json.beginObject()
        switch part {
        case .text(let text):
            json.member("type", "text")
            json.member("text", text)
        case .attachment(let attachment):
            switch attachment.kind {
            case .image:
                json.member("type", "image_url")
                json.beginObject("image_url")
                json.key("url")
                write(attachment, isURL: true, to: &json)
                json.member("detail", ifPresent: attachment.detail)
                json.endObject()
            case .audio:
                json.member("type", "input_audio")
                json.beginObject("input_audio")
                json.key("data")
                write(attachment, isURL: false, to: &json)
                json.member("format", attachment.mediaType == "audio/wav" ? "wav" : "mp3")
                json.endObject()
            case .file:
                json.member("type", "file")
                json.beginObject("file")
                if case .fileID = attachment.source { json.key("file_id") } else { json.key("file_data") }
                write(attachment, isURL: true, to: &json)
                json.member("filename", ifPresent: attachment.name)
                json.endObject()
            }
        }
        json.endObject()
    }

    private func write(_ attachment: Attachment, isURL: Bool, to json: inout JSONWriter) {
        switch attachment.source {
        case .base64(let bytes): json.string(isURL ? "data:\(attachment.mediaType);base64," : "", plain: bytes)
        case .url(let text), .fileID(let text): json.string(text)
        }
    }

    private func write(_ call: ToolCall, to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", call.id)
        json.member("type", "function")
        json.beginObject("function")
        json.member("name", call.name)
        json.member("arguments", call.arguments.isBlank ? "{}" : call.arguments)
        json.endObject()
        if dialect.sendsExtraContent, let extra = call.extraContent {
            json.member("extra_content", json: extra)
        }
        json.endObject()
    }

    /// DeepSeek and Kimi refuse a tool's result without the thoughts that led to its call (api-docs.deepseek.com/guides/thinking_mode).
    private func write(_ reasoning: Reasoning, to json: inout JSONWriter) {
        // Those that come from Anthropic itself are for Anthropic.
        let details = reasoning.details.filter { !Reasoning.isSigned($0) }
        if reasoning.details.isEmpty || !details.isEmpty, !reasoning.text.isEmpty {
            json.member("reasoning_content", reasoning.text)
        }
        guard !details.isEmpty else { return }
        json.beginArray("reasoning_details")
        for detail in details { json.rawJSON(detail) }
        json.endArray()
    }
}

// MARK: - Parameters that few requests have

extension ChatCompletionRequest {
    private func write(_ options: ModelRequest.Options, to json: inout JSONWriter) {
        json.member("top_p", ifPresent: options.topP)
        json.member("stop", ifAny: options.stop)
        if let seed = options.seed {
            json.key(dialect.seedField)
            json.integer(seed)
        }
        json.member("presence_penalty", ifPresent: options.presencePenalty)
        json.member("frequency_penalty", ifPresent: options.frequencyPenalty)
        json.member("reasoning_effort", ifPresent: options.reasoningEffort)
        if dialect.sendsUser { json.member("user", ifPresent: options.user) }
        if let format = options.responseFormat { write(format, to: &json) }
        // What is said about tools is refused where there are none.
        guard !options.tools.isEmpty else { return }
        json.beginArray("tools")
        for tool in options.tools { write(tool, to: &json) }
        json.endArray()
        if let choice = options.toolChoice { write(choice, to: &json) }
        json.member("parallel_tool_calls", ifPresent: options.allowsParallelToolCalls)
    }

    private func write(_ tool: Tool, to json: inout JSONWriter) {
        json.beginObject()
        json.member("type", "function")
        json.beginObject("function")
        json.member("name", tool.name)
        json.member("description", ifPresent: tool.description)
        if let parameters = tool.parameters {
            json.key("parameters")
            json.parameters(parameters)
        }
        json.member("strict", ifPresent: tool.isStrict)
        json.endObject()
        json.endObject()
    }

    private func write(_ choice: ModelRequest.ToolChoice, to json: inout JSONWriter) {
        json.key("tool_choice")
        switch choice {
        case .automatic: json.string("auto")
        case .none: json.string("none")
        case .required: json.string("required")
        case .tool(let name):
            json.beginObject()
            json.member("type", "function")
            json.beginObject("function")
            json.member("name", name)
            json.endObject()
            json.endObject()
        }
    }

    private func write(_ format: ModelRequest.ResponseFormat, to json: inout JSONWriter) {
        json.beginObject("response_format")
        switch format {
        case .text: json.member("type", "text")
        case .jsonObject: json.member("type", "json_object")
        case .jsonSchema(let name, let schema, let isStrict):
            json.member("type", "json_schema")
            json.beginObject("json_schema")
            json.member("name", name)
            json.member("schema", json: schema)
            json.member("strict", ifPresent: isStrict)
            json.endObject()
        }
        json.endObject()
    }
}
