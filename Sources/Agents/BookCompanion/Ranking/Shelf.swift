import Chat

/// The best known works of all times, at hand: most wishes are met by them, and looking through them in memory is cheaper
/// than asking the catalogue.
struct Shelf: Sendable {
    struct Place: Sendable {
        var entry: CatalogEntry
        var traits: Traits
    }

    let places: [Place]
    private let indices: [BookID: Int]
    let rarity: SubjectRarity
    let titles: LooseTitles

    /// Periods of which the best known works are taken, so that no time stands in another's light.
    static let periods = [-3000...1799, 1800...1869, 1870...1914, 1915...1959, 1960...1989, 1990...2003, 2004...2100]
    /// Works of each period.
    static let worksPerPeriod = 800

    init(entries: [CatalogEntry]) {
        places = entries.map { Place(entry: $0, traits: Traits($0)) }
        indices = Dictionary(entries.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
        rarity = SubjectRarity(sample: entries)
        titles = LooseTitles(entries)
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

    /// A work's traits: those at hand, or worked out now.
    func traits(of entry: CatalogEntry) -> Traits {
        indices[entry.id].map { places[$0].traits } ?? Traits(entry)
    }

    /// Works that have something of one of the concepts, strongest and best known first.
    func works(of concepts: Set<Int>, limit: Int, where admits: (Place) -> Bool) -> [CatalogEntry] {
        var found: [(entry: CatalogEntry, value: Double)] = []
        for place in places {
            var strength = 0.0
            for concept in concepts { strength += place.traits[concept] }
            guard strength >= 0.3, admits(place) else { continue }
            found.append((place.entry, strength + place.entry.popularity))
        }
        found.sort { $0.value == $1.value ? $0.entry.id.rawValue < $1.entry.id.rawValue : $0.value > $1.value }
        return found.prefix(limit).map(\.entry)
    }
}

/// Keeps the shelf, and fills it anew now and then, because imports change the catalogue.
actor ShelfKeeper {
    private let catalog: any BookCatalog
    private var filled: Task<Shelf, any Error>?
    private var usesLeft = 0

    /// Lists made from one filling.
    static let usesOfOneFilling = 5_000

    init(catalog: any BookCatalog) { self.catalog = catalog }

    /// - Throws: what the catalogue throws; the next call tries again.
    func shelf() async throws -> Shelf {
        if usesLeft == 0 || filled == nil {
            filled = Task { [catalog] in try await Shelf.load(from: catalog) }
            usesLeft = Self.usesOfOneFilling
        }
        usesLeft -= 1
        do {
            return try await filled!.value
        } catch {
            filled = nil
            throw error
        }
    }
}
