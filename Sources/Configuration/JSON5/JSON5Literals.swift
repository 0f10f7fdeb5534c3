// JSON5 with line numbers (https://spec.json5.org).

import Substrings

// Strings and numbers: https://spec.json5.org/#strings, #numbers.
extension JSON5Parser {
    /// A string in single or double quotes.
    mutating func string() throws(JSON5Error) -> String {
        let start = here()
        let quote = bytes[offset]
        offset += 1
        var text: [UInt8] = []
        while let byte = peek() {
            switch byte {
            case quote:
                offset += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try escape(into: &text)
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw JSON5Error(kind: .syntax, location: start, detail: "this string has no closing quote in its line")
            default:
                // U+2028 and U+2029 may stand in a string as they are.
                text.append(byte)
                offset += 1
            }
        }
        throw JSON5Error(kind: .syntax, location: start, detail: "this string has no closing quote")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSON5Error) {
        let place = here()
        guard let byte = peek(1) else { throw syntax("the text ends inside a string") }
        offset += 2
        switch byte {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "v"): text.append(0x0B)
        case UInt8(ascii: "x"): append(try hexadecimal(digits: 2), to: &text)
        case UInt8(ascii: "u"): append(try unicodeEscape(from: place), to: &text)
        case UInt8(ascii: "0") where !Self.isDigit(peek()): text.append(0)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            throw JSON5Error(kind: .syntax, location: place, detail: "a backslash before a digit is no escape")
        case UInt8(ascii: "\r"): _ = take(UInt8(ascii: "\n"))  // the string goes on in the next line
        case UInt8(ascii: "\n"): break
        case 0xE2 where peek() == 0x80 && (peek(1) == 0xA8 || peek(1) == 0xA9): offset += 2
        default: text.append(byte)  // the rest of its scalar follows by itself
        }
    }

    private func append(_ value: UInt32, to text: inout [UInt8]) {
        text.append(contentsOf: String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
    }

    /// What stands after `\u`, and after a second `\u` when the first is the upper half of a pair.
    private mutating func unicodeEscape(from place: TextLocation) throws(JSON5Error) -> UInt32 {
        let unit = try hexadecimal(digits: 4)
        guard (0xD800...0xDFFF).contains(unit) else { return unit }
        if unit < 0xDC00, peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
            offset += 2
            let second = try hexadecimal(digits: 4)
            if (0xDC00...0xDFFF).contains(second) { return 0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00) }
        }
        throw JSON5Error(kind: .syntax, location: place, detail: "this escape is half of a surrogate pair")
    }

    mutating func hexadecimal(digits: Int) throws(JSON5Error) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let byte = peek(), let digit = byte.hexadecimalValue else {
                throw syntax("an escape of this kind has \(digits) hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    /// A number with an optional sign: decimal, hexadecimal, `Infinity` or `NaN`.
    mutating func number() throws(JSON5Error) -> JSON5Value.Content {
        let start = here()
        let isNegative = peek() == UInt8(ascii: "-")
        if isNegative || peek() == UInt8(ascii: "+") { offset += 1 }
        if take("Infinity") { return .number(isNegative ? -.infinity : .infinity) }
        if take("NaN") { return .number(.nan) }
        let content: JSON5Value.Content
        if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x") || peek(1) == UInt8(ascii: "X") {
            offset += 2
            content = .integer(try hexadecimalInteger(isNegative: isNegative, from: start))
        } else {
            content = try decimal(isNegative: isNegative, from: start)
        }
        guard !isIdentifierPart(at: offset) else { throw syntax("this may not follow directly after a number") }
        return content
    }

    private mutating func hexadecimalInteger(isNegative: Bool, from start: TextLocation) throws(JSON5Error) -> Int64 {
        var value: Int64 = 0
        let first = offset
        while let byte = peek(), let digit = byte.hexadecimalValue {
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 16)
            guard !overflow else {
                throw JSON5Error(kind: .syntax, location: start, detail: "this number has more than 63 bits")
            }
            value = shifted | Int64(digit)
            offset += 1
        }
        guard offset > first else { throw syntax("hexadecimal digits are missing after 0x") }
        return isNegative ? -value : value
    }

    private mutating func decimal(isNegative: Bool, from start: TextLocation) throws(JSON5Error) -> JSON5Value.Content {
        let whole = takeDigits()
        guard whole.count < 2 || whole.first != UInt8(ascii: "0") else {
            throw JSON5Error(kind: .syntax, location: start, detail: "a number may not begin with a needless 0")
        }
        var fraction: ArraySlice<UInt8> = []
        let hasPoint = take(UInt8(ascii: "."))
        if hasPoint { fraction = takeDigits() }
        guard !whole.isEmpty || !fraction.isEmpty else { throw syntax("digits are missing here") }
        var exponent = "0"
        let hasExponent = peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E")
        if hasExponent {
            offset += 1
            exponent = peek() == UInt8(ascii: "-") ? "-" : ""
            if peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: "+") { offset += 1 }
            let digits = takeDigits()
            guard !digits.isEmpty else { throw syntax("the digits of the exponent are missing here") }
            exponent += String(decoding: digits, as: UTF8.self)
        }
        let sign = isNegative ? "-" : ""
        if !hasPoint, !hasExponent, let integer = Int64(sign + String(decoding: whole, as: UTF8.self)) {
            return .integer(integer)
        }
        // Written out in full, so that nothing depends on what else a conversion would take for a number.
        let text =
            sign + (whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)) + "."
            + (fraction.isEmpty ? "0" : String(decoding: fraction, as: UTF8.self)) + "e" + exponent
        guard let double = Double(text), double.isFinite else {
            throw JSON5Error(kind: .syntax, location: start, detail: "this number is too large")
        }
        return .number(double)
    }

    private mutating func takeDigits() -> ArraySlice<UInt8> {
        let start = offset
        while Self.isDigit(peek()) { offset += 1 }
        return bytes[start..<offset]
    }

    private static func isDigit(_ byte: UInt8?) -> Bool { byte?.isASCIIDigit ?? false }
}
