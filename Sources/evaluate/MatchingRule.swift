import Chat

/// Whether a recommended book is a judged work, by the rule of `eval/README.md`.
enum MatchingRule {
    /// Lower case, marks off, apostrophes dropped, "&" is "and", everything else that is no letter or digit a space.
    static func words(_ text: some StringProtocol) -> String {
        var folded = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'", "\u{2019}", "\u{2018}", "\u{2BC}", "`", "\u{B4}": break
            case "&": folded += " and "
            default:
                if let base = bases[scalar] {
                    folded += base
                } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                    folded += scalar.properties.lowercaseMapping
                } else if scalar.properties.generalCategory != .nonspacingMark {
                    folded += " "
                }
            }
        }
        return folded.split(separator: " ").joined(separator: " ")
    }

    static func normalizedTitle(_ text: some StringProtocol) -> String {
        let words = words(text)
        for article in ["the ", "an ", "a "] where words.hasPrefix(article) && words.count > article.count {
            return String(words.dropFirst(article.count))
        }
        return words
    }

    /// The whole title and each beginning that ends at a separator.
    static func forms(of title: String) -> Set<String> {
        let characters = Array(title)
        var forms: Set<String> = [normalizedTitle(title)]
        for index in characters.indices {
            let rest = characters[index...]
            let isSign = ":;,([/\n".contains(characters[index])
            let isDash = "-–—".contains(characters[index]) && index > 0 && characters[index - 1] == " "
            let isDouble = rest.starts(with: "--") || characters[index] == "—"
            if isSign || isDash || isDouble || String(rest.prefix(4)).lowercased() == " or," {
                forms.insert(normalizedTitle(String(characters[..<index])))
            }
        }
        forms.remove("")
        return forms
    }

    static func authorMatches(_ surname: String, _ authors: [String]) -> Bool {
        surname.isEmpty || " \(words(authors.joined(separator: "; "))) ".contains(" \(words(surname)) ")
            || authors.contains { isSpelling(words(surname), of: words($0)) }
    }

    /// The catalogue makes one work of editions that spell a name differently and shows one of the spellings: "Dostoevsky"
    /// for "Dostoyevsky". One letter in a name of eight or more.
    private static func isSpelling(_ surname: String, of name: String) -> Bool {
        guard let last = name.split(separator: " ").last, surname.utf8.count >= 8,
            abs(surname.utf8.count - last.utf8.count) == 1
        else { return false }
        let (long, short) =
            surname.utf8.count > last.utf8.count
            ? (Array(surname.utf8), Array(last.utf8)) : (Array(last.utf8), Array(surname.utf8))
        return long.indices.contains { index in long[..<index] + long[(index + 1)...] == short[...] }
    }

    /// - Parameter ids: works the catalogue finds under the judged work's titles: one work may stand there under another
    ///   of its titles than the one judged.
    static func matches(_ work: JudgedWork, _ entry: CatalogEntry, ids: Set<BookID>) -> Bool {
        guard authorMatches(work.author, entry.authors) else { return false }
        if work.titles.isEmpty || ids.contains(entry.id) { return true }
        let forms = forms(of: entry.title)
        return work.titles.contains { forms.contains(normalizedTitle($0)) }
    }

    private static let bases: [Unicode.Scalar: String] = {
        let table: [(String, String)] = [
            ("àáâãäåāÀÁÂÃÄÅ", "a"), ("çćčÇĆČ", "c"), ("ďđðĐ", "d"), ("èéêëēęěÈÉÊËĘ", "e"), ("ìíîïīÌÍÎÏ", "i"),
            ("łŁ", "l"), ("ñńňÑ", "n"),
            ("òóôõöøōőÒÓÔÕÖØ", "o"), ("řŘ", "r"), ("śšşŚŠ", "s"), ("ťţ", "t"), ("ùúûüūůűÙÚÛÜ", "u"), ("ýÿÝ", "y"),
            ("źżžŹŻŽ", "z"),
            ("æÆ", "ae"), ("œŒ", "oe"), ("ß", "ss"), ("þÞ", "th"),
        ]
        var bases: [Unicode.Scalar: String] = [:]
        for (letters, base) in table { for scalar in letters.unicodeScalars { bases[scalar] = base } }
        return bases
    }()
}
