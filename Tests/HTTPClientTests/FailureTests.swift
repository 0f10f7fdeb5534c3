import Glibc
import HTTPClient
import LoopbackServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct FailureTests {
    private let client = HTTPClient()

    @Test func `a reset in the middle of the body is an error, after what came before it`() async throws {
        let gate = Gate()
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.sendChunkedHead()
            connection.sendChunk("half")
            gate.wait()
            connection.reset()
        }
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        #expect(try await stream.next() == Array("half".utf8))
        gate.open()
        let (got, error) = await failure(of: stream)
        #expect(got == [])
        #expect(error?.kind == .reset)
    }

    @Test(
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
        ])
    func `an end before the announced end is an error`(_ response: String) async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.send(response)
        }
        let (got, error) = await failure(of: try await client.stream(HTTPRequest(url: server.url())))
        #expect(got == Array("half".utf8))
        #expect(error?.kind == .reset)
    }

    @Test func `a connection closed without an answer is a reset`() async {
        let server = LoopbackServer { connection in _ = connection.readRequest() }
        #expect(await refusal(client, HTTPRequest(method: .post, url: server.url(), body: [1]))?.kind == .reset)
    }

    @Test func `a server that is not there cannot be connected to`() async {
        let port = LoopbackServer { _ in }.port
        let error = await refusal(client, HTTPRequest(url: "http://127.0.0.1:\(port)/"))
        // The listener's thread may take the connection before it closes.
        #expect(error?.kind == .connect || error?.kind == .reset)
    }

    @Test func `a name that does not exist is not resolved`() async {
        #expect(await refusal(client, HTTPRequest(url: "http://nowhere.invalid/"))?.kind == .resolve)
    }

    @Test func `a peer that speaks something else than HTTP is told from a broken line`() async {
        let server = LoopbackServer { connection in connection.send("SSH-2.0-OpenSSH_9.2\r\n") }
        #expect(await refusal(client, HTTPRequest(url: server.url()))?.kind == .protocol)
    }

    @Test func `TLS with a server that has none fails as TLS`() async {
        let server = LoopbackServer { connection in
            connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            _ = connection.waitForPeerToLeave()
        }
        #expect(await refusal(client, HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))?.kind == .tls)
    }

    @Test(arguments: [false, true])
    func `a server that never answers runs into the time limit, before the head and after it`(_ sendsHead: Bool)
        async throws
    {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            if sendsHead { connection.sendChunkedHead() }
            _ = connection.waitForPeerToLeave()
        }
        var request = HTTPRequest(url: server.url())
        request.totalTimeoutMilliseconds = 1000
        if sendsHead {
            #expect(await failure(of: try await client.stream(request)).error?.kind == .timeout)
        } else {
            #expect(await refusal(client, request)?.kind == .timeout)
        }
    }

    @Test(arguments: [false, true])
    func `a server that falls silent is given up, before the first byte and after it`(_ sendsHead: Bool) async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            if sendsHead {
                connection.sendChunkedHead()
                connection.sendChunk("x")
            }
            _ = connection.waitForPeerToLeave()
        }
        var request = HTTPRequest(url: server.url())
        if sendsHead { request.silenceTimeoutMilliseconds = 100 } else { request.firstByteTimeoutMilliseconds = 100 }
        if sendsHead {
            let (got, error) = await failure(of: try await client.stream(request))
            #expect(got == Array("x".utf8))
            #expect(error?.kind == .timeout)
        } else {
            #expect(await refusal(client, request)?.kind == .timeout)
        }
    }

    @Test func `a server that is slow but not silent is not given up`() async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.sendChunkedHead()
            // Longer than the limit in all, and every piece well within it.
            for _ in 0..<60 {
                connection.sendChunk("x")
                usleep(30_000)
            }
            connection.sendLastChunk()
        }
        var request = HTTPRequest(url: server.url())
        request.silenceTimeoutMilliseconds = 1500
        let (got, error) = await failure(of: try await client.stream(request))
        #expect(got.count == 60)
        #expect(error == nil)
    }

    @Test func `a response over its limit is cut off, whether its length is announced or not`() async throws {
        for chunked in [true, false] {
            let server = LoopbackServer { connection in
                _ = connection.readRequest()
                if chunked { connection.sendChunkedHead() }
                if chunked { connection.sendChunk([UInt8](repeating: 1, count: 5000)) }
                if !chunked { connection.respond(String(repeating: "x", count: 5000)) }
                _ = connection.waitForPeerToLeave()
            }
            var request = HTTPRequest(url: server.url())
            request.maximumResponseBytes = 4999
            let (got, error) = await failure(of: try await client.stream(request))
            #expect(got.count <= 4999)
            #expect(error?.kind == .tooLarge)
        }
    }

    @Test func `headers without end are cut off`() async {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\n")
            while connection.send("X-Filler: \(String(repeating: "x", count: 1000))\r\n") {}
        }
        #expect(await refusal(client, HTTPRequest(url: server.url()))?.kind == .tooLarge)
    }

    @Test func `what would forge headers, or is not HTTP, is not sent`() async {
        let server = LoopbackServer { _ in }
        let requests = [
            HTTPRequest(url: server.url(), headers: [HTTPHeader("A", "b\r\nC: d")]),
            HTTPRequest(url: server.url(), headers: [HTTPHeader("A", "b\nC: d")]),
            HTTPRequest(url: server.url(), headers: [HTTPHeader("A", "b\u{0}")]),
            HTTPRequest(url: server.url(), headers: [HTTPHeader("A: b", "c")]),
            HTTPRequest(url: server.url(), headers: [HTTPHeader("", "c")]),
            HTTPRequest(url: server.url("/a b")),
            HTTPRequest(url: server.url("/a\r\nX: y")),
            HTTPRequest(url: "file:///etc/hostname"),
            HTTPRequest(url: "gopher://127.0.0.1:\(server.port)/"),
            HTTPRequest(url: "/relative"),
            HTTPRequest(url: ""),
        ]
        for request in requests {
            #expect(await refusal(client, request)?.kind == .invalidRequest)
        }
        #expect(server.acceptedConnections == 0)
    }
}
