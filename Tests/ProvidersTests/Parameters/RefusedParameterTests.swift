import Chat
import JSON
import Testing

@testable import Providers

/// A parameter that a model refuses.
@Suite(.timeLimit(.minutes(5))) struct RefusedParameterTests {
    /// Refuses what has this member, or this one of the member `within`.
    struct Refusal: Sendable, CustomTestStringConvertible {
        var kind: PickyServer.Kind
        var member: String
        var within: String?
        var error: String
        var status = "400 Bad Request"
        var set: @Sendable (inout ModelRequest) -> Void
        var testDescription: String { "\(kind.rawValue): \(member), \(error.prefix(80))" }

        func has(_ body: JSONValue) -> Bool {
            let object = within.map { body[$0] } ?? body
            return object?[member] != nil
        }
    }

    private static func option(
        _ change: @escaping @Sendable (inout ModelRequest.Options) -> Void
    ) -> @Sendable (inout ModelRequest) -> Void {
        { request in
            var options = request.options ?? ModelRequest.Options()
            change(&options)
            request.options = options
        }
    }

    private static func openAI(_ parameter: String, _ message: String) -> String {
        #"{"error":{"message":"\#(message)","type":"invalid_request_error","param":"\#(parameter)","code":"unsupported_parameter"}}"#
    }

    private static let temperature: @Sendable (inout ModelRequest) -> Void = { $0.temperature = 0.4 }

    static let refusals: [Refusal] = [
        Refusal(
            kind: .openai, member: "temperature",
            error: openAI("temperature", "Unsupported value: 'temperature' does not support 0.4 with this model."),
            set: temperature),
        // Without `param`, as many servers have it.
        Refusal(
            kind: .openai, member: "temperature",
            error: #"{"error":{"message":"temperature is not supported by this model"}}"#,
            set: temperature),
        Refusal(
            kind: .openai, member: "temperature", error: #"{"message":"This model takes no temperature","code":400}"#,
            set: temperature),
        Refusal(
            kind: .openai, member: "top_p", error: openAI("top_p", "Unsupported parameter: 'top_p'"),
            set: option { $0.topP = 0.5 }),
        Refusal(
            kind: .openai, member: "max_tokens",
            error: openAI(
                "max_tokens",
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
            ),
            set: { $0.maximumOutputTokens = 9 }),
        Refusal(
            kind: .openai, member: "stop",
            error: #"{"code":"invalid argument","error":"Argument not supported on this model: stop"}"#,
            set: option { $0.stop = ["x"] }),
        Refusal(
            kind: .openai, member: "presence_penalty",
            error: #"{"error":{"message":"Model grok-4 does not support parameter presencePenalty."}}"#,
            set: option { $0.presencePenalty = 1 }),
        Refusal(
            kind: .openai, member: "frequency_penalty", error: openAI("frequency_penalty", "no"),
            set: option { $0.frequencyPenalty = 1 }),
        // FastAPI's and Mistral's.
        Refusal(
            kind: .openai, member: "seed",
            error:
                #"{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}"#,
            status: "422 Unprocessable Entity", set: option { $0.seed = 7 }),
        Refusal(
            kind: .openai, member: "reasoning_effort",
            error: #"{"error":{"message":"Unrecognized request argument supplied: reasoning_effort"}}"#,
            set: option { $0.reasoningEffort = "low" }),
        Refusal(
            kind: .openai, member: "parallel_tool_calls", error: openAI("parallel_tool_calls", "no"),
            set: option {
                $0.tools = [Tool(name: "t")]
                $0.allowsParallelToolCalls = false
            }),
        Refusal(kind: .openai, member: "user", error: openAI("user", "no"), set: option { $0.user = "u" }),
        Refusal(
            kind: .openai, member: "response_format",
            error:
                #"{"error":{"message":"This response_format type is unavailable now","type":"invalid_request_error"}}"#,
            set: option { $0.responseFormat = .jsonObject }),
        Refusal(
            kind: .azure, member: "temperature", error: openAI("temperature", "Unsupported value"), set: temperature),
        Refusal(
            kind: .azure, member: "max_completion_tokens",
            error:
                #"{"error":{"message":"Unrecognized request argument supplied: max_completion_tokens","param":null}}"#,
            set: { $0.maximumOutputTokens = 9 }),
        Refusal(
            kind: .anthropic, member: "temperature",
            error:
                #"{"type":"error","error":{"type":"invalid_request_error","message":"`temperature` is deprecated for this model."}}"#,
            set: temperature),
        Refusal(
            kind: .anthropic, member: "top_p",
            error:
                #"{"type":"error","error":{"type":"invalid_request_error","message":"top_p: Extra inputs are not permitted"}}"#,
            set: option { $0.topP = 0.5 }),
        Refusal(
            kind: .anthropic, member: "output_config",
            error:
                #"{"type":"error","error":{"type":"invalid_request_error","message":"adaptive thinking is not supported on this model"}}"#,
            set: option { $0.reasoningEffort = "high" }),
        Refusal(
            kind: .anthropic, member: "stop_sequences",
            error:
                #"{"type":"error","error":{"type":"invalid_request_error","message":"stop_sequences: each stop sequence must contain non-whitespace"}}"#,
            set: option { $0.stop = ["\n"] }),
        Refusal(
            kind: .gemini, member: "presencePenalty", within: "generationConfig",
            error:
                #"{"error":{"code":400,"message":"Penalty is not enabled for this model","status":"INVALID_ARGUMENT"}}"#,
            set: option { $0.presencePenalty = 1 }),
        Refusal(
            kind: .gemini, member: "seed", within: "generationConfig",
            error:
                #"{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"seed\" at 'generation_config': Cannot find field.","status":"INVALID_ARGUMENT"}}"#,
            set: option { $0.seed = 7 }),
        Refusal(
            kind: .gemini, member: "thinkingConfig", within: "generationConfig",
            error:
                #"{"error":{"code":400,"message":"Thinking level is not supported for this model.","status":"INVALID_ARGUMENT"}}"#,
            set: option { $0.reasoningEffort = "high" }),
        Refusal(
            kind: .ollama, member: "think", error: #"{"error":"\"m-1\" does not support thinking"}"#,
            set: option { $0.reasoningEffort = "high" }),
        Refusal(
            kind: .ollama, member: "temperature", within: "options", error: #"{"error":"invalid option: temperature"}"#,
            set: temperature),
    ]

    @Test(arguments: refusals)
    func `is left out, in one more call, and from then on; the operator is told once`(_ refusal: Refusal) async throws {
        let server = PickyServer(refusal.kind) { refusal.has($0) ? (refusal.status, refusal.error) : nil }
        var request = ModelRequest.question
        refusal.set(&request)
        let sink = Recorder()
        #expect(try await server.model().respond(to: request, into: sink).finishReason == "stop")
        #expect(sink.text == "Hé")
        #expect(sink.failures == [])
        #expect(server.calls.map { refusal.has($0) } == [true, false])
        _ = try await server.model().respond(to: request, into: sink)
        // What a value was refused for is tried again with the next one.
        let isOfValue = refusal.error.contains("must")
        #expect(server.calls.count == (isOfValue ? 4 : 3))
        #expect(server.lines.count == (isOfValue ? 0 : 1))
        #expect(server.lines.allSatisfy { $0.hasPrefix("up: m-1 does not take ") })
    }

    @Test func `one after the other, until the model takes the request`() async throws {
        let server = PickyServer(.openai) { body in
            for name in ["temperature", "top_p", "max_tokens"] where body[name] != nil {
                return ("400 Bad Request", Self.openAI(name, "Unsupported parameter"))
            }
            return nil
        }
        var request = ModelRequest.question
        request.temperature = 0.5
        request.maximumOutputTokens = 9
        request.options = ModelRequest.Options()
        request.options?.topP = 0.5
        request.options?.seed = 1
        _ = try await server.model().respond(to: request, into: Recorder())
        let last = try #require(server.calls.last)
        #expect(server.calls.count == 4)
        #expect(last["max_completion_tokens"]?.integerValue == 9)
        #expect(last["seed"]?.integerValue == 1)
        #expect(server.lines.count == 3)
        // Another model is another matter.
        _ = try? await server.model(named: "m-2").respond(to: request, into: Recorder())
        #expect(server.calls.count == 8)
    }

    @Test(
        arguments: [
            #"{"error":{"message":"no"}}"#,
            #"{"error":{"message":"messages: content is empty","param":"messages[0].content"}}"#,
            #"{"error":{"message":"Invalid schema: temperature","param":"tools[0].function.parameters.temperature"}}"#,
            #"{"error":{"message":"please stop that, user"}}"#,
            // Not sent.
            #"{"error":{"message":"no","param":"seed"}}"#,
        ])
    func `is not what these refusals are about`(_ error: String) async {
        let server = PickyServer(.openai) { _ in ("400 Bad Request", error) }
        var request = ModelRequest.question
        request.temperature = 0.5
        request.options = ModelRequest.Options()
        request.options?.stop = ["x"]
        request.options?.user = "u"
        #expect(await outcome(of: server.model(), request, into: Recorder()).modelError?.kind == .invalidRequest)
        #expect(server.calls.count == 1)
    }

    @Test("is not remembered of a model that refuses the request without it too, and the user is told which it was")
    func stillRefused() async {
        let server = PickyServer(.openai) { _ in ("400 Bad Request", Self.openAI("temperature", "no")) }
        var request = ModelRequest.question
        request.temperature = 0.5
        let error = await outcome(of: server.model(), request, into: Recorder()).modelError
        #expect(error?.refusal?.parameters == ["temperature"])
        #expect(server.calls.count == 2)
        #expect(server.lines == [])
    }

    @Test func `does not use up an attempt, nor is it a failure of the route`() async throws {
        let server = PickyServer(.anthropic) {
            $0["temperature"] != nil ? ("400 Bad Request", #"{"error":{"message":"temperature: no"}}"#) : nil
        }
        let stage = Stage()
        var route = ModelChain.Route(
            server.model(), breaker: SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000))
        route.attempts = 1
        var request = ModelRequest.question
        request.temperature = 0.5
        let completion = try await ModelChain([route], attemptsInAll: 1, timers: stage.timers)
            .respond(to: request, into: Recorder())
        #expect(completion.attempts == 1)
        #expect(route.breaker?.rest == nil)
    }

    @Test func `a form that is refused is asked for in words`() async throws {
        let server = PickyServer(.openai) {
            $0["response_format"] != nil ? ("400 Bad Request", Self.openAI("response_format", "no")) : nil
        }
        var request = ModelRequest.question
        request.options = ModelRequest.Options()
        request.options?.responseFormat = .jsonSchema(
            name: "n", schema: Array(#"{"type":"object"}"#.utf8), isStrict: true)
        _ = try await server.model().respond(to: request, into: Recorder())
        let instructions = server.calls.last?["messages"]?.arrayValue?.first?["content"]?.stringValue ?? ""
        #expect(instructions.hasPrefix("Be brief.\n\n"))
        #expect(instructions.hasSuffix(#"{"type":"object"}"#))
    }

    @Test func `no more models are remembered than a configuration has, whatever clients ask for`() {
        let refused = RefusedParameters()
        for number in 0..<2_000 {
            refused.remember([.temperature], of: "m-\(number)", at: "http://up", provider: "up")
        }
        let known = (0..<2_000).count { !refused.parameters(of: "m-\($0)", at: "http://up").isEmpty }
        #expect(known == 1_000)
        #expect(refused.parameters(of: "m-1999", at: "http://elsewhere") == [])
    }
}
