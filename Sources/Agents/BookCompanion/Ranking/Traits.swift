import Chat

/// What a work is, in the lexicon's concepts.
struct Traits: Sendable {
    struct Trait: Sendable {
        var concept: Int32
        /// Whether the catalogue's own subjects say it, not only the author's name.
        var isStated: Bool
        /// 0 to 1.
        var strength: Double
    }

    /// In the order of the concepts; an array, because few enough belong to one work that looking through them is quicker than
    /// hashing.
    private(set) var all: [Trait] = []
    /// Concepts its subjects speak against.
    private(set) var against: [Int] = []
    /// Lower-case adjective of the author's nation; nil when it is not known.
    private(set) var nation: String?

    /// True when its subjects say that it is no fiction.
    let isFactual: Bool
    /// True for plays and poems.
    let isVerse: Bool
    /// True when "fiction" is among its subjects.
    let isFiction: Bool
    /// True when "drama" or "poetry" is among its subjects.
    let isDramaOrPoetry: Bool
    /// True for reference works, and for goods around a book rather than a book ("… Boxed Set", "The Complete Guide to …").
    let isClutter: Bool
    let hasForeignTitle: Bool
    /// Whether a small English word stands in the title.
    let hasEnglishTitle: Bool
    /// Sum of the strengths' squares.
    let norm: Double

    /// Subjects that only stories have.
    private static let stories: Set<String> = [
        "fiction", "novel", "science fiction", "fantasy", "dystopia", "thriller", "detective fiction", "fairy tales",
        "ghost stories", "magical realism", "literary fiction", "historical fiction", "spy fiction", "picaresque",
    ]

    /// - Parameter names: of the entry's authors.
    init(
        _ entry: CatalogEntry, authors names: [FoldedName], lexicon: Lexicon = .shared, authors: KnownAuthors = .shared,
        terms: TermMeanings = .shared
    ) {
        let subjects = entry.subjects
        var found = Found()
        for (place, meaning) in terms.meanings(of: subjects).enumerated() {
            // The catalogue lists the telling terms first.
            let certainty = place < 8 ? 0.8 : 0.5
            for weighed in meaning.for {
                found.raise(weighed.concept, by: weighed.strength * certainty, isStated: true)
            }
            for concept in meaning.against where !against.contains(concept) { against.append(concept) }
        }
        isFiction = subjects.contains { Self.stories.contains($0) }
        isFactual = !isFiction && subjects.contains("non-fiction")
        isDramaOrPoetry = subjects.contains { $0 == "drama" || $0 == "poetry" }
        isVerse = isDramaOrPoetry && !subjects.contains("novel")
        if let classics = lexicon["classics"], let year = entry.approximateYear, year <= 1950 {
            // What is old and well known is one, whether or not a list of classics has it.
            found.raise(classics.id, by: entry.popularity >= 0.4 ? 0.8 : entry.popularity * 0.8)
        }
        let title = TitleWords(entry.title)
        hasForeignTitle = title.isForeign
        hasEnglishTitle = title.isEnglish
        isClutter =
            title.isOfGoods
            || subjects.contains { $0 == "periodicals" || $0 == "reference" || $0 == "literary criticism" }
        found.addPhrases(of: title.words.map(Folding.stem), strength: 0.5, lexicon)
        if let summary = entry.summary { found.addPhrases(of: Folding.stems(summary), strength: 0.4, lexicon) }
        if let author = names.lazy.compactMap({ authors[$0] }).first {
            nation = author.nation
            for (place, concept) in author.concepts.enumerated() { found.raise(concept, by: place < 2 ? 0.5 : 0.35) }
        }
        all = found.traits.sorted { $0.concept < $1.concept }
        norm = all.reduce(0) { $0 + $1.strength * $1.strength }
    }

    /// How much it is so, 0 to 1.
    subscript(concept: Int) -> Double { trait(concept)?.strength ?? 0 }

    /// Whether the catalogue's own subjects say it.
    func isStated(_ concept: Int) -> Bool { trait(concept)?.isStated ?? false }

    private func trait(_ concept: Int) -> Trait? {
        for trait in all where trait.concept >= concept { return trait.concept == concept ? trait : nil }
        return nil
    }

    /// Traits as they are gathered.
    private struct Found {
        var traits: [Trait] = []

        /// Several grounds for the same make it surer.
        mutating func raise(_ concept: Int, by strength: Double, isStated: Bool = false) {
            guard let place = traits.firstIndex(where: { $0.concept == concept }) else {
                traits.append(Trait(concept: Int32(concept), isStated: isStated, strength: strength))
                return
            }
            let now = traits[place].strength
            traits[place].strength = now + (1 - now) * strength
            if isStated { traits[place].isStated = true }
        }

        mutating func addPhrases(of stems: [String], strength: Double, _ lexicon: Lexicon) {
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
}
