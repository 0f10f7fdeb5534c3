/// Brings words to a form in which spellings of the same word are equal.
enum Folding {
    /// Lower case, marks off Latin letters, apostrophes dropped, every other sign a single space: "Brontë's" is "brontes".
    static func fold(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { append(scalar, to: &bytes) }
        while bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The folded words of a text.
    static func words(_ text: some StringProtocol) -> [String] {
        fold(text).split(separator: " ").map(String.init)
    }

    /// A title as a key: folded, without a leading English article and without what follows a colon or semicolon.
    static func titleKey(_ title: String) -> String {
        let main = title.firstIndex { $0 == ":" || $0 == ";" }.map { title[..<$0] } ?? title[...]
        var words = words(main)
        if words.count > 1, ["the", "a", "an"].contains(words[0]) { words.removeFirst() }
        return words.isEmpty ? fold(title) : words.joined(separator: " ")
    }

    /// A word without the ending of a plural: "stories" is "story", "ghosts" is "ghost". Crude on purpose; both sides of
    /// a comparison go through it.
    static func stem(_ word: String) -> String {
        let bytes = word.utf8
        guard bytes.count > 3, bytes.last == UInt8(ascii: "s") else { return word }
        // "children's" is a kind of book, "children" a subject of books for anybody.
        if word == "childrens" { return word }
        if word.hasSuffix("ies"), bytes.count > 4 { return word.dropLast(3) + "y" }
        if word.hasSuffix("ss") || word.hasSuffix("us") || word.hasSuffix("is") { return word }
        if word.hasSuffix("ches") || word.hasSuffix("shes") || word.hasSuffix("xes") { return String(word.dropLast(2)) }
        return String(word.dropLast())
    }

    /// The folded and stemmed words of a text.
    static func stems(_ text: some StringProtocol) -> [String] {
        words(text).map(stem)
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
