/// Brings a text to a form in which spellings of the same name are equal: lower case, no marks on letters, words parted
/// by single spaces.
///
/// Latin letters become ASCII ("Œuvres" is "oeuvres", "ß" is "ss"), Greek loses its accents and breathings, other scripts
/// are only lower-cased. Apostrophes vanish inside words ("Alice's" is "alices"), "&" is "and", every other sign parts
/// words.
enum Folding {
    static func key(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var isAtGap = true
        func gap() {
            if !isAtGap {
                bytes.append(0x20)
                isAtGap = true
            }
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x61...0x7a, 0x30...0x39:
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
                isAtGap = false
            case 0x41...0x5a:
                bytes.append(UInt8(truncatingIfNeeded: scalar.value + 0x20))
                isAtGap = false
            case 0x26:
                gap()
                bytes.append(contentsOf: [0x61, 0x6e, 0x64, 0x20])
            case 0x27, 0x60, 0xb4, 0x2018, 0x2019, 0x201b, 0x2bc, 0x2bb, 0x300...0x36f, 0xad, 0x200b...0x200f:
                continue
            case 0..<0x80, 0x80..<0xaa, 0x2000..<0x2070:
                gap()
            default:
                let letters = FoldingTable.letters(for: scalar)
                if letters.isEmpty {
                    gap()
                } else {
                    bytes.append(contentsOf: letters.utf8)
                    isAtGap = false
                }
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The words of ``key(_:)``.
    static func words(_ text: some StringProtocol) -> [Substring] {
        key(text).foldedWords
    }
}
