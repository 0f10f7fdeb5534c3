import SQLite

/// Finds the catalogue's terms for what a person calls a subject.
struct SubjectLookup {
    let connection: Connection

    /// Numbers of the terms that mean any of these. A term that the catalogue has not is looked for under its usual other
    /// names ("sci-fi"), then among terms that hold its words.
    func identifiers(of terms: [String]) throws -> [Int64] {
        var found: [Int64] = []
        for term in terms {
            var own = try exact([term])
            if own.isEmpty { own = try related(term) }
            if own.isEmpty { own = try holding(term) }
            for id in own where !found.contains(id) { found.append(id) }
        }
        return Array(found.prefix(SearchConditions.maximumValues))
    }

    /// Numbers of the terms themselves and of those that mean quite the same; unknown ones are left out.
    func exact(_ terms: [String]) throws -> [Int64] {
        var found: [Int64] = []
        for term in terms where term.utf8.count <= 200 {
            let plain = SubjectTerms.plain(term)
            let key = Folding.key(term)
            for name in [plain, key] + (Self.synonyms[key] ?? []) {
                if let id = try number(of: name), !found.contains(id) { found.append(id) }
            }
        }
        return found
    }

    private func related(_ term: String) throws -> [Int64] {
        guard term.utf8.count <= 200 else { return [] }
        let key = Folding.key(term)
        let names = Genres.named(key).map(\.term) + Topics.named(SubjectTerms.plain(term), key)
        return try names.compactMap { try number(of: $0) }
    }

    private func number(of term: String) throws -> Int64? {
        try connection.first("SELECT id FROM subjects WHERE term = ?1", [.text(term)]) { row in try row.int64(0) }
    }

    private func holding(_ term: String) throws -> [Int64] {
        let words = TextQuery.words([term])
        guard !words.isEmpty else { return [] }
        return try connection.all(
            "SELECT rowid FROM subject_search WHERE subject_search MATCH ?1 ORDER BY rank LIMIT 16",
            [.text(TextQuery.all(of: words))]
        ) { row in try row.int64(0) }
    }

    /// Folded terms, and what else says just the same.
    private static let synonyms: [String: [String]] = {
        let groups: [[String]] = [
            ["ghost story", "ghost stories", "ghosts"], ["fairy tale", "fairy tales"], ["fables", "fable"],
            ["diary", "diaries", "journals"], ["spy fiction", "espionage", "spies", "spy stories"],
            ["humour", "humor", "funny", "comedy", "witty", "humorous"],
            ["detective fiction", "mystery", "detectives"],
            ["science fiction", "sci-fi", "sf", "scifi"],
            ["children's", "children's books", "juvenile", "for children"],
            ["drama", "plays", "play"], ["novel", "novels"], ["first world war", "world war i", "great war"],
            ["second world war", "world war ii"], ["american civil war", "civil war"],
            ["sea", "seafaring", "sea stories"],
            ["memoir", "memoirs", "autobiography"], ["biography", "biographies"], ["sport", "sports"],
            ["school", "schools", "school life"], ["magical realism", "magic realism"], ["comics", "graphic novels"],
            ["non-fiction", "nonfiction"], ["love", "love stories"], ["polar regions", "arctic", "antarctic"],
            ["middle ages", "medieval", "mediaeval"], ["women's lives", "women"],
            ["ancient rome", "rome", "roman empire"],
            ["american west", "wild west", "frontier"], ["witches", "witchcraft"],
            ["madness", "insanity", "mental illness"],
            ["vampires", "vampire"], ["aliens", "extraterrestrials"], ["family", "families"], ["knights", "chivalry"],
            ["western", "westerns"], ["epistolary", "epistolary fiction"], ["religion", "religious"],
            ["travel", "travels"],
        ]
        var table: [String: [String]] = [:]
        for group in groups { for term in group { table[Folding.key(term), default: []] += group } }
        return table
    }()
}
