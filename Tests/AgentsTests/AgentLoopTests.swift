import Chat
import JSON
import Scheduling
import Synchronization
import Testing

@testable import Agents
@testable import Ownership

/// A language model that calls tools in a loop.
@Suite struct AgentLoopTests {
    /// Gives back what it was called with.
    private struct Echo: AgentTool {
        var size = 0
        var name: ToolName { .searchBooks }
        var description: String { "Says it again." }
        static let parameters = Array(#"{"type":"object","properties":{"text":{"type":"string"}}}"#.utf8)
        func opening(_ arguments: ToolArguments) -> String { "Echoing\nwhat was said" }
        func call(_ arguments: ToolArguments) async throws -> ToolResult {
            let text = try arguments.requiredText("text", bytes: 50)
            return ToolResult("Echoed \(text)") { json in
                json.key("text")
                json.string(text + String(repeating: "x", count: size))
            }
        }
    }

    private func run(
        _ model: some LanguageModel, _ limits: AgentLoop.Limits = AgentLoop.Limits(), size: Int = 0
    ) async throws -> (kept: FullSink.Kept, outcome: AgentLoop.Outcome) {
        let sink = FullSink()
        let request = ModelRequest(
            instructions: "Be brief.", messages: [ModelMessage(role: .user, content: "Say it.")],
            embeddedAnswer: ComposedAnswer(paragraphs: ["By the rules."]))
        let rules = RuleAnswer(RuleAnswer.Prepared(request: request))
        let outcome = try await AgentLoop(model: model, limits: limits).run(
            request, tools: [Echo(size: size)], rules: rules, into: sink)
        return (sink.kept, outcome)
    }

    private func error(_ model: ToolModel) -> String? { model.results.first?["error"]?.stringValue }

    @Test func `an unknown name and broken arguments are told to the model, which goes on`() async throws {
        for (name, arguments, problem) in [
            ("launch_rocket", "{}", "There is no tool of this name; there are: search_books."),
            ("search_books", "{\"text\":", "not a JSON object"), ("search_books", "[1]", "not a JSON object"),
            ("search_books", "{}", "text is missing"), ("search_books", #"{"text":[1]}"#, "text must be a string"),
            ("search_books", #"{"text":"\#(String(repeating: "a", count: 60))"}"#, "at most 50 bytes"),
            ("search_books", #"{"text":"\#(String(repeating: "a", count: 9_000))"}"#, "have more than 8192 bytes"),
        ] {
            let model = ToolModel(.call(name, arguments), .say("Sorry."))
            let (kept, outcome) = try await run(model)
            #expect(error(model)?.contains(problem) == true, "\(name) \(arguments.prefix(40))")
            #expect(kept.text == "Sorry." && outcome.completion.finishReason == "stop")
            #expect(kept.calls.last?.status == "failed")
        }
    }

    @Test func `a result that is too large is none`() async throws {
        let model = ToolModel(.call("search_books", #"{"text":"a"}"#), .say("Sorry."))
        _ = try await run(model, size: 20_000)
        #expect(error(model)?.contains("too much") == true)
    }

    @Test func `a summary is one line, and short`() async throws {
        let model = ToolModel(.call("search_books", #"{"text":"a\nb"}"#), .say("Done."))
        let (kept, _) = try await run(model)
        #expect(kept.calls.map(\.summary) == ["Echoing what was said", "Echoed a b"])
        #expect(String(repeating: "é", count: 500).summarized().utf8.count <= 124)
    }

    @Test func `too many steps end with a last question without tools`() async throws {
        let model = ToolModel(
            .call("search_books", #"{"text":"1"}"#), .call("search_books", #"{"text":"2"}"#), .say("Enough."))
        let (kept, outcome) = try await run(model, AgentLoop.Limits(steps: 3))
        #expect(model.requests.map { $0.options?.toolChoice == ModelRequest.ToolChoice.none } == [false, false, true])
        #expect(model.requests.allSatisfy { $0.options?.tools.map(\.name) == ["search_books"] })
        #expect(kept.text == "Enough." && outcome.completion.attempts == 3)
    }

    @Test func `a model that calls to the end and says nothing gives the floor to the rules`() async throws {
        let model = ToolModel(.call("search_books", #"{"text":"again"}"#))
        let (kept, outcome) = try await run(model)
        #expect(model.requests.count == AgentLoop.Limits().steps)
        #expect(kept.text == "By the rules." && outcome.text == kept.text)
        #expect(outcome.completion.finishReason == "stop")
    }

    @Test func `calls beyond the limit are not made, whether in one answer or in many`() async throws {
        let model = ToolModel(
            .call(Array(repeating: ("search_books", #"{"text":"a"}"#), count: 5)), .say("Done."))
        let (kept, _) = try await run(model, AgentLoop.Limits(calls: 3))
        #expect(model.results.count == 5 && model.results.filter { $0["error"] != nil }.count == 2)
        #expect(kept.calls.filter { $0.status == "finished" }.count == 3)
        #expect(model.requests.last?.options?.toolChoice == ModelRequest.ToolChoice.none)
    }

    @Test func `past the limits of tokens and time there is one question more, without tools`() async throws {
        for limits in [AgentLoop.Limits(tokens: 15), AgentLoop.Limits(milliseconds: 0)] {
            let model = ToolModel(.call("search_books", #"{"text":"a"}"#), .say("Done."))
            _ = try await run(model, limits)
            #expect(model.requests.last?.options?.toolChoice == ModelRequest.ToolChoice.none)
            #expect(model.requests.count <= 2)
        }
    }

    @Test func `text that is taken back takes nothing of the calls before with it`() async throws {
        let model = ToolModel(
            .call([("search_books", #"{"text":"a"}"#)], after: "First."), .breakOff("Second, brok", then: "Second."))
        let (kept, outcome) = try await run(model)
        #expect(kept.text == "First.\n\nSecond." && outcome.text == kept.text)
    }

    @Test func `an error after the calls is the reply's`() async throws {
        let model = ToolModel(.call("search_books", #"{"text":"a"}"#), .fail(.unavailable))
        await #expect(throws: ModelError.self) { _ = try await run(model) }
    }

    @Test func `a call that is torn is followed by one question without tools, and what was said before it stays`()
        async throws
    {
        for kind in [ModelError.Kind.malformed, .interrupted] {
            let model = ToolModel(
                .call([("search_books", #"{"text":"a"}"#)], after: "First."), .tear(kind, after: "Let me look."),
                .say("Done."))
            let (kept, outcome) = try await run(model)
            #expect(kept.text == "First.\n\nLet me look.\n\nDone." && outcome.text == kept.text)
            #expect(model.requests.last?.options?.toolChoice == ModelRequest.ToolChoice.none)
            let again = ToolModel(.tear(kind), .tear(kind))
            await #expect(throws: ModelError.self) { _ = try await run(again) }
            #expect(again.requests.count == 2)
        }
        // Of an answer that breaks off nothing is asked again.
        await #expect(throws: ModelError.self) { _ = try await run(ToolModel(.fail(.interrupted), .say("Done."))) }
    }

    @Test func `calls without an id get one each`() async throws {
        final class Nameless: LanguageModel {
            let asked = Mutex<[ModelRequest]>([])
            var availability: [ModelAvailability] { [] }
            func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
                let isFirst = asked.withLock { asked in
                    asked.append(request)
                    return asked.count == 1
                }
                if isFirst {
                    for index in 0..<2 {
                        sink.toolCalls([ToolCallPiece(index: index, name: "search_books", arguments: #"{"text":"a"}"#)])
                    }
                } else {
                    sink.text(TextBatch("Done."))
                }
                return ModelCompletion(
                    finishReason: "stop", provider: "p", model: "m",
                    usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: false))
            }
        }
        let model = Nameless()
        _ = try await run(model)
        let messages = model.asked.withLock { $0.last?.messages ?? [] }
        let calls = try #require(messages.first { $0.role == .assistant }?.toolCalls.map(\.id))
        #expect(calls == ["call_1", "call_2"])
        #expect(messages.filter { $0.role == .tool }.map(\.toolCallID) == ["call_1", "call_2"])
    }

    @Test func `every tool's schema is JSON, and its name is one that a persona may have`() throws {
        #expect(
            Set(AllTools.all.map(\.name)) == Set(ToolName.allCases) && AllTools.all.count == ToolName.allCases.count)
        for tool in AllTools.all {
            let schema = try JSONValue(parsing: #require(tool.tool.parameters))
            #expect(schema["type"] == "object" && schema["properties"]?.objectValue != nil, "\(tool.name)")
            #expect(!tool.description.isEmpty && tool.description.utf8.count < 800, "\(tool.name)")
        }
    }
}

/// One of each tool.
enum AllTools {
    static let turn = TurnContext(
        user: UserID(rawValue: "u"), session: SessionID(rawValue: "s"), userMessageID: Identifiers.message(),
        replyID: Identifiers.message(), text: "", history: [], createdAt: .now())

    static var all: [any AgentTool] {
        let companion = BookCompanion(
            model: EmbeddedModel(), recommender: StarterCatalog.recommender, preferences: MemoryPreferences())
        let desk = Desk(model: EmbeddedModel(), prices: nil, timers: TimerQueue())
        let services = ToolServices(history: NoHistory(), companion: companion, desk: desk)
        let documents = SearchDocuments(
            knowledge: PaperKnowledge(), agent: "paper", given: SearchDocuments.Given())
        return services.tools(ToolName.allCases, own: [documents, SetFocus(before: nil)], turn)
    }
}

/// A user who has said nothing before.
struct NoHistory: MessageSearch {
    var found: [SearchResult] = []
    func search(
        _ text: String, of user: UserID, in session: SessionID?, limit: Int
    ) async throws -> [SearchResult]? { Array(found.prefix(limit)) }
}
