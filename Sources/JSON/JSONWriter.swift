import CSimdjson

/// Writes JSON into bytes, without white space; commas come by themselves.
///
/// Nothing is allocated for a token while `bytes` has room. What comes out is valid UTF-8 and has no control character
/// in it, so it fits on one line of an event stream. The order of the calls is the caller's responsibility (a `key`
/// before each value of an object, each `begin` with its `end`).
public struct JSONWriter: Sendable {
    /// What has been written so far. Appending to it directly is for framing around whole documents.
    public var bytes: [UInt8] = []
    /// What goes between them without being copied, each with the number of `bytes` before it.
    private var inserts: [(offset: Int, bytes: ArraySlice<UInt8>)] = []
    /// Whether the next key or value comes after another one in the same array or object.
    private var needsComma = false

    public init(reservingCapacity capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// Begins anew.
    public mutating func removeAll(keepingCapacity: Bool = true) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        inserts = []
        needsComma = false
    }

    /// Makes ready for a further document in the same bytes: no comma comes before its first value.
    public mutating func beginDocument() { needsComma = false }

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    /// The same as a member of an object.
    public mutating func beginObject(_ key: StaticString) {
        self.key(key)
        beginObject()
    }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    /// The same as a member of an object.
    public mutating func beginArray(_ key: StaticString) {
        self.key(key)
        beginArray()
    }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    public mutating func key(_ key: StaticString) {
        separate()
        quote(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        endKey()
    }

    public mutating func key(_ key: String) {
        separate()
        quote(key)
        endKey()
    }

    /// A key given as valid UTF-8.
    mutating func key(validUTF8 key: UnsafeBufferPointer<UInt8>) {
        separate()
        quote(key)
        endKey()
    }

    public mutating func string(_ value: String) {
        separate()
        quote(value)
        needsComma = true
    }

    /// A string given as its UTF-8. Bytes that are not UTF-8 become U+FFFD.
    public mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
        separate()
        if csj_is_utf8(utf8.baseAddress, utf8.count) {
            quote(utf8)
        } else {
            quote(String(decoding: utf8, as: UTF8.self))
        }
        needsComma = true
    }

    public mutating func string(utf8: UnsafeRawBufferPointer) {
        utf8.withMemoryRebound(to: UInt8.self) { string(utf8: $0) }
    }

    public mutating func string(utf8: Span<UInt8>) { utf8.withUnsafeBufferPointer { string(utf8: $0) } }
    public mutating func string(utf8: [UInt8]) { utf8.withUnsafeBufferPointer { string(utf8: $0) } }
    public mutating func string(utf8: ArraySlice<UInt8>) { utf8.withUnsafeBufferPointer { string(utf8: $0) } }

    public mutating func integer(_ value: Int64) {
        separate()
        appendDigits(of: value)
        needsComma = true
    }

    public mutating func integer(_ value: Int) { integer(Int64(value)) }

    /// A value beyond `Int64` stops the program: no count or time of ours gets there.
    public mutating func integer(_ value: some BinaryInteger) { integer(Int64(value)) }

    /// The shortest text that reads back as the same double; `null` when it is not finite, since JSON has no word for it.
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        separate()
        var text = value.description
        text.withUTF8 { bytes.append(contentsOf: $0) }
        needsComma = true
    }

    public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }
    public mutating func null() { literal("null") }

    /// A value that is JSON already, taken as it is.
    public mutating func rawJSON(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    /// A string of a prefix and of bytes that are passed on from where they are: `segments` has them, `bytes` has not.
    /// - Parameter plain: printable ASCII without quotation marks and backslashes.
    public mutating func string(_ prefix: String, plain: ArraySlice<UInt8>) {
        separate()
        quote(prefix)
        bytes.removeLast()
        inserts.append((bytes.count, plain))
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// All that was written, in pieces: one unless some of it was not copied.
    public var segments: [ArraySlice<UInt8>] {
        var segments: [ArraySlice<UInt8>] = []
        var start = 0
        for insert in inserts {
            segments += [bytes[start..<insert.offset], insert.bytes]
            start = insert.offset
        }
        return segments + [bytes[start...]]
    }

    private mutating func literal(_ text: StaticString) {
        separate()
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func endKey() {
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func quote(_ text: String) {
        var text = text
        text.withUTF8 { quote($0) }
    }

    /// `utf8` is valid.
    private mutating func quote(_ utf8: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        appendEscaped(utf8, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendDigits(of value: Int64) {
        // The longest are 20 bytes: -9223372036854775808.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var first = digits.count
            var rest = value.magnitude
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            if value < 0 {
                first -= 1
                digits[first] = UInt8(ascii: "-")
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
        }
    }
}
