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
        json.number(request.temperature, for: "temperature")
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
        if message.role != .tool, dialect.sendsNames { json.string(message.name, for: "name") }
        json.string(message.toolCallID, for: "tool_call_id")
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
            json.string("text", for: "type")
            json.string(text, for: "text")
        case .attachment(let attachment):
            switch attachment.kind {
            case .image:
                json.string("image_url", for: "type")
                json.beginObject("image_url")
                json.key("url")
                write(attachment, isURL: true, to: &json)
                json.string(attachment.detail, for: "detail")
                json.endObject()
            case .audio:
                json.string("input_audio", for: "type")
                json.beginObject("input_audio")
                json.key("data")
                write(attachment, isURL: false, to: &json)
                json.string(attachment.mediaType == "audio/wav" ? "wav" : "mp3", for: "format")
                json.endObject()
            case .file:
                json.string("file", for: "type")
                json.beginObject("file")
                if case .fileID = attachment.source { json.key("file_id") } else { json.key("file_data") }
                write(attachment, isURL: true, to: &json)
                json.string(attachment.name, for: "filename")
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
        json.string(call.id, for: "id")
        json.string("function", for: "type")
        json.beginObject("function")
        json.string(call.name, for: "name")
        json.string(call.arguments.isBlank ? "{}" : call.arguments, for: "arguments")
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
            json.string(reasoning.text, for: "reasoning_content")
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
        json.number(options.topP, for: "top_p")
        if !options.stop.isEmpty {
            json.beginArray("stop")
            for text in options.stop { json.string(text) }
            json.endArray()
        }
        if let seed = options.seed {
            json.key(dialect.seedField)
            json.integer(seed)
        }
        json.number(options.presencePenalty, for: "presence_penalty")
        json.number(options.frequencyPenalty, for: "frequency_penalty")
        json.string(options.reasoningEffort, for: "reasoning_effort")
        if dialect.sendsUser { json.string(options.user, for: "user") }
        if let format = options.responseFormat { write(format, to: &json) }
        // What is said about tools is refused where there are none.
        guard !options.tools.isEmpty else { return }
        json.beginArray("tools")
        for tool in options.tools { write(tool, to: &json) }
        json.endArray()
        if let choice = options.toolChoice { write(choice, to: &json) }
        json.bool(options.allowsParallelToolCalls, for: "parallel_tool_calls")
    }

    private func write(_ tool: Tool, to json: inout JSONWriter) {
        json.beginObject()
        json.string("function", for: "type")
        json.beginObject("function")
        json.string(tool.name, for: "name")
        json.string(tool.description, for: "description")
        if let parameters = tool.parameters {
            json.key("parameters")
            json.parameters(parameters)
        }
        json.bool(tool.isStrict, for: "strict")
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
            json.string("function", for: "type")
            json.beginObject("function")
            json.string(name, for: "name")
            json.endObject()
            json.endObject()
        }
    }

    private func write(_ format: ModelRequest.ResponseFormat, to json: inout JSONWriter) {
        json.beginObject("response_format")
        switch format {
        case .text: json.string("text", for: "type")
        case .jsonObject: json.string("json_object", for: "type")
        case .jsonSchema(let name, let schema, let isStrict):
            json.string("json_schema", for: "type")
            json.beginObject("json_schema")
            json.string(name, for: "name")
            json.member("schema", json: schema)
            json.bool(isStrict, for: "strict")
            json.endObject()
        }
        json.endObject()
    }
}
