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

    @Test func `a body beyond the window is read while it comes`() {
        let request = FastCGIClient.post("/a", [UInt8](repeating: 1, count: 200_000))
        #expect(scan(Array(request.prefix(RecordScanner.window))) == .longBody)
    }

    @Test func `parameters beyond the window are refused`() {
        let request = FastCGIClient.request([("HTTP_COOKIE", String(repeating: "x", count: 60_000))])
        let twice = Array(request.dropLast(16)) + FastCGIClient.record(4, [UInt8](repeating: 0, count: 60_000))
        #expect(scan(Array(twice.prefix(RecordScanner.window))) == .malformed)
    }

    @Test func `a body in many small pieces is read while it comes`() {
        let head = Array(FastCGIClient.get("/").dropLast(8))
        var bytes = head
        for _ in 0..<15 { bytes += FastCGIClient.record(5, [1]) }
        #expect(scan(bytes) == .incomplete)
        #expect(scan(bytes + FastCGIClient.record(5, [1])) == .longBody)
        #expect(scan(bytes + FastCGIClient.record(5, [])) == .complete)
    }
}
