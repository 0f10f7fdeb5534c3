import JSON

/// `/api/chat` (github.com/ollama/ollama/blob/main/docs/api.md): a JSON document a line; the last one has `done`, the
/// reason and the usage.
struct OllamaFormat: VendorFormat {
    var isEventStream: Bool { false }

    func terms(of call: ReceivedCall) -> Terms? {
        guard call.target.pathOfTarget.hasSuffix("/api/chat"), let model = call.model else { return nil }
        // It streams unless it is told not to.
        return Terms(model: model, streams: call.body?["stream"]?.boolValue ?? true, wantsUsage: true)
    }

    func stream(_ answer: ScriptedAnswer, _ terms: Terms) -> [Part] {
        func line(_ role: Part.Role, _ message: [(String, JSONValue)]) -> Part {
            Part(role, document(answer, terms, message, isDone: false))
        }
        var parts = answer.reasoning.map { line(.reasoning, [("content", ""), ("thinking", .string($0))]) }
        parts += answer.tokens.map { line(.token, [("content", .string($0))]) }
        parts += answer.toolCalls.map { line(.toolCall, [("content", ""), ("tool_calls", .array([toolCall($0)]))]) }
        parts.append(Part(.finish, document(answer, terms, [("content", "")], isDone: true)))
        return parts
    }

    func whole(_ answer: ScriptedAnswer, _ terms: Terms) -> JSONValue {
        var message: [(String, JSONValue)] = [("content", .string(answer.text))]
        if !answer.reasoning.isEmpty { message.append(("thinking", .string(answer.reasoning.joined()))) }
        if !answer.toolCalls.isEmpty { message.append(("tool_calls", .array(answer.toolCalls.map(toolCall)))) }
        return document(answer, terms, message, isDone: true)
    }

    private func toolCall(_ call: ScriptedAnswer.ToolCall) -> JSONValue {
        ["function": ["name": .string(call.name), "arguments": .arguments(of: call)]]
    }

    private func document(
        _ answer: ScriptedAnswer, _ terms: Terms, _ message: [(String, JSONValue)], isDone: Bool
    ) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("model", .string(answer.model ?? terms.model)), ("created_at", "2026-01-01T00:00:00.000000000Z"),
            ("message", .object(JSONObject([("role", "assistant")] + message))), ("done", .bool(isDone)),
        ]
        if isDone {
            members += [
                ("done_reason", answer.finish == .length ? "length" : "stop"), ("total_duration", 5_000_000),
                ("prompt_eval_count", .integer(answer.promptTokens)), ("eval_count", .integer(answer.completionTokens)),
            ]
        }
        return .object(JSONObject(members))
    }

    func refusal(_ cause: Cause) -> RefusalBody {
        func error(_ status: Int, _ message: String) -> RefusalBody {
            let document: JSONValue = ["error": .string(message)]
            return RefusalBody(status: status, body: String(decoding: document.encoded, as: UTF8.self))
        }
        return switch cause {
        case .rateLimited: error(429, "you have reached your hourly usage limit")
        case .serverError: error(500, "llama runner process has terminated: exit status 2")
        case .badGateway: .badGateway
        case .unavailable: error(503, "service unavailable")
        case .overloaded: error(503, "server busy, please try again. maximum pending requests exceeded")
        case .badKey: error(401, "unauthorized")
        case .contextLength: error(400, "the input length exceeds the context length")
        // It judges none.
        case .contentPolicy: error(400, "no such refusal")
        case .invalidRequest: error(400, "invalid message content type: <nil>")
        case .unknownModel: error(404, "model 'no-such-model' not found")
        }
    }
}
