import EventStream
import Testing

/// Reading an event stream.
@Suite struct ParserTests {
    struct Received: Equatable {
        var type = ""
        var data: String
    }

    /// Feeds the pieces in turn; what came out, and the parser as it stands then.
    private func parse(_ pieces: [[UInt8]], limit: Int = 1024) throws -> ([Received], EventStreamParser) {
        var parser = EventStreamParser(maximumEventBytes: limit)
        var events: [Received] = []
        for piece in pieces {
            try parser.feed(piece) { event in
                events.append(Received(type: text(event.type), data: text(event.data)))
            }
        }
        return (events, parser)
    }

    private func text(_ span: Span<UInt8>) -> String {
        span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// The same events must come out of the whole text, of two pieces cut at every byte, and of single bytes.
    private func expect(_ text: String, _ events: [Received], _ location: SourceLocation = #_sourceLocation) throws {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            let (got, _) = try parse([Array(bytes[..<cut]), Array(bytes[cut...])])
            #expect(got == events, "cut at \(cut)", sourceLocation: location)
        }
        let (got, _) = try parse(bytes.map { [$0] })
        #expect(got == events, "byte by byte", sourceLocation: location)
    }

    @Test(arguments: ["\n", "\r", "\r\n"])
    func `lines end with LF, CR or CRLF, wherever the bytes are cut`(_ end: String) throws {
        let lines = ["event: greeting", "data: Grüße 😀", "", "data: a", "data:", "data: b", "", "data: last", "", ""]
        try expect(
            lines.joined(separator: end),
            [Received(type: "greeting", data: "Grüße 😀"), Received(data: "a\n\nb"), Received(data: "last")])
    }

    @Test func `line ends may be mixed, and a CR before a CRLF is a line of its own`() throws {
        try expect("data: a\rdata: b\r\ndata: c\n\r\ndata: d\r\r\n", [Received(data: "a\nb\nc"), Received(data: "d")])
    }

    @Test func `the standard's own examples`() throws {
        try expect("data: YHOO\ndata: +2\ndata: 10\n\n", [Received(data: "YHOO\n+2\n10")])
        try expect(
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
            [Received(data: "first event"), Received(data: "second event")])
        try expect("data\n\ndata\ndata\n\ndata:\n", [Received(data: ""), Received(data: "\n")])
        try expect("data:test\n\ndata: test\n\n", [Received(data: "test"), Received(data: "test")])
    }

    @Test func `a byte order mark is skipped at the start and only there`() throws {
        try expect("\u{FEFF}data: a\n\n\u{FEFF}data: b\n\n", [Received(data: "a")])
    }

    @Test func `comments, unknown fields and events without data give nothing`() throws {
        try expect(":\n: ping\n\nevent: x\n\nDATA: no\n data: no\nfoo: bar\nxdata: no\n\n", [])
        try expect("event: x\n\ndata: y\n\n", [Received(data: "y")])
    }

    @Test func `an event whose blank line never comes is not dispatched`() throws {
        for text in ["data: a", "data: a\n", "data: a\r", "data: a\r\ndata: b"] { try expect(text, []) }
        try expect("data: a\n\n: comment\n", [Received(data: "a")])
    }

    @Test func `the last id is kept over events without one, and one with NUL is ignored`() throws {
        func lastID(_ text: String) throws -> [UInt8] { try parse(Array(text.utf8).map { [$0] }).1.lastEventID }
        #expect(try lastID("id: 7\ndata: a\n\ndata: b\n\n") == Array("7".utf8))
        #expect(try lastID("id: 7\ndata: a\n\nid: 8\u{0}\ndata: b\n\n") == Array("7".utf8))
        #expect(try lastID("id: 7\ndata: a\n\nid\n\n") == [])
        #expect(try lastID("id: 7\ndata: a\n\nid: 8\n") == Array("7".utf8))
    }

    @Test func `a line over the limit is an error, with its end and without`() throws {
        let exact = "data: " + String(repeating: "x", count: 26)
        #expect(try parse([Array((exact + "\n\n").utf8)], limit: 32).0.count == 1)
        for text in [exact + "x\n\n", exact + "x", ": " + String(repeating: "c", count: 31)] {
            let bytes = Array(text.utf8)
            for pieces in [[bytes], bytes.map { [$0] }] {
                #expect(throws: EventStreamError.self) { try parse(pieces, limit: 32) }
            }
        }
    }

    @Test func `many short lines over the limit are an error as well`() {
        let text = String(repeating: "data: 0123456789\n", count: 4)
        #expect(throws: EventStreamError(detail: "an event is larger than 32 bytes")) {
            try parse([Array(text.utf8)], limit: 32)
        }
    }

    @Test func `an error of the receiver comes through`() {
        struct Stop: Error {}
        var parser = EventStreamParser()
        #expect(throws: Stop.self) { try parser.feed(Array("data: a\n\n".utf8)) { _ in throw Stop() } }
    }
}
