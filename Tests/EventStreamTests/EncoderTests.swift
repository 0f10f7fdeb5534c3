import EventStream
import Testing

/// Writing an event stream.
@Suite struct EncoderTests {
    private func encoded(_ event: ServerSentEvent) -> String {
        var bytes: [UInt8] = []
        event.encode(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `an event is its fields and a blank line`() {
        #expect(encoded(ServerSentEvent(data: Array("{}".utf8))) == "data: {}\n\n")
        #expect(
            encoded(ServerSentEvent(id: 120, event: "note", data: Array("x".utf8)))
                == "id: 120\nevent: note\ndata: x\n\n")
        #expect(encoded(ServerSentEvent(id: 0, data: [])) == "id: 0\ndata: \n\n")
        #expect(encoded(ServerSentEvent(id: .max, data: [])) == "id: 18446744073709551615\ndata: \n\n")
    }

    @Test func `data of several lines has a field for each, whatever ends them`() {
        #expect(
            encoded(ServerSentEvent(data: Array("a\nb\r\nc\rd\n".utf8)))
                == "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n")
    }

    @Test func `a name cannot forge a field`() {
        #expect(encoded(ServerSentEvent(event: "a\nid: 9\r\u{0}", data: [])) == "event: aid: 9\ndata: \n\n")
    }

    @Test func `a comment and a retry are blocks of their own`() {
        var bytes: [UInt8] = []
        EventStreamEncoder.appendComment(to: &bytes)
        EventStreamEncoder.appendRetry(milliseconds: 1500, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == ": ping\n\nretry: 1500\n\n")
    }

    @Test(arguments: ["", " leading space", "a\n\nb", "é😀", ": x", "data: y"])
    func `what is written is what is read`(_ text: String) throws {
        var bytes: [UInt8] = []
        EventStreamEncoder.append(id: 3, event: "kind", data: Array(text.utf8), to: &bytes)
        var parser = EventStreamParser()
        var data: [[UInt8]] = []
        var types: [[UInt8]] = []
        try parser.feed(bytes) { event in
            types.append(event.type.withUnsafeBufferPointer { Array($0) })
            data.append(event.data.withUnsafeBufferPointer { Array($0) })
        }
        #expect(types == [Array("kind".utf8)])
        #expect(data == [Array(text.utf8)])
        #expect(parser.lastEventID == Array("3".utf8))
    }
}
