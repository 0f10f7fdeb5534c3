import Chat
import HTTPClient
import LoopbackServer
import Synchronization
import Testing

@testable import Providers

/// Anthropic, Gemini and Ollama over HTTP.
@Suite(.timeLimit(.minutes(5))) struct KindsOverHTTPTests {
    enum Kind: String, CaseIterable, Sendable {
        case anthropic, gemini, ollama

        var make: @Sendable (ProviderOptions, HTTPClient) -> any RemoteModel {
            switch self {
            case .anthropic: { ProviderModels.anthropic($0, client: $1) }
            case .gemini: { ProviderModels.gemini($0, client: $1) }
            case .ollama: { ProviderModels.ollama($0, client: $1) }
            }
        }

        var stream: RecordedAnswer {
            switch self {
            case .anthropic: AnthropicStreams.tools
            case .gemini: GeminiStreams.tools
            case .ollama: OllamaStreams.tools
            }
        }

        var mediaType: String { self == .ollama ? "application/x-ndjson" : "text/event-stream" }

        var key: (header: String, value: String) {
            switch self {
            case .anthropic: ("x-api-key", "sk-verysecret")
            case .gemini: ("x-goog-api-key", "sk-verysecret")
            case .ollama: ("authorization", "Bearer sk-verysecret")
            }
        }
    }

    private let client = HTTPClient()

    private func model(
        _ kind: Kind, _ server: LoopbackServer, _ change: (inout ProviderOptions) -> Void = { _ in }
    ) -> any RemoteModel {
        var options = ProviderOptions(
            provider: "up", baseURL: server.url(""), apiKey: "sk-verysecret", model: "m-1")
        change(&options)
        return kind.make(options, client)
    }

    @Test(arguments: Kind.allCases)
    func `an answer is streamed with its calls, and its end, model and usage are told`(_ kind: Kind) async throws {
        let seen = Mutex<LoopbackRequest?>(nil)
        let server = LoopbackServer { connection in
            let request = connection.readRequest()
            seen.withLock { $0 = request }
            connection.sendChunkedHead(contentType: kind.mediaType)
            for byte in kind.stream.stream.utf8 { connection.sendChunk([byte]) }
            connection.sendLastChunk()
        }
        let sink = Recorder()
        let completion = try await model(kind, server).respond(to: .question, into: sink)
        #expect(sink.pieces == kind.stream.text)
        #expect(sink.toolCalls.map(\.arguments).joined() == kind.stream.calls.map(\.arguments).joined())
        #expect(completion.finishReason == "tool_calls")
        #expect(completion.model == kind.stream.model ?? "m-1")
        #expect([completion.usage.promptTokens, completion.usage.completionTokens] == kind.stream.usage)
        #expect(!completion.usage.isEstimated)
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == "POST")
        #expect(!request.target.contains("verysecret"))
        #expect(request.headers[kind.key.header] == kind.key.value)
    }

    @Test(arguments: Kind.allCases)
    func `an answer comes whole, where it is asked for so`(_ kind: Kind) async throws {
        let answer =
            switch kind {
            case .anthropic:
                #"{"type":"message","model":"x","content":[{"type":"text","text":"Hé"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2}}"#
            case .gemini:
                #"{"candidates":[{"content":{"parts":[{"text":"Hé"}]},"finishReason":"STOP"}],"modelVersion":"x","usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2}}"#
            case .ollama:
                #"{"model":"x","message":{"content":"Hé"},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":2}"#
            }
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.respond(headers: ["Content-Type: application/json"], answer)
        }
        let sink = Recorder()
        let completion = try await model(kind, server) { $0.streams = false }.respond(to: .question, into: sink)
        #expect(sink.text == "Hé")
        #expect(completion.finishReason == "stop")
        #expect(completion.model == "x")
        #expect(completion.usage == Usage(promptTokens: 1, completionTokens: 2, isEstimated: false))
    }

    @Test(arguments: Kind.allCases)
    func `a stream that breaks off is a failure of this provider`(_ kind: Kind) async {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead(contentType: kind.mediaType)
            connection.sendChunk(Array(kind.stream.stream.utf8.prefix(kind.stream.stream.utf8.count * 2 / 3)))
            connection.sendLastChunk()
        }
        let result = await outcome(of: model(kind, server), into: Recorder())
        #expect(result.modelError?.kind == .interrupted)
    }

    @Test(arguments: Kind.allCases)
    func `a probe asks for a list, and tells a key that is refused`(_ kind: Kind) async throws {
        let seen = Mutex<LoopbackRequest?>(nil)
        let server = LoopbackServer { connection in
            let request = connection.readRequest()
            seen.withLock { $0 = request }
            connection.respond(headers: ["Content-Type: application/json"], "{}")
        }
        #expect(try await model(kind, server).probe())
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == "GET")
        #expect(request.headers[kind.key.header] == kind.key.value)

        let refusing = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            let body =
                switch kind {
                case .anthropic: #"{"type":"error","error":{"type":"authentication_error","message":"invalid"}}"#
                case .gemini:
                    #"{"error":{"code":400,"status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}"#
                case .ollama: #"{"error":"unauthorized"}"#
                }
            connection.respond(
                status: kind == .gemini ? "400 Bad Request" : "401 Unauthorized",
                headers: ["Content-Type: application/json"], body)
        }
        let error = await #expect(throws: ModelError.self) { try await model(kind, refusing).probe() }
        #expect(error?.kind == .unauthorized)
    }
}
