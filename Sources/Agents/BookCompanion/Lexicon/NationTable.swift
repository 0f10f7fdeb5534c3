/// Literatures and languages, by the adjective that names them.
enum NationTable {
    struct Nation: Sendable, Equatable {
        /// Lower-case adjective: "french".
        var name: String
        /// ISO 639-1 code of the language its literature is written in.
        var language: String
        /// For an answer: "French".
        var label: String
        /// Whether people ask for it as a language.
        var isLanguage: Bool
    }

    private static func nation(_ name: String, _ language: String, isLanguage: Bool = true) -> Nation {
        Nation(
            name: name, language: language,
            label: name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " "),
            isLanguage: isLanguage)
    }

    static let all: [Nation] = [
        nation("english", "en"), nation("american", "en", isLanguage: false), nation("irish", "en", isLanguage: false),
        nation("scottish", "en", isLanguage: false), nation("welsh", "en", isLanguage: false),
        nation("australian", "en", isLanguage: false), nation("canadian", "en", isLanguage: false),
        nation("new zealand", "en", isLanguage: false), nation("south african", "en", isLanguage: false),
        nation("nigerian", "en", isLanguage: false), nation("indian", "en", isLanguage: false), nation("french", "fr"),
        nation("belgian", "fr", isLanguage: false), nation("german", "de"), nation("austrian", "de", isLanguage: false),
        nation("swiss", "de", isLanguage: false), nation("italian", "it"), nation("spanish", "es"),
        nation("portuguese", "pt"),
        nation("brazilian", "pt", isLanguage: false), nation("mexican", "es", isLanguage: false),
        nation("latin american", "es", isLanguage: false), nation("colombian", "es", isLanguage: false),
        nation("argentinian", "es", isLanguage: false), nation("chilean", "es", isLanguage: false),
        nation("peruvian", "es", isLanguage: false), nation("russian", "ru"), nation("polish", "pl"),
        nation("czech", "cs"),
        nation("hungarian", "hu"), nation("finnish", "fi"), nation("swedish", "sv"), nation("norwegian", "no"),
        nation("danish", "da"), nation("icelandic", "is"), nation("dutch", "nl"), nation("greek", "el"),
        nation("roman", "la"),
        nation("latin", "la"), nation("japanese", "ja"), nation("chinese", "zh"), nation("persian", "fa"),
        nation("arabic", "ar"), nation("esperanto", "eo"), nation("catalan", "ca"), nation("yiddish", "yi"),
        nation("hebrew", "he"), nation("tagalog", "tl"), nation("welsh language", "cy"),
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private static let otherWords: [String: String] = [
        "british": "english", "britain": "english", "francais": "french", "deutsch": "german", "italiano": "italian",
        "espanol": "spanish", "castellano": "spanish", "portugues": "portuguese", "scots": "scottish",
        "argentine": "argentinian",
        "scandinavian": "norwegian", "farsi": "persian", "us": "american",
    ]

    /// The nation an adjective names; nil when it names none.
    static func named(_ word: String) -> Nation? { byName[otherWords[word] ?? word] }

    /// What an answer calls a language: "French" for "fr".
    static func label(ofLanguage code: String) -> String {
        all.first { $0.language == code && $0.isLanguage }?.label ?? code
    }

    /// Whether works of two nations pass for one another when asked for ("English" readers ask for Scots as well).
    static func isOf(_ author: String, asked: String) -> Bool {
        if author == asked { return true }
        switch asked {
        case "english": return ["scottish", "welsh", "irish"].contains(author)
        case "german": return ["austrian", "swiss"].contains(author)
        case "latin american":
            return ["mexican", "colombian", "argentinian", "chilean", "peruvian", "brazilian"].contains(author)
        case "norwegian": return ["swedish", "danish"].contains(author)
        case "roman", "latin": return author == "roman"
        default: return false
        }
    }
}
