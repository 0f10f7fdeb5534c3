import JSON

/// The Messages API (docs.anthropic.com/en/api/messages-streaming, docs.anthropic.com/en/api/errors).
struct AnthropicFormat: VendorFormat {
    func terms(of call: ReceivedCall) -> Terms? {
        guard call.target.pathOfTarget.hasSuffix("/v1/messages"), let model = call.model else { return nil }
        return Terms(model: model, streams: call.body?["stream"]?.boolValue ?? false, wantsUsage: true)
    }

    var ping: Part? { Part(.other, type: "ping", ["type": "ping"]) }

    func stream(_ answer: ScriptedAnswer, _ terms: Terms) -> [Part] {
        var parts = [
            Part(
                .opening, type: "message_start",
                ["type": "message_start", "message": message(answer, terms, content: [], stop: .null, output: 1)])
        ]
        var index = 0
        func block(_ start: JSONValue, _ deltas: [JSONValue], _ role: Part.Role) {
            let number = JSONValue.integer(index)
            parts.append(
                Part(
                    .opening, type: "content_block_start",
                    ["type": "content_block_start", "index": number, "content_block": start]))
            // The vendor pings between any two events.
            if index == 0, let ping { parts.append(ping) }
            parts += deltas.map {
                Part(
                    role, type: "content_block_delta", ["type": "content_block_delta", "index": number, "delta": $0])
            }
            parts.append(
                Part(.finish, type: "content_block_stop", ["type": "content_block_stop", "index": number]))
            index += 1
        }
        if !answer.reasoning.isEmpty {
            block(
                ["type": "thinking", "thinking": "", "signature": ""],
                answer.reasoning.map { ["type": "thinking_delta", "thinking": .string($0)] }
                    + [["type": "signature_delta", "signature": "c2lnbmF0dXJl"]], .reasoning)
        }
        if !answer.tokens.isEmpty {
            block(
                ["type": "text", "text": ""], answer.tokens.map { ["type": "text_delta", "text": .string($0)] }, .token)
        }
        for call in answer.toolCalls {
            block(
                ["type": "tool_use", "id": .string(call.id), "name": .string(call.name), "input": [:]],
                call.arguments.map { ["type": "input_json_delta", "partial_json": .string($0)] }, .toolCall)
        }
        parts.append(
            Part(
                .finish, type: "message_delta",
                [
                    "type": "message_delta",
                    "delta": ["stop_reason": .string(reason(answer.finish)), "stop_sequence": .null],
                    "usage": ["output_tokens": .integer(answer.completionTokens)],
                ]))
        parts.append(Part(.terminator, type: "message_stop", ["type": "message_stop"]))
        return parts
    }

    func whole(_ answer: ScriptedAnswer, _ terms: Terms) -> JSONValue {
        var content: [JSONValue] = []
        if !answer.reasoning.isEmpty {
            content.append(
                [
                    "type": "thinking", "thinking": .string(answer.reasoning.joined()), "signature": "c2lnbmF0dXJl",
                ])
        }
        if !answer.tokens.isEmpty { content.append(["type": "text", "text": .string(answer.text)]) }
        content += answer.toolCalls.map {
            ["type": "tool_use", "id": .string($0.id), "name": .string($0.name), "input": .arguments(of: $0)]
        }
        return message(
            answer, terms, content: content, stop: .string(reason(answer.finish)), output: answer.completionTokens)
    }

    private func message(
        _ answer: ScriptedAnswer, _ terms: Terms, content: [JSONValue], stop: JSONValue, output: Int
    ) -> JSONValue {
        [
            "id": "msg_1", "type": "message", "role": "assistant", "model": .string(answer.model ?? terms.model),
            "content": .array(content), "stop_reason": stop, "stop_sequence": .null,
            "usage": [
                "input_tokens": .integer(answer.promptTokens), "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": 0, "output_tokens": .integer(output),
            ],
        ]
    }

    private func reason(_ finish: ScriptedAnswer.Finish) -> String {
        switch finish {
        case .stop: "end_turn"
        case .length: "max_tokens"
        case .contentFilter: "refusal"
        case .toolCalls: "tool_use"
        }
    }

    func failure(_ cause: Cause) -> Part {
        // Under 200 there is no proxy's page.
        Part(.other, type: "error", text: refusal(cause == .badGateway ? .serverError : cause).body)
    }

    func refusal(_ cause: Cause) -> RefusalBody {
        func error(_ status: Int, _ type: String, _ message: String) -> RefusalBody {
            let document: JSONValue = [
                "type": "error", "error": ["type": .string(type), "message": .string(message)],
                "request_id": "req_1",
            ]
            return RefusalBody(status: status, body: String(decoding: document.encoded, as: UTF8.self))
        }
        return switch cause {
        case .rateLimited:
            error(429, "rate_limit_error", "This request would exceed your organization's rate limit")
        case .serverError: error(500, "api_error", "Internal server error")
        case .badGateway: .badGateway
        case .unavailable: error(503, "api_error", "Service unavailable")
        case .overloaded: error(529, "overloaded_error", "Overloaded")
        case .badKey: error(401, "authentication_error", "invalid x-api-key")
        case .contextLength:
            error(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum")
        case .contentPolicy: error(400, "invalid_request_error", "Output blocked by content filtering policy")
        case .invalidRequest: error(400, "invalid_request_error", "messages.0.content: Field required")
        case .unknownModel: error(404, "not_found_error", "model: no-such-model")
        }
    }
}
