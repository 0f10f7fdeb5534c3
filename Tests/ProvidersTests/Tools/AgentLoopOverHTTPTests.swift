import Chat
import HTTPClient
import JSON
import LoopbackServer
import ProviderFaults
import Synchronization
import Testing

@testable import Agents
@testable import Providers

/// The agents' loop with every kind of provider, over real sockets: their tool calls map differently in each.
@Suite(.timeLimit(.minutes(5))) struct AgentLoopOverHTTPTests {
    private let stage = Stage()

    private struct Weather: AgentTool {
        var name: ToolName { .searchBooks }
        var description: String { "Gives the weather of a city." }
        static let parameters = Array(
            #"{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"#.utf8)
        func opening(_ arguments: ToolArguments) -> String { "Looking out" }
        func call(_ arguments: ToolArguments) async throws -> ToolResult {
            let city = try arguments.requiredText("city")
            return ToolResult("Looked out in \(city)") { json in
                json.key("weather")
                json.string("sun in \(city)")
            }
        }
    }

    /// What tools are told, and the text.
    private final class Sink: ReplySink {
        let base = Recorder()
        private let told = Mutex<[AgentNote]>([])
        var notes: [AgentNote] { told.withLock { $0 } }

        func note(_ note: AgentNote) { told.withLock { $0.append(note) } }
        func recommendations(_ books: [Book]) {}
        func text(_ batch: TextBatch) { base.text(batch) }
        func reasoning(_ batch: TextBatch) { base.reasoning(batch) }
        func reasoningDetails(_ json: [UInt8]) { base.reasoningDetails(json) }
        func toolCalls(_ pieces: [ToolCallPiece]) { base.toolCalls(pieces) }
        func answering(provider: String, model: String) { base.answering(provider: provider, model: model) }
        func model(_ name: String) { base.model(name) }
        func providerSwitch(_ change: ProviderSwitch) { base.providerSwitch(change) }
        func attemptFailed(_ attempt: FailedAttempt) { base.attemptFailed(attempt) }
        func emitted(last bytes: Int) -> [UInt8] { base.emitted(last: bytes) }
        var supportsReset: Bool { base.supportsReset }
        var wantsMore: Bool { base.wantsMore }
    }

    private static let question = ModelRequest(
        instructions: "Be brief.", messages: [ModelMessage(role: .user, content: "How is the weather?")])
    /// Asked of a model that takes no tools.
    private static let plain = ModelRequest(
        instructions: "Be brief.", messages: [ModelMessage(role: .user, content: "FINDINGS: sun. How is the weather?")])

    private static func calls(_ cities: String...) -> ScriptedAnswer {
        var answer = ScriptedAnswer(["Let ", "me look."], finish: .toolCalls)
        answer.toolCalls = cities.enumerated().map { number, city in
            ScriptedAnswer.ToolCall(
                id: "call_\(number)", name: "search_books", arguments: [#"{"city":"#, "\"\(city)\"}"])
        }
        return answer
    }

    private func run(
        _ model: any LanguageModel, into sink: Sink
    ) async throws -> (outcome: AgentLoop.Outcome, usedRules: Bool) {
        let rules = RuleAnswer(RuleAnswer.Prepared(request: Self.plain))
        let outcome = try await AgentLoop(model: model).run(
            Self.question, tools: [Weather()], rules: rules, into: sink)
        return (outcome, rules.used != nil)
    }

    /// The request's text, to look for what every kind writes somewhere.
    private static func body(_ call: ReceivedCall?) -> String {
        String(decoding: call?.body?.encoded ?? [], as: UTF8.self)
    }

    @Test(
        arguments: ProviderKind.allCases)
    func `calls are made, their results go back, and the text of all steps is one reply`(_ kind: ProviderKind)
        async throws
    {
        let provider = stage.provider(
            kind, .inOrder([.answers(Self.calls("Rome", "Oslo")), .answers("Sun ", "in both.")]))
        let sink = Sink()
        let (outcome, usedRules) = try await run(stage.chain(provider), into: sink)
        #expect(sink.base.shown == "Let me look.\n\nSun in both." && outcome.text == sink.base.text)
        #expect(outcome.completion.finishReason == "stop" && outcome.completion.attempts == 2 && !usedRules)
        #expect(outcome.completion.usage.promptTokens == 22 && !outcome.completion.usage.isEstimated)
        #expect(sink.notes.count == 4 && sink.base.toolCalls.isEmpty)
        let asked = provider.calls
        #expect(asked.count == 2)
        #expect(Self.body(asked.first).contains("Gives the weather of a city."))
        let second = Self.body(asked.last)
        for result in ["sun in Rome", "sun in Oslo"] { #expect(second.contains(result), "\(second)") }
        // In the calls' order, which is how some kinds tell results apart.
        let rome = try #require(second.firstRange(of: "sun in Rome"))
        let oslo = try #require(second.firstRange(of: "sun in Oslo"))
        #expect(rome.lowerBound < oslo.lowerBound)
    }

    @Test(
        arguments: ProviderKind.allCases)
    func `a step that fails goes to the next route, of another kind, with a history that is valid for it`(
        _ kind: ProviderKind
    ) async throws {
        let first = stage.provider(
            kind, .inOrder([.answers(Self.calls("Rome")), .breaks(.reset), .breaks(.reset), .breaks(.reset)]))
        let other: ProviderKind = kind == .anthropic ? .gemini : .anthropic
        let second = stage.provider(other, .inOrder([.answers("Sun.")]))
        let sink = Sink()
        let (outcome, _) = try await run(stage.chain(first, second), into: sink)
        #expect(sink.base.shown == "Let me look.\n\nSun.")
        #expect(outcome.completion.provider == "b")
        #expect(Self.body(second.calls.last).contains("sun in Rome"))
    }

    @Test(
        arguments: ProviderKind.allCases)
    func `what a provider that breaks off had said of a step is taken back, the steps before it stay`(
        _ kind: ProviderKind
    ) async throws {
        let first = stage.provider(
            kind,
            .inOrder([
                .answers(Self.calls("Rome")), .answers("Rain ", "I think").breaking(.reset, at: .afterTokens(1)),
                .refuses(.badKey),
            ]))
        let second = stage.provider(.answers("Sun."))
        let sink = Sink()
        let (outcome, _) = try await run(stage.chain(first, second), into: sink)
        #expect(outcome.text == "Let me look.\n\nSun." && sink.base.shown == outcome.text)
    }

    @Test(arguments: [ProviderKind.openai, .anthropic])
    func `calls that cannot be read end in an answer without any`(_ kind: ProviderKind) async throws {
        var torn = Self.calls("Rome")
        torn.tokens = []
        torn.toolCalls[0].arguments = [#"{"city":"#]
        let first = stage.provider(kind, .inOrder([.answers(torn), .answers("Sun.")]))
        let sink = Sink()
        let (outcome, usedRules) = try await run(stage.chain(first), into: sink)
        #expect(outcome.text == "Sun." && usedRules && Self.body(first.calls.last).contains("FINDINGS"))
        let second = stage.provider(kind, .inOrder([.answers(Self.calls("Rome")), .answers(torn), .answers("Sun.")]))
        let (later, rested) = try await run(stage.chain(second), into: Sink())
        #expect(later.text == "Let me look.\n\nSun." && !rested)
        #expect(Self.body(second.calls.last).contains("sun in Rome"))
    }

    @Test(
        arguments: [
            (400, "registry.ollama.ai/library/gemma:2b does not support tools"),
            (400, #"\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set"#),
            (500, "tools param requires --jinja flag"), (404, "No endpoints found that support tool use."),
        ])
    func `a model that refuses tools is asked without, and from then on at once`(status: Int, message: String)
        async throws
    {
        let bodies = Mutex<[String]>([])
        let server = LoopbackServer { connection in
            while let request = connection.readRequest() {
                let body = String(decoding: request.body, as: UTF8.self)
                bodies.withLock { $0.append(body) }
                if body.contains(#""tools""#) {
                    connection.respond(
                        status: "\(status) No", headers: ["Content-Type: application/json"],
                        #"{"error":{"message":"\#(message)","type":"invalid_request_error"}}"#)
                } else {
                    connection.respond(
                        headers: ["Content-Type: application/json"],
                        #"{"model":"m","choices":[{"index":0,"message":{"content":"Sun."},"finish_reason":"stop"}]}"#)
                }
            }
        }
        var options = ProviderOptions(provider: "up", baseURL: server.url("/v1"), apiKey: "k", model: "m")
        options.streams = false
        let model = ProviderModels.openAI(options, client: stage.client)
        for calls in [2, 3] {
            let sink = Sink()
            let (outcome, usedRules) = try await run(model, into: sink)
            #expect(outcome.text == "Sun." && usedRules && sink.notes.isEmpty)
            #expect(bodies.withLock { $0.count } == calls)
            #expect(bodies.withLock { $0.last ?? "" }.contains("FINDINGS"))
        }
        // The tools of a client's own request are never left out.
        var client = Self.question
        client.options = ModelRequest.Options()
        client.options?.tools = [Tool(name: "t")]
        await #expect(throws: ModelError.self) { _ = try await model.respond(to: client, into: Recorder()) }
    }

    @Test func `a provider that is set up without tools is asked without, and passed over for a client's tools`()
        async throws
    {
        let provider = stage.provider(.answers("Sun."))
        var options = ProviderOptions(provider: "up", baseURL: provider.url("/v1"), apiKey: "k", model: "m")
        options.takesTools = false
        let model = ProviderModels.openAI(options, client: stage.client)
        let (_, usedRules) = try await run(model, into: Sink())
        #expect(usedRules && provider.calls.count == 1 && Self.body(provider.calls.first).contains("FINDINGS"))
        var client = Self.question
        client.options = ModelRequest.Options()
        client.options?.tools = [Tool(name: "t")]
        #expect(!model.canAnswer(client) && model.canAnswer(Self.question))
    }
}
