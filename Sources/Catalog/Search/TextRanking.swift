import SQLite

/// Finds works by their words and ranks them by bm25 and by how well known they are.
struct TextRanking {
    let connection: Connection
    let conditions: SearchConditions
    let limit: Int

    /// Above this many matches only the better known are ranked by their text: bm25 takes about 2 µs a match.
    private static let manyMatches = 4_000

    private struct Ranked {
        var row: Int64
        var score: Double
        var standing: Double
    }

    /// Works that hold all words, then those that hold any of them.
    ///
    /// - Parameters:
    ///   - words: folded, at least one.
    ///   - texts: as they were asked; a work with such a text in its title stands higher.
    func matches(words: [String], texts: [String]) throws -> [RowMatch] {
        let titled = try titled(texts)
        var matches = try ranked(TextQuery.all(of: words), titled: titled)
        guard words.count > 1, matches.count < limit else { return matches }
        let telling = try telling(words)
        guard !telling.isEmpty else { return matches }
        let known = Set(matches.map(\.row))
        matches += try ranked(TextQuery.any(of: telling), titled: titled).filter { !known.contains($0.row) }
        return Array(matches.prefix(limit))
    }

    /// The words that tell works apart when any word will do: the rarer ones, as many as `manyMatches` allows.
    private func telling(_ words: [String]) throws -> [String] {
        var telling: [String] = []
        var total = 0
        let counted = try words.map { (word: $0, count: try holders(of: TextQuery.all(of: [$0]))) }
        for (word, count) in counted.sorted(by: { $0.count < $1.count }) where count > 0 {
            total += count
            guard telling.isEmpty || total <= Self.manyMatches else { break }
            telling.append(word)
        }
        return telling
    }

    /// Works whose title holds a whole text of the query, word by word.
    private func titled(_ texts: [String]) throws -> Set<Int64> {
        var found: Set<Int64> = []
        for text in texts.prefix(TextQuery.maximumWords) {
            let words = Folding.words(text.prefix(200)).map(String.init)
            guard (2...12).contains(words.count) else { continue }
            let rows = try connection.all(
                "SELECT rowid FROM work_search WHERE work_search MATCH ?1 LIMIT 500",
                [.text("title : " + TextQuery.phrase(words))]
            ) { row in try row.int64(0) }
            found.formUnion(rows)
        }
        return found
    }

    /// Ranked by bm25 with the title counting most (https://sqlite.org/fts5.html#the_bm25_function), raised for known works.
    private func ranked(_ text: String, titled: Set<Int64>) throws -> [RowMatch] {
        let (filter, values) = conditions.sql()
        // bm25 is worked out only for rows that meet the conditions.
        let sql = """
            SELECT w.id, -bm25(work_search, 8.0, 4.0, 6.0, 3.0, 1.5), w.fame
            FROM work_search s CROSS JOIN works w ON w.id = s.rowid
            WHERE s.work_search MATCH ? AND w.fame >= ?\(filter)
            """
        let cut = try fameCut(for: try holders(of: text))
        var found: [Ranked] = []
        for fame in cut > 0 ? [cut, 0] : [0] where found.count < limit {
            found = try connection.all(sql, [.text(text), .integer(fame)] + values) { row in
                let (work, score, fame) = (try row.int64(0), try row.double(1), try row.int64(2))
                let raised: Double = titled.contains(work) ? 2 : 1
                return Ranked(row: work, score: score, standing: score * raised * (1 + Double(fame) / 500))
            }
        }
        let best = found.sorted { $0.standing == $1.standing ? $0.row < $1.row : $0.standing > $1.standing }
        return best.prefix(limit).map { RowMatch(row: $0.row, score: $0.score) }
    }

    private func holders(of text: String) throws -> Int {
        try connection.first(
            "SELECT count(*) FROM (SELECT rowid FROM work_search WHERE work_search MATCH ?1)", [.text(text)]
        ) { row in try row.int(0) } ?? 0
    }

    /// The fame that leaves about a quarter of `manyMatches`, if fame and words have nothing to do with each other.
    private func fameCut(for matches: Int) throws -> Int64 {
        guard matches > Self.manyMatches else { return 0 }
        let works = try connection.first("SELECT count(*) FROM works") { row in try row.int(0) } ?? 0
        let place = works * (Self.manyMatches / 4) / matches
        return try connection.first(
            "SELECT fame FROM works INDEXED BY works_fame ORDER BY fame DESC, id LIMIT 1 OFFSET ?1",
            [.integer(Int64(place))]
        ) { row in try row.int64(0) } ?? 0
    }
}
