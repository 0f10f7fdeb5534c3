// Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) out of bytes as they come.

import Glibc

/// A line of an event stream that is not blank, taken apart.
struct EventField {
    enum Name {
        case data
        case event
        case id
        /// Not the standard's: llama.cpp's server tells a failure so.
        case error
        /// A comment or a field the standard does not know: both are ignored.
        case other
    }

    let name: Name
    /// After the colon and one space, if there is one; empty when there is no colon.
    let value: UnsafeRawBufferPointer

    init(_ line: UnsafeRawBufferPointer) {
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        let word = UnsafeRawBufferPointer(rebasing: line[..<colon])
        if Self.equal(word, "data") {
            name = .data
        } else if Self.equal(word, "event") {
            name = .event
        } else if Self.equal(word, "id") {
            name = .id
        } else if Self.equal(word, "error") {
            name = .error
        } else {
            name = .other
        }
        var start = min(colon + 1, line.count)
        if start < line.count, line[start] == UInt8(ascii: " ") { start += 1 }
        value = UnsafeRawBufferPointer(rebasing: line[start...])
    }

    /// Whether the bytes are exactly this text.
    private static func equal(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        bytes.count == text.utf8CodeUnitCount
            && (bytes.isEmpty || memcmp(bytes.baseAddress!, text.utf8Start, bytes.count) == 0)
    }
}
