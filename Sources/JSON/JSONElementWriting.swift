import CSimdjson

extension JSONElement {
    /// Writes the element with all that is in it, as JSON text without white space.
    ///
    /// Members keep their order; a key that an object names twice is written twice, since only a `JSONValue` refuses those.
    /// Numbers are written as the shortest text that reads back as the same number: `1E2` becomes `100.0`.
    public func write(to writer: inout JSONWriter) {
        _ = writeElement(of: tape, at: index, to: &writer)
    }

    /// The element as JSON text without white space.
    public var encoded: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}

/// Writes the element at `index`, and gives back the index behind it. simdjson has refused what is nested beyond 1,023
/// levels, so the recursion ends before a thread's stack does.
private func writeElement(of tape: csj_document, at index: Int, to writer: inout JSONWriter) -> Int {
    let after = csj_after(tape, index)
    switch csj_type(tape, index) {
    case UInt8(ascii: "{"):
        writer.beginObject()
        var at = index + 1
        while at < after - 1 {
            writer.key(validUTF8: text(of: tape, at: at))
            at = writeElement(of: tape, at: at + 1, to: &writer)
        }
        writer.endObject()
    case UInt8(ascii: "["):
        writer.beginArray()
        var at = index + 1
        while at < after - 1 { at = writeElement(of: tape, at: at, to: &writer) }
        writer.endArray()
    case UInt8(ascii: "\""): writer.string(utf8: text(of: tape, at: index))
    case UInt8(ascii: "l"): writer.integer(csj_int64(tape, index))
    // Beyond Int64, which is as far as the writer's own integers go.
    case UInt8(ascii: "u"): writer.rawJSON(Array(String(csj_uint64(tape, index)).utf8))
    case UInt8(ascii: "d"): writer.number(csj_double(tape, index))
    case UInt8(ascii: "t"): writer.bool(true)
    case UInt8(ascii: "f"): writer.bool(false)
    default: writer.null()
    }
    return after
}

/// The string or key at `index`, unescaped: valid UTF-8, since simdjson has looked.
private func text(of tape: csj_document, at index: Int) -> UnsafeBufferPointer<UInt8> {
    var count = 0
    let start = csj_string(tape, index, &count)
    return UnsafeBufferPointer(start: start, count: count)
}
