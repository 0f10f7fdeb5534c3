/// Cuts a text into the words that are looked up.
///
/// The rule belongs to the index: what was put in under one rule can only be taken out under the same. To change it, add a
/// migration that makes the index anew.
enum SearchWords {
    /// How much of a text is indexed, in bytes; what comes later is not found.
    static let maximumTextBytes = 131_072
    /// Longer words are cut to this.
    static let maximumWordBytes = 64

    /// Calls `body` with the range of each word in `text`, which is UTF-8.
    ///
    /// A word is a run of letters, marks, digits and private characters, as in the index's own tokenizer. Chinese and
    /// Japanese leave no spaces between words: there every character is a word, and a word of several is looked up as a
    /// phrase.
    static func forEach(in text: [UInt8], _ body: (Range<Int>) -> Void) {
        let end = min(text.count, maximumTextBytes)
        var start = -1
        var cut = 0
        var offset = 0
        func finish() {
            if start >= 0 { body(start..<cut) }
            start = -1
        }
        while offset < end {
            let (scalar, length) = decode(text, offset)
            // A character that the limit cuts through is left out.
            if offset + length > end { break }
            switch kind(of: scalar) {
            case .gap: finish()
            case .alone:
                finish()
                body(offset..<(offset + length))
            case .part:
                if start < 0 {
                    start = offset
                    cut = offset
                }
                if offset + length - start <= maximumWordBytes { cut = offset + length }
            }
            offset += length
        }
        finish()
    }

    private enum Kind { case gap, part, alone }

    private static func kind(of scalar: UInt32) -> Kind {
        switch scalar {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return .part
        case 0..<0x80: return .gap
        case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
            // The blocks have signs in them too, such as the middle dot.
            return isWordPart(scalar) ? .alone : .gap
        default: return isWordPart(scalar) ? .part : .gap
        }
    }

    private static func isWordPart(_ value: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .privateUse:
            return true
        default: return false
        }
    }

    /// The scalar at `offset` and its bytes. Bytes that are no UTF-8 are U+FFFD each, which is no part of a word.
    static func decode(_ text: [UInt8], _ offset: Int) -> (scalar: UInt32, length: Int) {
        let first = text[offset]
        if first < 0x80 { return (UInt32(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC0, offset + length <= text.count else { return (0xFFFD, 1) }
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for byte in text[(offset + 1)..<(offset + length)] { scalar = scalar << 6 | UInt32(byte & 0x3F) }
        return (scalar, length)
    }
}
