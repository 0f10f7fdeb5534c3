/// The broad genre terms of the catalogue, and what library headings, shelves and classes mean in their terms.
enum Genres {
    /// All terms, in the order in which a work's terms are listed: the telling ones first, form and kind last.
    static let all: [String] = [
        "science fiction", "fantasy", "dystopia", "utopia", "gothic", "horror", "ghost stories", "detective fiction",
        "crime",
        "thriller", "espionage", "western", "adventure", "sea", "war", "historical fiction", "romance", "satire",
        "humour",
        "coming of age", "domestic fiction", "psychological fiction", "political fiction", "epic", "tragedy", "comedy",
        "fairy tales", "folklore", "mythology", "fable", "children's", "young adult", "short stories", "poetry",
        "drama",
        "opera", "novel", "essays", "letters", "diaries", "memoir", "biography", "history", "travel", "exploration",
        "nature",
        "popular science", "mathematics", "technology", "medicine", "psychology", "philosophy", "religion",
        "spirituality",
        "politics", "economics", "sociology", "anthropology", "education", "law", "language", "literary criticism",
        "art",
        "architecture", "music", "theatre", "cooking", "crafts", "gardening", "sports", "self-help", "reference",
        "periodicals", "classics", "fiction", "non-fiction",
    ]

    static let rank: [String: Int] = Dictionary(
        uniqueKeysWithValues: all.enumerated().map { ($0.element, $0.offset) })

    /// Genres that make a work fiction.
    static let fictional: Set<String> = [
        "science fiction", "fantasy", "dystopia", "gothic", "horror", "ghost stories", "detective fiction", "thriller",
        "western", "historical fiction", "romance", "domestic fiction", "psychological fiction", "political fiction",
        "fairy tales", "short stories", "novel", "coming of age", "fiction",
    ]

    /// Genres of things that happened or are thought.
    static let factual: Set<String> = [
        "essays", "letters", "diaries", "memoir", "biography", "history", "popular science", "mathematics",
        "technology",
        "medicine", "psychology", "philosophy", "religion", "politics", "economics", "sociology", "anthropology",
        "education",
        "law", "language", "literary criticism", "art", "architecture", "music", "cooking", "crafts", "gardening",
        "reference",
        "travel", "exploration", "nature", "self-help", "sports",
    ]

    /// The genres a heading, a subdivision or a shelf stands for, by its folded name; empty when none.
    static func named(_ key: String) -> [String] {
        if let known = table[key] { return known }
        for (suffix, genres) in suffixes where key.hasSuffix(suffix) { return genres }
        return []
    }

    /// National literatures and forms: "French fiction", "Ballads, English", "American wit and humor".
    private static let suffixes: [(String, [String])] = [
        (" science fiction", ["science fiction"]), (" detective and mystery stories", ["detective fiction"]),
        (" fiction", ["fiction"]), (" poetry", ["poetry"]), (" poems", ["poetry"]), (" drama", ["drama"]),
        (" plays", ["drama"]), (" wit and humor", ["humour"]), (" essays", ["essays"]), (" letters", ["letters"]),
        (" fairy tales", ["fairy tales"]), (" folklore", ["folklore"]), (" mythology", ["mythology"]),
        (" periodicals", ["periodicals"]), (" stories for children", ["children's"]), (" novels", ["novel"]),
    ]

    private static let table: [String: [String]] = {
        var table: [String: [String]] = [:]
        for (genre, headings) in GenreHeadings.all {
            for heading in headings.split(separator: ";") {
                let key = Folding.key(heading)
                if table[key]?.contains(genre) != true { table[key, default: []].append(genre) }
            }
        }
        return table
    }()
}
