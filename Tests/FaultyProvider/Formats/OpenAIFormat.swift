import JSON

/// Chat completions (platform.openai.com/docs/api-reference/chat-streaming), and what Azure makes of them: filter results
/// in a first chunk without choices and beside each delta (learn.microsoft.com/azure/ai-services/openai/concepts/content-streaming).
struct OpenAIFormat: VendorFormat {
    var isAzure: Bool

    func terms(of call: ReceivedCall) -> Terms? {
        guard call.target.pathOfTarget.hasSuffix("/chat/completions"), let model = call.model else { return nil }
        return Terms(
            model: model, streams: call.body?["stream"]?.boolValue ?? false,
            wantsUsage: call.body?["stream_options"]?["include_usage"]?.boolValue ?? false)
    }

    func stream(_ answer: ScriptedAnswer, _ terms: Terms) -> [Part] {
        func chunk(_ role: Part.Role, _ delta: JSONValue, finish: String? = nil) -> Part {
            var choice: [(String, JSONValue)] = [
                ("index", 0), ("delta", delta), ("logprobs", .null), ("finish_reason", .string(orNull: finish)),
            ]
            if isAzure { choice.append(("content_filter_results", [:])) }
            return Part(role, document(answer, terms, choices: [.object(JSONObject(choice))]))
        }
        var parts: [Part] = []
        if isAzure {
            parts.append(
                Part(
                    .opening,
                    [
                        "choices": [], "created": 0, "id": "", "model": "", "object": "",
                        "prompt_filter_results": [["prompt_index": 0, "content_filter_results": [:]]],
                    ]))
        }
        parts.append(chunk(.opening, ["role": "assistant", "content": "", "refusal": .null]))
        parts += answer.reasoning.map { chunk(.reasoning, ["reasoning_content": .string($0)]) }
        parts += answer.tokens.map { chunk(.token, ["content": .string($0)]) }
        for (index, call) in answer.toolCalls.enumerated() {
            let first: JSONValue = [
                "index": .integer(index), "id": .string(call.id), "type": "function",
                "function": ["name": .string(call.name), "arguments": ""],
            ]
            parts.append(chunk(.toolCall, ["tool_calls": [first]]))
            for piece in call.arguments {
                let more: JSONValue = ["index": .integer(index), "function": ["arguments": .string(piece)]]
                parts.append(chunk(.toolCall, ["tool_calls": [more]]))
            }
        }
        parts.append(chunk(.finish, [:], finish: reason(answer.finish)))
        if terms.wantsUsage { parts.append(Part(.usage, document(answer, terms, choices: [], withUsage: true))) }
        parts.append(Part(.terminator, text: "[DONE]"))
        return parts
    }

    func whole(_ answer: ScriptedAnswer, _ terms: Terms) -> JSONValue {
        let calls = answer.toolCalls.map { call -> JSONValue in
            [
                "id": .string(call.id), "type": "function",
                "function": ["name": .string(call.name), "arguments": .string(call.arguments.joined())],
            ]
        }
        var message: [(String, JSONValue)] = [
            ("role", "assistant"), ("content", calls.isEmpty ? .string(answer.text) : .null), ("refusal", .null),
        ]
        if !answer.reasoning.isEmpty { message.append(("reasoning_content", .string(answer.reasoning.joined()))) }
        if !calls.isEmpty { message.append(("tool_calls", .array(calls))) }
        let choice: JSONValue = [
            "index": 0, "message": .object(JSONObject(message)), "logprobs": .null,
            "finish_reason": .string(reason(answer.finish)),
        ]
        return [
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1_700_000_000,
            "model": .string(answer.model ?? terms.model), "choices": [choice], "usage": usage(answer),
        ]
    }

    private func document(
        _ answer: ScriptedAnswer, _ terms: Terms, choices: [JSONValue], withUsage: Bool = false
    ) -> JSONValue {
        [
            "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000,
            "model": .string(answer.model ?? terms.model), "system_fingerprint": "fp_1", "choices": .array(choices),
            "usage": withUsage ? usage(answer) : .null,
        ]
    }

    private func usage(_ answer: ScriptedAnswer) -> JSONValue {
        [
            "prompt_tokens": .integer(answer.promptTokens), "completion_tokens": .integer(answer.completionTokens),
            "total_tokens": .integer(answer.promptTokens + answer.completionTokens),
            "completion_tokens_details": ["reasoning_tokens": 0],
        ]
    }

    private func reason(_ finish: ScriptedAnswer.Finish) -> String {
        switch finish {
        case .stop: "stop"
        case .length: "length"
        case .contentFilter: "content_filter"
        case .toolCalls: "tool_calls"
        }
    }

    // platform.openai.com/docs/guides/error-codes, and what the servers say.
    func refusal(_ cause: Cause) -> RefusalBody {
        func error(_ status: Int, _ message: String, _ type: String?, _ code: String?) -> RefusalBody {
            let error: JSONValue = [
                "message": .string(message), "type": .string(orNull: type), "param": .null,
                "code": .string(orNull: code),
            ]
            return RefusalBody(
                status: status, body: String(decoding: (["error": error] as JSONValue).encoded, as: UTF8.self))
        }
        switch cause {
        case .rateLimited:
            if isAzure { return error(429, "Requests have exceeded the call rate limit. Retry later.", nil, "429") }
            return error(429, "Rate limit reached for requests", "requests", "rate_limit_exceeded")
        case .serverError: return error(500, "The server had an error processing your request", "server_error", nil)
        case .badGateway: return .badGateway
        case .unavailable: return error(503, "The server is shutting down", "server_error", nil)
        case .overloaded: return error(503, "The engine is currently overloaded", "overloaded_error", nil)
        case .badKey:
            if isAzure { return error(401, "Access denied due to invalid subscription key", nil, "401") }
            return error(401, "Incorrect API key provided", "invalid_request_error", "invalid_api_key")
        case .contextLength:
            return error(
                400, "This model's maximum context length is 8192 tokens.", "invalid_request_error",
                "context_length_exceeded")
        case .contentPolicy:
            if isAzure {
                return error(
                    400, "The response was filtered due to the prompt triggering the content management policy.", nil,
                    "content_filter")
            }
            return error(
                400, "Your request was rejected by the safety system.", "invalid_request_error",
                "content_policy_violation")
        case .invalidRequest:
            return error(400, "Invalid type for 'messages[0].content'", "invalid_request_error", "invalid_type")
        case .unknownModel:
            if isAzure {
                return error(404, "The API deployment for this resource does not exist.", nil, "DeploymentNotFound")
            }
            return error(404, "The model does not exist", "invalid_request_error", "model_not_found")
        }
    }
}
