import Glibc
import HTTPClient
import LoopbackServer
import Scheduling
import Synchronization
import Testing

/// Receiving on the client's thread.
@Suite(.timeLimit(.minutes(5))) struct ReceiverTests {
    private let client = HTTPClient()

    /// Keeps what it is given, and refuses what it is told to.
    private final class Recorder: HTTPResponseReceiver {
        let heads = Mutex<[HTTPResponseHead]>([])
        let bytes = Mutex<[UInt8]>([])
        let limit: Int
        let isSatisfied: Bool

        init(limit: Int = .max, isSatisfied: Bool = false) {
            self.limit = limit
            self.isSatisfied = isSatisfied
        }

        func receive(_ head: HTTPResponseHead) -> HTTPReception {
            heads.withLock { $0.append(head) }
            return limit == 0 ? .abort : .taken
        }

        func receive(_ bytes: RawSpan) -> HTTPReception {
            self.bytes.withLock { all in
                bytes.withUnsafeBytes { all.append(contentsOf: $0) }
                return isSatisfied ? .enough : all.count > limit ? .abort : .taken
            }
        }
    }

    private func server() -> (LoopbackServer, left: AsyncStream<Bool>) {
        let (left, leaving) = AsyncStream.makeStream(of: Bool.self)
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.sendChunkedHead(status: "201 Created")
            for piece in ["a", "bc", "def"] { connection.sendChunk(piece) }
            connection.sendLastChunk()
            leaving.yield(connection.waitForPeerToLeave())
        }
        return (server, left)
    }

    @Test func `a receiver is given the head once and the whole body in order`() async throws {
        let (server, _) = server()
        let recorder = Recorder()
        try await client.perform(HTTPRequest(url: server.url()), receiver: recorder)
        #expect(recorder.heads.withLock { $0.map(\.status) } == [201])
        #expect(recorder.bytes.withLock { $0 } == Array("abcdef".utf8))
    }

    @Test(arguments: [0, 3])
    func `a receiver that wants no more ends the exchange, at the head or in the body`(_ limit: Int) async throws {
        let (server, left) = server()
        let recorder = Recorder(limit: limit)
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.perform(HTTPRequest(url: server.url()), receiver: recorder)
        }
        #expect(error?.kind == .cancelled)
        #expect(await left.first { _ in true } == true)
    }

    @Test func `a satisfied receiver is done at once, gets nothing more, and a response that goes on is cut off`()
        async throws
    {
        let (left, leaving) = AsyncStream.makeStream(of: Void.self)
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.sendChunkedHead()
            while connection.sendChunk("x") { usleep(10_000) }
            leaving.yield()
        }
        let recorder = Recorder(isSatisfied: true)
        try await client.perform(HTTPRequest(url: server.url()), receiver: recorder)
        _ = await left.first { _ in true }
        #expect(recorder.bytes.withLock { $0 } == Array("x".utf8))
    }

    @Test func `a connection whose receiver was satisfied serves the next request when its response has ended`()
        async throws
    {
        let server = LoopbackServer { connection in
            while connection.readRequest() != nil { connection.respond("0123456789") }
        }
        for _ in 0..<3 {
            let recorder = Recorder(isSatisfied: true)
            try await client.perform(HTTPRequest(url: server.url()), receiver: recorder)
        }
        // The end of one response may be seen after the next request was made.
        #expect(server.acceptedConnections < 3)
    }

    /// Waits for so many looks, then no longer.
    private final class Impatient: HTTPResponseReceiver {
        let looks = Mutex(0)

        func receive(_ head: HTTPResponseHead) -> HTTPReception { .taken }
        func receive(_ bytes: RawSpan) -> HTTPReception { .taken }
        func patience(at now: MonotonicTime) -> HTTPClientError? {
            looks.withLock { looks in
                looks += 1
                return looks == 3 ? HTTPClientError(kind: .timeout, detail: "enough waited") : nil
            }
        }
    }

    @Test func `a receiver that has waited long enough ends the exchange with its own error, though bytes come`() async
    {
        let (left, leaving) = AsyncStream.makeStream(of: Void.self)
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.sendChunkedHead()
            while connection.sendChunk("x") { usleep(10_000) }
            leaving.yield()
        }
        let receiver = Impatient()
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.perform(HTTPRequest(url: server.url()), receiver: receiver)
        }
        #expect(error == HTTPClientError(kind: .timeout, detail: "enough waited"))
        #expect(receiver.looks.withLock { $0 } == 3)
        _ = await left.first { _ in true }
    }
}
