import Chat
import HTTPClient
import LoopbackServer
import Synchronization
import Testing

@testable import Providers

/// Answers that come whole.
@Suite(.timeLimit(.minutes(5))) struct WholeAnswerTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        var name: String
        var body: String
        var text: [String] = []
        var reasoning: [String] = []
        var calls: [ToolCall] = []
        var finishReason: String?
        var usage: [Int]?
        var model: String?
        var testDescription: String { name }
    }

    static let golden: [Golden] = [
        Golden(
            name: "OpenAI",
            body:
                #"{"id":"c","object":"chat.completion","created":1,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":{"role":"assistant","content":"Grüße","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":8,"completion_tokens":3,"total_tokens":11},"system_fingerprint":null}"#,
            text: ["Grüße"], finishReason: "stop", usage: [8, 3], model: "gpt-4o-2024-08-06"),
        Golden(
            name: "OpenAI's refusal",
            body:
                #"{"choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I cannot."},"finish_reason":"stop"}]}"#,
            text: ["I cannot."], finishReason: "stop"),
        Golden(
            name: "Azure's filter results",
            body:
                #"{"choices":[{"content_filter_results":{"hate":{"filtered":true}},"finish_reason":"content_filter","index":0,"message":{"content":"","role":"assistant"}}],"model":"gpt-4o","prompt_filter_results":[],"usage":{"prompt_tokens":8,"completion_tokens":0}}"#,
            finishReason: "content_filter", usage: [8, 0], model: "gpt-4o"),
        Golden(
            name: "DeepSeek's reasoning, after blank lines",
            body: "\n\n\n"
                + #"{"model":"deepseek-reasoner","choices":[{"index":0,"message":{"role":"assistant","content":"4","reasoning_content":"2+2"},"finish_reason":"length"}]}"#,
            text: ["4"], reasoning: ["2+2"], finishReason: "length", model: "deepseek-reasoner"),
        Golden(
            name: "Mistral's parts",
            body:
                #"{"choices":[{"index":0,"finish_reason":"model_length","message":{"role":"assistant","tool_calls":null,"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"ok"}]}}]}"#,
            text: ["ok"], reasoning: ["hm"], finishReason: "length"),
        Golden(
            name: "calls of tools without numbers, and stop as the reason",
            body:
                #"{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"type":"function","id":"a","function":{"name":"f","arguments":"{\"x\":1}"}},{"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]}}]}"#,
            calls: [
                ToolCall(id: "a", name: "f", arguments: #"{"x":1}"#), ToolCall(id: "b", name: "g", arguments: "{}"),
            ], finishReason: "tool_calls"),
    ]

    @Test(arguments: golden)
    func `servers' answers are read with everything in them`(_ golden: Golden) throws {
        let decoded = try decodeWhole(ChatCompletionReader(), golden.body)
        #expect(decoded.tokens == golden.text)
        #expect(decoded.reasoning == golden.reasoning)
        #expect(decoded.calls == golden.calls)
        #expect(decoded.answer.finishReason?.rawValue == golden.finishReason)
        #expect(decoded.answer.usage.map { [$0.promptTokens, $0.completionTokens] } == golden.usage)
        #expect(decoded.answer.model == golden.model)
    }

    @Test(
        arguments: [
            "", "{", "[]", "null", "{}", #"{"choices":[]}"#, #"{"choices":[{"delta":{"content":"x"}}]}"#,
            #"{"choices":[{"message":"x"}]}"#, "data: {}", "\u{FEFF}x",
        ])
    func `what is no answer is malformed`(_ body: String) {
        let error = #expect(throws: ModelError.self) { try decodeWhole(ChatCompletionReader(), body) }
        #expect(error?.kind == .malformed)
    }

    @Test(arguments: ["", "all"])
    func `an answer without a reason is broken, with and without text`(_ text: String) {
        let body = #"{"choices":[{"message":{"content":"\#(text)"},"finish_reason":null}]}"#
        let error = #expect(throws: ModelError.self) { try decodeWhole(ChatCompletionReader(), body) }
        #expect(error?.kind == .interrupted)
    }

    @Test func `an answer over its limit says so, and none of it is given`() throws {
        let body = #"{"choices":[{"message":{"content":"12345"},"finish_reason":"stop"}]}"#
        #expect(try decodeWhole(ChatCompletionReader(), body, textLimit: 4).answer.finishReason == .length)
        #expect(try decodeWhole(ChatCompletionReader(), body, textLimit: 5).tokens == ["12345"])
    }

    // MARK: - Over a connection

    private let client = HTTPClient()

    private func server(contentType: String, _ body: String) -> LoopbackServer {
        LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.respond(headers: ["Content-Type: \(contentType)"], body)
        }
    }

    private func model(
        _ server: LoopbackServer, streams: Bool, limits: ProviderOptions.Limits = .init()
    ) -> any RemoteModel {
        var options = ProviderOptions(provider: "up", baseURL: server.url("/v1"), model: "m")
        options.streams = streams
        options.limits = limits
        return ProviderModels.openAI(options, client: client)
    }

    @Test(
        arguments: [
            (false, "application/json", true), (true, "application/json; charset=utf-8", true),
            (false, "text/plain", true), (false, "text/event-stream", false), (true, "text/event-stream", false),
            (true, "text/plain", false),
        ])
    func `an answer is taken in the form it comes in, whatever was asked for`(
        _ streams: Bool, _ contentType: String, _ isWhole: Bool
    ) async throws {
        let body =
            isWhole ? Self.golden[0].body : #"data: {"choices":[{"delta":{"content":"Grüße"},"finish_reason":"stop"}]}"#
        let sink = Recorder()
        let server = server(contentType: contentType, body + "\n\n")
        let completion = try await model(server, streams: streams).respond(to: .question, into: sink)
        #expect(sink.text == "Grüße")
        #expect(completion.finishReason == "stop")
        #expect(completion.usage.isEstimated == !isWhole)
    }

    @Test func `a whole answer is asked for as such`() async throws {
        let seen = Mutex<LoopbackRequest?>(nil)
        let server = LoopbackServer { connection in
            let request = connection.readRequest()
            seen.withLock { $0 = request }
            connection.respond(headers: ["Content-Type: application/json"], Self.golden[0].body)
        }
        _ = try await model(server, streams: false).respond(to: .question, into: Recorder())
        let sent = try #require(seen.withLock { $0 })
        #expect(sent.headers["accept"] == "application/json")
        let body = String(decoding: sent.body, as: UTF8.self)
        #expect(body.contains(#""stream":false"#))
        #expect(!body.contains("stream_options"))
    }

    @Test func `a whole answer that breaks off is a failure, and nothing of it is given`() async {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n")
            connection.send(Self.golden[0].body)
        }
        let sink = Recorder()
        #expect(await outcome(of: model(server, streams: false), into: sink).modelError?.kind == .interrupted)
        #expect(sink.pieces == [])
    }

    @Test func `a whole answer over its limit is not read to its end`() async {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead(contentType: "application/json")
            while connection.sendChunk([UInt8](repeating: UInt8(ascii: "["), count: 4096)) {}
        }
        var limits = ProviderOptions.Limits()
        limits.answerBytes = 10_000
        limits.eventBytes = 10_000
        #expect(
            await outcome(of: model(server, streams: false, limits: limits), into: Recorder()).modelError?.kind
                == .tooLarge)
    }
}
