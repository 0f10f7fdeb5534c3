import Chat
import SQLite

/// The conditions of a query in SQL, and the ways to walk through the works that meet them. Lives for one call on a
/// reader's connection.
struct SearchPlan {
    private let query: CatalogQuery
    private let connection: Connection
    /// Conditions on `w` (works) and their values.
    private var conditions: [String] = []
    private var values: [DatabaseValue] = []
    private let subjects: [Int64]
    private let authors: [Int64]
    private let languages: [String]
    let limit: Int
    /// True when a condition names something the catalogue has not: nothing can match.
    let isHopeless: Bool

    /// Values in one list of a query; more are left out.
    static let maximumValues = 64

    init(_ query: CatalogQuery, _ connection: Connection) throws {
        self.query = query
        self.connection = connection
        limit = min(max(query.limit, 1), 1_000)
        let terms = SubjectLookup(connection: connection)
        let names = AuthorLookup(connection: connection)
        let subjects = try terms.identifiers(of: Array(query.subjects.prefix(Self.maximumValues)))
        let authors = try names.identifiers(of: Array(query.authors.prefix(Self.maximumValues)))
        let languages = Languages.codes(query.languages.prefix(Self.maximumValues))
        self.subjects = subjects
        self.authors = authors
        self.languages = languages
        isHopeless =
            !query.subjects.isEmpty && subjects.isEmpty || !query.authors.isEmpty && authors.isEmpty
            || !query.languages.isEmpty && languages.isEmpty
        if let years = query.years {
            conditions.append("w.period_start <= ? AND w.period_end >= ?")
            values += [DatabaseValue(years.upperBound), DatabaseValue(years.lowerBound)]
        }
        if !query.lengths.isEmpty {
            let codes = Set(query.lengths.map { WorkTable.code($0) }).sorted()
            conditions.append("w.length IN (\(codes.map(String.init).joined(separator: ", ")))")
        }
        exclude(
            "work_subjects", "subject_id", try terms.exact(Array(query.excludedSubjects.prefix(Self.maximumValues))))
        exclude(
            "work_authors", "author_id",
            try names.identifiers(of: Array(query.excludedAuthors.prefix(Self.maximumValues))))
        let books = try WorkLookup(connection: connection).rows(of: Array(query.excludedBooks.prefix(1_000)))
        if !books.isEmpty { conditions.append("w.id NOT IN (\(books.map { String($0) }.joined(separator: ", ")))") }
    }

    private mutating func exclude(_ table: String, _ column: String, _ identifiers: [Int64]) {
        guard !identifiers.isEmpty else { return }
        let marks = identifiers.map { _ in "?" }.joined(separator: ", ")
        conditions.append("NOT EXISTS (SELECT 1 FROM \(table) x WHERE x.work_id = w.id AND x.\(column) IN (\(marks)))")
        values += identifiers.map { .integer($0) }
    }

    /// Rows of matching works with their text score, best first.
    func matches() throws -> [(row: Int64, score: Double)] {
        guard !isHopeless else { return [] }
        let words = TextQuery.words(query.words)
        if !words.isEmpty { return try textMatches(words) }
        guard query.words.allSatisfy({ Folding.key($0).isEmpty }) else { return [] }
        if !authors.isEmpty { return try walk("work_authors", "author_id", authors.map { .integer($0) }) }
        if !subjects.isEmpty { return try walk("work_subjects", "subject_id", subjects.map { .integer($0) }) }
        if !languages.isEmpty { return try walk("work_languages", "language", languages.map { .text($0) }) }
        let sql =
            "SELECT w.id FROM works w INDEXED BY works_fame\(filter(after: "WHERE")) ORDER BY w.fame DESC, w.id LIMIT ?"
        return try connection.all(sql, filterValues + [.integer(Int64(limit))]) { row in (try row.int64(0), 0) }
    }

    /// Walks through each list in the order of fame until enough works pass, and takes the best of all lists.
    private func walk(
        _ table: String, _ column: String, _ lists: [DatabaseValue]
    ) throws -> [(row: Int64, score: Double)] {
        var found: [Int64: Int64] = [:]
        let sql = """
            SELECT w.id, l.fame FROM \(table) l JOIN works w ON w.id = l.work_id
            WHERE l.\(column) = ?\(filter(after: "AND")) ORDER BY l.fame DESC, l.work_id LIMIT ?
            """
        for list in lists {
            try connection.forEach(sql, [list] + filterValues + [.integer(Int64(limit))]) { row in
                let (work, fame) = (try row.int64(0), try row.int64(1))
                found[work] = max(found[work] ?? 0, fame)
            }
        }
        let best = found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return best.prefix(limit).map { ($0.key, 0) }
    }

    /// Works that hold all words, then those that hold any of them.
    private func textMatches(_ words: [String]) throws -> [(row: Int64, score: Double)] {
        let titled = try titled(query.words)
        var matches = try ranked(TextQuery.all(of: words), titled: titled)
        guard words.count > 1, matches.count < limit else { return Array(matches.prefix(limit)) }
        // Words that are everywhere tell nothing apart when any word will do.
        var telling: [String] = []
        var total = 0
        let counted = try words.map { (word: $0, count: try holders(of: TextQuery.all(of: [$0]))) }
        for (word, count) in counted.sorted(by: { $0.count < $1.count }) where count > 0 {
            total += count
            guard telling.isEmpty || total <= Self.manyMatches else { break }
            telling.append(word)
        }
        guard !telling.isEmpty else { return matches }
        let known = Set(matches.map(\.row))
        matches += try ranked(TextQuery.any(of: telling), titled: titled).filter { !known.contains($0.row) }
        return Array(matches.prefix(limit))
    }

    /// Above this many matches only the better known are ranked by their text: bm25 takes about 2 µs a match.
    private static let manyMatches = 6_000

    /// Works whose title holds a whole text of the query, word by word.
    private func titled(_ texts: [String]) throws -> Set<Int64> {
        var found: Set<Int64> = []
        for text in texts {
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
    private func ranked(_ text: String, titled: Set<Int64>) throws -> [(row: Int64, score: Double)] {
        for cut in [try fameCut(for: try holders(of: text)), 0] {
            // bm25 is worked out only for rows that meet the conditions.
            let sql = """
                SELECT w.id, -bm25(work_search, 8.0, 4.0, 6.0, 3.0, 1.5), w.fame
                FROM work_search s CROSS JOIN works w ON w.id = s.rowid
                WHERE s.work_search MATCH ? AND w.fame >= ?\(filter(after: "AND"))
                """
            let found = try connection.all(sql, [.text(text), .integer(cut)] + filterValues) { row in
                let (work, score, fame) = (try row.int64(0), try row.double(1), try row.int64(2))
                let raised: Double = titled.contains(work) ? 2 : 1
                return (row: work, score: score, standing: score * raised * (1 + Double(fame) / 500))
            }
            if cut > 0 && found.count < limit { continue }
            let best = found.sorted { $0.standing == $1.standing ? $0.row < $1.row : $0.standing > $1.standing }
            return best.prefix(limit).map { ($0.row, $0.score) }
        }
        return []
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

    private func filter(after word: String) -> String {
        var all = conditions
        for (table, column, count) in [
            ("work_subjects", "subject_id", subjects.count), ("work_authors", "author_id", authors.count),
            ("work_languages", "language", languages.count),
        ] where count > 0 {
            let marks = Array(repeating: "?", count: count).joined(separator: ", ")
            all.append("EXISTS (SELECT 1 FROM \(table) x WHERE x.work_id = w.id AND x.\(column) IN (\(marks)))")
        }
        return all.isEmpty ? "" : " \(word) " + all.joined(separator: " AND ")
    }

    private var filterValues: [DatabaseValue] {
        values + subjects.map { .integer($0) } + authors.map { .integer($0) } + languages.map { .text($0) }
    }
}
