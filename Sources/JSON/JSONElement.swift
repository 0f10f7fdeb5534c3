// JSON read in place by simdjson, and written.

import CSimdjson

/// A value inside a document that `JSONReader` is reading.
///
/// It points into the parser's memory and cannot outlive the body that was given it: the compiler sees to that.
public struct JSONElement: ~Escapable {
    /// Internal for `write(to:)`.
    let tape: csj_document
    let index: Int

    @_lifetime(borrow document)
    init(in document: borrowing ParsedDocument) {
        tape = document.tape
        index = 1
    }

    @_lifetime(copy element)
    private init(at index: Int, of element: JSONElement) {
        tape = element.tape
        self.index = index
    }

    private var type: UInt8 { csj_type(tape, index) }

    public var isObject: Bool { type == UInt8(ascii: "{") }
    public var isArray: Bool { type == UInt8(ascii: "[") }
    public var isString: Bool { type == UInt8(ascii: "\"") }
    public var isNull: Bool { type == UInt8(ascii: "n") }

    /// The value of this member; nil when this is no object or has no such key. An explicit `null` is an element.
    public subscript(key: StaticString) -> JSONElement? {
        @_lifetime(copy self)
        get {
            guard isObject else { return nil }
            let found = csj_find(tape, index, key.utf8Start, key.utf8CodeUnitCount)
            guard found != 0 else { return nil }
            return JSONElement(at: found, of: self)
        }
    }

    /// The element at `position`; nil when this is no array or has no such position. Walks from the start.
    public subscript(position: Int) -> JSONElement? {
        @_lifetime(copy self)
        get {
            guard isArray, position >= 0 else { return nil }
            let end = csj_after(tape, index) - 1
            var at = index + 1
            var skipped = 0
            while at < end, skipped < position {
                at = csj_after(tape, at)
                skipped += 1
            }
            guard at < end else { return nil }
            return JSONElement(at: at, of: self)
        }
    }

    /// The first element; nil when this is no array or an empty one.
    public var first: JSONElement? {
        @_lifetime(copy self)
        get { self[0] }
    }

    /// Calls `body` with every element of an array in turn; not at all when this is no array.
    public func forEachElement(_ body: (borrowing JSONElement) throws -> Void) rethrows {
        guard isArray else { return }
        let end = csj_after(tape, index) - 1
        var at = index + 1
        while at < end {
            try body(JSONElement(at: at, of: self))
            at = csj_after(tape, at)
        }
    }

    /// The text of a string, unescaped, as valid UTF-8; nil when this is no string. The buffer dies with the body.
    @inline(__always)
    public func withUTF8String<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R? {
        guard isString else { return nil }
        var count = 0
        let start = csj_string(tape, index, &count)
        return try body(UnsafeBufferPointer(start: start, count: count))
    }

    /// A copy of a string; nil when this is no string.
    public var string: String? { withUTF8String { String(decoding: $0, as: UTF8.self) } }

    /// Whether this is a string of exactly these bytes.
    public func isString(_ text: StaticString) -> Bool {
        isString && csj_string_is(tape, index, text.utf8Start, text.utf8CodeUnitCount)
    }

    /// An integer, or a number without a fraction, that fits `Int64`; nil for anything else.
    public var integer: Int64? {
        switch type {
        case UInt8(ascii: "l"): csj_int64(tape, index)
        case UInt8(ascii: "d"): Int64(exactly: csj_double(tape, index))
        default: nil
        }
    }

    /// Any number, rounded to a double; nil for anything else.
    public var double: Double? {
        switch type {
        case UInt8(ascii: "d"): csj_double(tape, index)
        case UInt8(ascii: "l"): Double(csj_int64(tape, index))
        case UInt8(ascii: "u"): Double(csj_uint64(tape, index))
        default: nil
        }
    }

    /// `true` or `false`; nil for anything else.
    public var bool: Bool? {
        switch type {
        case UInt8(ascii: "t"): true
        case UInt8(ascii: "f"): false
        default: nil
        }
    }
}
