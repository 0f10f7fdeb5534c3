import Chat
import HTTPClient
import JSON
import LoopbackServer
import Synchronization
import Testing

@testable import Providers

/// A model behind OpenAI's interface.
@Suite(.timeLimit(.minutes(5))) struct OpenAIModelTests {
    private let client = HTTPClient()

    private func model(
        _ server: LoopbackServer, path: String = "/v1", dialect: OpenAIDialect? = nil,
        _ change: (inout ProviderOptions) -> Void = { _ in }
    ) -> ProviderModel<OpenAIFormat> {
        var options = ProviderOptions(
            provider: "up", baseURL: server.url(path), apiKey: "sk-verysecret", model: "m-1")
        change(&options)
        let format = OpenAIFormat(baseURL: options.baseURL, apiKey: options.apiKey, dialect: dialect)
        return ProviderModel(format, options, client: client)
    }

    private func streaming(_ serve: @escaping @Sendable (LoopbackConnection) -> Void) -> LoopbackServer {
        LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead()
            serve(connection)
        }
    }

    private static func token(_ text: String, finish: String? = nil) -> String {
        let reason = finish.map { "\"\($0)\"" } ?? "null"
        return
            "data: {\"model\":\"m-1-0726\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"},\"finish_reason\":\(reason)}]}\n\n"
    }

    @Test(
        arguments: GoldenStream.all + GoldenStream.further)
    func `an answer is streamed, and its end, model and usage are told`(_ stream: GoldenStream) async throws {
        let server = streaming { connection in
            for byte in stream.text.utf8 { connection.sendChunk([byte]) }
            connection.sendLastChunk()
        }
        let sink = Recorder()
        let completion = try await model(server).respond(to: .question, into: sink)
        #expect(sink.pieces == stream.tokens)
        #expect(sink.reasoning == stream.reasoning)
        var calls: [ToolCall] = []
        for piece in sink.toolCalls { calls.append(piece) }
        #expect(calls == stream.calls)
        #expect(completion.finishReason == stream.finishReason ?? "stop")
        #expect(completion.model == stream.model ?? "m-1")
        #expect(completion.provider == "up")
        #expect(completion.usage.isEstimated == (stream.usage == nil))
        if let usage = stream.usage {
            #expect([completion.usage.promptTokens, completion.usage.completionTokens] == usage)
        } else {
            #expect(completion.usage.promptTokens == (9 + 10 + 3) / 4)
        }
    }

    @Test func `the tokens of one piece go out together`() async throws {
        let server = streaming { connection in
            connection.sendChunk((0..<20).map { Self.token("t\($0) ") }.joined() + Self.token("", finish: "stop"))
            connection.sendLastChunk()
        }
        let sink = Recorder()
        _ = try await model(server) { $0.limits.eventBytes = 4096 }.respond(to: .question, into: sink)
        #expect(sink.pieces == (0..<20).map { "t\($0) " })
        #expect(sink.batches < 20)
    }

    @Test func `the request is OpenAI's, with the key in its header`() async throws {
        let seen = Mutex<LoopbackRequest?>(nil)
        let server = LoopbackServer { connection in
            let request = connection.readRequest()
            seen.withLock { $0 = request }
            connection.sendChunkedHead()
            connection.sendChunk(Self.token("x", finish: "stop"))
            connection.sendLastChunk()
        }
        var request = ModelRequest(
            model: "asked-for", instructions: "Be \"brief\".",
            messages: [
                ModelMessage(role: .user, content: "a\nb"), ModelMessage(role: .assistant, content: "é"),
                ModelMessage(role: .user, content: "c"),
            ], maximumOutputTokens: 50, temperature: 0.5)
        _ = try await model(server, path: "/v1/") { options in
            options.model = nil
            options.headers = [HTTPHeader("X-Title", "books")]
        }.respond(to: request, into: Recorder())
        let sent = try #require(seen.withLock { $0 })
        #expect(sent.method == "POST")
        #expect(sent.target == "/v1/chat/completions")
        #expect(sent.headers["authorization"] == "Bearer sk-verysecret")
        #expect(sent.headers["content-type"] == "application/json")
        #expect(sent.headers["accept"] == "text/event-stream")
        #expect(sent.headers["x-title"] == "books")
        let expected: JSONValue = [
            "model": "asked-for",
            "messages": [
                ["role": "system", "content": "Be \"brief\"."], ["role": "user", "content": "a\nb"],
                ["role": "assistant", "content": "é"], ["role": "user", "content": "c"],
            ],
            "stream": true, "stream_options": ["include_usage": true], "max_tokens": 50, "temperature": 0.5,
        ]
        #expect(try JSONValue(parsing: sent.body) == expected)

        request = .question
        var dialect = OpenAIDialect()
        dialect.asksForUsage = false
        dialect.tokenLimitField = .maxCompletionTokens
        _ = try await model(server, dialect: dialect) { $0.apiKey = nil }.respond(to: request, into: Recorder())
        let bare = try #require(seen.withLock { $0 })
        #expect(bare.headers["authorization"] == nil)
        let members = try JSONValue(parsing: bare.body).objectValue?.members.map(\.key)
        #expect(members == ["model", "messages", "stream"])
    }

    @Test func `the field that limits the answer follows the server`() {
        #expect(OpenAIDialect(baseURL: "https://api.openai.com/v1").tokenLimitField == .maxCompletionTokens)
        #expect(OpenAIDialect(baseURL: "https://api.groq.com/openai/v1").tokenLimitField == .maxTokens)
    }

    @Test func `when it is unavailable, nothing is asked`() async {
        let server = LoopbackServer { _ in }
        let absent = model(server) { options in
            options.isAvailable = false
            options.reason = "OPENAI_API_KEY is not set"
        }
        #expect(await outcome(of: absent, into: Recorder()).modelError?.kind == .unavailable)
        #expect(absent.availability.map(\.isAvailable) == [false])
        #expect(absent.availability.map(\.reason) == ["OPENAI_API_KEY is not set"])
        #expect(server.acceptedConnections == 0)
    }
}
