import Words

/// A language in which messages are read by wordings, and answered.
enum MessageLanguage: String, Sendable, CaseIterable {
    case english = "English"
    case german = "German"
    case french = "French"
    case spanish = "Spanish"

    /// As the files of `agents/words` are named.
    var fileName: String { rawValue.lowercased() }

    /// How many of the message's words are small words of the language.
    fileprivate func smallWords(in text: WordingText) -> Int {
        let words = Self.small[self] ?? []
        return text.words.reduce(0) { $0 + (words.contains($1) ? 1 : 0) }
    }

    private static let small: [MessageLanguage: Set<String>] = [
        .english: [
            "i", "my", "the", "is", "to", "me", "do", "how", "what", "it", "you", "am", "and", "of", "where", "can",
            "this",
        ],
        .german: [
            "ich", "mir", "mich", "ist", "der", "die", "das", "und", "mein", "meine", "wie", "nicht", "ein", "du", "zu",
            "es",
        ],
        .french: [
            "je", "j", "jai", "le", "la", "les", "mon", "ma", "est", "un", "une", "que", "me", "pas", "mes", "ou",
            "moi", "ca",
        ],
        .spanish: [
            "yo", "me", "mi", "el", "la", "que", "es", "no", "un", "una", "puedo", "quiero", "mis", "lo", "como",
            "donde",
        ],
    ]
}

/// Tells by wordings, in several languages, what kind of message something is. Linear in the message's length.
struct Wordings<Kind: RawRepresentable & Sendable>: Sendable where Kind.RawValue == String {
    struct Found: Sendable {
        var kinds: [Kind]
        /// The language of the wordings; of several, the one that the message's small words are of.
        var language: MessageLanguage
    }

    private struct Entry: Sendable {
        var pattern: WordingPattern
        var kind: Kind
        var language: MessageLanguage
        /// Whether other words of the message can take the meaning away.
        var isWeak: Bool
    }

    /// A quotation is nobody's own word where at least so many words stand around it.
    private let leastOwnWords = 3

    private var idioms: [WordingPattern] = []
    private var entries: [Entry] = []
    private let idiomsByWord: WordingIndex
    private let entriesByWord: WordingIndex
    private let vocabulary: WordingPattern.Words
    private let numbered: WordingVocabulary

    /// - Parameter folder: of `agents/words`, with a file for each of the languages.
    init(_ folder: String, _ languages: [MessageLanguage] = MessageLanguage.allCases) {
        var table = (idioms: [WordingPattern](), entries: [Entry]())
        for language in languages { Self.read(WordFile("\(folder)/\(language.fileName)"), language, into: &table) }
        var vocabulary = WordingPattern.Words()
        for pattern in table.idioms + table.entries.map(\.pattern) {
            for words in pattern.words {
                vocabulary.whole.formUnion(words.whole)
                vocabulary.beginnings += words.beginnings
            }
        }
        vocabulary.whole.formUnion(Spellings.keywords)
        vocabulary.beginnings = Array(Set(vocabulary.beginnings))
        self.vocabulary = vocabulary
        numbered = WordingVocabulary(vocabulary)
        for pattern in table.idioms {
            var pattern = pattern
            pattern.number(by: numbered)
            idioms.append(pattern)
        }
        for entry in table.entries {
            var entry = entry
            entry.pattern.number(by: numbered)
            entries.append(entry)
        }
        idiomsByWord = WordingIndex(idioms, words: numbered.count)
        entriesByWord = WordingIndex(entries.map(\.pattern), words: numbered.count)
    }

    /// What a message is; nil when no wording is in it.
    func found(in message: String) -> Found? {
        var text = WordingText(message, vocabulary: vocabulary)
        text.blankQuotations(unlessFewerThan: leastOwnWords, ifAny: WordingContext.words)
        let speaksOfBooks = text.words.contains { WordingContext.words.contains($0) }
        let all = NumberedText(text, by: numbered)
        for idiom in idiomsByWord.candidates(in: all).map({ idioms[$0] }) where idiom.mayBe(in: all) {
            for start in idiom.starts(in: all) {
                if let end = idiom.end(at: start, in: all) { text.blank(start..<end) }
            }
        }
        let own = NumberedText(text, by: numbered)
        let found = entriesByWord.candidates(in: own).map { entries[$0] }.filter { entry in
            !(entry.isWeak && speaksOfBooks) && entry.pattern.mayBe(in: own)
                && entry.pattern.starts(in: own).contains { entry.pattern.end(at: $0, in: own) != nil }
        }
        guard let first = found.first else { return nil }
        let language = Set(found.map(\.language)).max { a, b in
            (a.smallWords(in: text), b.rawValue) < (b.smallWords(in: text), a.rawValue)
        }
        return Found(kinds: found.map(\.kind), language: language ?? first.language)
    }

    // MARK: - Reading the tables

    private static func read(
        _ file: WordFile, _ language: MessageLanguage,
        into table: inout (idioms: [WordingPattern], entries: [Entry])
    ) {
        var classes: [String: WordingPattern.Words] = [:]
        for line in file["classes"] {
            let parts = line.split(separator: ":")
            let words = parts[1].split(separator: " ").joined(separator: "|")
            classes[String(parts[0])] = WordingPattern.words(words[...], [:])
        }
        var kind: Kind?
        var isWeak = false
        for line in file["wordings"] {
            if line.last == ":" {
                isWeak = line.dropLast().last == "?"
                let name = String(line.dropLast(isWeak ? 2 : 1))
                kind = Kind(rawValue: name)
                precondition(kind != nil || name == "idiom", "no kind \(name)")
                continue
            }
            let pattern = WordingPattern(line[...], classes: classes)
            if let kind {
                table.entries.append(
                    Entry(pattern: pattern, kind: kind, language: language, isWeak: isWeak))
            } else {
                table.idioms.append(pattern)
            }
        }
    }
}

/// Words by which a message speaks of something written, learnt or played.
enum WordingContext {
    static let words: WordingPattern.Words = {
        var words = WordingPattern.Words()
        words.whole = Set(
            """
            book books novel novels story stories read reading fiction essay essays poem poems poetry play plays film films movie
            movies series song songs lyrics character characters plot author authors writer writers writing memoir memoirs title titled
            titles chapter chapters literature thriller thrillers recommend recommendation recommendations scene hero heroine
            protagonist game games homework exam exercise maths math physics chemistry called quote anime manga
            buch bucher buecher roman romane geschichte geschichten lesen krimi krimis aufsatz gedicht lied figur figuren held heldin
            hausaufgaben klausur prufung pruefung aufgabe film spiel titel kapitel
            livre livres romans histoire histoires lire polar polars essai poeme poemes chanson personnage personnages heros heroine
            devoirs examen exercice jeu titre chapitre
            libro libros novela novelas historia historias leer cuento cuentos ensayo poema poemas pelicula cancion personaje personajes
            deberes tarea ejercicio juego titulo capitulo
            """.split(whereSeparator: \.isWhitespace).map(String.init))
        return words
    }()

}
