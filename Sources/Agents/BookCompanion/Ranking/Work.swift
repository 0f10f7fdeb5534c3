import Chat

/// A work as the ranking looks at it: everything that is compared again and again is folded and looked up once. An object,
/// because it is handed about by the hundred.
final class Work: Sendable {
    let entry: CatalogEntry
    let traits: Traits
    /// See `Folding.titleKey`.
    let titleKey: String
    let authors: [FoldedName]
    /// The entry's subjects by their numbers in `table`.
    let terms: [Int32]
    let table: TermTable
    /// Sum of the squares of what its subjects weigh.
    let termNorm: Double

    /// Subjects that say how a book is kept in a catalogue rather than what it is.
    static let emptySubjects: Set<String> = ["fiction", "novel", "classics", "non-fiction", "reference", "periodicals"]

    init(_ entry: CatalogEntry, authors: [FoldedName], table: TermTable) {
        self.entry = entry
        self.authors = authors
        self.table = table
        traits = Traits(entry, authors: authors)
        titleKey = Folding.titleKey(entry.title)
        terms = entry.subjects.map(table.number)
        var norm = 0.0
        for (subject, term) in zip(entry.subjects, terms) where !Self.emptySubjects.contains(subject) {
            let weight = Self.weight(of: term, in: table)
            norm += weight * weight
        }
        termNorm = norm
    }

    convenience init(_ entry: CatalogEntry, table: TermTable = .empty) {
        self.init(entry, authors: entry.authors.map(FoldedName.init), table: table)
    }

    /// What a subject counts for where works are compared: the commonest something as well.
    static func weight(of term: Int32, in table: TermTable) -> Double { max(0.05, table.weight(of: term)) }

    /// Whether it has a subject that is `key` when folded.
    func hasSubject(folded key: String) -> Bool {
        terms.indices.contains { table.folded(entry.subjects[$0], terms[$0]) == key }
    }

    /// Family name and initial of the first author, to count an author's works; nil where nobody is named.
    var authorKey: String? {
        guard let author = authors.first, let last = author.words.last,
            last != "anonymous", last != "various", last != "unknown"
        else { return nil }
        return author.key
    }
}

/// The works of one search: those on the shelf, and others, each made ready once however often it is met.
struct WorkPool {
    let shelf: Shelf
    private var others: [BookID: Work] = [:]

    init(shelf: Shelf) { self.shelf = shelf }

    mutating func work(for entry: CatalogEntry) -> Work {
        // The catalogue may have changed since the shelf was filled.
        if let work = shelf.work(entry.id), work.entry == entry { return work }
        if let work = others[entry.id] { return work }
        let work = Work(entry, table: shelf.terms)
        others[entry.id] = work
        return work
    }
}
