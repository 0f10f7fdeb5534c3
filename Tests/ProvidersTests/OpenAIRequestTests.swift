import Chat
import HTTPClient
import JSON
import Testing

@testable import Providers

/// What is sent to OpenAI and who speaks like it.
@Suite struct OpenAIRequestTests {
    private static let everything: ModelRequest = {
        var options = ModelRequest.Options()
        options.topP = 0.9
        options.stop = ["END", "\n\n"]
        options.seed = 7
        options.presencePenalty = -1
        options.frequencyPenalty = 0.5
        options.tools = [
            Tool(
                name: "find", description: "Finds \"books\".", parameters: Array(#"{"type":"object"}"#.utf8),
                isStrict: true), Tool(name: "time"),
        ]
        options.toolChoice = .tool("find")
        options.allowsParallelToolCalls = false
        options.responseFormat = .jsonSchema(name: "book", schema: Array(#"{"type":"object"}"#.utf8), isStrict: true)
        options.reasoningEffort = "low"
        options.user = "u-1"
        return ModelRequest(
            instructions: "Be brief.",
            messages: [
                ModelMessage(role: .system, content: "More."), ModelMessage(role: .user, content: "Hi", name: "ann"),
                ModelMessage(
                    role: .assistant, content: "", toolCalls: [ToolCall(id: "c1", name: "find", arguments: "{\"q\":1}")]
                ),
                ModelMessage(role: .tool, content: "[]", toolCallID: "c1", name: "find"),
                ModelMessage(
                    role: .assistant, content: "None.", toolCalls: [ToolCall(id: "c2", name: "time", arguments: "")]),
            ], maximumOutputTokens: 9, temperature: 0, options: options)
    }()

    private func sent(_ request: ModelRequest, _ baseURL: String, streams: Bool = true) throws -> JSONValue {
        let call = OpenAIFormat(baseURL: baseURL).call(request, model: "m", streams: streams)
        return try JSONValue(parsing: call.body)
    }

    @Test func `everything a request has is sent under OpenAI's names`() throws {
        let function: JSONValue = [
            "type": "function",
            "function": [
                "name": "find", "description": "Finds \"books\".", "parameters": ["type": "object"], "strict": true,
            ],
        ]
        let expected: JSONValue = [
            "model": "m",
            "messages": [
                ["role": "system", "content": "Be brief."], ["role": "system", "content": "More."],
                ["role": "user", "content": "Hi", "name": "ann"],
                [
                    "role": "assistant", "content": .null,
                    "tool_calls": [
                        ["id": "c1", "type": "function", "function": ["name": "find", "arguments": "{\"q\":1}"]]
                    ],
                ], ["role": "tool", "content": "[]", "tool_call_id": "c1"],
                [
                    "role": "assistant", "content": "None.",
                    "tool_calls": [["id": "c2", "type": "function", "function": ["name": "time", "arguments": "{}"]]],
                ], ["role": "tool", "content": "(no result)", "tool_call_id": "c2"],
            ],
            "stream": true, "stream_options": ["include_usage": true], "max_completion_tokens": 9, "temperature": 0.0,
            "top_p": 0.9, "stop": ["END", "\n\n"], "seed": 7, "presence_penalty": -1.0, "frequency_penalty": 0.5,
            "reasoning_effort": "low", "user": "u-1",
            "response_format": [
                "type": "json_schema", "json_schema": ["name": "book", "schema": ["type": "object"], "strict": true],
            ], "tools": [function, ["type": "function", "function": ["name": "time"]]],
            "tool_choice": ["type": "function", "function": ["name": "find"]], "parallel_tool_calls": false,
        ]
        #expect(try sent(Self.everything, "https://api.openai.com/v1") == expected)
    }

    @Test func `what a vendor refuses is not sent to it`() throws {
        let mistral = try sent(Self.everything, "https://api.mistral.ai/v1")
        #expect(mistral["random_seed"]?.integerValue == 7)
        #expect(mistral["max_tokens"]?.integerValue == 9)
        for name in ["seed", "user", "stream_options", "max_completion_tokens"] { #expect(mistral[name] == nil) }
        #expect(mistral["messages"]?.arrayValue?.allSatisfy { $0["name"] == nil } == true)
        let groq = try sent(Self.everything, "https://API.Groq.com/openai/v1")
        #expect(groq["messages"]?.arrayValue?.allSatisfy { $0["name"] == nil } == true)
        #expect(groq["seed"]?.integerValue == 7)
        #expect(groq["stream_options"] != nil)
        // Another host is not taken for one of theirs.
        #expect(OpenAIDialect(baseURL: "https://api.openai.com.example.org/v1") == OpenAIDialect())
        #expect(OpenAIDialect(baseURL: "http://127.0.0.1:8080/api.openai.com/") == OpenAIDialect())
    }

    @Test func `what a request leaves open is not sent, and nothing about tools without tools`() throws {
        var request = ModelRequest.question
        request.options = ModelRequest.Options()
        request.options?.toolChoice = .required
        request.options?.allowsParallelToolCalls = true
        let members = try sent(request, "http://127.0.0.1/v1", streams: false).objectValue?.members.map(\.key)
        #expect(members == ["model", "messages", "stream"])
    }

    @Test(
        arguments: [(ModelRequest.ToolChoice.automatic, "auto"), (.none, "none"), (.required, "required")])
    func `choices of tools and forms of text have OpenAI's words`(_ choice: ModelRequest.ToolChoice, _ word: String)
        throws
    {
        var request = ModelRequest.question
        request.options = ModelRequest.Options()
        request.options?.tools = [Tool(name: "f")]
        request.options?.toolChoice = choice
        request.options?.responseFormat = .jsonObject
        let body = try sent(request, "http://127.0.0.1/v1")
        #expect(body["tool_choice"]?.stringValue == word)
        #expect(body["response_format"] == ["type": "json_object"])
    }

    @Test func `the address and the key are where each kind has them, the key never in the address`() throws {
        let openAI = OpenAIFormat(baseURL: "https://h/v1/", apiKey: "sk-1")
        #expect(openAI.call(.question, model: "m", streams: true).url == "https://h/v1/chat/completions")
        #expect(openAI.probe()?.url == "https://h/v1/models")
        #expect(openAI.probe()?.method == .get)
        #expect(openAI.probe()?.headers.contains(HTTPHeader("Authorization", "Bearer sk-1")) == true)

        let azure = AzureFormat(baseURL: "https://n.openai.azure.com", apiKey: "k-1", apiVersion: "2025-01-01 x")
        let call = azure.call(.question, model: "my gpt/4", streams: true)
        #expect(
            call.url
                == "https://n.openai.azure.com/openai/deployments/my%20gpt%2F4/chat/completions?api-version=2025-01-01%20x"
        )
        #expect(call.headers.contains(HTTPHeader("api-key", "k-1")))
        #expect(!call.headers.contains { $0.name == "Authorization" })
        #expect(azure.probe()?.url == "https://n.openai.azure.com/openai/models?api-version=2025-01-01%20x")
        #expect(AzureFormat(baseURL: "https://n").call(.question, model: "m", streams: false).headers.count == 2)
        #expect(
            AzureFormat(baseURL: "https://n/").probe()?.url
                == "https://n/openai/models?api-version=\(AzureFormat.defaultAPIVersion)")
    }
}
