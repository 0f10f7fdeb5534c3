/// The letters beyond ASCII and what they fold to. Made from the canonical decompositions of the Unicode Character
/// Database (https://www.unicode.org/reports/tr44/), because the standard library offers no normalisation form.
enum FoldingTable {
    /// The folded letters of a scalar outside ASCII; empty for one that is no letter and no digit.
    static func letters(for scalar: Unicode.Scalar) -> String {
        let value = scalar.value
        for (start, letters) in latin where value >= start && value < start + UInt32(letters.count) {
            let letter = letters[Int(value - start)]
            if letter == UInt8(ascii: "*") { break }
            return letter == UInt8(ascii: "?") ? "" : String(decoding: CollectionOfOne(letter), as: UTF8.self)
        }
        if let letters = ligatures[value] { return letters }
        if let letter = greek(value) { return letter }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: return properties.lowercaseMapping
        case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber, .spacingMark, .nonspacingMark:
            // Marks of Indic scripts are vowels; dropping them would join different words.
            return String(scalar)
        default: return ""
        }
    }

    /// Ranges of Latin letters, one ASCII letter each; "*" is looked up among the ligatures, "?" is a sign.
    private static let latin: [(start: UInt32, letters: [UInt8])] = [
        (
            0xc0,
            Array(
                ("aaaaaa*ceeeeiiiidnooooo?ouuuuy**aaaaaa*ceeeeiiiidnooooo?ouuuuy*yaaaaaaccccccccddddeeeeeeeeee"
                    + "gggggggghhhhiiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs")
                    .utf8)
        ),
        (0x1a0, Array("oo".utf8)), (0x1af, Array("uu".utf8)), (0x1cd, Array("aaiioouuuuuuuuuu".utf8)),
        (0x200, Array("aaaaeeeeiiiioooorrrruuuusstt".utf8)), (0x226, Array("aaeeooooooooyy".utf8)),
        (
            0x1e00,
            Array(
                ("aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
                    + "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy????*?aaaaaaaaaaaaaaaaaaaaaaaa"
                    + "eeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy").utf8)
        ),
    ]

    private static let ligatures: [UInt32: String] = [
        0xaa: "a", 0xba: "o", 0xb5: "μ", 0xc6: "ae", 0xe6: "ae", 0xde: "th", 0xfe: "th", 0xdf: "ss", 0x1e9e: "ss",
        0x132: "ij",
        0x133: "ij", 0x152: "oe", 0x153: "oe", 0xfb00: "ff", 0xfb01: "fi", 0xfb02: "fl", 0x259: "e",
        0x401: "е", 0x451: "е",
    ]

    /// Greek vowels with accents and breathings (monotonic and polytonic) and the final sigma.
    private static func greek(_ value: UInt32) -> String? {
        switch value {
        case 0x386, 0x3ac, 0x1f00...0x1f0f, 0x1f70...0x1f71, 0x1f80...0x1f8f, 0x1fb0...0x1fbc: "α"
        case 0x388, 0x3ad, 0x1f10...0x1f1f, 0x1f72...0x1f73, 0x1fc8...0x1fc9: "ε"
        case 0x389, 0x3ae, 0x1f20...0x1f2f, 0x1f74...0x1f75, 0x1f90...0x1f9f, 0x1fc2...0x1fc7, 0x1fca...0x1fcc: "η"
        case 0x38a, 0x390, 0x3aa, 0x3af, 0x3ca, 0x1f30...0x1f3f, 0x1f76...0x1f77, 0x1fd0...0x1fdb: "ι"
        case 0x38c, 0x3cc, 0x1f40...0x1f4f, 0x1f78...0x1f79, 0x1ff8...0x1ff9: "ο"
        case 0x38e, 0x3ab, 0x3b0, 0x3cb, 0x3cd, 0x1f50...0x1f5f, 0x1f7a...0x1f7b, 0x1fe0...0x1fe3, 0x1fe6...0x1feb: "υ"
        case 0x38f, 0x3ce, 0x1f60...0x1f6f, 0x1f7c...0x1f7d, 0x1fa0...0x1faf, 0x1ff2...0x1ff7, 0x1ffa...0x1ffc: "ω"
        case 0x1fe4...0x1fe5, 0x1fec: "ρ"
        case 0x3c2: "σ"
        default: nil
        }
    }
}
