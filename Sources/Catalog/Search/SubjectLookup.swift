import SQLite

/// Finds the catalogue's terms for what a person calls a subject.
struct SubjectLookup {
    let connection: Connection

    /// Numbers of the terms that mean any of these: the terms themselves and genres of other names ("sci-fi"); where there
    /// are none, terms that hold the same words.
    func identifiers(of terms: [String]) throws -> [Int64] {
        var found: [Int64] = []
        for term in terms {
            var own = try exact([term])
            if own.isEmpty { own = try holding(term) }
            for id in own where !found.contains(id) { found.append(id) }
        }
        return Array(found.prefix(SearchPlan.maximumValues))
    }

    /// Numbers of the terms themselves; unknown ones are left out.
    func exact(_ terms: [String]) throws -> [Int64] {
        var found: [Int64] = []
        for term in terms where term.utf8.count <= 200 {
            let key = Folding.key(term)
            let plain = SubjectTerms.plain(term)
            for name in [plain, key] + Genres.named(key).map(\.term) + Topics.named(plain, key) {
                let id = try connection.first("SELECT id FROM subjects WHERE term = ?1", [.text(name)]) { row in
                    try row.int64(0)
                }
                if let id, !found.contains(id) { found.append(id) }
            }
        }
        return found
    }

    private func holding(_ term: String) throws -> [Int64] {
        let words = TextQuery.words([term])
        guard !words.isEmpty else { return [] }
        return try connection.all(
            "SELECT rowid FROM subject_search WHERE subject_search MATCH ?1 ORDER BY rank LIMIT 16",
            [.text(TextQuery.all(of: words))]
        ) { row in try row.int64(0) }
    }
}
