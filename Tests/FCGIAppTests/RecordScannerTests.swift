import Testing

@testable import FCGIApp

@Suite struct RecordScannerTests {
    private func scan(_ bytes: [UInt8]) -> RecordScanner.Verdict { bytes.withUnsafeBytes { RecordScanner.scan($0) } }

    @Test func `a request is complete at its last byte's header and not before`() {
        let request = FastCGIClient.post("/a", Array("hello".utf8))
        for length in 0..<request.count { #expect(scan(Array(request.prefix(length))) == .incomplete) }
        #expect(scan(request) == .complete)
    }

    @Test func `a record outside any request may come first`() {
        let management = FastCGIClient.record(9, [], id: 0)
        #expect(scan(management) == .incomplete)
        #expect(scan(management + FastCGIClient.get("/")) == .complete)
    }

    @Test func `a body too long to wait in the kernel is read while it comes`() {
        let head = FastCGIClient.post("/a", [], declared: 200_000).count - 8
        let request = FastCGIClient.post("/a", [UInt8](repeating: 1, count: 200_000))
        for length in [head + 8_193, 20_000, RecordScanner.window] {
            #expect(scan(Array(request.prefix(length))) == .longBody(head: head))
        }
        #expect(scan(Array(request.prefix(head + 8_192))) == .incomplete)
        let short = FastCGIClient.post("/a", [UInt8](repeating: 1, count: 8_000))
        #expect(scan(Array(short.dropLast())) == .incomplete)
        #expect(scan(short) == .complete)
    }

    @Test func `parameters beyond the window are refused`() {
        let request = FastCGIClient.request([("HTTP_COOKIE", String(repeating: "x", count: 60_000))])
        let twice = Array(request.dropLast(16)) + FastCGIClient.record(4, [UInt8](repeating: 0, count: 60_000))
        #expect(scan(Array(twice.prefix(RecordScanner.window))) == .malformed)
    }

    @Test func `a short body behind parameters that fill the window is read while it comes`() {
        let value = String(repeating: "x", count: 32_000)
        let parameters = [("A", value), ("B", value)]
        let head = FastCGIClient.request(parameters).count - 8
        let request = FastCGIClient.request(parameters, body: [UInt8](repeating: 1, count: 9_000))
        #expect(scan(Array(request.prefix(RecordScanner.window))) == .longBody(head: head))
    }

    @Test func `a body in many small pieces is read while it comes`() {
        let head = Array(FastCGIClient.get("/").dropLast(8))
        var bytes = head
        for _ in 0..<15 { bytes += FastCGIClient.record(5, [1]) }
        #expect(scan(bytes) == .incomplete)
        #expect(scan(bytes + FastCGIClient.record(5, [1])) == .longBody(head: head.count))
        #expect(scan(bytes + FastCGIClient.record(5, [])) == .complete)
    }

    // MARK: - What libfcgi must not see

    private let good = FastCGIClient.get("/")
    private let begin = FastCGIClient.record(1, [0, 1, 0, 0, 0, 0, 0, 0])
    private let names: [UInt8] = ["FCGI_MAX_CONNS", "FCGI_MAX_REQS", "FCGI_MPXS_CONNS"].reduce(into: []) {
        bytes, name in
        bytes += [UInt8(name.utf8.count), 0] + Array(name.utf8)
    }

    @Test func `more values are not asked for than libfcgi has room to answer`() {
        #expect(scan(FastCGIClient.record(9, names, id: 0) + good) == .complete)
        #expect(scan(FastCGIClient.record(9, names + names, id: 0) + good) == .malformed)
        #expect(scan(FastCGIClient.record(9, [0x80, 0, 0], id: 0) + good) == .malformed)
        #expect(scan(FastCGIClient.record(9, [0xC0, 0, 0, 0, 1], id: 0) + good) == .malformed)
        #expect(scan(FastCGIClient.record(77, [], id: 0) + good) == .malformed)
    }

    @Test func `what libfcgi would answer with a write comes a few times at most, and never in a request`() {
        let asked = FastCGIClient.record(9, names, id: 0)
        #expect(scan(Array([[UInt8]](repeating: asked, count: 4).joined()) + good) == .complete)
        #expect(scan(Array([[UInt8]](repeating: asked, count: 5).joined())) == .malformed)
        #expect(scan(begin + asked) == .malformed)
        #expect(scan(begin + begin) == .malformed)
        let long = FastCGIClient.post("/a", [UInt8](repeating: 1, count: 200_000))
        #expect(scan(Array((asked + long).prefix(RecordScanner.window))) == .malformed)
    }

    @Test func `records of another request, or of the wrong kind, end it`() {
        #expect(scan(begin + FastCGIClient.record(4, [], id: 2)) == .malformed)
        for type: UInt8 in [2, 3, 6, 8, 11, 99] { #expect(scan(begin + FastCGIClient.record(type, [])) == .malformed) }
        // Standard input before the end of the parameters, parameters after it.
        #expect(scan(begin + FastCGIClient.record(5, [1])) == .malformed)
        #expect(scan(Array(good.dropLast(8)) + FastCGIClient.record(4, [1, 1, 65, 66])) == .malformed)
        var padded = begin
        padded[6] = 8
        #expect(scan(padded) == .malformed)
    }

    @Test(
        arguments: [
            [0x80, 0], [5], [0x7F, 1, 65], [1, 1, 65], [0xFF, 0xFF, 0xFF, 0xFF, 1, 65],
            [1, 0xFF, 0xFF, 0xFF, 0xFF, 65],
            [0xC0, 0, 0, 0, 0], [0, 0x80, 1, 0, 1],
        ] as [[UInt8]])
    func `parameters that declare more than there is are refused, wherever records cut them`(_ content: [UInt8]) {
        for cut in 0...content.count {
            let parts = [content[..<cut], content[cut...]].filter { !$0.isEmpty }
            let records = parts.flatMap { FastCGIClient.record(4, Array($0)) }
            #expect(scan(begin + records + FastCGIClient.record(4, []) + FastCGIClient.record(5, [])) == .malformed)
        }
    }

    @Test(arguments: [
        [("REMOTE_USER", "alice\u{0}"), ("A", "b")], [("A", "b"), ("REMOTE_USER", "alice\u{0}evil")],
        [("REMOTE_USER", "\u{0}")],
        [("REMOTE_ADDR", "\u{0}"), ("REMOTE_USER", String(repeating: "x", count: 300) + "\u{0}")],
    ])
    func `a user's name with a zero byte is refused, which would end there as a C string`(
        _ parameters: [(String, String)]
    ) {
        let request = FastCGIClient.request(parameters)
        #expect(scan(request) == .malformed)
        let length = Int(request[20]) << 8 | Int(request[21])
        let content = request[24..<(24 + length)]
        for cut in 1..<length {
            let parts = [content.prefix(cut), content.dropFirst(cut)].flatMap { FastCGIClient.record(4, Array($0)) }
            #expect(scan(begin + parts + Array(request.suffix(16))) == .malformed)
        }
    }

    @Test func `a zero byte elsewhere ends a value, and nothing else`() {
        #expect(
            scan(FastCGIClient.request([("REMOTE_ADDR", "a\u{0}"), ("REMOTE_USER", "b"), ("PATH_INFO", "/\u{0}")]))
                == .complete)
    }

    @Test func `parameters may be cut anywhere, also in a length`() {
        let value = String(repeating: "v", count: 300)
        let request = FastCGIClient.request([("A", "b"), ("", ""), (value, value), ("C", value)])
        let length = Int(request[20]) << 8 | Int(request[21])
        let content = request[24..<(24 + length)]
        for cut in 1..<length {
            let parts = [content.prefix(cut), content.dropFirst(cut)].flatMap { FastCGIClient.record(4, Array($0)) }
            #expect(scan(begin + parts + Array(request.suffix(16))) == .complete)
        }
    }
}
