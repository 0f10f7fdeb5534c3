import JSON

/// `generateContent` and `streamGenerateContent` (ai.google.dev/api/generate-content). Its stream has CRLF line ends, no
/// terminator, and in each event the usage so far.
struct GeminiFormat: VendorFormat {
    var lineEnd: Behaviour.LineEnd { .crlf }

    func terms(of call: ReceivedCall) -> Terms? {
        guard let model = call.model else { return nil }
        let path = call.target.pathOfTarget
        // Without `alt=sse` the vendor streams a JSON array, which is of no use to anybody here.
        let streams = path.hasSuffix(":streamGenerateContent") && call.target.contains("alt=sse")
        guard streams || path.hasSuffix(":generateContent") else { return nil }
        return Terms(model: model, streams: streams, wantsUsage: true)
    }

    func stream(_ answer: ScriptedAnswer, _ terms: Terms) -> [Part] {
        var parts: [Part] = []
        var written = 0
        func event(_ role: Part.Role, _ part: JSONValue, finish: String? = nil) {
            if role == .token { written += 1 }
            var candidate: [(String, JSONValue)] = [
                ("content", ["parts": [part], "role": "model"]), ("index", 0),
            ]
            if let finish { candidate.append(("finishReason", .string(finish))) }
            let output = finish == nil ? min(written, answer.completionTokens) : answer.completionTokens
            parts.append(
                Part(role, document(answer, terms, candidate: .object(JSONObject(candidate)), output: output)))
        }
        for thought in answer.reasoning { event(.reasoning, ["text": .string(thought), "thought": true]) }
        for token in answer.tokens { event(.token, ["text": .string(token)]) }
        for call in answer.toolCalls { event(.toolCall, functionCall(call)) }
        event(.finish, ["text": ""], finish: reason(answer.finish))
        return parts
    }

    func whole(_ answer: ScriptedAnswer, _ terms: Terms) -> JSONValue {
        var parts: [JSONValue] = []
        if !answer.reasoning.isEmpty {
            parts.append(["text": .string(answer.reasoning.joined()), "thought": true])
        }
        if !answer.tokens.isEmpty { parts.append(["text": .string(answer.text)]) }
        parts += answer.toolCalls.map(functionCall)
        let candidate: JSONValue = [
            "content": ["parts": .array(parts), "role": "model"], "finishReason": .string(reason(answer.finish)),
            "index": 0,
        ]
        return document(answer, terms, candidate: candidate, output: answer.completionTokens)
    }

    private func functionCall(_ call: ScriptedAnswer.ToolCall) -> JSONValue {
        ["functionCall": ["name": .string(call.name), "args": .arguments(of: call)]]
    }

    private func document(
        _ answer: ScriptedAnswer, _ terms: Terms, candidate: JSONValue, output: Int
    ) -> JSONValue {
        [
            "candidates": [candidate],
            "usageMetadata": [
                "promptTokenCount": .integer(answer.promptTokens), "candidatesTokenCount": .integer(output),
                "totalTokenCount": .integer(answer.promptTokens + output),
            ],
            "modelVersion": .string(answer.model ?? terms.model), "responseId": "resp_1",
        ]
    }

    private func reason(_ finish: ScriptedAnswer.Finish) -> String {
        switch finish {
        case .stop, .toolCalls: "STOP"
        case .length: "MAX_TOKENS"
        case .contentFilter: "SAFETY"
        }
    }

    func refusal(_ cause: Cause) -> RefusalBody {
        func error(_ status: Int, _ word: String, _ message: String, details: JSONValue? = nil) -> RefusalBody {
            var error: [(String, JSONValue)] = [
                ("code", .integer(status)), ("message", .string(message)), ("status", .string(word)),
            ]
            if let details { error.append(("details", details)) }
            let document: JSONValue = ["error": .object(JSONObject(error))]
            return RefusalBody(status: status, body: String(decoding: document.encoded, as: UTF8.self))
        }
        switch cause {
        case .rateLimited: return error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).")
        case .serverError: return error(500, "INTERNAL", "An internal error has occurred.")
        case .badGateway: return .badGateway
        case .unavailable: return error(503, "UNAVAILABLE", "The service is currently unavailable.")
        case .overloaded: return error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")
        case .badKey:
            return error(
                400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
                details: [
                    [
                        "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
                        "domain": "googleapis.com",
                    ]
                ])
        case .contextLength:
            return error(
                400, "INVALID_ARGUMENT",
                "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).")
        case .contentPolicy:
            let document: JSONValue = [
                "promptFeedback": ["blockReason": "PROHIBITED_CONTENT"],
                "usageMetadata": ["promptTokenCount": 11, "totalTokenCount": 11], "modelVersion": "m",
            ]
            return RefusalBody(status: 200, body: String(decoding: document.encoded, as: UTF8.self))
        case .invalidRequest: return error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.")
        case .unknownModel: return error(404, "NOT_FOUND", "models/no-such-model is not found for API version v1beta")
        }
    }
}
