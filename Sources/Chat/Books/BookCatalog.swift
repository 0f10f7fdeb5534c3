/// How long a work is to read.
public enum BookLength: String, Sendable, CaseIterable {
    /// Under about 40,000 words: novellas, plays, single poems and tales.
    case short
    /// 40,000 to 120,000 words.
    case medium
    /// Over 120,000 words.
    case long
}

/// A work as the catalogue knows it.
public struct CatalogEntry: Sendable, Equatable {
    public var id: BookID
    public var title: String
    /// In natural order: "H. G. Wells".
    public var authors: [String]
    /// Year of first publication; nil when unknown.
    public var year: Int?
    /// Years within which it was written, from the publication year or from the authors' lives; nil when neither is known.
    public var period: ClosedRange<Int>?
    /// ISO 639-1 (else 639-2) codes: first the language the work was written in, where known, then those of the text.
    public var languages: [String]
    /// Lower-case terms, broad genre terms first.
    public var subjects: [String]
    /// Nil when the catalogue has no ground to tell.
    public var length: BookLength?
    /// One line about it; nil when there is none.
    public var summary: String?
    /// Readers' average, 0 to 5.
    public var rating: Double?
    /// 0 (unheard of) to 1 (everybody knows it).
    public var popularity: Double

    public init(
        id: BookID, title: String, authors: [String], year: Int?, period: ClosedRange<Int>?, languages: [String],
        subjects: [String], length: BookLength?, summary: String?, rating: Double?, popularity: Double
    ) {
        self.id = id
        self.title = title
        self.authors = authors
        self.year = year
        self.period = period
        self.languages = languages
        self.subjects = subjects
        self.length = length
        self.summary = summary
        self.rating = rating
        self.popularity = popularity
    }
}

/// What to look for. Every condition given must hold; conditions left out do not narrow.
public struct CatalogQuery: Sendable {
    /// Words to match in title, authors, subjects and summary, ranked by bm25; empty ranks by popularity.
    public var words: [String] = []
    /// Subject terms, any of which makes a candidate.
    public var subjects: [String] = []
    /// Author names, any of which must be among the authors.
    public var authors: [String] = []
    public var excludedAuthors: [String] = []
    public var excludedSubjects: [String] = []
    public var excludedBooks: [BookID] = []
    /// The period the work was written in must overlap this.
    public var years: ClosedRange<Int>?
    public var languages: [String] = []
    public var lengths: [BookLength] = []
    /// 1 to 1,000.
    public var limit = 100

    public init() {}
}

/// A match with its place in the ranking's terms.
public struct CatalogMatch: Sendable {
    public var entry: CatalogEntry
    /// SQLite's bm25 turned round (greater is better); 0 when the query had no words.
    public var textScore: Double

    public init(entry: CatalogEntry, textScore: Double) {
        self.entry = entry
        self.textScore = textScore
    }
}

/// The catalogue as those who recommend from it see it. Every call leaves Swift's cooperative threads free.
public protocol BookCatalog: Sendable {
    /// Candidates for `query`, best first, at most `query.limit`.
    func search(_ query: CatalogQuery) async throws -> [CatalogMatch]

    /// Works whose title is `title` (case, marks and a leading article aside; subtitles may be left out), best known
    /// first, at most 20. With `isFuzzy`, also titles a typing slip away. No match is an empty list, not an error.
    func works(titled title: String, isFuzzy: Bool) async throws -> [CatalogEntry]

    /// Authors' names as the catalogue spells them for what a person typed ("Wells", "H.G. Wells", "Dostoyevski"),
    /// best known first, at most 10. No match is an empty list, not an error.
    func authors(named name: String) async throws -> [String]

    /// The works with these identifiers, in the order asked; unknown ones are left out.
    func works(withIDs ids: [BookID]) async throws -> [CatalogEntry]

    /// Where the texts of these works can be read free of charge; works of which that is not known are left out.
    func readURLs(of ids: [BookID]) async throws -> [BookID: String]

    /// How many works there are.
    func count() async throws -> Int
}
