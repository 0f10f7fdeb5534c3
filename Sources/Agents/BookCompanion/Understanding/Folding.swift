/// Brings words to a form in which spellings of the same word are equal.
enum Folding {
    /// Lower case, marks off Latin letters, apostrophes dropped, every other sign a single space: "Brontë's" is "brontes".
    static func fold(_ text: some StringProtocol) -> String { String(decoding: bytes(of: text), as: UTF8.self) }

    /// The folded text in UTF-8: words with single spaces between them.
    static func bytes(of text: some StringProtocol) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 4)
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in text.utf8 { append(Unicode.Scalar(byte), to: &bytes) }
        } else {
            for scalar in text.unicodeScalars { append(scalar, to: &bytes) }
        }
        while bytes.last == 0x20 { bytes.removeLast() }
        return bytes
    }

    /// The folded words of a text.
    static func words(_ text: some StringProtocol) -> [String] { words(in: bytes(of: text)) }

    /// The words of a text that is folded already.
    static func words(in bytes: [UInt8]) -> [String] {
        var words: [String] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x20) ?? bytes.count
            words.append(String(decoding: bytes[start..<end], as: UTF8.self))
            start = end + 1
        }
        return words
    }

    /// A title as a key: folded, without a leading English article and without what follows a colon or semicolon.
    static func titleKey(_ title: String) -> String {
        let utf8 = title.utf8
        let cut = utf8.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }
        let main = bytes(of: title[..<(cut ?? utf8.endIndex)])
        if main.isEmpty { return fold(title) }
        let article = ["the ", "an ", "a "].first { main.starts(with: $0.utf8) }
        return String(decoding: main.dropFirst(article?.utf8.count ?? 0), as: UTF8.self)
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39:
            bytes.append(UInt8(scalar.value))
        case 0x41...0x5A:
            bytes.append(UInt8(scalar.value + 0x20))
        case 0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x201B, 0x2BC:
            break
        case 0x26:
            if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
            bytes.append(contentsOf: "and ".utf8)
        case 0..<0x80:
            if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
        default:
            if let base = bases[scalar] {
                bytes.append(contentsOf: base.utf8)
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            } else if scalar.properties.generalCategory != .nonspacingMark, let last = bytes.last, last != 0x20 {
                bytes.append(0x20)
            }
        }
    }

    /// Latin letters with marks, and what they are without.
    private static let bases: [Unicode.Scalar: String] = {
        let table: [(String, String)] = [
            ("àáâãäåāăąÀÁÂÃÄÅĀĂĄ", "a"), ("çćĉċčÇĆĈĊČ", "c"), ("ďđðĎĐÐ", "d"), ("èéêëēĕėęěÈÉÊËĒĔĖĘĚ", "e"),
            ("ĝğġģĜĞĠĢ", "g"), ("ĥħĤĦ", "h"), ("ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ", "i"), ("ĵĴ", "j"), ("ķĶ", "k"), ("ĺļľłĹĻĽŁ", "l"),
            ("ñńņňÑŃŅŇ", "n"), ("òóôõöøōŏőÒÓÔÕÖØŌŎŐ", "o"), ("ŕŗřŔŖŘ", "r"), ("śŝşšșŚŜŞŠȘ", "s"), ("ţťțŢŤȚ", "t"),
            ("ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ", "u"), ("ŵŴ", "w"), ("ýÿŷÝŸŶ", "y"), ("źżžŹŻŽ", "z"), ("æÆ", "ae"), ("œŒ", "oe"),
            ("ß", "ss"), ("þÞ", "th"),
        ]
        var bases: [Unicode.Scalar: String] = [:]
        for (letters, base) in table {
            for scalar in letters.unicodeScalars { bases[scalar] = base }
        }
        return bases
    }()
}
