import Glibc

/// A line of an event stream that is not blank, taken apart.
struct EventField {
    enum Name {
        case data
        case event
        case id
        case retry
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
        if equal(word, "data") {
            name = .data
        } else if equal(word, "event") {
            name = .event
        } else if equal(word, "id") {
            name = .id
        } else if equal(word, "retry") {
            name = .retry
        } else if equal(word, "error") {
            name = .error
        } else {
            name = .other
        }
        var start = min(colon + 1, line.count)
        if start < line.count, line[start] == UInt8(ascii: " ") { start += 1 }
        value = UnsafeRawBufferPointer(rebasing: line[start...])
    }

    /// The value as a number when it is nothing but ASCII digits; nil otherwise, and beyond 64 bits.
    var digits: UInt64? {
        guard !value.isEmpty else { return nil }
        var number: UInt64 = 0
        for byte in value {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isOver) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            guard !isTooLarge, !isOver else { return nil }
            number = sum
        }
        return number
    }
}

/// Whether the bytes are exactly this text.
func equal(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
    bytes.count == text.utf8CodeUnitCount
        && (bytes.isEmpty || memcmp(bytes.baseAddress!, text.utf8Start, bytes.count) == 0)
}

func equal(_ bytes: Span<UInt8>, _ text: StaticString) -> Bool { bytes.withUnsafeBytes { equal($0, text) } }
