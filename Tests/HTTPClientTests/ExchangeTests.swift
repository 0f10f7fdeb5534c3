import Glibc
import HTTPClient
import LoopbackServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct ExchangeTests {
    private let client = HTTPClient()

    @Test func `a response's status, headers and body come as they were sent`() async throws {
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            connection.respond(
                status: "404 Not Found", headers: ["Retry-After:  7 ", "X-Empty:"],
                "\(request.method) \(request.target)")
        }
        let stream = try await client.stream(HTTPRequest(url: server.url("/a?b=c")))
        #expect(stream.status == 404)
        #expect(stream.header("retry-after") == "7")
        #expect(stream.header("x-empty") == "")
        #expect(stream.header("x-absent") == nil)
        #expect(try await body(of: stream) == Array("GET /a?b=c".utf8))
        #expect(try await stream.next() == nil)
    }

    @Test(arguments: [0, 1, 70_000, 2_000_000])
    func `a request's headers and body arrive whole`(_ size: Int) async throws {
        let sent = (0..<size).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            let headers = [
                "X-Expect: \(request.headers["expect"] ?? "none")", "X-Key: \(request.headers["x-key"] ?? "")",
            ]
            connection.respond(headers: headers, request.body == sent ? "same" : "\(request.body.count) bytes")
        }
        var request = HTTPRequest(method: .post, url: server.url(), headers: [HTTPHeader("X-Key", "a: b")], body: sent)
        request.totalTimeoutMilliseconds = 30_000
        let stream = try await client.stream(request)
        #expect(stream.header("X-Key") == "a: b")
        #expect(stream.header("X-Expect") == "none")
        #expect(try await body(of: stream) == Array("same".utf8))
    }

    @Test func `a body in pieces arrives as one, again where the connection was old`() async throws {
        let pieces: [[UInt8]] = [[], Array("a".utf8), [UInt8](repeating: 7, count: 300_000), [], Array("bc".utf8)]
        let expected = Array(pieces.joined())
        let server = LoopbackServer { connection in
            while let request = connection.readRequest() {
                connection.respond(request.body == expected ? "same" : "\(request.body.count) bytes")
            }
        }
        for _ in 0..<3 {
            var request = HTTPRequest(method: .post, url: server.url())
            request.segments = pieces.map { $0[...] }
            request.totalTimeoutMilliseconds = 30_000
            #expect(request.body == expected)
            #expect(try await body(of: client.stream(request)) == Array("same".utf8))
        }
    }

    @Test func `a request to remove something has no body`() async throws {
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            connection.respond("\(request.method) \(request.target) \(request.headers["content-length"] ?? "none")")
        }
        var request = HTTPRequest(method: .delete, url: server.url("/a"), body: [1, 2, 3])
        request.totalTimeoutMilliseconds = 30_000
        #expect(try await body(of: client.stream(request)) == Array("DELETE /a none".utf8))
    }

    @Test func `a body may come in any pieces, down to single bytes of chunks and their sizes`() async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            let response =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n wörl\r\n1\r\nd\r\n0\r\nX-T: 1\r\n\r\n"
            for byte in response.utf8 { connection.send([byte]) }
        }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        #expect(try await body(of: stream) == Array("hello wörld".utf8))
        #expect(stream.header("X-T") == nil)
    }

    @Test func `bytes are given out as they come, not at the end`() async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.sendChunkedHead()
            connection.sendChunk("first")
            // Only a client that has got the first piece asks again.
            _ = connection.waitForPeerToLeave()
        }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        #expect(try await stream.next() == Array("first".utf8))
    }

    @Test func `interim responses are passed over`() async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
            connection.respond("real")
        }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        #expect(stream.status == 200)
        #expect(stream.header("Link") == nil)
        #expect(try await body(of: stream) == Array("real".utf8))
    }

    @Test func `a redirect is a response like any other`() async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.respond(status: "302 Found", headers: ["Location: /elsewhere"])
            #expect(connection.readRequest() == nil)
        }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        #expect(stream.status == 302)
        #expect(try await body(of: stream) == [])
    }

    @Test func `requests one after the other share a connection`() async throws {
        let server = LoopbackServer { connection in
            while let request = connection.readRequest() {
                connection.respond(String(decoding: request.body, as: UTF8.self))
            }
        }
        for round in 0..<5 {
            let text = Array("round \(round)".utf8)
            let stream = try await client.stream(HTTPRequest(method: .post, url: server.url(), body: text))
            #expect(try await body(of: stream) == text)
        }
        #expect(server.acceptedConnections == 1)
    }

    @Test func `a thousand exchanges are open at once, and each gets its own answer`() async throws {
        let count = 1000
        let open = Atomic<Int>(0)
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            connection.sendChunkedHead()
            connection.sendChunk("begun ")
            open.add(1, ordering: .acquiringAndReleasing)
            // Nobody is answered before all are there.
            while open.load(ordering: .acquiring) < count { usleep(5000) }
            for byte in request.body { connection.sendChunk([byte]) }
            connection.sendLastChunk()
        }
        let wrong = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    let text = Array("answer \(number)".utf8)
                    let stream = try await client.stream(HTTPRequest(method: .post, url: server.url(), body: text))
                    return try await body(of: stream) != Array("begun ".utf8) + text
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(wrong == 0)
        #expect(server.acceptedConnections == count)
    }

    @Test func `a proxy is used when it is configured, and never because the environment names one`() async throws {
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            connection.respond(request.target)
        }
        setenv("http_proxy", "http://127.0.0.1:1", 1)
        setenv("ALL_PROXY", "http://127.0.0.1:1", 1)
        let direct = try await client.stream(HTTPRequest(url: server.url("/direct")))
        #expect(try await body(of: direct) == Array("/direct".utf8))
        var options = HTTPClient.Options()
        options.proxy = server.url("")
        let throughProxy = HTTPClient(options: options)
        let proxied = try await throughProxy.stream(HTTPRequest(url: "http://nowhere.invalid/x"))
        #expect(try await body(of: proxied) == Array("http://nowhere.invalid/x".utf8))
        // With the client its exchanges end.
        withExtendedLifetime(throughProxy) {}
    }
}
