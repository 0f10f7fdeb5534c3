import Chat
import JSON
import Testing

@testable import Providers

/// A conversation with tools, before it goes to a provider.
@Suite struct ToolHistoryTests {
    private static func user(_ text: String) -> ModelMessage { ModelMessage(role: .user, content: text) }
    private static func result(_ id: String, _ text: String) -> ModelMessage {
        ModelMessage(role: .tool, content: text, toolCallID: id)
    }
    private static func calls(_ ids: String...) -> ModelMessage {
        ModelMessage(
            role: .assistant, content: "",
            toolCalls: ids.map { ToolCall(id: $0, name: "find", arguments: #"{"q":"\#($0)"}"#) })
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var messages: [ModelMessage]
        /// Role and content of each message that goes out; for a result its call.
        var sent: [String]
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "a call without its result", messages: [user("a"), calls("x"), user("never mind")],
            sent: ["user a", "assistant x", "tool x (no result)", "user never mind"]),
        Row(
            name: "one of two results", messages: [user("a"), calls("x", "y"), result("y", "Y")],
            sent: ["user a", "assistant x,y", "tool x (no result)", "tool y Y"]),
        Row(
            name: "results in another order",
            messages: [user("a"), calls("x", "y"), result("y", "Y"), result("x", "X")],
            sent: ["user a", "assistant x,y", "tool x X", "tool y Y"]),
        Row(
            name: "a result after the user's words", messages: [calls("x"), user("wait"), result("x", "X")],
            sent: ["assistant x", "tool x X", "user wait"]),
        Row(
            name: "a result without its call", messages: [result("x", "X"), user("a")],
            sent: ["user (The result of a tool:)\nX", "user a"]),
        Row(
            name: "a second result", messages: [calls("x"), result("x", "X"), result("x", "again")],
            sent: ["assistant x", "tool x X", "user (The result of a tool:)\nagain"]),
        Row(
            name: "the same id in two answers",
            messages: [calls("x"), result("x", "1"), calls("x"), result("x", "2")],
            sent: ["assistant x", "tool x 1", "assistant x", "tool x 2"]),
        Row(
            name: "two messages of the assistant, then both results",
            messages: [calls("x"), calls("y"), result("x", "X"), result("y", "Y")],
            sent: ["assistant x", "tool x X", "assistant y", "tool y Y"]),
        Row(
            name: "a call at the end", messages: [user("a"), calls("x")],
            sent: ["user a", "assistant x", "tool x (no result)"]),
        Row(name: "no tools at all", messages: [user("a"), user("b")], sent: ["user a", "user b"]),
    ]

    @Test(arguments: rows)
    func `has a result for each call, in the calls' order, and no other`(_ row: Row) {
        let sent = row.messages.withToolResults.map { message in
            switch message.role {
            case .tool: "tool \(message.toolCallID ?? "?") \(message.content)"
            default:
                "\(message.role.rawValue) \(message.toolCalls.map(\.id).joined(separator: ","))\(message.content)"
            }
        }
        #expect(sent == row.sent)
    }

    private func body(_ format: some WireFormat, _ messages: [ModelMessage], tools: [Tool] = []) throws -> JSONValue {
        var request = ModelRequest(instructions: "", messages: messages)
        if !tools.isEmpty {
            var options = ModelRequest.Options()
            options.tools = tools
            request.options = options
        }
        return try JSONValue(parsing: format.call(request, model: "m", streams: true).body)
    }

    @Test func `has the call's name in each result, where one id is used twice too`() throws {
        let calls = ModelMessage(
            role: .assistant, content: "",
            toolCalls: [
                ToolCall(id: "x", name: "find", arguments: "{}"), ToolCall(id: "x", name: "count", arguments: "{}"),
            ])
        let messages = [Self.user("a"), calls, Self.result("x", "1"), Self.result("x", "2")]
        let contents = try body(GeminiFormat(apiKey: nil), messages)["contents"]?.arrayValue ?? []
        let results = contents.last?["parts"]?.arrayValue?.compactMap { $0["functionResponse"]?["name"]?.stringValue }
        #expect(results == ["find", "count"])
        let ollama = try body(OllamaFormat(), messages)["messages"]?.arrayValue ?? []
        #expect(ollama.compactMap { $0["tool_name"]?.stringValue } == ["find", "count"])
    }

    @Test func `ends with a result at all kinds, and asks for nothing more, where a call was its end`() throws {
        let messages = [Self.user("a"), Self.calls("x")]
        for format: any WireFormat in [
            OpenAIFormat(baseURL: "http://h"), AzureFormat(baseURL: "http://h"), OllamaFormat(),
        ] {
            let last = try body(format, messages)["messages"]?.arrayValue?.last
            #expect(last?["role"]?.stringValue == "tool")
            #expect(last?["content"]?.stringValue == "(no result)")
        }
        let anthropic = try body(AnthropicFormat(apiKey: nil), messages)["messages"]?.arrayValue?.last?["content"]
        #expect(anthropic?.arrayValue?.map { $0["type"]?.stringValue } == ["tool_result"])
        let gemini = try body(GeminiFormat(apiKey: nil), messages)["contents"]?.arrayValue?.last?["parts"]
        #expect(gemini?.arrayValue?.count == 1)
        #expect(gemini?.arrayValue?.first?["functionResponse"]?["response"]?["output"]?.stringValue == "(no result)")
    }

    @Test func `goes to Anthropic with a result behind each call, and to OpenAI too`() throws {
        let messages = [Self.user("a"), Self.calls("x"), Self.user("never mind")]
        let turns = try body(AnthropicFormat(apiKey: nil), messages)["messages"]?.arrayValue ?? []
        let last = turns.last?["content"]?.arrayValue ?? []
        #expect(last.map { $0["type"]?.stringValue } == ["tool_result", "text"])
        #expect(last.first?["tool_use_id"]?.stringValue == "x")
        #expect(last.first?["content"]?.stringValue == "(no result)")
        let roles = try body(OpenAIFormat(baseURL: "http://h"), messages)["messages"]?.arrayValue?.map {
            $0["role"]?.stringValue
        }
        #expect(roles == ["user", "assistant", "tool", "user"])
    }

    @Test func `goes to Gemini with ids, and results in the calls' order`() throws {
        let messages = [Self.calls("x", "y"), Self.result("y", "Y"), Self.result("x", "X")]
        let contents = try body(GeminiFormat(apiKey: nil), messages)["contents"]?.arrayValue ?? []
        let calls = contents[1]["parts"]?.arrayValue?.compactMap { $0["functionCall"]?["id"]?.stringValue }
        let results = contents[2]["parts"]?.arrayValue?.compactMap { $0["functionResponse"] } ?? []
        #expect(calls == ["x", "y"])
        #expect(results.map { $0["id"]?.stringValue } == ["x", "y"])
        #expect(results.map { $0["response"]?["output"]?.stringValue } == ["X", "Y"])
    }

    @Test("goes to Anthropic with the tools that were called, and none may be called, where the request has no tools")
    func withoutTools() throws {
        let body = try body(
            AnthropicFormat(apiKey: nil), [Self.calls("x"), Self.result("x", "X"), Self.user("Title?")])
        #expect(body["tools"]?.arrayValue?.map { $0["name"]?.stringValue } == ["find"])
        #expect(body["tools"]?.arrayValue?.first?["input_schema"]?["type"]?.stringValue == "object")
        #expect(body["tool_choice"]?["type"]?.stringValue == "none")
        let plain = try self.body(AnthropicFormat(apiKey: nil), [Self.user("a")])
        #expect(plain["tools"] == nil)
    }

    @Test(
        arguments: [
            (#"{"properties":{"q":{"type":"string"}}}"#, #"{"type":"object","properties":{"q":{"type":"string"}}}"#),
            (#"{"type":null,"required":["q"]}"#, #"{"type":"object","required":["q"]}"#),
            (#"{"type":["object","null"],"required":["q"]}"#, #"{"type":"object","required":["q"]}"#),
            ("{}", #"{"type":"object","properties":{}}"#),
            (#"{"type":"object","title":"T"}"#, #"{"type":"object","title":"T"}"#),
        ])
    func `has tools whose schemas say that they are of objects`(_ given: String, _ sent: String) throws {
        let tool = Tool(name: "find", parameters: Array(given.utf8))
        let expected = try JSONValue(parsing: Array(sent.utf8)).sorted
        func check(_ body: JSONValue, _ path: (JSONValue?) -> JSONValue?) {
            #expect(path(body["tools"]?.arrayValue?.first)?.sorted == expected)
        }
        let messages = [Self.user("a")]
        check(try body(AnthropicFormat(apiKey: nil), messages, tools: [tool])) { $0?["input_schema"] }
        check(try body(OpenAIFormat(baseURL: "http://h"), messages, tools: [tool])) { $0?["function"]?["parameters"] }
        check(try body(OllamaFormat(), messages, tools: [tool])) { $0?["function"]?["parameters"] }
        check(try body(GeminiFormat(apiKey: nil), messages, tools: [tool])) {
            $0?["functionDeclarations"]?.arrayValue?.first?["parametersJsonSchema"]
        }
    }
}
