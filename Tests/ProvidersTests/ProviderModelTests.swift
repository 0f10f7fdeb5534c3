import Chat
import Glibc
import HTTPClient
import LoopbackServer
import Synchronization
import Testing

@testable import Providers

/// A provider's model, whatever its kind.
@Suite(.timeLimit(.minutes(5))) struct ProviderModelTests {
    private let client = HTTPClient()

    private func model(
        _ baseURL: String, _ change: (inout ProviderOptions) -> Void = { _ in }
    ) -> any RemoteModel {
        var options = ProviderOptions(provider: "up", baseURL: baseURL, apiKey: "sk-verysecret", model: "m")
        change(&options)
        return ProviderModels.openAI(options, client: client)
    }

    private func streaming(_ serve: @escaping @Sendable (LoopbackConnection) -> Void) -> LoopbackServer {
        LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead()
            serve(connection)
        }
    }

    private static func chunk(_ delta: String, finish: String = "null") -> String {
        "data: {\"choices\":[{\"index\":0,\"delta\":{\(delta)},\"finish_reason\":\(finish)}]}\n\n"
    }

    // MARK: - What is wanted

    /// Wants so many pieces and no more.
    private final class Satiable: ModelSink {
        private let left: Mutex<Int>
        private let pieces = Mutex<[String]>([])

        init(wants count: Int) { left = Mutex(count) }

        var text: String { pieces.withLock { $0.joined() } }
        func text(_ batch: TextBatch) { take(batch.pieces) }
        func reasoning(_ batch: TextBatch) { take(batch.pieces) }
        func toolCalls(_ pieces: [ToolCallPiece]) { take(pieces.map(\.arguments)) }
        func answering(provider: String, model: String) {}
        func model(_ name: String) {}
        func reasoningDetails(_ json: [UInt8]) {}
        func providerSwitch(_ change: ProviderSwitch) {}
        func attemptFailed(_ attempt: FailedAttempt) {}
        func emitted(last bytes: Int) -> [UInt8] { [] }
        var supportsReset: Bool { false }
        var wantsMore: Bool { left.withLock { $0 > 0 } }

        private func take(_ more: [String]) {
            pieces.withLock { $0 += more }
            left.withLock { $0 -= more.count }
        }
    }

    @Test(
        arguments: [
            #""content":"a""#, #""reasoning":"a""#, #""tool_calls":[{"index":0,"function":{"arguments":"a"}}]"#,
        ])
    func `a sink that wants no more ends the call, and the provider is told to stop`(_ delta: String) async {
        let (left, leaving) = AsyncStream.makeStream(of: Void.self)
        let server = streaming { connection in
            while connection.sendChunk(Self.chunk(delta)) {}
            leaving.yield()
        }
        let sink = Satiable(wants: 3)
        let error = await outcome(of: model(server.url("/v1")), into: sink).modelError
        #expect(error?.kind == .interrupted)
        #expect(error?.detail == "no more was wanted")
        #expect(sink.text.allSatisfy { $0 == "a" })
        #expect(sink.text.count >= 3)
        _ = await left.first { _ in true }
    }

    @Test func `an answer that has ended is whole, whether more was wanted or not`() async {
        let server = streaming { connection in
            connection.sendChunk(Self.chunk(#""content":"a""#, finish: "\"stop\"") + "data: [DONE]\n\n")
            connection.sendLastChunk()
        }
        let sink = Satiable(wants: 0)
        #expect(await outcome(of: model(server.url("/v1")), into: sink).success?.finishReason == "stop")
        #expect(sink.text == "a")
    }

    // MARK: - Compression

    @Test(
        arguments: [
            ("200 OK", "Content-Encoding: gzip", ModelError.Kind.malformed),
            ("200 OK", "content-encoding: identity, br", .malformed), ("200 OK", "Content-Encoding: zstd", .malformed),
            ("429 Too Many Requests", "Content-Encoding: gzip\r\nRetry-After: 7", .rateLimited),
        ])
    func `a compressed response is refused and not read, because none was asked for`(
        _ status: String, _ header: String, _ kind: ModelError.Kind
    ) async {
        let (left, leaving) = AsyncStream.makeStream(of: Void.self)
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            #expect(request.headers["accept-encoding"] == nil)
            connection.send(
                "HTTP/1.1 \(status)\r\nContent-Type: text/event-stream\r\n\(header)\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            while connection.sendChunk([0x1F, 0x8B, 0x08, 0]) {}
            leaving.yield()
        }
        let sink = Recorder()
        let error = await outcome(of: model(server.url("/v1")), into: sink).modelError
        #expect(error?.kind == kind)
        #expect(error?.detail.contains("compressed") == true)
        #expect(error?.retryAfterSeconds == (kind == .rateLimited ? 7 : nil))
        #expect(sink.pieces == [])
        _ = await left.first { _ in true }
    }

    @Test func `a body that says it is not compressed is read`() async {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.respond(
                headers: ["Content-Type: text/event-stream", "Content-Encoding: identity"],
                Self.chunk(#""content":"a""#, finish: "\"stop\""))
        }
        #expect(await outcome(of: model(server.url("/v1")), into: Recorder()).success != nil)
    }

    // MARK: - Clocks

    /// What is sent while a model says nothing.
    private static let noise = [
        ": ping\n\n", chunk(#""role":"assistant","content":"""#), chunk(#""content":null,"tool_calls":[]"#),
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n", "data: {}\n\n",
    ]

    @Test(
        arguments: noise + [chunk(#""content":"\n""#)])
    func `headers, comments, empty chunks, counts of tokens and blank text do not count as a first token`(
        _ noise: String
    ) async {
        let server = streaming { connection in
            while connection.sendChunk(noise) { _ = connection.waitABit() }
        }
        let error = await outcome(
            of: model(server.url("/v1")) { $0.limits.firstTokenMilliseconds = 300 }, into: Recorder()
        )
        .modelError
        #expect(error?.kind == .timeout)
        #expect(error?.detail.contains("first-token clock") == true)
    }

    @Test(
        arguments: [#""reasoning_content":"a""#, #""tool_calls":[{"index":0,"id":"x"}]"#])
    func `reasoning and calls of tools are a beginning`(_ delta: String) async {
        let server = streaming { connection in
            connection.sendChunk(Self.chunk(delta))
            _ = connection.waitForPeerToLeave()
        }
        let error = await outcome(
            of: model(server.url("/v1")) {
                $0.limits.firstTokenMilliseconds = 20_000
                $0.limits.idleMilliseconds = 100
            }, into: Recorder()
        ).modelError
        #expect(error?.kind == .timeout)
        #expect(error?.detail.contains("idle clock") == true)
    }

    @Test(arguments: noise)
    func `nor do they keep an answer alive that goes no further`(_ noise: String) async {
        let server = streaming { connection in
            connection.sendChunk(Self.chunk(#""content":"a""#))
            while connection.sendChunk(noise) { _ = connection.waitABit() }
        }
        let error = await outcome(
            of: model(server.url("/v1")) { $0.limits.idleMilliseconds = 300 }, into: Recorder()
        ).modelError
        #expect(error?.kind == .timeout)
        #expect(error?.detail.contains("idle clock") == true)
    }

    @Test(
        "a finish reason without a terminator is waited on for a while only, whatever comes, and the answer is whole",
        arguments: noise)
    func lingering(_ noise: String) async {
        let server = streaming { connection in
            connection.sendChunk(Self.chunk(#""content":"a""#, finish: "\"stop\""))
            while connection.sendChunk(noise) { _ = connection.waitABit() }
        }
        let completion = await outcome(
            of: model(server.url("/v1")) { $0.limits.idleMilliseconds = 100 }, into: Recorder()
        ).success
        #expect(completion?.finishReason == "stop")
    }

    @Test func `the total and connecting are clocks too, and say so`() async {
        let server = streaming { connection in
            connection.sendChunk(Self.chunk(#""content":"a""#))
            _ = connection.waitForPeerToLeave()
        }
        let error = await outcome(of: model(server.url("/v1")) { $0.limits.totalMilliseconds = 300 }, into: Recorder())
            .modelError
        #expect(error?.kind == .timeout)
        #expect(error?.detail.contains("whole exchange") == true)
    }

    // MARK: - Addresses, headers, probes

    @Test(
        arguments: ["169.254.169.254", "[fe80::1]", "[::ffff:a9fe:1]"])
    func `a link-local address is refused with the remedy`(_ host: String) async {
        let error = await outcome(of: model("http://\(host)/v1"), into: Recorder()).modelError
        #expect(error?.kind == .unavailable)
        #expect(error?.detail.contains("allow_link_local") == true)
    }

    @Test func `a configured header takes the place of the kind's own, and its value is a secret`() async {
        let seen = Mutex<LoopbackRequest?>(nil)
        let server = LoopbackServer { connection in
            let request = connection.readRequest()
            seen.withLock { $0 = request }
            connection.respond(status: "401 Unauthorized", #"{"error":{"message":"bad gateway-token-77"}}"#)
        }
        let error = await outcome(
            of: model(server.url("/v1")) { $0.headers = [HTTPHeader("authorization", "gateway-token-77")] },
            into: Recorder()
        ).modelError
        #expect(seen.withLock { $0?.headers["authorization"] } == "gateway-token-77")
        #expect(error?.kind == .unauthorized)
        #expect(error?.description.contains("gateway-token") == false)
    }

    @Test(
        arguments: [
            ("200 OK", "application/json", #"{"data":[]}"#, nil),
            (
                "401 Unauthorized", "application/json", #"{"error":{"message":"no","code":"invalid_api_key"}}"#,
                .unauthorized
            ),
            ("404 Not Found", "text/html", "<html>", .notFound), ("200 OK", "text/html", "<html>", .malformed),
            ("503 Service Unavailable", "text/plain", "", .unavailable),
        ] as [(String, String, String, ModelError.Kind?)])
    func `a probe asks for the list of models and tells what is wrong`(
        _ status: String, _ type: String, _ body: String, _ kind: ModelError.Kind?
    ) async throws {
        let seen = Mutex<LoopbackRequest?>(nil)
        let server = LoopbackServer { connection in
            let request = connection.readRequest()
            seen.withLock { $0 = request }
            connection.respond(status: status, headers: ["Content-Type: \(type)"], body)
        }
        do {
            #expect(try await model(server.url("/v1")).probe())
            #expect(kind == nil)
        } catch let error as ModelError {
            #expect(error.kind == kind)
        }
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == "GET")
        #expect(request.target == "/v1/models")
        #expect(request.headers["authorization"] == "Bearer sk-verysecret")
    }

    @Test func `a list of models without end is not read to its end, and a server that is not there is told`()
        async throws
    {
        let server = LoopbackServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.sendChunkedHead(contentType: "application/json")
            while connection.sendChunk([UInt8](repeating: 0x20, count: 4096)) {}
        }
        #expect(try await model(server.url("/v1")).probe())
        let error = await #expect(throws: ModelError.self) { try await model("http://127.0.0.1:1/v1").probe() }
        #expect(error?.kind == .unavailable)
    }
}

extension LoopbackConnection {
    /// Gives the peer time; false when it has left.
    fileprivate func waitABit() -> Bool {
        var pause = timespec(tv_sec: 0, tv_nsec: 20_000_000)
        return nanosleep(&pause, nil) == 0
    }
}
