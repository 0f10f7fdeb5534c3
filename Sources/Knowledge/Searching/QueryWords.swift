/// The words of a question that can be looked up.
///
/// FTS5 has a language of its own (https://sqlite.org/fts5.html#full_text_query_syntax): every word here holds letters, marks
/// and digits only and is quoted, so that no text is read as an operator, a column or a prefix.
struct QueryWords {
    static let maximumWords = 24
    static let maximumWordBytes = 64
    /// How much of a question is read.
    static let maximumTextBytes = 8_192

    /// Lower case, each once, without words that are everywhere; those too when there are no others.
    let words: [String]
    /// Those of them that look like names: written with a capital letter within a sentence.
    let names: Set<String>

    init(_ text: String) {
        var words: [String] = []
        var common: [String] = []
        // "US" is a country, "us" is not.
        let isCountry = text.cut(toBytes: Self.maximumTextBytes).split { !$0.isLetter }.contains("US")
        for word in Self.split(text) where word.utf8.count <= Self.maximumWordBytes {
            if word != "us" || !isCountry, Self.stopWords.contains(word) {
                if !common.contains(word) { common.append(word) }
            } else if !words.contains(word) {
                words.append(word)
            }
            if words.count == Self.maximumWords { break }
        }
        self.words = words.isEmpty ? Array(common.prefix(Self.maximumWords)) : words
        names = Self.names(text)
    }

    static func quoted(_ word: String) -> String { "\"\(word)\"" }

    /// Runs of letters, marks and digits. An apostrophe and what follows it is left out: "Germany's" is "germany".
    private static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var isAfterApostrophe = false
        func close() {
            if !word.isEmpty { words.append(String(word).lowercased()) }
            word = String.UnicodeScalarView()
            isAfterApostrophe = false
        }
        for scalar in text.cut(toBytes: maximumTextBytes).unicodeScalars {
            if isPart(scalar) {
                if !isAfterApostrophe { word.append(scalar) }
            } else if !word.isEmpty, scalar == "'" || scalar == "\u{2019}" {
                isAfterApostrophe = true
            } else {
                close()
            }
        }
        close()
        return words
    }

    private static func names(_ text: String) -> Set<String> {
        let parts = text.cut(toBytes: maximumTextBytes).split { $0.isWhitespace }
        var names: Set<String> = []
        for (before, part) in zip(parts, parts.dropFirst()) {
            guard part.first?.isUppercase == true, let end = before.last, !".!?".contains(end) else { continue }
            names.formUnion(split(String(part)))
        }
        return names
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }

    /// Words that tell what kind of question it is more than what it is about: "how long", "how early".
    static let frame: Set<String> = ["long", "early", "often", "soon", "old", "take", "takes", "happens", "inside"]

    private static let stopWords: Set<String> = Set(
        """
        a about after all also am an and any are as ask asked asks at be because been before being but by can could did do does doing don for
        from get give go got had has have having he help her here hers him his how i if in into is it its just know let like me
        more most much many my need no not now of off on once one only or other our out over own please really said say see she
        should so some something such tell than thank thanks that the their them then there these they thing things this those
        through to too under until up us very want wants was we well were what when where whether which while who whom why will with
        would you your yours
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
