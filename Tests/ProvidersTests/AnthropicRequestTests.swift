import Chat
import JSON
import Testing

@testable import Providers

@Suite struct AnthropicRequestTests {
    private let format = AnthropicFormat(apiKey: "key")

    @Test func `the key is in a header, and the address is right with and without its folder`() {
        for base in ["https://a.example", "https://a.example/", "https://a.example/v1", "https://a.example/v1/"] {
            let format = AnthropicFormat(
                baseURL: base, apiKey: "key")
            let call = format.call(.question, model: "m", streams: true)
            #expect(call.url == "https://a.example/v1/messages")
            #expect(call.method == .post)
            #expect(call.header("x-api-key") == "key")
            #expect(call.header("anthropic-version") == "2023-06-01")
            #expect(call.header("Content-Type") == "application/json")
            #expect(call.header("Accept") == "text/event-stream")
            #expect(format.call(.question, model: "m", streams: false).header("Accept") == "application/json")
            let probe = format.probe()
            #expect(probe?.url == "https://a.example/v1/models?limit=1")
            #expect(probe?.method == .get)
            #expect(probe?.header("x-api-key") == "key")
        }
        #expect(AnthropicFormat(apiKey: nil).call(.question, model: "m", streams: true).header("x-api-key") == nil)
    }

    @Test(arguments: requests)
    func `requests are written in Anthropic's words`(_ recorded: RecordedRequest) throws { try recorded.check(format) }

    static let requests = [
        RecordedRequest(
            name: "a question", request: .question,
            body: """
                {"model":"m","max_tokens":4096,"stream":true,"system":"Be brief.",
                 "messages":[{"role":"user","content":[{"type":"text","text":"Say hello."}]}]}
                """),
        RecordedRequest(
            name: "limits, temperature over theirs, not streamed",
            request: ModelRequest(
                instructions: "", messages: [ModelMessage(role: .user, content: "é\n\"")], maximumOutputTokens: 7,
                temperature: 1.5),
            streams: false,
            body: """
                {"model":"m","max_tokens":7,"stream":false,"temperature":1.0,
                 "messages":[{"role":"user","content":[{"type":"text","text":"é\\n\\""}]}]}
                """),
        RecordedRequest(
            name: "speakers who do not take turns, system messages between, a last word of the assistant's",
            request: ModelRequest(
                instructions: "One.",
                messages: [
                    ModelMessage(role: .assistant, content: "Hello."), ModelMessage(role: .system, content: "Two."),
                    ModelMessage(role: .user, content: "A"), ModelMessage(role: .user, content: " \n"),
                    ModelMessage(role: .user, content: "B"), ModelMessage(role: .assistant, content: "C"),
                ]),
            body: """
                {"model":"m","max_tokens":4096,"stream":true,"system":"One.\\n\\nTwo.","messages":[
                 {"role":"user","content":[{"type":"text","text":"(The conversation begins.)"}]},
                 {"role":"assistant","content":[{"type":"text","text":"Hello."}]},
                 {"role":"user","content":[{"type":"text","text":"A"},{"type":"text","text":"B"}]},
                 {"role":"assistant","content":[{"type":"text","text":"C"}]},
                 {"role":"user","content":[{"type":"text","text":"(Go on.)"}]}]}
                """),
        RecordedRequest(
            name: "nothing but a system message",
            request: ModelRequest(instructions: "", messages: [ModelMessage(role: .system, content: "Greet.")]),
            body: """
                {"model":"m","max_tokens":4096,"stream":true,"system":"Greet.",
                 "messages":[{"role":"user","content":[{"type":"text","text":"(The conversation begins.)"}]}]}
                """),
        RecordedRequest(
            name: "calls and results", request: .withTools,
            body: """
                {"model":"m","max_tokens":4096,"stream":true,"system":"Be brief.","messages":[
                 {"role":"user","content":[{"type":"text","text":"Weather?"}]},
                 {"role":"assistant","content":[{"type":"text","text":"Let me see."},
                  {"type":"tool_use","id":"call_0","name":"weather","input":{"city":"Zürich"}},
                  {"type":"tool_use","id":"call_1","name":"clock","input":{"arguments":"not JSON"}}]},
                 {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"call_0","content":"{\\"degrees\\":7}"},
                  {"type":"tool_result","tool_use_id":"call_1","content":"noon"},{"type":"text","text":"And?"}]}],
                 "tools":[{"name":"weather","input_schema":{"type":"object","properties":{}}},
                  {"name":"clock","input_schema":{"type":"object","properties":{}}}],"tool_choice":{"type":"none"}}
                """),
        RecordedRequest(
            name: "results behind other words, names of calls that are not theirs, or come again",
            request: ModelRequest(
                instructions: "",
                messages: [
                    ModelMessage(role: .user, content: "A"),
                    ModelMessage(
                        role: .assistant, content: "", toolCalls: [ToolCall(id: "f.x:0", name: "x", arguments: "")]),
                    ModelMessage(role: .user, content: "B"),
                    ModelMessage(role: .tool, content: "1", toolCallID: "f.x:0"),
                    ModelMessage(
                        role: .assistant, content: "", toolCalls: [ToolCall(id: "f.x:0", name: "x", arguments: "[2]")]),
                    ModelMessage(role: .tool, content: "", toolCallID: "f.x:0"),
                ]),
            body: """
                {"model":"m","max_tokens":4096,"stream":true,"messages":[
                 {"role":"user","content":[{"type":"text","text":"A"}]},
                 {"role":"assistant","content":[{"type":"tool_use","id":"f_x_0","name":"x","input":{}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"f_x_0","content":"1"},
                  {"type":"text","text":"B"}]},
                 {"role":"assistant","content":[
                  {"type":"tool_use","id":"f_x_0-2","name":"x","input":{"arguments":[2]}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"f_x_0-2","content":""}]}],
                 "tools":[{"name":"x","input_schema":{"type":"object","properties":{}}}],"tool_choice":{"type":"none"}}
                """),
        option(
            "tools, one of them to be called, one at a time",
            #""tools":[{"name":"f","description":"d","input_schema":{"type":"object","required":["a"]}},{"name":"g","input_schema":{"type":"object","properties":{}}}],"tool_choice":{"type":"tool","name":"g","disable_parallel_tool_use":true}"#
        ) {
            $0.tools = [
                Tool(
                    name: "f", description: "d", parameters: Array(#"{"type":"object","required":["a"]}"#.utf8),
                    isStrict: true),
                Tool(name: "g"),
            ]
            $0.toolChoice = .tool("g")
            $0.allowsParallelToolCalls = false
        },
        option(
            "no tool to be called",
            #""tools":[{"name":"g","input_schema":{"type":"object","properties":{}}}],"tool_choice":{"type":"none"}"#
        ) {
            $0.tools = [Tool(name: "g")]
            $0.toolChoice = ModelRequest.ToolChoice.none
            $0.allowsParallelToolCalls = false
        },
        option(
            "any tool to be called",
            #""tools":[{"name":"g","input_schema":{"type":"object","properties":{}}}],"tool_choice":{"type":"any"}"#
        ) {
            $0.tools = [Tool(name: "g")]
            $0.toolChoice = .required
        },
        option(
            "one tool at a time",
            #""tools":[{"name":"g","input_schema":{"type":"object","properties":{}}}],"tool_choice":{"type":"auto","disable_parallel_tool_use":true}"#
        ) {
            $0.tools = [Tool(name: "g")]
            $0.allowsParallelToolCalls = false
        },
        option("a choice without tools", #""stop_sequences":["END","\n\n"],"metadata":{"user_id":"u-1"},"top_p":0.5"#) {
            $0.toolChoice = .required
            $0.stop = ["END", "\n\n"]
            $0.user = "u-1"
            $0.topP = 0.5
            $0.seed = 7
            $0.presencePenalty = 1
        },
        option(
            "JSON of a schema",
            #""system":"Answer with nothing but one JSON object: no words before or after it, and no Markdown fence. The object, \"book\", follows this JSON Schema:\n{\"type\":\"object\"}""#
        ) {
            $0.responseFormat = .jsonSchema(name: "book", schema: Array(#"{"type":"object"}"#.utf8), isStrict: true)
        },
        option("plain text") { $0.responseFormat = .text },
    ]

    private static func option(
        _ name: String, _ members: String = "", _ change: (inout ModelRequest.Options) -> Void
    ) -> RecordedRequest {
        RecordedRequest(
            name: name, request: .options(change),
            body: """
                {"model":"m","max_tokens":4096,"stream":true,\(members.isEmpty ? "" : members + ",")
                 "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}
                """)
    }

    /// Each name was once looked for from the first number on, which took more than a minute for what one request may hold.
    @Test func `thousands of calls of one name are told apart`() throws {
        let calls = (0..<20_000).map { _ in ToolCall(id: "a", name: "f", arguments: "{}") }
        let request = ModelRequest(
            instructions: "",
            messages: [
                ModelMessage(role: .user, content: "q"), ModelMessage(role: .assistant, content: "", toolCalls: calls),
                ModelMessage(role: .tool, content: "r", toolCallID: "a"),
            ])
        let body = try JSONValue(parsing: format.call(request, model: "m", streams: true).body)
        let blocks = body["messages"]?.arrayValue?[1]["content"]?.arrayValue ?? []
        let names = blocks.compactMap { $0["id"]?.stringValue }
        #expect(names.count == 20_000)
        #expect(Set(names).count == 20_000)
        #expect(names.prefix(3) == ["a", "a-2", "a-3"])
    }

    @Test func `of temperature and top_p but one is sent`() throws {
        var request = ModelRequest.options { $0.topP = 0.5 }
        request.temperature = 0.25
        let body = try JSONValue(parsing: format.call(request, model: "m", streams: true).body)
        #expect(body["temperature"] == 0.25)
        #expect(body["top_p"] == nil)
    }

    @Test func `newer models are told how much to think, older ones and those who must call a tool are not`() throws {
        func body(_ model: String, _ change: (inout ModelRequest.Options) -> Void = { _ in }) throws -> JSONValue {
            var request = ModelRequest.options {
                $0.reasoningEffort = "low"
                $0.tools = [Tool(name: "g")]
                change(&$0)
            }
            request.temperature = 0.5
            return try JSONValue(parsing: format.call(request, model: model, streams: true).body)
        }
        for model in ["claude-opus-4-6", "claude-sonnet-4-6", "claude-opus-5"] {
            let body = try body(model)
            #expect(body["thinking"] == ["type": "adaptive", "display": "summarized"])
            #expect(body["output_config"] == ["effort": "low"])
            // Thinking excludes it.
            #expect(body["temperature"] == nil)
        }
        for model in ["claude-3-7-sonnet-latest", "claude-sonnet-4-20250514", "claude-opus-4-1", "claude-haiku-4-5"] {
            let body = try body(model)
            #expect(body["thinking"] == nil)
            #expect(body["output_config"] == nil)
            #expect(body["temperature"] == 0.5)
        }
        #expect(try body("claude-opus-4-6") { $0.toolChoice = .required }["thinking"] == nil)
        #expect(try body("claude-opus-4-6") { $0.reasoningEffort = "none" }["thinking"] == nil)
    }
}
