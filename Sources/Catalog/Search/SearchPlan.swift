import Chat
import SQLite

/// A work that meets a query, by its row.
struct RowMatch {
    var row: Int64
    /// bm25 turned round; 0 when the query had no words.
    var score: Double
}

/// Chooses the way to the works that meet a query. Lives for one call on a reader's connection.
struct SearchPlan {
    private let words: [String]
    private let texts: [String]
    private let connection: Connection
    private let conditions: SearchConditions
    private let limit: Int

    init(_ query: CatalogQuery, _ connection: Connection) throws {
        self.connection = connection
        conditions = try SearchConditions(query, connection)
        limit = min(max(query.limit, 1), 1_000)
        texts = query.words
        words = TextQuery.words(query.words)
    }

    /// Matching works, best first.
    func matches() throws -> [RowMatch] {
        guard !conditions.isHopeless else { return [] }
        if !words.isEmpty {
            return try TextRanking(connection: connection, conditions: conditions, limit: limit)
                .matches(words: words, texts: texts)
        }
        if let table = try shortestList() { return try walk(table) }
        let (filter, values) = conditions.sql()
        return try connection.all(
            """
            SELECT w.id FROM works w INDEXED BY works_fame
            WHERE w.fame >= 0\(filter) ORDER BY w.fame DESC, w.id LIMIT ?
            """, values + [.integer(Int64(limit))]
        ) { row in RowMatch(row: try row.int64(0), score: 0) }
    }

    /// The list to walk through: that of the authors, who have few works; else the shorter one of subjects and languages,
    /// because few works of a rare language pass among the many of a frequent subject. Nil when the query has none.
    private func shortestList() throws -> PairTable? {
        if !conditions.values(in: .authors).isEmpty { return .authors }
        let tables = [PairTable.subjects, .languages].filter { !conditions.values(in: $0).isEmpty }
        guard tables.count > 1 else { return tables.first }
        return try size(of: .languages) < size(of: .subjects) ? .languages : .subjects
    }

    /// How many pairs there are of the wanted values; counted no further than makes a difference.
    private func size(of table: PairTable) throws -> Int {
        var total = 0
        for value in conditions.values(in: table) where total < 5_000 {
            total +=
                try connection.first(
                    "SELECT count(*) FROM (SELECT 1 FROM \(table.rawValue) WHERE \(table.column) = ?1 LIMIT 5000)",
                    [value]
                ) { row in try row.int(0) } ?? 0
        }
        return total
    }

    /// Walks through the list of each value in the order of fame until enough works pass, and takes the best of all.
    private func walk(_ table: PairTable) throws -> [RowMatch] {
        var found: [Int64: Int64] = [:]
        let (filter, values) = conditions.sql(without: table)
        let sql = """
            SELECT w.id, l.fame FROM \(table.rawValue) l CROSS JOIN works w ON w.id = l.work_id
            WHERE l.\(table.column) = ?\(filter) ORDER BY l.fame DESC, l.work_id LIMIT ?
            """
        for value in conditions.values(in: table) {
            try connection.forEach(sql, [value] + values + [.integer(Int64(limit))]) { row in
                let (work, fame) = (try row.int64(0), try row.int64(1))
                found[work] = max(found[work] ?? 0, fame)
            }
        }
        let best = found.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
        return best.prefix(limit).map { RowMatch(row: $0.key, score: 0) }
    }
}
