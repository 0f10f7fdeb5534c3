// White space, comments and unquoted keys: https://spec.json5.org/#white-space, #comments, #objects.
extension JSON5Parser {
    /// Goes past white space and comments.
    mutating func skipSpace() throws(JSON5Error) {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0B, 0x0C:
                offset += 1
            case UInt8(ascii: "/"):
                try skipComment()
            case 0x80...:
                let (scalar, length) = scalar(at: offset)
                guard Self.isSpace(scalar) else { return }
                offset += length
            default: return
            }
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{FEFF}", "\u{2028}", "\u{2029}": true
        default: scalar.properties.generalCategory == .spaceSeparator
        }
    }

    private mutating func skipComment() throws(JSON5Error) {
        switch peek(1) {
        case UInt8(ascii: "/"):
            while let byte = peek(), !isLineEnd(byte) { offset += 1 }
        case UInt8(ascii: "*"):
            let start = here()
            offset += 2
            while !(peek() == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) {
                guard !isAtEnd else {
                    throw JSON5Error(kind: .syntax, location: start, detail: "this comment has no end, */")
                }
                offset += 1
            }
            offset += 2
        default: throw syntax("a lone /; a comment begins with // or /*")
        }
    }

    /// Whether the next byte, which is `byte`, begins a LineTerminator: LF, CR, U+2028 or U+2029 (E2 80 A8, E2 80 A9).
    func isLineEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
        case 0xE2: peek(1) == 0x80 && (peek(2) == 0xA8 || peek(2) == 0xA9)
        default: false
        }
    }

    /// An ECMAScript 5.1 IdentifierName; `\u` escapes are allowed in it.
    mutating func identifier() throws(JSON5Error) -> String {
        var name = String.UnicodeScalarView()
        while !isAtEnd {
            let start = offset
            if peek() == UInt8(ascii: "\\") {
                guard peek(1) == UInt8(ascii: "u") else {
                    throw syntax("a key without quotes may only have \\u escapes")
                }
                let place = here()
                offset += 2
                guard let scalar = Unicode.Scalar(try hexadecimal(digits: 4)),
                    Self.isIdentifier(scalar, first: name.isEmpty)
                else {
                    throw JSON5Error(
                        kind: .syntax, location: place, detail: "this escape may not stand in a key without quotes")
                }
                name.append(scalar)
            } else {
                let (scalar, length) = scalar(at: start)
                guard Self.isIdentifier(scalar, first: name.isEmpty) else { break }
                name.append(scalar)
                offset += length
            }
        }
        guard !name.isEmpty else { throw syntax("a key is missing here; put quotes around unusual ones") }
        return String(name)
    }

    /// Whether an identifier would go on at `place`, or begin with a backslash there.
    func isIdentifierPart(at place: Int) -> Bool {
        guard place < bytes.count else { return false }
        return bytes[place] == UInt8(ascii: "\\") || Self.isIdentifier(scalar(at: place).scalar, first: false)
    }

    private static func isIdentifier(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_", "$": return true
        case "0"..."9", "\u{200C}", "\u{200D}": return !first
        default: break
        }
        guard !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
            return true
        case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return !first
        default: return false
        }
    }

    /// The scalar whose UTF-8 begins at `place`, and how many bytes it has. The bytes were validated before.
    func scalar(at place: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let lead = bytes[place]
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = length == 1 ? UInt32(lead) : UInt32(lead & (0x7F >> UInt8(length)))
        for byte in bytes[place + 1..<place + length] { value = value << 6 | UInt32(byte & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }
}
