import Glibc
import Scheduling
import Testing

@testable import FCGIApp

/// Says how each request arrived; at "/stream", streams until the client leaves.
private struct EchoResponder: Responder {
    func respond(to request: consuming Request, writer: consuming ResponseWriter) async {
        let text = "\(request.path) \(request.bodyState)"
        let streams = request.path == "/stream"
        _ = consume request
        if streams {
            try? await writer.start(ResponseHead(status: 200))
            try? await writer.flush()
            while !(await writer.wait()).contains(.disconnection) {}
            return
        }
        try? await writer.send(Response(status: 200, body: Array(text.utf8)))
    }
}

@Suite struct ConnectionTests {
    private static func server(_ sockets: [ListeningSocket], receiveMS: Int) throws -> FastCGIServer {
        let server = try FastCGIServer(
            sockets: sockets, responder: EchoResponder(),
            limits: Request.Limits(bodyBytes: 3_000_000, receiveMS: receiveMS), timers: TimerQueue(), log: { _ in })
        server.start()
        return server
    }

    private static func temporaryPath() -> String {
        "/tmp/chat-fcgi-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
    }

    /// A request whose body is too long to be looked at in advance and stops in the middle.
    private static func stalled(_ path: String) -> [UInt8] {
        let whole = FastCGIClient.post(path, [UInt8](repeating: 65, count: 300_000))
        return Array(whole.prefix(100_000))
    }

    // What comes after a body that broke off is the rest of that body. Taken for a request, it would be one that a
    // client has written, variables of the web server's included.
    @Test func `a connection whose body broke off takes no further request`() async throws {
        let path = Self.temporaryPath()
        let server = try Self.server([ListeningSocket(address: "unix:\(path)")], receiveMS: 1900)
        let client = try FastCGIClient(path: path)
        try await client.send(Self.stalled("/first"))
        #expect(await client.receive().body.hasPrefix("/first mismatch"))
        // The connection may be closed by now, so the sending may fail.
        try? await client.send(FastCGIClient.get("/smuggled"))
        #expect(await client.receive() == FastCGIClient.Response())
        await server.drain()
    }

    // Held up, the quick one would wait for two minutes, until the time of the slow ones is up.
    @Test(.timeLimit(.minutes(5)))
    func `long bodies that do not come to their end hold up nobody else`() async throws {
        let path = Self.temporaryPath()
        let server = try Self.server([ListeningSocket(address: "unix:\(path)")], receiveMS: 120_000)
        do {
            var slow: [FastCGIClient] = []
            for _ in 0..<10 {
                let client = try FastCGIClient(path: path)
                try await client.send(Self.stalled("/slow"))
                slow.append(client)
            }
            let client = try FastCGIClient(path: path)
            try await client.send(FastCGIClient.get("/quick"))
            #expect(await client.receive().body == "/quick complete")
        }
        await server.drain()
    }

    @Test func `a request that arrives byte by byte is answered`() async throws {
        let path = Self.temporaryPath()
        // Its time must suffice on a busy machine too.
        let server = try Self.server([ListeningSocket(address: "unix:\(path)")], receiveMS: 600_000)
        let client = try FastCGIClient(path: path)
        for byte in FastCGIClient.post("/bytes", [65, 66]) { try await client.send([byte]) }
        #expect(await client.receive().body == "/bytes complete")
        await server.drain()
    }

    // Over TCP the peer may send no more than the receive window holds, and what is only looked at does not open it.
    @Test(
        .timeLimit(.minutes(5)),
        arguments: [30_000, 60_000, 64_000, 65_000, 65_300, 65_400, 65_536, 66_000, 70_000, 130_000, 900_000])
    func `a body of any size arrives over TCP`(_ size: Int) async throws {
        let port = try FastCGIClient.freePort()
        let server = try Self.server([ListeningSocket(address: "tcp:127.0.0.1:\(port)")], receiveMS: 300_000)
        let client = try FastCGIClient(port: port)
        try await client.send(FastCGIClient.post("/tcp", [UInt8](repeating: 65, count: size)))
        #expect(await client.receive().body == "/tcp complete")
        await server.drain()
    }

    private static func pair() -> (Int32, Int32) {
        var pair: [Int32] = [0, 0]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair)
        return (pair[0], pair[1])
    }

    @Test func `a hang-up while nothing is watched is told once`() throws {
        let poller = try Poller()
        let (ours, theirs) = Self.pair()
        defer { close(ours) }
        #expect(poller.add(ours, name: 7, FastCGIConnection.awaitingRequest))
        poller.change(ours, name: 7, FastCGIConnection.parsing)
        close(theirs)
        var names: [UInt64] = []
        poller.wait { names.append($0.name) }
        let (another, itsPeer) = Self.pair()
        defer { close(another) }
        #expect(poller.add(another, name: 8, FastCGIConnection.awaitingRequest))
        close(itsPeer)
        poller.wait { names.append($0.name) }
        #expect(names == [7, 8])
    }

    // Else each token would wait for the acknowledgement of the one before (RFC 896), which the peer delays.
    @Test func `what is written to a TCP connection leaves at once`() async throws {
        let server = try FastCGIServer(
            sockets: [], responder: EchoResponder(), timers: TimerQueue(), log: { _ in })
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let connection = FastCGIConnection(name: 1, descriptor: descriptor, server: server)
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        #expect(getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &value, &length) == 0)
        #expect(value != 0)
        #expect(connection.closeIfWaiting())
    }

    @Test func `a connection on which nothing has come yet is not half a request`() async throws {
        let server = try FastCGIServer(
            sockets: [], responder: EchoResponder(), timers: TimerQueue(), log: { _ in })
        let (ours, theirs) = Self.pair()
        defer { close(theirs) }
        let connection = FastCGIConnection(name: 1, descriptor: ours, server: server)
        let window = UnsafeMutableRawBufferPointer.allocate(byteCount: RecordScanner.window, alignment: 16)
        defer { window.deallocate() }
        #expect(connection.scan(into: window) == .nothing)
        write(theirs, [1], 1)
        #expect(connection.scan(into: window) == .incomplete)
        #expect(connection.closeIfWaiting())
    }
}
