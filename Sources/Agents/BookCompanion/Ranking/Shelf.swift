import Chat
import Synchronization

/// The best known works of all times, in memory: most wishes are met by them, and looking through them in memory is cheaper
/// than asking the catalogue.
struct Shelf: Sendable {
    let works: [Work]
    private let places: [BookID: Int]
    let terms: TermTable
    let titles: LooseTitles
    let plots: PlotIndex

    /// Periods of which the best known works are taken, so that no time stands in another's light.
    static let periods = [-3000...1799, 1800...1869, 1870...1914, 1915...1959, 1960...1989, 1990...2003, 2004...2100]
    /// Works of each period.
    static let worksPerPeriod = 800

    init(entries: [CatalogEntry]) {
        let terms = TermTable(sample: entries)
        // The same names and subjects come again and again: one text in memory serves all.
        var names: [String: FoldedName] = [:]
        works = entries.map { entry in
            var entry = entry
            entry.subjects = entry.subjects.map(terms.shared)
            let authors = entry.authors.map { name in
                if let folded = names[name] { return folded }
                let folded = FoldedName(name)
                names[name] = folded
                return folded
            }
            return Work(entry, authors: authors, table: terms)
        }
        places = Dictionary(works.enumerated().map { ($0.element.entry.id, $0.offset) }) { first, _ in first }
        self.terms = terms
        titles = LooseTitles(works.map(\.entry))
        plots = PlotIndex(works)
    }

    /// - Throws: what the catalogue throws.
    static func load(from catalog: any BookCatalog) async throws -> Shelf {
        var entries: [CatalogEntry] = []
        var known: Set<BookID> = []
        for period in periods {
            var query = CatalogQuery()
            query.years = period
            query.limit = worksPerPeriod
            for match in try await catalog.search(query) where known.insert(match.entry.id).inserted {
                entries.append(match.entry)
            }
        }
        return Shelf(entries: entries)
    }

    /// The work with this identifier; nil when it is not in memory.
    func work(_ id: BookID) -> Work? { places[id].map { works[$0] } }

    /// Works whose summaries have some of the words, with how much of what these say.
    func plots(_ words: [String]) -> [BookID: Double] {
        guard !words.isEmpty else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: plots.matches(words).map { (works[$0.key].entry.id, $0.value) })
    }

    /// The strongest and best known works that have something of one of the concepts.
    func works(of concepts: [Int], limit: Int, where admits: (Work) -> Bool) -> [Work] {
        var found: [(work: Work, value: Double)] = []
        for work in works {
            var strength = 0.0
            for concept in concepts { strength += work.traits[concept] }
            guard strength >= 0.3, admits(work) else { continue }
            found.append((work, strength + work.entry.popularity))
        }
        guard found.count > limit else { return found.map(\.work) }
        found.sort { left, right in
            left.value == right.value
                ? left.work.entry.id.rawValue < right.work.entry.id.rawValue : left.value > right.value
        }
        return found.prefix(limit).map(\.work)
    }
}

/// Keeps the shelf, and fills it anew now and then, because imports change the catalogue.
final class ShelfCache: Sendable {
    private struct State {
        var filling: Task<Shelf, any Error>?
        /// The filling, once it is there: no task is asked for it.
        var shelf: Shelf?
        var usesLeft = 0
    }

    private let catalog: any BookCatalog
    private let state = Mutex(State())

    /// Lists made from one filling.
    static let usesOfOneFilling = 5_000

    init(catalog: any BookCatalog) { self.catalog = catalog }

    /// - Throws: what the catalogue throws; the next call tries again.
    func shelf() async throws -> Shelf {
        let (shelf, filling) = state.withLock { state in
            if state.usesLeft == 0 || state.filling == nil {
                state.filling = Task { [catalog] in try await Shelf.load(from: catalog) }
                state.shelf = nil
                state.usesLeft = Self.usesOfOneFilling
            }
            state.usesLeft -= 1
            return (state.shelf, state.filling!)
        }
        if let shelf { return shelf }
        let filled = await filling.result
        state.withLock { state in
            guard state.filling == filling else { return }
            switch filled {
            case .success(let shelf): state.shelf = shelf
            case .failure: state.filling = nil
            }
        }
        return try filled.get()
    }
}
