import CLinux
import FCGIApp
import Glibc
import Scheduling
import Synchronization
import Testing

/// Answers according to the path, for the tests of the transport.
private final class PathResponder: Responder {
    let disconnections = Mutex(0)
    let started = Mutex(0)

    func respond(to request: consuming Request, writer: consuming ResponseWriter) async {
        started.withLock { $0 += 1 }
        switch request.path {
        case "/echo":
            let text = "\(request.method) \(request.bodyState) \(request.body.count)"
            try? await writer.send(Response(status: 200, body: Array(text.utf8)))
        case "/large":
            try? await writer.send(Response(status: 200, body: [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)))
        case "/wait":
            do {
                try await writer.start(ResponseHead(status: 200))
                try await writer.flush()
                while !(await writer.wait()).contains(.disconnection) {}
                disconnections.withLock { $0 += 1 }
            } catch {}
        case "/medium":
            try? await writer.send(Response(status: 200, body: [UInt8](repeating: UInt8(ascii: "x"), count: 500_000)))
        case "/remember":
            let waker = writer.waker
            remembered.withLock { $0 = { waker.wake($0) } }
            try? await writer.send(Response(status: 200))
        case "/reasons":
            let waker = writer.waker
            finishers.withLock { $0.append { waker.wake(.data) } }
            try? await writer.start(ResponseHead(status: 200))
            try? await writer.flush()
            var reasons: Waker.Reasons = []
            while !reasons.contains(.data) { reasons.formUnion(await writer.wait()) }
            try? await writer.write(Array("\(reasons.rawValue)".utf8))
            try? await writer.finish()
        case "/until-drained":
            try? await writer.start(ResponseHead(status: 200))
            try? await writer.flush()
            let waker = writer.waker
            finishers.withLock { $0.append { waker.wake(.data) } }
            while !(await writer.wait()).contains(.data) {}
            try? await writer.finish()
        default:
            // Dropped without a word: the connection is cut.
            break
        }
    }

    let finishers = Mutex<[@Sendable () -> Void]>([])
    let remembered = Mutex<(@Sendable (Waker.Reasons) -> Void)?>(nil)
}

@Suite struct ServerTests {
    private let path = "/tmp/chat-fcgi-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
    private let responder = PathResponder()
    private let server: FastCGIServer

    init() throws {
        server = try FastCGIServer(
            sockets: [ListeningSocket(address: "unix:\(path)")], responder: responder,
            limits: Request.Limits(bodyBytes: 100_000, receiveMS: 600_000, sendMS: 600_000), timers: TimerQueue(),
            log: { _ in })
        server.start()
    }

    /// One with other limits, and its socket's path.
    private static func server(_ limits: Request.Limits, _ responder: PathResponder) throws -> (FastCGIServer, String) {
        let path = "/tmp/chat-fcgi-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
        let server = try FastCGIServer(
            sockets: [ListeningSocket(address: "unix:\(path)")], responder: responder, limits: limits,
            timers: TimerQueue(), log: { _ in })
        server.start()
        return (server, path)
    }

    private func echo(_ client: FastCGIClient, body: [UInt8] = []) async throws -> String {
        try await client.send(FastCGIClient.post("/echo", body))
        return await client.receive().body
    }

    @Test func `a kept connection answers one request after the other`() async throws {
        let client = try FastCGIClient(path: path)
        for size in [0, 10, 90_000, 1] {
            #expect(try await echo(client, body: [UInt8](repeating: 65, count: size)) == "POST complete \(size)")
        }
        await server.drain()
    }

    @Test func `a connection that another process was told of and never accepts is answered`() async throws {
        let path = "/tmp/chat-fcgi-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
        let socket = try ListeningSocket(address: "unix:\(path)")
        // Watches first, so it is told first, and accepts nothing: a process that freezes at that moment.
        let frozen = epoll_create1(0)
        defer { close(frozen) }
        var interest = epoll_event(events: EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue, data: epoll_data_t(u64: 0))
        #expect(epoll_ctl(frozen, EPOLL_CTL_ADD, socket.descriptor, &interest) == 0)
        let isTold = Mutex(false)
        Thread.start(name: "frozen") {
            var event = epoll_event()
            if epoll_wait(frozen, &event, 1, 30_000) == 1 { isTold.withLock { $0 = true } }
        }
        let server = try FastCGIServer(
            sockets: [socket], responder: responder, timers: TimerQueue(), log: { _ in })
        server.start()
        // Again, until the other one waited when the connection came.
        var attempts = 0
        repeat {
            #expect(try await echo(try FastCGIClient(path: path), body: [1]) == "POST complete 1")
            attempts += 1
        } while !isTold.withLock({ $0 }) && attempts < 1_000
        #expect(isTold.withLock { $0 })
        await server.drain()
    }

    @Test func `a body over the limit is told apart from one of the wrong length`() async throws {
        let client = try FastCGIClient(path: path)
        try await client.send(FastCGIClient.post("/echo", [UInt8](repeating: 65, count: 100_001)))
        #expect(await client.receive().body == "POST tooLarge 0")
        try await client.send(FastCGIClient.post("/echo", [65, 65, 65], declared: 10))
        #expect(await client.receive().body == "POST mismatch(declared: 10, received: 3) 0")
        try await client.send(FastCGIClient.post("/echo", [65, 65, 65], declared: 2))
        #expect(await client.receive().body == "POST mismatch(declared: 2, received: 3) 0")
        await server.drain()
    }

    @Test func `a path may take a longer body than others`() async throws {
        var limits = Request.Limits(bodyBytes: 1_000, receiveMS: 120_000)
        limits.bodyBytesOfPath = ["/echo": 3_000_000]
        let (server, path) = try Self.server(limits, responder)
        let client = try FastCGIClient(path: path)
        for (target, size, told) in [
            ("/echo", 3_000_000, "POST complete 3000000"), ("/echo/", 3_000_000, "POST complete 3000000"),
            ("/echo", 3_000_001, "POST tooLarge 0"),
        ] {
            try await client.send(FastCGIClient.post(target, [UInt8](repeating: 65, count: size)))
            #expect(await client.receive().body == told)
        }
        #expect(limits.bodyBytes(of: "/other") == 1_000)
        await server.drain()
    }

    @Test func `half-sent requests, more than there are readers, hold up nobody and are closed in time`() async throws {
        let (server, path) = try Self.server(Request.Limits(receiveMS: 1_000), responder)
        let request = FastCGIClient.post("/echo", [65, 66])
        var halves: [FastCGIClient] = []
        for cut in stride(from: 1, to: request.count, by: 9) {
            let half = try FastCGIClient(path: path)
            try await half.send(Array(request.prefix(cut)))
            halves.append(half)
        }
        #expect(halves.count > 8)
        #expect(try await echo(try FastCGIClient(path: path), body: [1]) == "POST complete 1")
        for half in halves { #expect(await half.isClosedByServer()) }
        await server.drain()
    }

    @Test func `a long body ends at the first record that is none of it`() async throws {
        let whole = FastCGIClient.post("/echo", [UInt8](repeating: 65, count: 90_000), declared: 90_000)
        let question = FastCGIClient.record(9, Array([[UInt8]](repeating: [1, 0, 65], count: 100).joined()), id: 0)
        for foreign in [
            question, FastCGIClient.record(4, [1]), FastCGIClient.record(5, [65], id: 2), [9, 9, 9, 9, 9, 9, 9, 9],
        ] {
            let client = try FastCGIClient(path: path)
            try await client.send(Array(whole.dropLast(8)) + foreign)
            // 90,000 bytes came, but the connection cannot be used again.
            #expect(await client.receive().body == "POST complete 90000")
            #expect(await client.isClosedByServer())
        }
        await server.drain()
    }

    @Test(arguments: [1_000, 20_000, 33_000]) func `a body sent bit by bit does not fill the kernel in vain`(
        bit: Int
    ) async throws {
        let client = try FastCGIClient(path: path)
        for size in [20_000, 60_000, 100_000] {
            var rest = FastCGIClient.post("/echo", [UInt8](repeating: 65, count: size))[...]
            while !rest.isEmpty {
                try await client.send(Array(rest.prefix(bit)))
                rest = rest.dropFirst(bit)
            }
            #expect(await client.receive().body == "POST complete \(size)")
        }
        await server.drain()
    }

    @Test func `a long body with padding, in records of all sizes, is read to its end`() async throws {
        let client = try FastCGIClient(path: path)
        let head = Array(FastCGIClient.post("/echo", [], declared: 66_000).dropLast(8))
        for _ in 0..<2 {
            var bytes = head
            var left = 66_000
            var size = 1
            while left > 0 {
                var record = FastCGIClient.record(5, [UInt8](repeating: 65, count: min(size, left)))
                record[6] = UInt8(size % 256)
                bytes += record + [UInt8](repeating: 1, count: size % 256)
                left -= min(size, left)
                size = size * 3 / 2 + 1
            }
            var end = FastCGIClient.record(5, [])
            end[6] = 255
            try await client.send(bytes + end + [UInt8](repeating: 1, count: 255))
            #expect(await client.receive().body == "POST complete 66000")
        }
        await server.drain()
    }

    @Test func `who asks without end and reads no answer holds up nobody`() async throws {
        // libfcgi answers each of these with a blocking write.
        let asked = [UInt8]([[UInt8]](repeating: FastCGIClient.record(9, [], id: 0), count: 7_900).joined())
        let begun = FastCGIClient.record(1, [0, 1, 0, 0, 0, 0, 0, 0])
        let begunOften = [UInt8]([[UInt8]](repeating: begun, count: 3_500).joined())
        let request = FastCGIClient.get("/echo")
        var rude: [FastCGIClient] = []
        for bytes in [asked, begunOften, asked, begunOften] {
            let client = try FastCGIClient(path: path)
            // It may be closed before all of it is sent.
            try? await client.send(bytes + request)
            rude.append(client)
        }
        #expect(try await echo(try FastCGIClient(path: path)) == "POST complete 0")
        for client in rude { #expect(await client.isClosedByServer()) }
        await server.drain()
    }

    @Test(arguments: [
        [UInt8](repeating: 0xFF, count: 64), Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8),
        FastCGIClient.record(5, []), FastCGIClient.record(1, [0, 1]), FastCGIClient.record(11, [1, 2, 3]),
    ])
    func `what is no FastCGI is closed at once and harms nobody`(_ bytes: [UInt8]) async throws {
        let client = try FastCGIClient(path: path)
        try await client.send(bytes)
        #expect(await client.isClosedByServer())
        #expect(try await echo(try FastCGIClient(path: path)) == "POST complete 0")
        await server.drain()
    }

    @Test func `a client that leaves while nothing is written is noticed`() async throws {
        do {
            let client = try FastCGIClient(path: path)
            try await client.send(FastCGIClient.get("/wait"))
            _ = await client.receive { !$0.output.isEmpty }
        }
        // Draining waits for the response to end, which it does only when the leaving is noticed.
        await server.drain()
        #expect(responder.disconnections.withLock { $0 } == 1)
    }

    @Test func `a response larger than the socket's buffer arrives whole, and waits for a slow reader`() async throws {
        let slow = try FastCGIClient(path: path)
        try await slow.send(FastCGIClient.get("/large"))
        // While nobody reads the large response, others are answered.
        for _ in 1...20 { #expect(try await echo(try FastCGIClient(path: path)) == "POST complete 0") }
        let response = await slow.receive()
        #expect(response.body.utf8.count == 3_000_000)
        #expect(response.hasEnd)
        await server.drain()
    }

    @Test func `a response that is dropped cuts the connection without an end`() async throws {
        let client = try FastCGIClient(path: path)
        try await client.send(FastCGIClient.get("/nothing"))
        #expect(await client.receive() == FastCGIClient.Response())
        await server.drain()
    }

    // Which thread comes first, the task that lets go or the poller that sees the client leave, is left to chance here;
    // the address sanitizer tells when both free libfcgi's request.
    @Test(.timeLimit(.minutes(5)))
    func `clients that leave the moment they have their answer harm nobody`() async throws {
        let path = path
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<200 {
                        let client = try FastCGIClient(path: path)
                        try await client.send(FastCGIClient.get("/echo"))
                        #expect(await client.receive().hasEnd)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await echo(try FastCGIClient(path: path)) == "POST complete 0")
        await server.drain()
    }

    @Test(.timeLimit(.minutes(5)))
    func `a kept connection takes its next request after a response that had to wait for its reader`() async throws {
        let client = try FastCGIClient(path: path)
        for _ in 0..<200 {
            try await client.send(FastCGIClient.get("/medium"))
            #expect(await client.receive().hasEnd)
        }
        await server.drain()
    }

    @Test func `a reader that takes nothing for too long is cut off, and the others are not`() async throws {
        let (server, path) = try Self.server(Request.Limits(sendMS: 100), responder)
        let stalled = try FastCGIClient(path: path)
        let idle = try FastCGIClient(path: path)
        try await idle.send(FastCGIClient.get("/until-drained"))
        _ = await idle.receive { !$0.output.isEmpty }
        try await stalled.send(FastCGIClient.get("/large"))
        // The server can do nothing but give it up: nobody reads.
        await stalled.waitUntilPeerIsGone()
        #expect(!(await stalled.receive().hasEnd))
        for finish in responder.finishers.withLock({ $0 }) { finish() }
        #expect(await idle.receive().hasEnd)
        await server.drain()
    }

    @Test func `what wakes an earlier request's task does not reach the next request on the connection`() async throws {
        let client = try FastCGIClient(path: path)
        try await client.send(FastCGIClient.get("/remember"))
        #expect(await client.receive().hasEnd)
        let wake = try #require(responder.remembered.withLock { $0 })
        wake([.timer, .disconnection])
        try await client.send(FastCGIClient.get("/reasons"))
        _ = await client.receive { !$0.output.isEmpty }
        wake([.timer, .disconnection])
        for finish in responder.finishers.withLock({ $0 }) { finish() }
        let rest = await client.receive()
        #expect(rest.text == "\(Waker.Reasons.data.rawValue)")
        await server.drain()
    }

    @Test func `draining refuses what is new and lets what runs come to its end`() async throws {
        let client = try FastCGIClient(path: path)
        let idle = try FastCGIClient(path: path)
        #expect(try await echo(idle) == "POST complete 0")
        try await client.send(FastCGIClient.get("/until-drained"))
        _ = await client.receive { !$0.output.isEmpty }
        async let drained: Void = server.drain()
        #expect(await idle.isClosedByServer())
        #expect(throws: FastCGIClient.Failure.self) { try FastCGIClient(path: path) }
        for finish in responder.finishers.withLock({ $0 }) { finish() }
        #expect(await client.receive().hasEnd)
        await drained
    }
}
