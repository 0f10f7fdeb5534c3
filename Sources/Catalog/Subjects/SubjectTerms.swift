/// The terms of one work, gathered from headings, shelves and class marks.
struct SubjectTerms {
    private(set) var genres: GenreSet = []
    /// Other terms in the order found, lower case.
    private(set) var topics: [String] = []
    /// True when a heading or a shelf says that it is prose fiction.
    private(set) var isFiction = false
    private(set) var isPeriodical = false

    static let maximumTerms = 24
    static let maximumTermBytes = 60

    mutating func add(_ heading: SubjectHeading) {
        genres.formUnion(heading.genres)
        if heading.isFiction { isFiction = true }
        if heading.isPeriodical { isPeriodical = true }
        for topic in heading.topics { append(topic) }
    }

    mutating func add(_ more: GenreSet) {
        genres.formUnion(more)
        if !more.isDisjoint(with: Genres.fictionForms) { isFiction = true }
    }

    /// Adds what a person wrote: a genre, or any other term.
    mutating func add(term: some StringProtocol) {
        let plain = Self.plain(term)
        guard !plain.isEmpty, plain.utf8.count <= Self.maximumTermBytes else { return }
        add(Genres.named(Folding.key(plain)))
        if Genre(term: plain) == nil { append(plain) }
    }

    /// Lower case, single spaces, no signs at the ends.
    static func plain(_ text: some StringProtocol) -> String {
        TitleForms.trimmed(AuthorName.spaced(text)).lowercased()
    }

    /// All terms, genres first, with "fiction" or "non-fiction" where there is ground.
    func listed() -> [String] {
        var genres = genres
        if isFiction {
            genres.insert(.fiction)
            genres.subtract(Genres.neverFiction)
            genres.remove(.nonFiction)
        } else if genres.isDisjoint(with: Genres.imaginative), !genres.isDisjoint(with: Genres.factual) {
            genres.insert(.nonFiction)
        }
        var terms = genres.map(\.term)
        for topic in topics where terms.count < Self.maximumTerms && !terms.contains(topic) { terms.append(topic) }
        return terms
    }

    private mutating func append(_ term: String) {
        if topics.count < Self.maximumTerms, !topics.contains(term) { topics.append(term) }
    }
}
