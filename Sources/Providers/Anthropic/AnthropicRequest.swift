import Chat
import JSON
import Substrings

/// The body of `POST /v1/messages` (docs.anthropic.com/en/api/messages).
struct AnthropicRequest {
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
        var exchange = AlternatingTranscript(request)
        // Anthropic's own constraint of the output is known to newer models only and takes but a part of JSON Schema
        // (docs.anthropic.com/en/docs/build-with-claude/structured-outputs).
        if let instruction = options.responseFormat?.instruction { exchange.addSystem(instruction) }
        let thinking = AnthropicThinking(options, model: model)
        var json = JSONWriter(reservingCapacity: exchange.reservation)
        json.beginObject()
        json.member("model", model)
        json.member("max_tokens", limit(isThinking: thinking != nil))
        json.member("stream", streams)
        if !exchange.systemMarks.isEmpty {
            json.beginArray("system")
            AnthropicMessages.writeText(exchange.system, exchange.systemMarks, to: &json)
            json.endArray()
        } else if !exchange.system.isEmpty {
            json.member("system", exchange.system)
        }
        AnthropicMessages.write(exchange.turns, to: &json)
        if let thinking { thinking.write(to: &json) } else { writeSampling(to: &json) }
        json.member("stop_sequences", ifAny: options.stop)
        writeTools(to: &json)
        if let user = options.user {
            json.beginObject("metadata")
            json.member("user_id", user)
            json.endObject()
        }
        json.endObject()
        return json
    }

    /// Anthropic wants a limit, and refuses one above the model's own. Models that take a word for how much to think have
    /// room for it.
    private func limit(isThinking: Bool) -> Int {
        let known = KnownModels.maximumClaudeTokens(model)
        let usual = known ?? (isThinking ? AnthropicFormat.thinkingMaximumTokens : AnthropicFormat.defaultMaximumTokens)
        return min(request.maximumOutputTokens ?? usual, known ?? .max)
    }

    /// Newer models take but one of the two, and refuse a request with both.
    private func writeSampling(to json: inout JSONWriter) {
        if let temperature = request.temperature {
            // Theirs ends at 1 (docs.anthropic.com/en/api/messages), the domain's at 2.
            json.member("temperature", min(max(temperature, 0), 1))
        } else {
            json.member("top_p", ifPresent: options.topP)
        }
    }

    /// docs.anthropic.com/en/docs/agents-and-tools/tool-use/overview
    private func writeTools(to json: inout JSONWriter) {
        // A conversation with calls is refused without the tools, though none is to be called any more.
        let tools = options.tools.isEmpty ? calledTools : options.tools
        guard !tools.isEmpty else { return }
        json.beginArray("tools")
        for tool in tools {
            json.beginObject()
            json.member("name", tool.name)
            json.member("description", ifPresent: tool.description)
            json.key("input_schema")
            json.parameters(tool.parameters)
            json.endObject()
        }
        json.endArray()
        let isSerial = options.allowsParallelToolCalls == false
        let usual: ModelRequest.ToolChoice? =
            options.tools.isEmpty ? ModelRequest.ToolChoice.none : isSerial ? .automatic : nil
        guard let choice = options.tools.isEmpty ? usual : options.toolChoice ?? usual else { return }
        json.beginObject("tool_choice")
        json.key("type")
        switch choice {
        case .automatic: json.string("auto")
        case .none: json.string("none")
        case .required: json.string("any")
        case .tool(let name):
            json.string("tool")
            json.member("name", name)
        }
        if isSerial, choice != .none { json.member("disable_parallel_tool_use", true) }
        json.endObject()
    }

    /// The tools that were called in the conversation, by name.
    private var calledTools: [Tool] {
        var names: Set<String> = []
        var tools: [Tool] = []
        for message in request.messages {
            for call in message.toolCalls {
                let name = ToolUseNames.plain(call.name)
                if names.insert(name).inserted { tools.append(Tool(name: name)) }
            }
        }
        return tools
    }
}

/// How much to think, for the models that decide by themselves when to think and take but a word for how much
/// (docs.anthropic.com/en/docs/build-with-claude/adaptive-thinking).
private struct AnthropicThinking {
    let effort: String

    /// Nil leaves it to the provider: no effort is asked for, the model is too old for the word, or a tool must be called,
    /// which excludes thinking.
    init?(_ options: ModelRequest.Options, model: String) {
        guard let effort = options.reasoningEffort, effort != "none", effort != "minimal" else { return nil }
        switch options.toolChoice {
        case .required, .tool: return nil
        default: break
        }
        // They want a number of tokens instead, and the thoughts back with a tool's result.
        let older = ["claude-2", "claude-3", "claude-instant", "-4-20", "-4-0", "-4-1", "-4-5"]
        if older.contains(where: { model.contains($0) }) { return nil }
        // OpenAI's word for more than "high", which but the newest know.
        self.effort = ["low", "medium", "high", "max"].contains(effort) ? effort : "high"
    }

    func write(to json: inout JSONWriter) {
        json.beginObject("thinking")
        json.member("type", "adaptive")
        json.member("display", "summarized")
        json.endObject()
        json.beginObject("output_config")
        json.member("effort", effort)
        json.endObject()
    }
}

extension AlternatingTranscript {
    /// About as many bytes as its JSON takes.
    var reservation: Int {
        turns.reduce(system.utf8.count + 512) { sum, turn in
            turn.messages.reduce(sum) { $0 + $1.content.utf8.count + 96 }
        }
    }
}
