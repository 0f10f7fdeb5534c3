import Chat
import JSON
import Testing

@testable import Providers

@Suite struct OllamaRequestTests {
    private let format = OllamaFormat()

    @Test func `the address is right with and without its folder, and a key is sent when there is one`() {
        for base in ["http://o.example:11434", "http://o.example:11434/", "http://o.example:11434/api"] {
            let format = OllamaFormat(baseURL: base, apiKey: "key")
            let call = format.call(.question, model: "m", streams: true)
            #expect(call.url == "http://o.example:11434/api/chat")
            #expect(call.method == .post)
            #expect(call.header("Authorization") == "Bearer key")
            #expect(call.header("Accept") == "application/x-ndjson")
            #expect(format.probe()?.url == "http://o.example:11434/api/tags")
            #expect(format.probe()?.method == .get)
        }
        #expect(format.call(.question, model: "m", streams: true).header("Authorization") == nil)
    }

    @Test(arguments: requests)
    func `requests are written in Ollama's words`(_ recorded: RecordedRequest) throws { try recorded.check(format) }

    static let requests = [
        RecordedRequest(
            name: "a question", request: .question,
            body: """
                {"model":"m","stream":true,"options":{},"messages":[{"role":"system","content":"Be brief."},
                 {"role":"user","content":"Say hello."}]}
                """),
        RecordedRequest(
            name: "a last word of the assistant's, limits, not streamed",
            request: ModelRequest(
                instructions: "",
                messages: [
                    ModelMessage(role: .user, content: "A"), ModelMessage(role: .assistant, content: "B"),
                    ModelMessage(role: .system, content: "Two."),
                ], maximumOutputTokens: 7, temperature: 1.5),
            streams: false,
            body: """
                {"model":"m","stream":false,"options":{"num_predict":7,"temperature":1.5},
                 "messages":[{"role":"user","content":"A"},{"role":"assistant","content":"B"},
                  {"role":"system","content":"Two."},{"role":"user","content":"(Go on.)"}]}
                """),
        RecordedRequest(
            name: "nothing said yet", request: ModelRequest(instructions: "Greet.", messages: []),
            body: """
                {"model":"m","stream":true,"options":{},"messages":[{"role":"system","content":"Greet."},
                 {"role":"user","content":"(The conversation begins.)"}]}
                """),
        RecordedRequest(
            name: "calls and results", request: .withTools,
            body: """
                {"model":"m","stream":true,"options":{},"messages":[{"role":"system","content":"Be brief."},
                 {"role":"user","content":"Weather?"},
                 {"role":"assistant","content":"Let me see.","tool_calls":[
                  {"id":"call_0","function":{"name":"weather","arguments":{"city":"Zürich"}}},
                  {"id":"call_1","function":{"name":"clock","arguments":{"arguments":"not JSON"}}}]},
                 {"role":"tool","content":"{\\"degrees\\":7}","tool_name":"weather","tool_call_id":"call_0"},
                 {"role":"tool","content":"noon","tool_name":"clock","tool_call_id":"call_1"},
                 {"role":"user","content":"And?"}]}
                """),
        option(
            "all options",
            #""options":{"top_p":0.5,"presence_penalty":1.0,"frequency_penalty":-1.0,"seed":7,"stop":["END"]}"#
        ) {
            $0.topP = 0.5
            $0.presencePenalty = 1
            $0.frequencyPenalty = -1
            $0.seed = 7
            $0.stop = ["END"]
            $0.user = "u-1"
        },
        option("a JSON object", #""format":"json","options":{}"#) { $0.responseFormat = .jsonObject },
        option("JSON of a schema", #""format":{"type":"object"},"options":{}"#) {
            $0.responseFormat = .jsonSchema(name: "book", schema: Array(#"{"type":"object"}"#.utf8), isStrict: true)
        },
        option("thinking", #""think":"low","options":{}"#) { $0.reasoningEffort = "low" },
        option("much thinking", #""think":"high","options":{}"#) { $0.reasoningEffort = "xhigh" },
        option("no thinking", #""think":false,"options":{}"#) { $0.reasoningEffort = "none" },
        option(
            "tools",
            #""tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}},{"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}],"options":{}"#
        ) {
            $0.tools = Self.tools
            $0.toolChoice = .required
        },
        option(
            "one tool of them",
            #""tools":[{"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}],"options":{}"#
        ) {
            $0.tools = Self.tools
            $0.toolChoice = .tool("g")
        },
        option("none of them", #""options":{}"#) {
            $0.tools = Self.tools
            $0.toolChoice = ModelRequest.ToolChoice.none
        },
    ]

    private static let tools = [
        Tool(name: "f", description: "d", parameters: Array(#"{"type":"object"}"#.utf8)), Tool(name: "g"),
    ]

    private static func option(
        _ name: String, _ members: String, _ change: (inout ModelRequest.Options) -> Void
    ) -> RecordedRequest {
        RecordedRequest(
            name: name, request: .options(change),
            body: #"{"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}],\#(members)}"#)
    }
}
