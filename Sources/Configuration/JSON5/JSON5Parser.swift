/// A strict reader of JSON5 (https://spec.json5.org/, version 1.0.0) that keeps the line and column of every key and
/// value.
///
/// It is our own because a mistake in a configuration must be told with its place, and no C library that Debian ships
/// reads JSON5 and keeps places: json-c and jansson read JSON with at most a position of the first syntax error, and
/// UCL's dialect is another language. It works on bytes that are known to be UTF-8.
///
/// Stricter than the specification in three points, because nothing good can be meant: an object with the same key
/// twice, an escape of half a surrogate pair, and a number that no double holds are mistakes.
struct JSON5Parser {
    /// Bytes of a text.
    static let maximumSize = 1 << 20
    /// Arrays and objects inside one another.
    static let maximumDepth = 32

    let bytes: [UInt8]
    var offset = 0
    /// The place of `markedOffset`. Places are asked for in ascending order, so that counting stays linear.
    private var marked = TextLocation(line: 1, column: 1)
    private var markedOffset = 0
    /// The keys and, as `[0]`, the places in lists that lead to what is being read.
    private var path: [String] = []
    private var duplicateKeys: [JSON5Error] = []

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a whole text.
    /// - Throws: `JSON5Error` for the first thing that is not JSON5, not UTF-8 or over a limit. A key twice is not thrown
    ///   but listed in the document.
    static func document(of bytes: [UInt8]) throws(JSON5Error) -> JSON5Document {
        guard bytes.count <= maximumSize else {
            throw JSON5Error(
                kind: .tooLarge, location: TextLocation(line: 1, column: 1),
                detail: "the text has more than \(maximumSize) bytes")
        }
        var parser = JSON5Parser(bytes)
        if let invalid = firstInvalidByte(of: bytes) {
            parser.offset = invalid
            throw JSON5Error(kind: .invalidUTF8, location: parser.here(), detail: "this byte is not UTF-8")
        }
        try parser.skipSpace()
        guard !parser.isAtEnd else { throw parser.syntax("there is no value; a configuration is an object, { … }") }
        let root = try parser.value()
        try parser.skipSpace()
        guard parser.isAtEnd else { throw parser.syntax("something follows after the end of the value") }
        return JSON5Document(root: root, duplicateKeys: parser.duplicateKeys)
    }

    private static func firstInvalidByte(of bytes: [UInt8]) -> Int? {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    // MARK: - Values

    private mutating func value() throws(JSON5Error) -> JSON5Value {
        let location = here()
        let content: JSON5Value.Content
        guard let byte = peek() else { throw syntax("the text ends where a value should be") }
        switch byte {
        case UInt8(ascii: "{"): content = .object(try members(from: location))
        case UInt8(ascii: "["): content = .array(try elements(from: location))
        case UInt8(ascii: "\""), UInt8(ascii: "'"): content = .string(try string())
        case UInt8(ascii: "n") where take("null"): content = .null
        case UInt8(ascii: "t") where take("true"): content = .boolean(true)
        case UInt8(ascii: "f") where take("false"): content = .boolean(false)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "I"), UInt8(ascii: "N"):
            content = try number()
        default: throw syntax("this is no value; a text stands in quotes")
        }
        return JSON5Value(content: content, location: location)
    }

    private mutating func enter(at location: TextLocation) throws(JSON5Error) {
        offset += 1
        guard path.count < Self.maximumDepth else {
            throw JSON5Error(
                kind: .tooDeep, location: location,
                detail: "more than \(Self.maximumDepth) objects and lists inside one another")
        }
    }

    private mutating func elements(from start: TextLocation) throws(JSON5Error) -> [JSON5Value] {
        try enter(at: start)
        var elements: [JSON5Value] = []
        while true {
            try skipSpace()
            if take(UInt8(ascii: "]")) { break }
            guard !isAtEnd else { throw ended(in: "list", from: start) }
            path.append("[\(elements.count)]")
            elements.append(try value())
            path.removeLast()
            try skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "]")) { break }
            throw isAtEnd ? ended(in: "list", from: start) : syntax("a comma or ] is missing before this")
        }
        return elements
    }

    private mutating func members(from start: TextLocation) throws(JSON5Error) -> [JSON5Member] {
        try enter(at: start)
        var members: [JSON5Member] = []
        // By bytes: to `String`, "é" composed and decomposed would be one key.
        var seen: [[UInt8]: TextLocation] = [:]
        while true {
            try skipSpace()
            if take(UInt8(ascii: "}")) { break }
            guard !isAtEnd else { throw ended(in: "object", from: start) }
            let keyLocation = here()
            let key = try memberKey()
            try skipSpace()
            guard take(UInt8(ascii: ":")) else {
                throw isAtEnd ? ended(in: "object", from: start) : syntax("a colon is missing before this")
            }
            try skipSpace()
            path.append(key)
            let value = try value()
            path.removeLast()
            if let first = seen[Array(key.utf8)] {
                duplicateKeys.append(
                    JSON5Error(
                        kind: .duplicateKey, location: keyLocation,
                        detail: "this key stands in line \(first.line) already", path: path + [key]))
            } else {
                seen[Array(key.utf8)] = keyLocation
                members.append(JSON5Member(key: key, keyLocation: keyLocation, value: value))
            }
            try skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "}")) { break }
            throw isAtEnd ? ended(in: "object", from: start) : syntax("a comma or } is missing before this")
        }
        return members
    }

    private mutating func memberKey() throws(JSON5Error) -> String {
        switch peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): try string()
        default: try identifier()
        }
    }

    // MARK: - Places and bytes

    var isAtEnd: Bool { offset == bytes.count }

    func peek(_ ahead: Int = 0) -> UInt8? {
        offset + ahead < bytes.count ? bytes[offset + ahead] : nil
    }

    /// Goes past `byte` when it is the next one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        offset += 1
        return true
    }

    /// Goes past `word` when it comes next and no identifier goes on after it.
    mutating func take(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { bytes[offset...].starts(with: $0) }
        guard matches, !isIdentifierPart(at: offset + length) else { return false }
        offset += length
        return true
    }

    /// The place of the next byte.
    mutating func here() -> TextLocation {
        while markedOffset < offset {
            switch bytes[markedOffset] {
            case UInt8(ascii: "\n"): marked = TextLocation(line: marked.line + 1, column: 1)
            case UInt8(ascii: "\r"):
                // CR LF is one end of line, which the LF counts.
                if markedOffset + 1 < bytes.count, bytes[markedOffset + 1] == UInt8(ascii: "\n") { break }
                marked = TextLocation(line: marked.line + 1, column: 1)
            case 0x80...0xBF: break  // goes on with a scalar that is counted
            default: marked.column += 1
            }
            markedOffset += 1
        }
        return marked
    }

    mutating func syntax(_ detail: String) -> JSON5Error {
        JSON5Error(kind: .syntax, location: here(), detail: detail)
    }

    private mutating func ended(in what: String, from start: TextLocation) -> JSON5Error {
        syntax("the text ends inside the \(what) that begins in line \(start.line), column \(start.column)")
    }
}
