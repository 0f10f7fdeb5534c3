import Chat
import HTTPClient
import JSON
import ProviderFaults
import Testing

@testable import Providers

/// Thoughts on their way to the client and back to their provider.
@Suite struct ReasoningTests {
    private func sent(_ format: some WireFormat, _ message: ModelMessage) throws -> JSONValue {
        let request = ModelRequest(
            instructions: "",
            messages: [
                ModelMessage(role: .user, content: "weather?"), message,
                ModelMessage(role: .tool, content: "sunny", toolCallID: "call_1"),
            ])
        return try JSONValue(parsing: format.call(request, model: "gemini-3-pro", streams: true).body)
    }

    private static func message(_ reasoning: Reasoning?, extra: [UInt8]? = nil) -> ModelMessage {
        var message = ModelMessage(
            role: .assistant, content: "",
            toolCalls: [ToolCall(id: "call_1", name: "weather", arguments: "{}", extraContent: extra)])
        message.reasoning = reasoning
        return message
    }

    private static let extra = Array(#"{"google":{"thought_signature":"SIG"}}"#.utf8)
    private static let detail = Array(#"{"type":"reasoning.text","text":"Hm.","index":0}"#.utf8)

    @Test func `go back to servers that speak OpenAI's interface as they came, and not to those who refuse them`()
        throws
    {
        let message = Self.message(Reasoning(text: "Hm.", details: [Self.detail]), extra: Self.extra)
        let echo = try sent(OpenAIFormat(baseURL: "https://api.deepseek.com"), message)["messages"]?.arrayValue?[1]
        #expect(echo?["reasoning_content"]?.stringValue == "Hm.")
        #expect(echo?["reasoning_details"]?.arrayValue?.map(\.encoded) == [Self.detail])
        #expect(echo?["tool_calls"]?.arrayValue?.first?["extra_content"]?.encoded == Self.extra)
        for host in ["https://api.openai.com/v1", "https://api.mistral.ai/v1", "https://api.groq.com/openai/v1"] {
            let other = try sent(OpenAIFormat(baseURL: host), message)["messages"]?.arrayValue?[1]
            #expect(other?.objectValue?.members.map(\.key) == ["role", "content", "tool_calls"])
            #expect(other?["tool_calls"]?.arrayValue?.first?["extra_content"] == nil)
        }
        let ollama = try sent(OllamaFormat(), Self.message(Reasoning(text: "Hm.")))["messages"]?.arrayValue?[1]
        #expect(ollama?["thinking"]?.stringValue == "Hm.")
    }

    @Test func `that Anthropic has signed go back to it as they came, streamed and whole, and to nobody else`() throws {
        let format = AnthropicFormat(apiKey: nil)
        let call = #"{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}"#
        let whole = try decodeWhole(
            #"{"content":[{"type":"thinking","thinking":"Hm, é.","signature":"EqQB"},{"type":"redacted_thinking","data":"Emw="},\#(call)],"stop_reason":"tool_use"}"#,
            format)
        let stream =
            AnthropicStreams.thinking.stream.replacing("max_tokens", with: "end_turn")
        for details in [whole.reasoningDetails, try decode([Array(stream.utf8)], format).reasoningDetails] {
            #expect(details.count == 2)
            let message = Self.message(Reasoning(text: "Hm, é.", details: details))
            let blocks = try sent(format, message)["messages"]?.arrayValue?[1]["content"]?.arrayValue ?? []
            #expect(blocks.map { $0["type"]?.stringValue } == ["thinking", "redacted_thinking", "tool_use"])
            #expect(blocks[0]["thinking"]?.stringValue == "Hm, é.")
            #expect(blocks[0]["signature"]?.stringValue == "EqQB")
            #expect(blocks[1]["data"]?.stringValue == "Emw=")
            for other in [try sent(OpenAIFormat(baseURL: "http://h"), message), try sent(OllamaFormat(), message)] {
                #expect(!String(decoding: other.encoded, as: UTF8.self).contains("Hm"))
            }
        }
        let foreign = try sent(format, Self.message(Reasoning(text: "Hm.", details: [Self.detail])))
        #expect(!String(decoding: foreign.encoded, as: UTF8.self).contains("Hm"))
    }

    @Test func `of Gemini are known by the signature of their call`() throws {
        let format = GeminiFormat(apiKey: nil)
        let answer = try decodeWhole(
            #"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"weather","args":{}},"thoughtSignature":"SIG"}]},"finishReason":"STOP"}]}"#,
            format)
        #expect(answer.toolCalls.first?.extraContent == Self.extra)
        func signature(_ message: ModelMessage) throws -> String? {
            try sent(format, message)["contents"]?.arrayValue?[1]["parts"]?.arrayValue?.first?["thoughtSignature"]?
                .stringValue
        }
        #expect(try signature(Self.message(nil, extra: Self.extra)) == "SIG")
        #expect(try signature(Self.message(nil)) == "skip_thought_signature_validator")
    }

    @Test func `of Gemini go back with the text behind which they stood, and to nobody else`() throws {
        let format = GeminiFormat(apiKey: nil)
        let parts = [
            #"{"text":"It rains.","thoughtSignature":"SIG"}"#,
            #"{"text":"It rains."},{"text":"","thoughtSignature":"SIG"}"#,
        ]
        for part in parts {
            let body =
                #"{"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},\#(part)]},"finishReason":"STOP"}]}"#
            let stream = "data: \(body)\n\n"
            for details in [
                try decodeWhole(body, format).reasoningDetails,
                try decode([Array(stream.utf8)], format).reasoningDetails,
            ] {
                var message = ModelMessage(role: .assistant, content: "It rains.")
                message.reasoning = Reasoning(text: "Hm.", details: details)
                let sent = try sent(format, message)["contents"]?.arrayValue?[1]["parts"]?.arrayValue ?? []
                #expect(sent.map { $0["thoughtSignature"]?.stringValue } == ["SIG"])
                #expect(sent.first?["text"]?.stringValue == "It rains.")
                for other in [
                    try self.sent(OpenAIFormat(baseURL: "http://h"), message), try self.sent(OllamaFormat(), message),
                    try self.sent(AnthropicFormat(apiKey: nil), message),
                ] {
                    let text = String(decoding: other.encoded, as: UTF8.self)
                    #expect(text.contains("It rains.") && !text.contains("SIG") && !text.contains("Hm."))
                }
            }
        }
    }

    @Test func `come with the calls of OpenAI's interface, whatever piece they are in`() throws {
        let extra = #""extra_content":{"google":{"thought_signature":"SIG"}}"#
        for chunks in [
            [#"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"},\#(extra)}"#],
            [#"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}"#, #"{"index":0,\#(extra)}"#],
        ] {
            let stream =
                chunks.map { #"data: {"choices":[{"delta":{"tool_calls":[\#($0)]}}]}"# + "\n\n" }.joined()
                + #"data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"# + "\n\n"
            let pieces = try decode([Array(stream.utf8)], OpenAIFormat(baseURL: "http://h")).toolCalls
            #expect(pieces.compactMap(\.extraContent) == [Self.extra])
            #expect(pieces.map(\.arguments).joined() == "{}")
        }
    }

    @Test func `go to the provider whose they are, and to no other of the same kind`() async throws {
        var answer = ScriptedAnswer([], finish: .toolCalls)
        answer.reasoning = ["Hm."]
        answer.toolCalls = [ScriptedAnswer.ToolCall(id: CallProgress.newID(), name: "find", arguments: ["{}"])]
        let client = HTTPClient()
        let (first, second) = (
            FaultyProvider(.openai, [.answers(answer), .answers("a")]), FaultyProvider(.openai, [.answers("b")])
        )
        let sink = Recorder()
        _ = try await first.model(client, name: "a").respond(to: .question, into: sink)
        var call = ModelMessage(
            role: .assistant, content: "",
            toolCalls: [ToolCall(id: sink.toolCalls.first?.id ?? "", name: "find", arguments: "{}")])
        call.reasoning = Reasoning(text: sink.reasoning.joined())
        let request = ModelRequest(instructions: "", messages: [ModelMessage(role: .user, content: "?"), call])
        _ = try await first.model(client, name: "a").respond(to: request, into: Recorder())
        _ = try await second.model(client, name: "b").respond(to: request, into: Recorder())
        func echo(_ provider: FaultyProvider) -> JSONValue? {
            provider.calls.last?.body?["messages"]?.arrayValue?[1]["reasoning_content"]
        }
        #expect(echo(first)?.stringValue == "Hm.")
        #expect(echo(second) == nil)
    }

    @Test(arguments: [false, true])
    func `are known again by their words where no tool was called, also those in tags`(_ isTagged: Bool) async throws {
        let client = HTTPClient()
        let thought = "The plan of \(CallProgress.newID()): say a."
        var answer = ScriptedAnswer(isTagged ? ["<think>", thought, "</think>", "a"] : ["a"])
        if !isTagged { answer.reasoning = [thought] }
        let (first, second) = (
            FaultyProvider(.openai, [.answers(answer), .answers("a")]), FaultyProvider(.openai, [.answers("b")])
        )
        let sink = Recorder()
        _ = try await first.model(client, name: "a").respond(to: .question, into: sink)
        #expect(sink.reasoning.joined() == thought)
        var said = ModelMessage(role: .assistant, content: "a")
        said.reasoning = Reasoning(text: "\n\(thought) ")
        let user = ModelMessage(role: .user, content: "?")
        let request = ModelRequest(instructions: "", messages: [user, said, user])
        for (provider, name) in [(first, "a"), (second, "b")] {
            _ = try await provider.model(client, name: name).respond(to: request, into: Recorder())
            let echo = provider.calls.last?.body?["messages"]?.arrayValue?[1]["reasoning_content"]?.stringValue
            #expect(echo == (name == "a" ? "\n\(thought) " : nil))
        }
    }

    @Test func `of which nobody knows whose they are go to the one provider that is to have them`() {
        let id = CallProgress.newID()
        var message = Self.message(Reasoning(text: "The plan of \(id)."), extra: Self.extra)
        message.toolCalls[0].id = id
        let request = ModelRequest(instructions: "", messages: [message])
        #expect(request.withReasoning(of: "a", takesUnknown: true) == request)
        let without = request.withReasoning(of: "b", takesUnknown: false).messages[0]
        #expect(without.reasoning == nil)
        #expect(without.toolCalls[0].extraContent == nil)
    }

    @Test func `that OpenRouter hands on from Anthropic go back to OpenRouter`() throws {
        let detail = Array(
            #"{"type":"reasoning.text","text":"Hm.","signature":"EqQB","format":"anthropic-claude-v1","index":0}"#.utf8)
        let echo = try sent(
            OpenAIFormat(baseURL: "https://openrouter.ai/api/v1"), Self.message(Reasoning(details: [detail])))
        #expect(echo["messages"]?.arrayValue?[1]["reasoning_details"]?.arrayValue?.map(\.encoded) == [detail])
    }

    @Test func `that Anthropic has signed are taken in the forms in which clients keep them`() throws {
        for (detail, type) in [
            (#"{"type":"reasoning.text","text":"Hm.","signature":"EqQB"}"#, "thinking"),
            (#"{"type":"reasoning.text","text":"Hm.","signature":""}"#, "tool_use"),
            (#"{"type":"reasoning.encrypted","data":"gAAA","format":"openai-responses-v1"}"#, "tool_use"),
            (#"{"type":"reasoning.encrypted","data":"gAAA"}"#, "tool_use"),
        ] {
            let message = Self.message(Reasoning(details: [Array(detail.utf8)]))
            let blocks = try sent(AnthropicFormat(apiKey: nil), message)["messages"]?.arrayValue?[1]["content"]
            #expect(blocks?.arrayValue?.first?["type"]?.stringValue == type)
        }
    }

    @Test func `stay out of a request to a server that refuses them, and not where it asks for more of them`()
        async throws
    {
        let request = ModelRequest(
            instructions: "",
            messages: [
                ModelMessage(role: .user, content: "?"), Self.message(Reasoning(text: "Nobody knows whose.")),
                ModelMessage(role: .tool, content: "sunny", toolCallID: "call_1"),
            ])
        @Sendable func has(_ body: JSONValue) -> Bool {
            body["messages"]?.arrayValue?.contains { $0["reasoning_content"] != nil } ?? false
        }
        for error in [
            #"{"error":{"message":"body.messages.1.assistant.reasoning_content: property unsupported"}}"#,
            #"{"error":{"message":"'messages.1' : property 'reasoning_content' is unsupported"}}"#,
            #"{"error":{"message":"Extra inputs are not permitted","param":"messages.1.reasoning_content"}}"#,
        ] {
            let server = PickyServer(.openai) { has($0) ? ("400 Bad Request", error) : nil }
            _ = try await server.model().respond(to: request, into: Recorder())
            #expect(server.calls.map(has) == [true, false])
        }
        let strict = PickyServer(.openai) { _ in
            (
                "400 Bad Request",
                #"{"error":{"message":"The reasoning_content in the thinking mode must be passed back to the API."}}"#
            )
        }
        #expect(await outcome(of: strict.model(), request, into: Recorder()).modelError?.kind == .invalidRequest)
        #expect(strict.calls.map(has) == [true])
    }

    // MARK: - In the text

    struct Tags: Sendable, CustomTestStringConvertible {
        var text: String
        var answer: String
        var thoughts = ""
        var testDescription: String { text }
    }

    @Test(
        arguments: [
            Tags(text: "<think>secret plan</think>\n\nHello", answer: "Hello", thoughts: "secret plan"),
            Tags(text: "\n <think>\nplan < b </th ></think>Hi", answer: "Hi", thoughts: "\nplan < b </th >"),
            Tags(text: "<think>\n\n</think>\n\nHi", answer: "Hi", thoughts: "\n\n"),
            Tags(text: "<thinking> aloud", answer: "<thinking> aloud"),
            Tags(text: "<thin", answer: "<thin"), Tags(text: "< think>x", answer: "< think>x"),
            Tags(text: "Use <think>x</think>.", answer: "Use <think>x</think>."),
            Tags(text: "<think>a</think>b<think>c</think>", answer: "b<think>c</think>", thoughts: "a"),
        ])
    func `in tags at a text's beginning are no part of it, cut anywhere`(_ tags: Tags) throws {
        func stream(_ pieces: [String]) -> [UInt8] {
            let wire = VendorWire(kind: .openai)
            let escaped = pieces.map { $0.replacing("\n", with: "\\n") }
            return Array((escaped.map { wire.text($0) }.joined() + wire.finish()).utf8)
        }
        let letters = Array(tags.text)
        let cuts = (0...letters.count).map { [String(letters[..<$0]), String(letters[$0...])] }
        for pieces in cuts + [letters.map { String($0) }] {
            let decoded = try decode(ChatCompletionReader(), [stream(pieces)])
            #expect(decoded.tokens.joined() == tags.answer)
            #expect(decoded.reasoning.joined() == tags.thoughts)
            var rules = AnswerRules()
            rules.readsThinkTags = false
            let kept = try decode(ChatCompletionReader(), [stream(pieces)], rules: rules)
            #expect(kept.tokens.joined() == tags.text)
            #expect(kept.reasoning.isEmpty)
        }
    }

    @Test(arguments: ProviderKind.allCases)
    func `in tags are no part of the text of any kind, streamed and whole`(_ kind: ProviderKind) throws {
        let wire = VendorWire(kind: kind)
        let stream =
            wire.opening + ["<thi", "nk>pl", "an</th", "ink>", #"\n\n"#, "Hi"].map { wire.text($0) }.joined()
            + wire.finish() + wire.terminator
        let whole = wire.whole(#"<think>plan</think>\n\nHi"#, reason: wire.word(for: .stop))
        func check(_ reader: some AnswerReader) throws {
            for decoded in [try decode(reader, [Array(stream.utf8)]), try decodeWhole(reader, whole)] {
                #expect(decoded.tokens.joined() == "Hi")
                #expect(decoded.reasoning.joined() == "plan")
                #expect(decoded.answer.hasReasoning)
            }
        }
        switch kind {
        case .openai, .azure: try check(ChatCompletionReader())
        case .anthropic: try check(AnthropicReader())
        case .gemini: try check(GeminiReader())
        case .ollama: try check(OllamaReader())
        }
    }

    @Test func `in tags that never end are no answer`() {
        let wire = VendorWire(kind: .openai)
        let error = #expect(throws: ModelError.self) {
            try decode(ChatCompletionReader(), [Array((wire.text("<think>on and on") + wire.finish()).utf8)])
        }
        #expect(error?.kind == .emptyAnswer)
    }
}
