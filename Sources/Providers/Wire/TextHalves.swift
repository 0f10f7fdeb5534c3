/// Joins characters that a server cut in two: the halves of a surrogate pair, or the bytes of one scalar, at the end of one
/// event and at the beginning of the next.
///
/// Such an event is no JSON, so `marked` puts a mark for each half and the document is read; `join` finds the marks in
/// the text and puts the character together. Only documents that the parser refuses come this way.
struct TextHalves: Sendable {
    /// The beginning of a character whose end has not come; surrogates in three bytes each, as UTF-8 would have them.
    private var pending: [UInt8] = []

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
    /// A mark is a scalar of the last private plane: U+10F700 and a byte, or U+10F800 and the offset of a surrogate.
    private static let byteMarks: UInt32 = 0x10F700
    private static let surrogateMarks: UInt32 = 0x10F800

    // MARK: - Documents

    /// The document with marks for halves of characters, and with escapes for control characters in its strings. Nil when
    /// there is nothing of the sort in it: it is unreadable for another reason.
    static func marked(_ document: Span<UInt8>) -> [UInt8]? {
        document.withUnsafeBufferPointer { bytes in
            var marked: [UInt8] = []
            marked.reserveCapacity(bytes.count + 64)
            var isChanged = false
            var isInString = false
            var at = 0
            while at < bytes.count {
                let byte = bytes[at]
                var length = 1
                if !isInString || byte == UInt8(ascii: "\"") {
                    if byte == UInt8(ascii: "\"") { isInString.toggle() }
                } else if byte == UInt8(ascii: "\\") {
                    length = min(2, bytes.count - at)
                    if let unit = unit(in: bytes, at: at) {
                        length = 6
                        let isHigh = unit < 0xDC00
                        if isHigh, let low = self.unit(in: bytes, at: at + 6), low >= 0xDC00 {
                            length = 12
                        } else {
                            append(scalar: surrogateMarks + UInt32(unit - 0xD800), to: &marked)
                            isChanged = true
                            at += length
                            continue
                        }
                    }
                } else if byte < 0x20 {
                    marked += [UInt8(ascii: "\\"), UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")]
                    marked += [UInt8(ascii: "0") + byte >> 4, Array("0123456789abcdef".utf8)[Int(byte & 15)]]
                    isChanged = true
                    at += 1
                    continue
                } else if byte >= 0x80 {
                    switch sequence(in: bytes, at: at) {
                    case .whole(let count): length = count
                    case .beginning, .wrong:
                        append(scalar: byteMarks + UInt32(byte), to: &marked)
                        isChanged = true
                        at += 1
                        continue
                    }
                }
                marked += bytes[at..<at + length]
                at += length
            }
            return isChanged ? marked : nil
        }
    }

    /// The surrogate that the escape at this place stands for; nil for anything else.
    private static func unit(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt16? {
        guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u")
        else { return nil }
        let digits = String(decoding: bytes[start + 2..<start + 6], as: UTF8.self)
        guard let unit = UInt16(digits, radix: 16), (0xD800..<0xE000).contains(unit) else { return nil }
        return unit
    }

    // MARK: - Text

    /// The text so far that is whole. What may be the beginning of a character is kept until more has come.
    /// - Parameter isMarked: whether the piece is from a document with marks.
    mutating func join(_ piece: UnsafeBufferPointer<UInt8>, isMarked: Bool) -> [UInt8] {
        var bytes = pending
        pending = []
        if isMarked { Self.append(unmarked: piece, to: &bytes) } else { bytes += piece }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            while at < bytes.count {
                if let high = Self.surrogate(in: bytes, at: at) {
                    let low = Self.surrogate(in: bytes, at: at + 3)
                    if high < 0xDC00, let low, low >= 0xDC00 {
                        let scalar = 0x10000 + (UInt32(high - 0xD800) << 10 | UInt32(low - 0xDC00))
                        Self.append(scalar: scalar, to: &text)
                        at += 6
                    } else if high < 0xDC00, bytes.count - at < 6, Self.mayBecomeLow(bytes[(at + 3)...]) {
                        pending = Array(bytes[at...])
                        return
                    } else {
                        text += Self.replacement
                        at += 3
                    }
                    continue
                }
                switch Self.sequence(in: bytes, at: at) {
                case .whole(let count):
                    text += bytes[at..<at + count]
                    at += count
                case .beginning:
                    pending = Array(bytes[at...])
                    return
                case .wrong(let count):
                    text += Self.replacement
                    at += count
                }
            }
        }
        return text
    }

    /// What stands for a character of which only the beginning came.
    mutating func rest() -> [UInt8] {
        defer { pending = [] }
        return pending.isEmpty ? [] : Self.replacement
    }

    /// Puts the halves in the place of their marks.
    private static func append(unmarked piece: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var at = 0
        while at < piece.count {
            guard piece[at] == 0xF4, at + 4 <= piece.count, piece[at + 1] == 0x8F else {
                bytes.append(piece[at])
                at += 1
                continue
            }
            let scalar = 0x10F000 | UInt32(piece[at + 2] & 0x3F) << 6 | UInt32(piece[at + 3] & 0x3F)
            switch scalar {
            case surrogateMarks...:
                let unit = 0xD800 + scalar - surrogateMarks
                bytes += [0xED, UInt8(0x80 | (unit >> 6 & 0x3F)), UInt8(0x80 | (unit & 0x3F))]
            case byteMarks + 0x80..<byteMarks + 0x100: bytes.append(UInt8(scalar - byteMarks))
            default: bytes += piece[at..<at + 4]
            }
            at += 4
        }
    }

    // MARK: - UTF-8

    private enum Sequence {
        /// One scalar in so many bytes.
        case whole(Int)
        /// The end has not come.
        case beginning
        /// So many bytes that are no scalar.
        case wrong(Int)
    }

    /// What begins here (the Unicode Standard, table 3-7). A surrogate's three bytes may be a beginning, and are wrong else.
    private static func sequence(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Sequence {
        let second: ClosedRange<UInt8>
        let count: Int
        switch bytes[start] {
        case 0..<0x80: return .whole(1)
        case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
        case 0xE0: (count, second) = (3, 0xA0...0xBF)
        // Its upper half are surrogates: refused at their third byte, which `surrogate` has seen before.
        case 0xE1...0xEF: (count, second) = (3, 0x80...0xBF)
        case 0xF0: (count, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
        case 0xF4: (count, second) = (4, 0x80...0x8F)
        default: return .wrong(1)
        }
        for offset in 1..<count {
            guard start + offset < bytes.count else { return .beginning }
            guard (offset == 1 ? second : 0x80...0xBF).contains(bytes[start + offset]) else { return .wrong(offset) }
        }
        return bytes[start] == 0xED && bytes[start + 1] >= 0xA0 ? .wrong(1) : .whole(count)
    }

    /// The surrogate that these three bytes would be.
    private static func surrogate(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt16? {
        guard start + 3 <= bytes.count, bytes[start] == 0xED, bytes[start + 1] >= 0xA0,
            (0x80...0xBF).contains(bytes[start + 1]), (0x80...0xBF).contains(bytes[start + 2])
        else { return nil }
        return 0xD000 | UInt16(bytes[start + 1] & 0x3F) << 6 | UInt16(bytes[start + 2] & 0x3F)
    }

    /// Whether these bytes begin like a second surrogate, as far as they go.
    private static func mayBecomeLow(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = bytes.first else { return true }
        return first == 0xED && bytes.dropFirst().allSatisfy { $0 >= 0xB0 && $0 <= 0xBF }
    }

    private static func append(scalar value: UInt32, to bytes: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else { return }
        bytes += encoded
    }
}
