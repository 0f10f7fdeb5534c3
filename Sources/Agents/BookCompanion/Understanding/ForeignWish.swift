import Words

/// Wishes in German, French and Spanish: the words that matter are put into English, in which everything else is read.
enum ForeignWish {
    private static let tables = [Table(.german), Table(.french), Table(.spanish)]

    struct Translated: Equatable {
        var text: String
        var language: MessageLanguage
        /// What was recognised of the wish, in the reader's words.
        var understood: [String] = []
    }

    private static let maximumWords = 40

    /// Nil for a message that is in none of these languages, or has no word of a wish that is known here.
    static func read(_ message: String) -> Translated? {
        let words = message.split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
        if let followUp = followUp(words) { return followUp }
        guard (2...maximumWords).contains(words.count) else { return nil }
        let folded = words.map { Folding.fold($0) }
        let counts = tables.map { table in (table, folded.count { table.functionWords.contains($0) }) }
        guard let (table, count) = counts.max(by: { $0.1 < $1.1 }), count * 4 >= folded.count else { return nil }
        let english = folded.count { englishWords.contains($0) }
        guard count > english, count > folded.count(where: otherWords.contains) else { return nil }
        var text: [String] = []
        var understood: [String] = []
        var found = false
        var index = 0
        while index < words.count {
            if let (meaning, length) = table.meaning(at: index, of: folded) {
                text.append(meaning)
                let said = words[index..<(index + length)].joined(separator: " ")
                if !["no", "like", "about"].contains(meaning), !["no", "like"].contains(text.dropLast().last ?? "") {
                    understood.append(said)
                }
                // "Krieg und Frieden" has two words that are known here and is a title.
                found = found || kinds.contains(meaning) || meaning == "like"
                index += length
            } else {
                found =
                    found || cues.contains(folded[index])
                    || index > 0 && books.contains(folded[index]) && articles.contains(folded[index - 1])
                if !table.functionWords.contains(folded[index]) { text.append(words[index]) }
                index += 1
            }
        }
        guard found, !text.isEmpty else { return nil }
        return Translated(text: text.joined(separator: " "), language: table.language, understood: understood)
    }

    /// A short message that goes on from a list, every word of which is known: "etwas Kürzeres", "qui l'a écrit ?", "otra más larga".
    private static func followUp(_ words: [String]) -> Translated? {
        guard (1...8).contains(words.count) else { return nil }
        let folded = words.flatMap { Folding.words($0) }
        return tables.lazy.compactMap { table in
            table.followUp(folded).map { Translated(text: $0, language: table.language) }
        }.first
    }

    /// Whether a message is in a language that is not read here: in another script, or with the small words of one.
    static func isOtherLanguage(_ message: String) -> Bool {
        let letters = message.unicodeScalars.filter(\.properties.isAlphabetic)
        let foreign = letters.count { $0.value > 0x24F && !(0x1E00...0x1EFF).contains($0.value) }
        if foreign * 2 > letters.count { return true }
        let words = Folding.words(message)
        guard words.count >= 3 else { return false }
        let known = words.count { englishWords.contains($0) || StopWords.contains($0) }
        let others = words.count { otherWords.contains($0) }
        return others >= 2 && others > known && others * 4 >= words.count
    }

    /// Small words of Italian, Portuguese, Dutch, the Scandinavian languages, Polish, Czech and Turkish that are none of a language that is read.
    private static let otherWords: Set<String> = [
        "di", "che", "cerco", "vorrei", "libri", "romanzo", "romanzi", "per", "favore", "uno", "della",
        "dei", "sono",
        "giallo", "gialli", "puoi", "consigliarmi", "consiglia", "qualcosa", "leggere", "sul", "sulla", "avventure",
        "um", "uma", "livro", "livros", "quero", "queria", "nao", "com", "ler",
        "voce", "pode",
        "recomenda", "procuro", "algum",
        "een", "het", "boek", "boeken", "ik", "zoek", "wil", "graag", "lezen", "over", "van", "met", "kunt", "aanraden",
        "niet", "iets",
        "jag", "vill", "ha", "bok", "bocker", "att", "lasa", "jeg", "vil", "gerne", "bog", "lese",
        "efter",
        "szukam", "ksiazki", "ksiazka", "chce", "prosze", "powiesc", "cos", "hledam", "knihu", "chci", "prosim",
        "bir", "kitap", "istiyorum", "okumak", "hakkinda", "oner",
    ]

    /// "Ein Buch über …", "un libro sobre …"; a title has its own articles ("Das Buch der Unruhe").
    private static let books: Set<String> = ["buch", "bucher", "livre", "livres", "libro", "libros"]
    private static let articles: Set<String> = [
        "ein", "gutes", "gute", "welches", "welche", "einige", "paar", "un", "des", "bon", "bons", "quel", "quels",
        "que", "unos", "buen",
        "buenos", "algun", "cual", "mon", "mi", "mein",
    ]

    /// Words by which something is wished for.
    private static let cues: Set<String> = [
        "suche", "such", "suchen", "empfiehl", "empfehlen", "mochte", "cherche", "voudrais", "recommande",
        "recommander", "conseille",
        "conseiller", "propose", "aimerais", "busco", "quiero", "quisiera", "recomienda", "recomiendame", "recomiendas",
        "dame", "algo", "etwas", "quelque",
    ]
    /// Kinds of books: who names one wishes for it.
    private static let kinds: Set<String> = [
        "detective novel", "thriller", "love story", "for children", "for young adults", "science fiction", "fantasy",
        "historical novel",
        "ghost stories", "horror", "fairy tales", "poetry", "plays", "short stories", "biography", "travel",
        "adventure", "non-fiction",
        "essays", "novel", "classic",
    ]

    // MARK: - Tables

    struct Table {
        var language: MessageLanguage
        var functionWords: Set<String>
        /// By the first folded word: the phrase's words, and what they are in English.
        var phrases: [String: [(words: [String], meaning: String)]]
        /// The same for what is said about a list that was shown.
        var followUps: [String: [(words: [String], meaning: String)]]

        /// Reads a file of `agents/words/wishes`.
        init(_ language: MessageLanguage) {
            let file = WordFile("wishes/\(language.fileName)")
            self.language = language
            functionWords = Set(file["function words"].flatMap { $0.split(separator: " ").map { Folding.fold($0) } })
            phrases = Self.phrases(file["phrases"])
            followUps = Self.phrases(file["follow-ups"])
        }

        private static func phrases(_ lines: [String]) -> [String: [(words: [String], meaning: String)]] {
            var phrases: [String: [(words: [String], meaning: String)]] = [:]
            for line in lines {
                let parts = line.split(separator: "=", omittingEmptySubsequences: false)
                for phrase in parts[0].split(separator: ",") {
                    let words = Folding.words(phrase)
                    guard let first = words.first else { continue }
                    phrases[first, default: []].append((words, String(parts[1])))
                }
            }
            for key in phrases.keys { phrases[key]?.sort { $0.words.count > $1.words.count } }
            return phrases
        }

        /// In English; nil when a word is not one of a follow-up.
        func followUp(_ words: [String]) -> String? {
            var text: [String] = []
            var index = 0
            while index < words.count {
                if let phrase = followUps[words[index]]?.first(where: { words[index...].starts(with: $0.words) }) {
                    if !phrase.meaning.isEmpty { text.append(phrase.meaning) }
                    index += phrase.words.count
                } else if functionWords.contains(words[index]) {
                    index += 1
                } else {
                    return nil
                }
            }
            return text.isEmpty ? nil : text.joined(separator: " ")
        }

        func meaning(at index: Int, of words: [String]) -> (String, Int)? {
            let known = (phrases[words[index]] ?? []) + (followUps[words[index]] ?? [])
            for phrase in known where words[index...].starts(with: phrase.words) {
                return (phrase.meaning, phrase.words.count)
            }
            return nil
        }
    }

    /// Words by which a message is English after all.
    private static let englishWords: Set<String> = [
        "the", "a", "of", "and", "with", "like", "about", "for", "i", "is", "want", "book", "books", "read",
        "something", "by", "me",
    ]
}
