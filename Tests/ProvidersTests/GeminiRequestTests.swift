import Chat
import JSON
import Testing

@testable import Providers

@Suite struct GeminiRequestTests {
    private let format = GeminiFormat(apiKey: "key")

    @Test func `the key is in a header and never in the address, with and without its folder`() {
        for base in ["https://g.example", "https://g.example/", "https://g.example/v1beta/"] {
            let format = GeminiFormat(baseURL: base, apiKey: "key")
            let call = format.call(.question, model: "gemini-2.0-flash", streams: true)
            #expect(call.url == "https://g.example/v1beta/models/gemini-2.0-flash:streamGenerateContent?alt=sse")
            #expect(call.method == .post)
            #expect(call.header("x-goog-api-key") == "key")
            #expect(call.header("Accept") == "text/event-stream")
            let whole = format.call(.question, model: "gemini-2.0-flash", streams: false)
            #expect(whole.url == "https://g.example/v1beta/models/gemini-2.0-flash:generateContent")
            #expect(whole.header("Accept") == "application/json")
            #expect(format.probe()?.url == "https://g.example/v1beta/models?pageSize=1")
            #expect(format.probe()?.header("x-goog-api-key") == "key")
        }
        let old = GeminiFormat(baseURL: "https://g.example/v1", apiKey: nil)
        #expect(old.probe()?.url == "https://g.example/v1/models?pageSize=1")
        #expect(old.probe()?.header("x-goog-api-key") == nil)
    }

    @Test(
        arguments: [
            ("models/gemini-2.0-flash", "models/gemini-2.0-flash"), ("tunedModels/mine-1", "tunedModels/mine-1"),
            ("a/../../b?c#d", "models/a%2F..%2F..%2Fb%3Fc%23d"), ("models/a b%\n", "models/a%20b%25%0A"),
            ("é", "models/%C3%A9"),
        ])
    func `a model's name stays in its place in the address`(_ model: String, _ path: String) {
        #expect(
            format.call(.question, model: model, streams: false).url
                == "https://generativelanguage.googleapis.com/v1beta/\(path):generateContent")
    }

    @Test(arguments: requests)
    func `requests are written in Gemini's words`(_ recorded: RecordedRequest) throws { try recorded.check(format) }

    static let requests = [
        RecordedRequest(
            name: "a question", request: .question,
            body: """
                {"systemInstruction":{"parts":[{"text":"Be brief."}]},"generationConfig":{},
                 "contents":[{"role":"user","parts":[{"text":"Say hello."}]}]}
                """),
        RecordedRequest(
            name: "speakers who do not take turns, a last word of the assistant's",
            request: ModelRequest(
                instructions: "One.",
                messages: [
                    ModelMessage(role: .assistant, content: "Hello."), ModelMessage(role: .system, content: "Two."),
                    ModelMessage(role: .user, content: "A"), ModelMessage(role: .user, content: "B"),
                    ModelMessage(role: .assistant, content: "C"),
                ], maximumOutputTokens: 7, temperature: 1.5),
            body: """
                {"systemInstruction":{"parts":[{"text":"One.\\n\\nTwo."}]},
                 "generationConfig":{"maxOutputTokens":7,"temperature":1.5},
                 "contents":[{"role":"user","parts":[{"text":"(The conversation begins.)"}]},
                  {"role":"model","parts":[{"text":"Hello."}]},{"role":"user","parts":[{"text":"A"},{"text":"B"}]},
                  {"role":"model","parts":[{"text":"C"}]},{"role":"user","parts":[{"text":"(Go on.)"}]}]}
                """),
        RecordedRequest(
            name: "calls and results", request: .withTools, model: "gemini-2.5-flash",
            body: """
                {"systemInstruction":{"parts":[{"text":"Be brief."}]},"generationConfig":{},
                 "contents":[{"role":"user","parts":[{"text":"Weather?"}]},
                  {"role":"model","parts":[{"text":"Let me see."},
                   {"functionCall":{"id":"call_0","name":"weather","args":{"city":"Zürich"}}},
                   {"functionCall":{"id":"call_1","name":"clock","args":{"arguments":"not JSON"}}}]},
                  {"role":"user","parts":[
                   {"functionResponse":{"id":"call_0","name":"weather","response":{"degrees":7}}},
                   {"functionResponse":{"id":"call_1","name":"clock","response":{"output":"noon"}}},{"text":"And?"}]}]}
                """),
        RecordedRequest(
            name: "calls to a model that wants signatures, a missing result, results of no call, a list as result",
            request: ModelRequest(
                instructions: "",
                messages: [
                    ModelMessage(
                        role: .assistant, content: "",
                        toolCalls: [
                            ToolCall(id: "a", name: "f", arguments: ""), ToolCall(id: "b", name: "g", arguments: "7"),
                        ]),
                    ModelMessage(role: .user, content: "Well?"),
                    ModelMessage(role: .tool, content: "[1,2]", toolCallID: "b", name: "other"),
                    ModelMessage(role: .tool, content: "lost", toolCallID: "c"),
                    ModelMessage(role: .tool, content: "", toolCallID: "d", name: "h"),
                ]), model: "gemini-3-pro-preview",
            body: """
                {"generationConfig":{},
                 "contents":[{"role":"user","parts":[{"text":"(The conversation begins.)"}]},
                  {"role":"model","parts":[
                   {"functionCall":{"id":"a","name":"f","args":{}},"thoughtSignature":"skip_thought_signature_validator"},
                   {"functionCall":{"id":"b","name":"g","args":{"arguments":7}}}]},
                  {"role":"user","parts":[
                   {"functionResponse":{"id":"a","name":"f","response":{"output":"(no result)"}}},
                   {"functionResponse":{"id":"b","name":"g","response":{"output":[1,2]}}},{"text":"Well?"},
                   {"text":"(The result of a tool:)\\nlost"},{"text":"(The result of a tool \\"h\\":)\\n"}]}]}
                """),
        option(
            "all that the configuration knows",
            #"{"topP":0.5,"presencePenalty":1.0,"frequencyPenalty":-1.0,"seed":7,"stopSequences":["END"]}"#
        ) {
            $0.topP = 0.5
            $0.presencePenalty = 1
            $0.frequencyPenalty = -1
            $0.seed = 7
            $0.stop = ["END"]
            $0.user = "u-1"
            $0.toolChoice = .required
        },
        option("a seed of more than 32 bits", #"{"seed":-1}"#) { $0.seed = Int.max },
        option("a JSON object", #"{"responseMimeType":"application/json"}"#) { $0.responseFormat = .jsonObject },
        option(
            "JSON of a schema",
            #"{"responseMimeType":"application/json","responseJsonSchema":{"type":"object","additionalProperties":false}}"#
        ) {
            $0.responseFormat = .jsonSchema(
                name: "book", schema: Array(#"{"type":"object","additionalProperties":false}"#.utf8), isStrict: nil)
        },
        option("thinking, of a model that does not", "{}", model: "gemini-2.0-flash") { $0.reasoningEffort = "high" },
        option(
            "thinking, by a number", #"{"thinkingConfig":{"thinkingBudget":1024,"includeThoughts":true}}"#,
            model: "models/gemini-2.5-pro"
        ) { $0.reasoningEffort = "low" },
        option("no thinking, by a number", #"{"thinkingConfig":{"thinkingBudget":0}}"#, model: "gemini-2.5-flash") {
            $0.reasoningEffort = "none"
        },
        option(
            "thinking, by a word", #"{"thinkingConfig":{"thinkingLevel":"high","includeThoughts":true}}"#,
            model: "gemini-3-pro"
        ) { $0.reasoningEffort = "high" },
        option(
            "tools",
            tools:
                #","tools":[{"functionDeclarations":[{"name":"f","description":"d","parametersJsonSchema":{"type":"object"}},{"name":"g"}]}]"#
        ) { $0.tools = Self.tools },
        option(
            "a tool that must be called",
            tools:
                #","tools":[{"functionDeclarations":[{"name":"f","description":"d","parametersJsonSchema":{"type":"object"}},{"name":"g"}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["g"]}}"#
        ) {
            $0.tools = Self.tools
            $0.toolChoice = .tool("g")
        },
        option(
            "no tool that may be called",
            tools:
                #","tools":[{"functionDeclarations":[{"name":"g"}]}],"toolConfig":{"functionCallingConfig":{"mode":"NONE"}}"#
        ) {
            $0.tools = [Tool(name: "g")]
            $0.toolChoice = ModelRequest.ToolChoice.none
        },
        option(
            "any tool must be called",
            tools:
                #","tools":[{"functionDeclarations":[{"name":"g"}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY"}}"#
        ) {
            $0.tools = [Tool(name: "g")]
            $0.toolChoice = .required
        },
        option(
            "the model decides",
            tools:
                #","tools":[{"functionDeclarations":[{"name":"g"}]}],"toolConfig":{"functionCallingConfig":{"mode":"AUTO"}}"#
        ) {
            $0.tools = [Tool(name: "g")]
            $0.toolChoice = .automatic
        },
    ]

    private static let tools = [
        Tool(name: "f", description: "d", parameters: Array(#"{"type":"object"}"#.utf8)), Tool(name: "g"),
    ]

    private static func option(
        _ name: String, _ configuration: String = "{}", tools: String = "", model: String = "m",
        _ change: (inout ModelRequest.Options) -> Void
    ) -> RecordedRequest {
        RecordedRequest(
            name: name, request: .options(change), model: model,
            body: """
                {"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"generationConfig":\(configuration)\(tools)}
                """)
    }
}
