// Which works come first, and the reasons that are shown.

import Chat

/// A work that may be recommended, with what the catalogue's queries said of it.
struct Candidate: Sendable {
    var work: Work
    /// 0 to 1, the best of all text queries' scores, each against its own best.
    var text = 0.0
}

/// Asks the catalogue for everything that might fit a wish.
struct CandidateSearch {
    let catalog: any BookCatalog
    let wish: Wish
    let conditions: Conditions
    let taste: Taste
    let shelf: Shelf
    private var rarity: TermTable { shelf.terms }

    /// Works that meet the conditions, each once.
    func candidates(_ pool: inout WorkPool) async throws -> [Candidate] {
        let answers = try await answers(to: queries())
        var found = Found()
        for matches in answers {
            let best = matches.reduce(0) { max($0, $1.textScore) }
            for place in matches.indices {
                let text = best > 0 ? matches[place].textScore / best : 0
                found.add(pool.work(for: matches[place].entry), text: text)
            }
        }
        var admitted = found.candidates.filter { conditions.admits($0.work, taste: taste) }
        if wish.authors.isEmpty {
            for work in fromSummaries() where !found.has(work.entry.id) { admitted.append(Candidate(work: work)) }
            for work in admitted.map(\.work) { found.note(work.entry.id) }
            for work in fromShelf() where !found.has(work.entry.id) { admitted.append(Candidate(work: work)) }
        }
        return admitted
    }

    /// Asks everything at once; the answers come in the order of the queries, so that the list does not depend on which was
    /// faster.
    private func answers(to queries: [CatalogQuery]) async throws -> [[CatalogMatch]] {
        // One task each rather than a group whose results carry an index: see `ModelLookup`.
        let searches = queries.map { query in Task { [catalog] in try await catalog.search(query) } }
        return try await withTaskCancellationHandler {
            var answers: [[CatalogMatch]] = []
            for search in searches { answers.append(try await search.value) }
            return answers
        } onCancel: {
            for search in searches { search.cancel() }
        }
    }

    /// Well-known works by what is known of them and their authors: many famous books have no subjects in any catalogue.
    private func fromShelf() -> [Work] {
        var concepts = Set(wish.concepts.map(\.id))
        for name in (wish.seeds.flatMap(\.authors) + wish.seedAuthors).prefix(4) {
            concepts.formUnion(KnownAuthors.shared[name]?.concepts.prefix(4) ?? [])
        }
        if concepts.isEmpty, wish.nations.isEmpty { return [] }
        let works = shelf.works(of: concepts.sorted(), limit: 250) { conditions.admits($0, taste: taste) }
        if wish.nations.isEmpty { return works }
        let known = Set(works.map(\.entry.id))
        let national = shelf.works.lazy.filter { conditions.admits($0, taste: taste) }.prefix(300)
        return works + national.filter { !known.contains($0.entry.id) }
    }

    /// Well-known works whose summaries have most of what the words say.
    private func fromSummaries() -> [Work] {
        shelf.plots(wish.isPlot || wish.ownWords.isEmpty ? wish.words : wish.ownWords)
            .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.prefix(60)
            .compactMap { shelf.work($0.key) }.filter { conditions.admits($0, taste: taste) }
    }

    private struct Found {
        var candidates: [Candidate] = []
        private var places: [BookID: Int] = [:]

        mutating func note(_ id: BookID) { places[id] = places[id] ?? -1 }

        func has(_ id: BookID) -> Bool { places[id] != nil }

        mutating func add(_ work: Work, text: Double) {
            if let place = places[work.entry.id] {
                candidates[place].text = max(candidates[place].text, text)
            } else {
                places[work.entry.id] = candidates.count
                candidates.append(Candidate(work: work, text: text))
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
        // Words alone that nothing is found for mean nothing found; with a language or a time they are half of a wish.
        let isNarrowed =
            wish.words.isEmpty || wish.period != nil || !wish.languages.isEmpty || !wish.nations.isEmpty
            || !wish.lengths.isEmpty
        if wish.concepts.isEmpty, wish.seeds.isEmpty, wish.seedAuthors.isEmpty, isNarrowed {
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

    private func addConcepts(to queries: inout [CatalogQuery]) {
        for concept in wish.concepts.prefix(5) {
            queries.append(query(limit: 150) { $0.subjects = Array(concept.terms.prefix(10)) })
        }
    }

    private func addSeeds(to queries: inout [CatalogQuery]) {
        for seed in (wish.seeds + wish.examples).prefix(3) {
            let telling = seed.subjects.sorted { rarity.weight(of: $0) > rarity.weight(of: $1) }.filter {
                rarity.weight(of: $0) > 1.2
            }
            if !telling.isEmpty {
                queries.append(query(limit: 200) { $0.subjects = Array(telling.prefix(10)) })
            }
            let genres = seed.subjects.filter { rarity.weight(of: $0) <= 2.2 && rarity.weight(of: $0) > 0.7 }
            for genre in genres.prefix(2) { queries.append(query(limit: 80) { $0.subjects = [genre] }) }
            if !seed.authors.isEmpty, wish.examples.isEmpty {
                queries.append(query(limit: 40) { $0.authors = Array(seed.authors.prefix(2)) })
            }
        }
        // What an author is best known for, when only the name was given.
        let concepts = Set(wish.seedAuthors.prefix(3).flatMap { KnownAuthors.shared[$0]?.concepts.prefix(2) ?? [] })
        for concept in concepts.sorted().prefix(4) {
            queries.append(query(limit: 120) { $0.subjects = Array(Lexicon.shared.concepts[concept].terms.prefix(6)) })
        }
        if !wish.seedAuthors.isEmpty { queries.append(query(limit: 60) { $0.authors = wish.seedAuthors }) }
    }

    private func addNations(to queries: inout [CatalogQuery]) {
        for nation in wish.nations where nation.language != "en" {
            queries.append(query(limit: 200) { $0.languages = [nation.language] })
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
