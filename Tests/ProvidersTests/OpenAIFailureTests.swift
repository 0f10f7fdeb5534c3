import Chat
import HTTPClient
import LoopbackServer
import Synchronization
import Testing

@testable import Providers

/// A provider that fails.
@Suite(.timeLimit(.minutes(5))) struct OpenAIFailureTests {
    private let client = HTTPClient()

    private func model(_ server: LoopbackServer, limits: ProviderOptions.Limits = .init()) -> any RemoteModel {
        var options = ProviderOptions(
            provider: "up", baseURL: server.url("/v1"), apiKey: "sk-verysecret", model: "m-1")
        options.limits = limits
        return ProviderModels.openAI(options, client: client)
    }

    private static let half =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"half\"},\"finish_reason\":null}]}\n\n"
    private static let end = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"

    struct Refusal: Sendable {
        var status: String
        var body: String
        var kind: ModelError.Kind
        var type = "application/json"
    }

    @Test(
        arguments: [
            Refusal(
                status: "401 Unauthorized",
                body:
                    #"{"error":{"message":"Incorrect API key","type":"invalid_request_error","code":"invalid_api_key"}}"#,
                kind: .unauthorized),
            Refusal(status: "403 Forbidden", body: "", kind: .unauthorized),
            Refusal(
                status: "429 Too Many Requests",
                body: #"{"error":{"message":"Rate limit","type":"requests","code":"rate_limit_exceeded"}}"#,
                kind: .rateLimited),
            Refusal(
                status: "429 Too Many Requests",
                body:
                    #"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}"#,
                kind: .unauthorized),
            Refusal(
                status: "400 Bad Request",
                body:
                    #"{"error":{"message":"too long","type":"invalid_request_error","code":"context_length_exceeded"}}"#,
                kind: .contextLengthExceeded),
            Refusal(
                status: "400 Bad Request", body: #"{"error":{"message":"filtered","code":"content_filter"}}"#,
                kind: .contentPolicy),
            Refusal(
                status: "400 Bad Request", body: #"{"error":{"message":"bad","type":"invalid_request_error"}}"#,
                kind: .invalidRequest),
            Refusal(
                status: "404 Not Found",
                body: #"{"error":{"message":"The model does not exist","code":"model_not_found"}}"#,
                kind: .notFound),
            Refusal(status: "422 Unprocessable Entity", body: #"{"detail":[{"msg":"x"}]}"#, kind: .invalidRequest),
            Refusal(status: "500 Internal Server Error", body: "<html>", kind: .unavailable, type: "text/html"),
            Refusal(
                status: "503 Service Unavailable", body: #"{"error":{"message":"overloaded","type":"server_error"}}"#,
                kind: .unavailable),
            Refusal(status: "504 Gateway Timeout", body: "", kind: .timeout),
            Refusal(status: "302 Found", body: "", kind: .malformed),
            Refusal(
                status: "200 OK", body: "<html><body>Sign in</body></html>", kind: .malformed,
                type: "text/html; charset=utf-8"),
            Refusal(
                status: "200 OK", body: #"{"error":{"message":"no","code":"rate_limit_exceeded"}}"#, kind: .rateLimited),
            Refusal(status: "200 OK", body: #"{"choices":[]}"#, kind: .malformed),
            Refusal(status: "200 OK", body: #"{"choices":[{"message":{"content":"cut"#, kind: .malformed),
            Refusal(status: "200 OK", body: "", kind: .malformed),
            Refusal(status: "200 OK", body: "hello", kind: .malformed, type: "text/plain"),
        ])
    func `a refusal is told by its kind, and its words are for the log`(_ refusal: Refusal) async {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.respond(status: refusal.status, headers: ["Content-Type: \(refusal.type)"], refusal.body)
        }
        let sink = Recorder()
        let error = await outcome(of: model(server), into: sink).modelError
        #expect(error?.kind == refusal.kind)
        #expect(error?.provider == "up")
        #expect(sink.pieces == [])
    }

    @Test(
        arguments: [
            ("Retry-After: 20", 20.0), ("retry-after-ms: 1500", 1.5), ("Retry-After: soon", nil),
            ("Retry-After: -1", nil),
            ("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:50:07 GMT", 30),
        ])
    func `how long the provider asks to wait is told`(_ header: String, _ seconds: Double?) async {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.respond(status: "429 Too Many Requests", headers: [header], "{}")
        }
        let error = await outcome(of: model(server), into: Recorder()).modelError
        #expect(error?.kind == .rateLimited)
        #expect(error?.retryAfterSeconds == seconds)
    }

    @Test func `what goes to the log has no key, one line, and an end`() async throws {
        func detail(_ message: String) async throws -> String {
            let server = LoopbackServer { connection in
                guard connection.readRequest() != nil else { return }
                connection.respond(status: "401 Unauthorized", "{\"error\":{\"message\":\"\(message)\"}}")
            }
            return try #require(await outcome(of: model(server), into: Recorder()).modelError).description
        }
        #expect(try await detail("key sk-verysecret is wrong").contains("sk-verysecret") == false)
        let forged = try await detail("a\\nINFO forged\\u0085\\u001b[2J")
        #expect(forged.contains("INFO forged"))
        #expect(!forged.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
        #expect(try await detail(String(repeating: "x", count: 9000)).utf8.count < 500)
    }

    @Test func `a long error page is not read to its end`() async {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead(status: "500 Internal Server Error", contentType: "text/html")
            while connection.sendChunk([UInt8](repeating: 0x78, count: 4096)) {}
        }
        #expect(await outcome(of: model(server), into: Recorder()).modelError?.kind == .unavailable)
    }

    enum Ending: CaseIterable, Sendable { case endOfBody, cutOff, reset }

    @Test(arguments: Ending.allCases)
    func `a stream that breaks off is a failure, and its text is kept`(_ ending: Ending) async {
        let gate = Gate()
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead()
            connection.sendChunk(Self.half)
            gate.wait()
            switch ending {
            case .endOfBody: connection.sendLastChunk()
            case .cutOff: break
            case .reset: connection.reset()
            }
        }
        let sink = Recorder { gate.open() }
        let error = await outcome(of: model(server), into: sink).modelError
        #expect(error?.kind == .interrupted)
        #expect(sink.text == "half")
    }

    @Test func `a line that breaks after the finish reason takes nothing from the answer`() async {
        let gate = Gate()
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead()
            connection.sendChunk(Self.half + Self.end)
            gate.wait()
            connection.reset()
        }
        let completion = await outcome(of: model(server), into: Recorder { gate.open() }).success
        #expect(completion?.finishReason == "stop")
        #expect(completion?.usage.isEstimated == true)
    }

    @Test func `a connection that stays open after [DONE] holds up nothing`() async {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead()
            connection.sendChunk(Self.half + Self.end + "data: [DONE]\n\n")
            #expect(connection.waitForPeerToLeave())
        }
        var limits = ProviderOptions.Limits()
        limits.idleMilliseconds = nil
        limits.totalMilliseconds = nil
        let completion = await outcome(of: model(server, limits: limits), into: Recorder()).success
        #expect(completion?.finishReason == "stop")
    }

    @Test(arguments: [true, false])
    func `a provider that falls silent is given up, before its first byte and after it`(_ isBeforeFirstByte: Bool) async
    {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            if !isBeforeFirstByte {
                connection.sendChunkedHead()
                connection.sendChunk(Self.half)
            }
            _ = connection.waitForPeerToLeave()
        }
        var limits = ProviderOptions.Limits()
        if isBeforeFirstByte { limits.firstTokenMilliseconds = 50 } else { limits.idleMilliseconds = 50 }
        let sink = Recorder()
        #expect(await outcome(of: model(server, limits: limits), into: sink).modelError?.kind == .timeout)
        #expect(sink.text == (isBeforeFirstByte ? "" : "half"))
    }

    @Test func `an answer over its limit ends with the reason length, and the provider is told to stop`() async {
        let (left, leaving) = AsyncStream.makeStream(of: Void.self)
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead()
            while connection.sendChunk(Self.half) {}
            leaving.yield()
        }
        var limits = ProviderOptions.Limits()
        limits.answerBytes = 1001
        let sink = Recorder()
        let completion = await outcome(of: model(server, limits: limits), into: sink).success
        #expect(completion?.finishReason == "length")
        #expect(sink.text.utf8.count == 1000)
        _ = await left.first { _ in true }
    }

    @Test func `a response over its limit is a failure`() async {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead()
            while connection.sendChunk(": nothing\n") {}
        }
        var limits = ProviderOptions.Limits()
        limits.responseBytes = 10_000
        #expect(await outcome(of: model(server, limits: limits), into: Recorder()).modelError?.kind == .tooLarge)
    }

    @Test func `a server that is not there is unavailable`() async {
        let model = ProviderModels.openAI(
            ProviderOptions(provider: "up", baseURL: "http://127.0.0.1:1/v1", model: "m"), client: client)
        #expect(await outcome(of: model, into: Recorder()).modelError?.kind == .unavailable)
    }

    @Test func `cancelling ends the provider's connection, and no text comes after it`() async {
        let (left, leaving) = AsyncStream.makeStream(of: Void.self)
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead()
            while connection.sendChunk(Self.half) {}
            leaving.yield()
        }
        let sink = Recorder { beginning.yield() }
        let task = Task { await outcome(of: model(server), into: sink) }
        _ = await begun.first { _ in true }
        task.cancel()
        let result = await task.value
        let length = sink.text.utf8.count
        #expect(throws: CancellationError.self) { try result.get() }
        _ = await left.first { _ in true }
        #expect(sink.text.utf8.count == length)
    }
}
