import Chat
import JSON
import Testing

@testable import Providers

/// What an answer took.
@Suite struct UsageTests {
    private func completion(_ format: some WireFormat, _ body: String) throws -> ModelCompletion {
        try decodeWhole(body, format).completion(of: .question, model: "m", provider: "p")
    }

    private func openAI(_ usage: String) throws -> ModelCompletion {
        try completion(
            OpenAIFormat(baseURL: "http://h"),
            #"{"choices":[{"message":{"content":"12345678"},"finish_reason":"stop"}],"usage":\#(usage)}"#)
    }

    @Test(
        arguments: [
            "null", #"{"prompt_tokens":0,"completion_tokens":0}"#, #"{"prompt_tokens":4,"completion_tokens":0}"#,
            #"{"prompt_tokens":0,"completion_tokens":4}"#, #"{"prompt_tokens":4}"#,
            #"{"prompt_tokens":4.5,"completion_tokens":4}"#, #"{"prompt_tokens":-4,"completion_tokens":4}"#,
            #"{"prompt_tokens":4,"completion_tokens":99999999999}"#, #"{"prompt_tokens":"4","completion_tokens":"4"}"#,
        ])
    func `is estimated, and said to be so, where the provider's numbers cannot be`(_ usage: String) throws {
        let completion = try openAI(usage)
        #expect(completion.usage.isEstimated)
        #expect(completion.usage.completionTokens == 2)
        #expect(completion.usage.promptTokens > 0)
        #expect(completion.usageDetails == UsageDetails())
    }

    private struct Kind: Sendable {
        var format: any WireFormat
        /// A whole answer of "12345678" with these numbers, as JSON has them.
        var body: @Sendable (_ input: String, _ output: String) -> String
    }

    private static let kinds = [
        Kind(format: OpenAIFormat(baseURL: "http://h")) {
            #"{"choices":[{"message":{"content":"12345678"},"finish_reason":"stop"}],"usage":{"prompt_tokens":\#($0),"completion_tokens":\#($1)}}"#
        },
        Kind(format: AnthropicFormat(apiKey: nil)) {
            #"{"content":[{"type":"text","text":"12345678"}],"stop_reason":"end_turn","usage":{"input_tokens":\#($0),"output_tokens":\#($1)}}"#
        },
        Kind(format: GeminiFormat(apiKey: nil)) {
            #"{"candidates":[{"content":{"parts":[{"text":"12345678"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":\#($0),"candidatesTokenCount":\#($1)}}"#
        },
        Kind(format: OllamaFormat()) {
            #"{"message":{"content":"12345678"},"done":true,"done_reason":"stop","prompt_eval_count":\#($0),"eval_count":\#($1)}"#
        },
    ]

    @Test(
        arguments: [
            ("0", "0"), ("null", "null"), ("9", "0"), ("9", "1.5"), ("9.5", "3"), ("-9", "3"), ("9", "-3"),
            ("9", "99999999999"), ("99999999999", "3"), ("9", "\"3\""), ("9223372036854775807", "3"), ("9", "1e30"),
        ])
    func `is estimated for every kind where one of its numbers cannot be`(_ input: String, _ output: String) throws {
        for kind in Self.kinds {
            #expect(try completion(kind.format, kind.body(input, output)).usage.isEstimated, "\(kind.format.kind)")
            #expect(try !completion(kind.format, kind.body("9", "3")).usage.isEstimated, "\(kind.format.kind)")
        }
    }

    @Test func `is estimated where the last word on it cannot be, whatever was said before`() throws {
        let start = #"{"type":"message_start","message":{"model":"m","usage":{"input_tokens":25,"output_tokens":1}}}"#
        let wire = VendorWire(kind: .anthropic)
        func usage(_ text: String) throws -> Usage {
            let end = #"{"type":"message_delta","delta":{"stop_reason":"end_turn"}\#(text)}"#
            let stream = wire.event(start) + wire.text("12345678") + wire.event(end) + wire.terminator
            return try decode([Array(stream.utf8)], AnthropicFormat(apiKey: nil)).completion(
                of: .question, model: "m", provider: "p"
            ).usage
        }
        #expect(try usage(#","usage":{"output_tokens":4}"#).completionTokens == 4)
        for text in ["", #","usage":{"output_tokens":-4}"#, #","usage":{"output_tokens":4.5}"#] {
            #expect(try usage(text).isEstimated)
        }
        let chunks = [
            #"{"choices":[{"delta":{"content":"12345678"}}],"usage":{"prompt_tokens":5,"completion_tokens":1}}"#,
            #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":-1}}"#,
        ]
        let body = chunks.map { "data: \($0)\n\n" }.joined() + "data: [DONE]\n\n"
        let answer = try decode(ChatCompletionReader(), [Array(body.utf8)]).answer
        #expect(answer.completion(of: .question, model: "m", provider: "p").usage.isEstimated)
    }

    @Test func `is kept low by Anthropic's cache of prompts, where a part asks for it`() throws {
        let control = Array(#"{"type":"ephemeral"}"#.utf8)
        var system = ModelMessage(role: .system, content: "long. short.")
        system.cacheMarks = [CacheMark(end: 5, control: control)]
        var user = ModelMessage(role: .user, content: "é one two")
        user.cacheMarks = [CacheMark(end: 6, control: control), CacheMark(end: 10, control: control)]
        let request = ModelRequest(instructions: "Be brief.", messages: [system, user])
        let body = try JSONValue(
            parsing: AnthropicFormat(apiKey: nil).call(request, model: "m", streams: true).body)
        func blocks(_ value: JSONValue?) -> [String] {
            (value?.arrayValue ?? []).map { ($0["text"]?.stringValue ?? "") + ($0["cache_control"] == nil ? "" : "|") }
        }
        #expect(blocks(body["system"]) == ["Be brief.\n\nlong.|", " short."])
        #expect(blocks(body["messages"]?.arrayValue?.first?["content"]) == ["é one|", " two|"])
    }

    @Test func `is kept low by Anthropic's cache where a picture, a result or the model's own words ask for it`() throws
    {
        let control = Array(#"{"type":"ephemeral","ttl":"1h"}"#.utf8)
        let picture = Chat.Attachment(kind: .image, source: .url("https://h/1.png"))
        var user = ModelMessage(role: .user, content: "ab")
        user.parts = [.attachment(picture), .text("a"), .attachment(picture), .text("b")]
        user.cacheMarks = [
            CacheMark(end: 0, attachment: 0, control: control), CacheMark(end: 1, control: control),
            CacheMark(end: 2, control: control),
        ]
        var said = ModelMessage(
            role: .assistant, content: "c", toolCalls: [ToolCall(id: "x", name: "f", arguments: "{}")])
        said.cacheMarks = [CacheMark(end: 1, control: control)]
        var result = ModelMessage(role: .tool, content: "d", toolCallID: "x")
        result.cacheMarks = [CacheMark(end: 1, control: control)]
        let request = ModelRequest(instructions: "", messages: [user, said, result])
        let body = try JSONValue(
            parsing: AnthropicFormat(apiKey: nil).call(request, model: "m", streams: true).body)
        let blocks = (body["messages"]?.arrayValue ?? []).flatMap { $0["content"]?.arrayValue ?? [] }
        let marked = blocks.map { ($0["type"]?.stringValue ?? "") + ($0["cache_control"] == nil ? "" : "|") }
        #expect(marked == ["image|", "text|", "image", "text|", "text|", "tool_use", "tool_result|"])
        #expect(blocks[0]["cache_control"]?.encoded == control)
        // No other kind knows it.
        let other = OpenAIFormat(baseURL: "http://h").call(request, model: "m", streams: true).body
        #expect(!String(decoding: other, as: UTF8.self).contains("cache_control"))
    }

    @Test func `has what the provider tells besides, in the same words for all kinds`() throws {
        #expect(
            try openAI(
                #"{"prompt_tokens":100,"completion_tokens":50,"prompt_tokens_details":{"cached_tokens":80},"completion_tokens_details":{"reasoning_tokens":40}}"#
            ).usageDetails == UsageDetails(cachedTokens: 80, reasoningTokens: 40))
        #expect(
            try openAI(#"{"prompt_tokens":100,"completion_tokens":50,"prompt_cache_hit_tokens":64}"#).usageDetails
                == UsageDetails(cachedTokens: 64))
        // Moonshot's names and LiteLLM's.
        #expect(
            try openAI(#"{"prompt_tokens":100,"completion_tokens":50,"cached_tokens":64}"#).usageDetails
                == UsageDetails(cachedTokens: 64))
        #expect(
            try openAI(
                #"{"prompt_tokens":100,"completion_tokens":50,"cache_read_input_tokens":7,"cache_creation_input_tokens":8}"#
            ).usageDetails == UsageDetails(cachedTokens: 7, cacheCreationTokens: 8))
        // More than the prompt has.
        #expect(
            try openAI(
                #"{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":80}}"#
            ).usageDetails == UsageDetails())
        let moonshot =
            #"data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop","usage":{"prompt_tokens":9,"completion_tokens":1,"cached_tokens":8}}]}"#
            + "\n\ndata: [DONE]\n\n"
        let streamed = try decode(ChatCompletionReader(), [Array(moonshot.utf8)]).answer
            .completion(of: .question, model: "m", provider: "p")
        #expect(streamed.usage == Usage(promptTokens: 9, completionTokens: 1, isEstimated: false))
        #expect(streamed.usageDetails == UsageDetails(cachedTokens: 8))
        let anthropic = try completion(
            AnthropicFormat(apiKey: nil),
            #"{"content":[{"type":"text","text":"a"}],"stop_reason":"end_turn","usage":{"input_tokens":5,"cache_creation_input_tokens":7,"cache_read_input_tokens":11,"output_tokens":3}}"#
        )
        #expect(anthropic.usage == Usage(promptTokens: 23, completionTokens: 3, isEstimated: false))
        #expect(anthropic.usageDetails == UsageDetails(cachedTokens: 11, cacheCreationTokens: 7))
        let gemini = try completion(
            GeminiFormat(apiKey: nil),
            #"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"cachedContentTokenCount":8,"candidatesTokenCount":2,"thoughtsTokenCount":4}}"#
        )
        #expect(gemini.usageDetails == UsageDetails(cachedTokens: 8, reasoningTokens: 4))
    }
}
