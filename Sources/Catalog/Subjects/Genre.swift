// What works are about: the terms of several catalogues in one vocabulary.

/// The broad genre terms of the catalogue, in the order in which a work's are listed: the telling ones first, form and kind
/// last.
enum Genre: UInt8, CaseIterable {
    case scienceFiction, fantasy, dystopia, utopia, alternateHistory, cyberpunk, magicalRealism, gothic, horror
    case ghostStory, detectiveFiction, crime, thriller, spyFiction, western, adventure, sea, war
    case historicalFiction, romance, satire, picaresque, humour, comingOfAge, literaryFiction, domesticFiction
    case psychologicalFiction, politicalFiction, epistolary, epic, tragedy, comedy, fairyTale, folklore, mythology
    case fables, childrens, youngAdult, comics, shortStories, poetry, drama, opera, novel, essays, letters, diary
    case memoir, biography, history, travel, exploration, nature, popularScience, science, mathematics, technology
    case medicine, psychology, philosophy, religion, spirituality, politicalThought, politics, economics
    case sociology, anthropology, education, law, language, literaryCriticism, journalism, art, architecture
    case music, theatre, cooking, crafts, gardening, sport, selfHelp, reference, periodicals, classics, fiction
    case nonFiction

    /// As it is written among a work's subjects.
    var term: String { Self.terms[Int(rawValue)] }

    /// The genre of this very term; nil when it is none.
    init?(term: String) {
        guard let genre = Self.byTerm[term] else { return nil }
        self = genre
    }

    private static let terms: [String] = [
        "science fiction", "fantasy", "dystopia", "utopia", "alternate history", "cyberpunk", "magical realism",
        "gothic", "horror", "ghost story", "detective fiction", "crime", "thriller", "spy fiction", "western",
        "adventure", "sea", "war", "historical fiction", "romance", "satire", "picaresque", "humour",
        "coming of age", "literary fiction", "domestic fiction", "psychological fiction", "political fiction",
        "epistolary", "epic", "tragedy", "comedy", "fairy tale", "folklore", "mythology", "fables", "children's",
        "young adult", "comics", "short stories", "poetry", "drama", "opera", "novel", "essays", "letters", "diary",
        "memoir", "biography", "history", "travel", "exploration", "nature", "popular science", "science",
        "mathematics", "technology", "medicine", "psychology", "philosophy", "religion", "spirituality",
        "political thought", "politics", "economics", "sociology", "anthropology", "education", "law", "language",
        "literary criticism", "journalism", "art", "architecture", "music", "theatre", "cooking", "crafts",
        "gardening", "sport", "self-help", "reference", "periodicals", "classics", "fiction", "non-fiction",
    ]

    private static let byTerm: [String: Genre] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.term, $0) })
}

/// A set of genres. Bits, because an import makes millions of such sets.
struct GenreSet: Equatable, Sequence, ExpressibleByArrayLiteral {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init() {}

    init(arrayLiteral elements: Genre...) {
        for genre in elements { insert(genre) }
    }

    var isEmpty: Bool { low | high == 0 }

    mutating func insert(_ genre: Genre) {
        if genre.rawValue < 64 { low |= 1 << genre.rawValue } else { high |= 1 << (genre.rawValue - 64) }
    }

    mutating func remove(_ genre: Genre) {
        if genre.rawValue < 64 { low &= ~(1 << genre.rawValue) } else { high &= ~(1 << (genre.rawValue - 64)) }
    }

    func contains(_ genre: Genre) -> Bool {
        genre.rawValue < 64 ? low >> genre.rawValue & 1 == 1 : high >> (genre.rawValue - 64) & 1 == 1
    }

    mutating func formUnion(_ other: GenreSet) {
        low |= other.low
        high |= other.high
    }

    mutating func subtract(_ other: GenreSet) {
        low &= ~other.low
        high &= ~other.high
    }

    func isDisjoint(with other: GenreSet) -> Bool { low & other.low | high & other.high == 0 }

    /// The genres in their order.
    func makeIterator() -> IndexingIterator<[Genre]> {
        Genre.allCases.filter(contains).makeIterator()
    }
}
