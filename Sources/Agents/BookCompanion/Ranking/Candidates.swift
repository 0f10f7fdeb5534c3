import Chat

/// A work that may be recommended, with what the catalogue's queries said of it.
struct Candidate: Sendable {
    var entry: CatalogEntry
    /// 0 to 1, the best of all text queries' scores, each against its own best.
    var text = 0.0
}

/// Asks the catalogue for everything that might fit a wish.
struct CandidateSearch {
    let catalog: any BookCatalog
    let wish: Wish
    let conditions: Conditions
    let taste: Taste
    let rarity: SubjectRarity

    func candidates() async throws -> [Candidate] {
        var found = Found()
        for query in queries() { found.add(try await catalog.search(query)) }
        return found.candidates
    }

    private struct Found {
        var candidates: [Candidate] = []
        private var places: [BookID: Int] = [:]

        mutating func add(_ matches: [CatalogMatch]) {
            let best = matches.map(\.textScore).max() ?? 0
            for match in matches {
                let text = best > 0 ? match.textScore / best : 0
                if let place = places[match.entry.id] {
                    candidates[place].text = max(candidates[place].text, text)
                } else {
                    places[match.entry.id] = candidates.count
                    candidates.append(Candidate(entry: match.entry, text: text))
                }
            }
        }
    }

    private func queries() -> [CatalogQuery] {
        var queries: [CatalogQuery] = []
        if !wish.authors.isEmpty {
            queries.append(query(limit: 300) { $0.authors = wish.authors })
            return queries
        }
        addWords(to: &queries)
        addConcepts(to: &queries)
        addSeeds(to: &queries)
        addNations(to: &queries)
        if queries.isEmpty || (wish.concepts.isEmpty && wish.seeds.isEmpty && wish.seedAuthors.isEmpty && wish.words.isEmpty) {
            addTaste(to: &queries)
            queries.append(query(limit: 300) { _ in })
        }
        return queries
    }

    private func query(limit: Int, _ change: (inout CatalogQuery) -> Void) -> CatalogQuery {
        var query = CatalogQuery()
        conditions.apply(to: &query)
        query.limit = limit
        change(&query)
        return query
    }

    private func addWords(to queries: inout [CatalogQuery]) {
        guard !wish.words.isEmpty else { return }
        queries.append(query(limit: 200) { $0.words = Array(wish.words.prefix(16)) })
    }

    /// Each concept by itself, each with the others' words, and the authors it is typical for.
    private func addConcepts(to queries: inout [CatalogQuery]) {
        let concepts = Array(wish.concepts.prefix(5))
        for concept in concepts {
            queries.append(query(limit: 250) { $0.subjects = Array(concept.terms.prefix(10)) })
            let others = concepts.filter { $0.id != concept.id }.flatMap { [$0.name] + $0.terms.prefix(3) }
            if !others.isEmpty {
                queries.append(
                    query(limit: 120) {
                        $0.subjects = Array(concept.terms.prefix(6))
                        $0.words = others
                    })
            }
        }
        guard !concepts.isEmpty else { return }
        let names = KnownAuthors.shared.authors(typicalFor: Set(concepts.map(\.id)), limit: 60)
        if !names.isEmpty { queries.append(query(limit: 200) { $0.authors = names }) }
    }

    private func addSeeds(to queries: inout [CatalogQuery]) {
        for seed in wish.seeds.prefix(3) {
            let telling = seed.subjects.sorted { rarity.weight(of: $0) > rarity.weight(of: $1) }.filter { rarity.weight(of: $0) > 1.2 }
            if !telling.isEmpty {
                queries.append(query(limit: 250) { $0.subjects = Array(telling.prefix(10)) })
                queries.append(query(limit: 120) { $0.words = Array(telling.prefix(8)) })
            }
            let genres = seed.subjects.filter { rarity.weight(of: $0) <= 2.2 && rarity.weight(of: $0) > 0.7 }
            for genre in genres.prefix(3) { queries.append(query(limit: 120) { $0.subjects = [genre] }) }
            if !seed.authors.isEmpty { queries.append(query(limit: 40) { $0.authors = Array(seed.authors.prefix(2)) }) }
        }
        let concepts = Set((wish.seeds.flatMap(\.authors) + wish.seedAuthors).prefix(4).flatMap { KnownAuthors.shared[$0]?.concepts.prefix(4) ?? [] })
        for concept in concepts.sorted() {
            queries.append(query(limit: 120) { $0.subjects = Array(Lexicon.shared.concepts[concept].terms.prefix(6)) })
        }
        if !concepts.isEmpty {
            let names = KnownAuthors.shared.authors(typicalFor: concepts, limit: 60)
            if !names.isEmpty { queries.append(query(limit: 250) { $0.authors = names }) }
        }
        if !wish.seedAuthors.isEmpty { queries.append(query(limit: 60) { $0.authors = wish.seedAuthors }) }
    }

    private func addNations(to queries: inout [CatalogQuery]) {
        for nation in wish.nations {
            let names = KnownAuthors.shared.all.filter { NationTable.isOf($0.nation, asked: nation.name) }.map(\.name)
            for start in stride(from: 0, to: min(names.count, 180), by: 60) {
                queries.append(query(limit: 150) { $0.authors = Array(names[start..<min(start + 60, names.count)]) })
            }
            if nation.language != "en" { queries.append(query(limit: 200) { $0.languages = [nation.language] }) }
        }
    }

    private func addTaste(to queries: inout [CatalogQuery]) {
        for leaning in taste.leanings.filter({ $0.strength > 0 }).prefix(8) {
            switch leaning.preference.type {
            case .topic:
                let terms = leaning.concept?.terms ?? [leaning.preference.value]
                queries.append(query(limit: 120) { $0.subjects = Array(terms.prefix(8)) })
            case .author: queries.append(query(limit: 60) { $0.authors = [leaning.preference.value] })
            case .era:
                guard let years = leaning.years, conditions.years == nil else { continue }
                queries.append(query(limit: 120) { $0.years = years })
            case .length:
                guard let length = leaning.length else { continue }
                queries.append(query(limit: 120) { $0.lengths = [length] })
            case .language:
                guard let language = leaning.language, conditions.languages.isEmpty else { continue }
                queries.append(query(limit: 120) { $0.languages = [language] })
            }
        }
    }
}
