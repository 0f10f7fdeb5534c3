import Chat

/// A list of recommendations and how it came about.
struct Recommendations: Sendable {
    var scored: [Scored] = []
    var books: [Book] = []
    /// Conditions that were given up, in order.
    var relaxed: [Relaxation] = []
    /// Works that met every condition before any was given up.
    var exactCount = 0
}

/// Finds and ranks works for a wish. The same catalogue, wish and preferences give the same list.
struct Recommender: Sendable {
    let catalog: any BookCatalog
    let keeper: ShelfCache
    var weights = Weights.standard

    /// Cards in a list.
    static let listLength = 10
    /// Fewer than this make a condition give way.
    static let enough = 3

    init(catalog: any BookCatalog) {
        self.catalog = catalog
        keeper = ShelfCache(catalog: catalog)
    }

    /// - Throws: what the catalogue throws.
    func recommendations(for wish: Wish, taste: Taste, limit: Int = listLength) async throws -> Recommendations {
        let shelf = try await keeper.shelf()
        var wish = wish
        if wish.seeds.isEmpty { wish.examples = try await examples(of: wish.seedAuthors) }
        var result = Recommendations()
        var pool = WorkPool(shelf: shelf)
        let scorer = Scorer(wish: wish, taste: taste, pool: &pool, weights: wish.isPlot ? .plot : weights)
        var conditions = Conditions(wish, taste: taste)
        var ranked = try await ranked(scorer, conditions, &pool)
        result.exactCount = ranked.count
        if ranked.count < limit, !conditions.lengths.isEmpty, !conditions.admitsUnknownLength {
            // A catalogue does not know how long every book is; those it does not know come after the others.
            conditions.admitsUnknownLength = true
            ranked = try await self.ranked(scorer, conditions, &pool)
        }
        for relaxation in Relaxation.allCases where ranked.count < Self.enough {
            guard relaxation.loosen(&conditions, wish: wish) else { continue }
            let further = try await self.ranked(scorer, conditions, &pool)
            let known = Set(ranked.map(\.entry.id))
            let added = further.filter { !known.contains($0.entry.id) }
            guard !added.isEmpty else { continue }
            ranked += added
            result.relaxed.append(relaxation)
        }
        ranked = Self.fitting(ranked, wish)
        let perAuthor = wish.authors.isEmpty ? Diversity.maximumPerAuthor : limit
        result.scored = Diversity.pick(ranked, limit: limit, perAuthor: perAuthor)
        for place in result.scored.indices { scorer.explain(&result.scored[place]) }
        let writer = ReasonWriter(wish: wish, relaxed: result.relaxed)
        let best = max(result.scored.first?.score ?? 1, 0.001)
        let readURLs = try await catalog.readURLs(of: result.scored.map(\.entry.id))
        result.books = result.scored.map { scored in
            let entry = scored.entry
            return Book(
                id: entry.id, title: entry.title, authors: entry.authors, year: entry.year,
                subjects: Array(entry.subjects.prefix(8)),
                rating: entry.rating, score: (min(1, max(0.01, scored.score / best)) * 1000).rounded() / 1000,
                reasons: writer.reasons(for: scored), readURL: readURLs[entry.id])
        }
        return result
    }

    /// The list without books that have nothing of the subjects and kinds asked for, where there are enough that have: rather a shorter list.
    private static func fitting(_ ranked: [Scored], _ wish: Wish) -> [Scored] {
        let asked = wish.concepts.filter { [.topic, .genre].contains($0.kind) }.map(\.id)
        guard !wish.isPlot, !asked.isEmpty, wish.seeds.isEmpty, wish.seedAuthors.isEmpty else { return ranked }
        let fitting = ranked.filter { scored in asked.contains { scored.traits[$0] >= 0.3 } }
        return fitting.count >= enough ? fitting : ranked
    }

    /// The best known works of authors that others should be like.
    private func examples(of authors: [String]) async throws -> [CatalogEntry] {
        var examples: [CatalogEntry] = []
        for author in authors.prefix(2) {
            var query = CatalogQuery()
            query.authors = [author]
            query.limit = 2
            examples += try await catalog.search(query).map(\.entry)
        }
        return examples
    }

    /// All works that meet the conditions, best first.
    private func ranked(
        _ scorer: Scorer, _ conditions: Conditions, _ pool: inout WorkPool
    ) async throws -> [Scored] {
        let search = CandidateSearch(
            catalog: catalog, wish: scorer.wish, conditions: conditions, taste: scorer.taste, shelf: pool.shelf)
        let scored = try await search.candidates(&pool).map(scorer.score)
        return scored.sorted { left, right in
            left.score == right.score ? left.entry.id.rawValue < right.entry.id.rawValue : left.score > right.score
        }
    }
}
