import Words

/// Wishes in German, French and Spanish: the words that matter are put into English, in which everything else is read.
enum ForeignWish {
    private static let tables = ForeignTable.all("wishes")

    struct Translated: Equatable {
        var text: String
        var language: MessageLanguage
        /// What was recognised of the wish, in the reader's words.
        var understood: [String] = []
    }

    private static let maximumWords = 40

    /// Nil for a message that is in none of these languages, or has no word of a wish that is known here.
    static func read(_ message: String) -> Translated? {
        let words = words(of: message)
        if let followUp = followUp(words) { return followUp }
        guard (2...maximumWords).contains(words.count) else { return nil }
        let folded = words.map { Folding.words($0).joined(separator: " ") }
        // "Me" and "la" are small words of two languages; the phrases tell which it is.
        guard let table = tables.max(by: { $0.known(folded) < $1.known(folded) }) else { return nil }
        let count = table.known(folded)
        guard count * 4 >= folded.count, folded.contains(where: table.functionWords.contains) else { return nil }
        let english = folded.count { ForeignTable.englishWords.contains($0) }
        guard count > english, count > folded.count(where: otherWords.contains) else { return nil }
        var text: [String] = []
        var understood: [String] = []
        var found = false
        // Whether a book, or what is no book, was named last: a name after "von" or "de" is its author's then.
        var namesBook = false
        var index = 0
        while index < words.count {
            if let known = table.meaning(at: index, of: folded, in: words) {
                let meaning = known.meaning
                let said = String(
                    words[index..<(index + known.length)].joined(separator: " ").reversed().drop {
                        ",.;:?!".contains($0)
                    }.reversed())
                let end =
                    words[index + known.length - 1].last.flatMap { ",.;:?!".contains($0) ? String($0) : nil } ?? ""
                if !silent.contains(meaning), !(text.last.map { $0 != "about" && silent.contains($0) } ?? false) {
                    understood.append(said)
                }
                if !meaning.isEmpty { text.append(meaning) }
                if !end.isEmpty, !text.isEmpty { text[text.count - 1] += end }
                // "Krieg und Frieden" has two words that are known here.
                found = found || known.isWish || kinds.contains(meaning)
                namesBook = known.isTitle || kinds.contains(meaning) || silent.contains(meaning)
                index += known.length
                continue
            }
            let word = folded[index]
            found =
                found || cues.contains(word)
                || index > 0 && books.contains(word) && articles.contains(folded[index - 1])
            if authorWords.contains(word), index + 1 < words.count, words[index + 1].first?.isUppercase == true,
                table.meaning(at: index + 1, of: folded, in: words) == nil,
                namesBook || index > 0 && table.functionWords.contains(folded[index - 1])
            {
                text.append("by")
            } else if !table.functionWords.contains(word) {
                text.append(words[index])
                namesBook = words[index].hasPrefix("\"")
            }
            index += 1
        }
        guard found, !text.isEmpty else { return nil }
        return Translated(text: text.joined(separator: " "), language: table.language, understood: understood)
    }

    /// The words of a message; what is in quotation marks is one, in straight ones.
    private static func words(of message: String) -> [String] {
        var words: [String] = []
        for (place, part) in message.split(omittingEmptySubsequences: false, whereSeparator: isQuotationMark)
            .enumerated()
        {
            var own: [String] = []
            var isOpen = false
            for character in part {
                if character.isLetter || character.isNumber {
                    if isOpen { own[own.count - 1].append(character) } else { own.append(String(character)) }
                    isOpen = true
                } else {
                    // What ends a clause ends what is refused in it.
                    if ",.;:?!".contains(character), let last = own.last, !",.;:?!".contains(last.last ?? " ") {
                        own[own.count - 1].append(character)
                    }
                    isOpen = false
                }
            }
            if place % 2 == 1, (1...10).contains(own.count) {
                words.append("\"" + own.joined(separator: " ") + "\"")
            } else {
                words += own
            }
        }
        return words
    }

    private static func isQuotationMark(_ character: Character) -> Bool {
        switch character {
        case "\u{201E}", "\u{201C}", "\u{201D}", "\u{00AB}", "\u{00BB}", "\"": true
        default: false
        }
    }

    /// What is not repeated to the reader as a subject that was understood.
    private static let silent: Set<String> = [
        "", "no", "not", "not too", "except", "like", "about", "i love", "i like", "i hate", "i dont like",
    ]

    /// "von", "de": before a name the author's.
    private static let authorWords: Set<String> = ["von", "de", "d", "por", "par"]

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
        let known = words.count { ForeignTable.englishWords.contains($0) || StopWords.contains($0) }
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

    /// Words by which something is wished for or asked.
    private static let cues: Set<String> = [
        "ich", "mir", "mich", "kannst", "hast", "habt", "wer", "welche", "welches", "welchen", "je", "tu", "vous",
        "avez", "quel",
        "quels", "quelle", "quelles", "puedes", "tienes", "tiene", "cual", "cuales", "conoces",
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
}
