import Chat

/// What a work is, in the lexicon's concepts.
struct Traits: Sendable {
    /// Concept → how much it is so, 0 to 1.
    private(set) var strengths: [Int: Double] = [:]
    /// Concepts its subjects speak against.
    private(set) var against: Set<Int> = []
    /// Concepts that the catalogue's own subjects say, not only the author's name.
    private(set) var stated: Set<Int> = []
    /// Lower-case adjective of the author's nation; nil when it is not known.
    private(set) var nation: String?

    init(
        _ entry: CatalogEntry, lexicon: Lexicon = .shared, authors: KnownAuthors = .shared,
        terms: TermMeanings = .shared
    ) {
        for (place, meaning) in terms.meanings(of: entry.subjects).enumerated() {
            // The catalogue lists the telling terms first.
            let certainty = place < 8 ? 0.8 : 0.5
            for weighed in meaning.for {
                raise(weighed.concept, by: weighed.strength * certainty)
                stated.insert(weighed.concept)
            }
            against.formUnion(meaning.against)
        }
        isFactual = entry.subjects.contains("non-fiction") && !entry.subjects.contains("fiction")
        isVerse = entry.subjects.contains { $0 == "drama" || $0 == "poetry" } && !entry.subjects.contains("novel")
        if let classics = lexicon["classics"], let year = entry.approximateYear, year <= 1950 {
            raise(classics.id, by: entry.popularity * 0.8)
        }
        let folded = Folding.fold(entry.title)
        hasForeignTitle = Self.looksForeign(folded)
        isClutter =
            entry.subjects.contains { ["periodicals", "reference", "literary criticism"].contains($0) }
            || Self.goods.contains { folded.contains($0) }
        addPhrases(of: entry.title, strength: 0.5, lexicon)
        if let summary = entry.summary { addPhrases(of: summary, strength: 0.4, lexicon) }
        if let author = entry.authors.lazy.compactMap({ authors[$0] }).first {
            nation = author.nation
            for (place, concept) in author.concepts.enumerated() { raise(concept, by: place < 2 ? 0.5 : 0.35) }
        }
    }

    /// True when its subjects say that it is no fiction.
    private(set) var isFactual = false
    /// True for plays and poems.
    private(set) var isVerse = false

    /// True for reference works, and for goods around a book rather than a book ("… Boxed Set", "The Complete Guide to …").
    private(set) var isClutter = false

    private(set) var hasForeignTitle = false

    subscript(concept: Int) -> Double { strengths[concept] ?? 0 }

    /// Whether a title has the small words of another language and none of English.
    private static func looksForeign(_ folded: String) -> Bool {
        let words = folded.split(separator: " ").map(String.init)
        return words.contains { foreignWords.contains($0) }
            && !words.contains { ["the", "of", "and", "a", "or"].contains($0) }
    }

    private static let foreignWords: Set<String> = [
        "le", "la", "les", "de", "du", "des", "et", "der", "die", "das", "und", "ein", "eine", "el", "los", "las", "y",
        "il", "lo", "gli",
        "di", "della", "e", "os", "het", "een", "van", "von", "ja", "och", "af", "da", "do", "dos",
    ]

    private static let goods = [
        "boxed set", "box set", "book set", "complete guide", "study guide", "official guide", "movie companion",
        "the film",
    ]

    /// Several grounds for the same make it surer.
    private mutating func raise(_ concept: Int, by strength: Double) {
        let now = strengths[concept] ?? 0
        strengths[concept] = now + (1 - now) * strength
    }

    private mutating func addPhrases(of text: String, strength: Double, _ lexicon: Lexicon) {
        let stems = Folding.stems(text)
        var index = 0
        while index < stems.count {
            if let (concept, length) = lexicon.phrase(at: index, of: stems) {
                if concept.kind == .topic || length > 1 { raise(concept.id, by: strength) }
                index += length
            } else {
                index += 1
            }
        }
    }
}
