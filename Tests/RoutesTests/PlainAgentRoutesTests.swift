import FCGIApp
import JSON
import Testing

@testable import Chat
@testable import Routes

@Suite struct PlainAgentReplyTests {
    private func response(endingWith end: ChatEvent, notes: [AgentNote] = []) -> Response {
        let log = TurnLog(replyID: MessageID(rawValue: "msg_r"))
        log.append(
            .accepted(
                Acceptance(
                    userMessageID: MessageID(rawValue: "msg_u"), sessionID: SessionID(rawValue: "s"),
                    replyID: log.replyID, createdAt: Timestamp(milliseconds: 0))))
        for note in notes { log.append(.note(note)) }
        log.append(TextBatch("a\"", "東"))
        log.append(end)
        return EndedTurn(log).plainReply(mode: "visa_expert", tellsAll: false, requestID: "req_1")
    }

    private func completion(wasStopped: Bool) -> ChatEvent {
        .completed(
            Completion(
                wasStopped: wasStopped, finishReason: wasStopped ? "stopped" : "stop", provider: "p", model: "m",
                usage: Usage(promptTokens: 1, completionTokens: 2, isEstimated: false),
                metrics: ReplyMetrics(
                    timeToFirstTokenMS: nil, durationMS: 3, tokensPerSecond: 1.5, attempts: 1, isCached: false)))
    }

    @Test func `the answer has the fields of the contract`() throws {
        let sources = [SourceReference(title: "T", section: "S", excerpt: "E")]
        let told = response(endingWith: completion(wasStopped: false), notes: [SourceReference.note(sources)])
        #expect(told.head.status == 200)
        let expected: JSONValue = [
            "response": "a\"東", "session_id": "s", "user_message_id": "msg_u", "message_id": "msg_r",
            "mode": "visa_expert", "status": "complete", "finish_reason": "stop", "provider": "p", "model": "m",
            "sources": [["title": "T", "section": "S", "excerpt": "E"]],
            "usage": ["prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3, "estimated": false],
        ]
        #expect(try JSONValue(parsing: told.body) == expected)
    }

    @Test func `an answer that rests on nothing has an empty list of sources, and a stopped one says so`() throws {
        let told = try JSONValue(parsing: response(endingWith: completion(wasStopped: true)).body)
        #expect(told["sources"] == [])
        #expect(told["status"]?.stringValue == "stopped")
    }

    @Test(arguments: [
        ("provider_timeout", 504, false), ("provider_unavailable", 503, true), ("provider_rate_limited", 429, true),
        ("provider_unauthorized", 502, false), ("provider_malformed", 502, false), ("empty_answer", 502, false),
        ("context_length_exceeded", 400, false), ("store_unavailable", 503, true),
    ])
    func `a failure is a problem with a status of its own`(_ code: String, _ status: Int, _ isLater: Bool) throws {
        let told = response(
            endingWith: .failed(
                ReplyFailure(code: code, message: "Why.", isRetryable: isLater, isPartial: false)))
        #expect(told.head.status == status)
        let fields = Dictionary(told.head.fields.map { ($0.name, $0.value) }) { first, _ in first }
        #expect(fields["Content-Type"] == "application/problem+json")
        #expect((fields["Retry-After"] != nil) == isLater)
        let problem = try JSONValue(parsing: told.body)
        #expect(problem["code"]?.stringValue == code)
        #expect(problem["detail"]?.stringValue == "Why.")
        #expect(problem["instance"]?.stringValue == "req_1")
        #expect(problem["title"]?.stringValue != "Internal Server Error")
    }
}

@Suite struct ModelChoiceTests {
    /// A model that tells by its availability which one it is.
    private struct NamedModel: LanguageModel {
        let availability: [ModelAvailability]

        func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
            throw ModelError(kind: .unavailable, provider: "", detail: "")
        }
    }

    private struct Directory: ModelDirectory {
        let known: [ModelAvailability]
        let names = ["fast"]

        func model(named name: String) -> (any LanguageModel)? { NamedModel(availability: known) }

        func model(named name: String?, provider: String) -> (any LanguageModel)? {
            known.first { $0.provider == provider && (name == nil || $0.model == name || $0.model.isEmpty) }
                .map { NamedModel(availability: [$0]) }
        }
    }

    private static let known = [("a", "large"), ("a", "small"), ("b", "small"), ("c", "")].map {
        ModelAvailability(provider: $0.0, kind: "openai", model: $0.1, isAvailable: true, reason: "")
    }

    private func choose(
        _ provider: String?, _ model: String?
    ) throws -> (chosen: [String]?, errors: [Problem.FieldError]) {
        let request = Request(
            variables: [("CONTENT_TYPE", "application/json")], body: Array("{}".utf8), bodyState: .complete)
        var body = try BodyFields(request, limit: 100)
        let choice = ModelChoice(
            provider: provider, model: model, models: Directory(known: Self.known), known: Self.known, &body)
        return (choice.model?.availability.map { "\($0.provider)/\($0.model)" }, body.errors)
    }

    @Test(
        arguments: [
            ("a", nil, ["a/large"]), ("a", "small", ["a/small"]), ("b", "small", ["b/small"]),
            (nil, "small", ["a/small"]),
            (nil, "large", ["a/large"]), (nil, "fast", ["a/large", "a/small", "b/small", "c/"]), ("c", "any", ["c/"]),
        ] as [(String?, String?, [String])])
    func `what is configured can be chosen`(_ provider: String?, _ model: String?, _ expected: [String]) throws {
        let (chosen, errors) = try choose(provider, model)
        #expect(chosen == expected)
        #expect(errors.isEmpty)
    }

    @Test func `without a choice the agent's own model stays`() throws {
        let (chosen, errors) = try choose(nil, nil)
        #expect(chosen == nil)
        #expect(errors.isEmpty)
    }

    @Test(
        arguments: [
            ("z", nil, "provider", "must be one of a, b, c"), ("z", "small", "provider", "must be one of a, b, c"),
            ("b", "large", "model", "must be one of small"),
            (nil, "huge", "model", "must be one of fast, large, small"),
            ("c", nil, "model", "is required: the configuration names none for this provider"),
        ] as [(String?, String?, String, String)])
    func `what is not configured is refused by its field, with what there is`(
        _ provider: String?, _ model: String?, _ field: String, _ detail: String
    ) throws {
        let (chosen, errors) = try choose(provider, model)
        #expect(chosen == nil)
        #expect(errors == [Problem.FieldError(field: field, detail: detail)])
    }
}
