import Chat
import Glibc
import SQLite

/// Searches the sections of one agent on one unchanging state of the index.
struct SectionSearch {
    let connection: Connection
    let agent: String

    /// Candidates that are looked at closely.
    private static let candidates = 40
    /// Words of a question that coverage is worked out from.
    private static let weighedWords = 12
    /// How much of a section's text a match carries.
    private static let maximumTextBytes = 8_192

    private struct Candidate {
        var row: Int64
        var score: Double
        var coverage = 0.0
        /// The part of the question that its headings alone have something on.
        var headingCoverage = 0.0

        /// A section that has a little on everything asked is better than one that has much on a single word, and one that
        /// is headed by what is asked better than one that only mentions it.
        var rank: Double { score * (0.25 + coverage + headingCoverage / 2) }
    }

    func matches(of words: QueryWords, limit: Int) throws -> [KnowledgeMatch] {
        var found = try candidates(matching: words.any, limit: max(Self.candidates, limit))
        guard !found.isEmpty else { return [] }
        try weigh(&found, by: Array(words.words.prefix(Self.weighedWords)))
        // A stable order: equal ranks by their place in the index.
        found.sort { ($0.rank, -$0.row) > ($1.rank, -$1.row) }
        return try found.prefix(limit).compactMap { candidate in
            guard let (section, marked) = try section(candidate.row, marking: words.any) else { return nil }
            return KnowledgeMatch(
                section: section, excerpt: Passage(marked: marked).excerpt(), score: candidate.score,
                coverage: candidate.coverage)
        }
    }

    /// The best by BM25. A word in a heading counts for three, one in the title for two.
    private func candidates(matching expression: String, limit: Int) throws -> [Candidate] {
        try connection.all(
            """
            SELECT section_search.rowid, bm25(section_search, 2.0, 3.0, 1.0) FROM section_search
            CROSS JOIN sections ON sections.id = section_search.rowid
            CROSS JOIN documents ON documents.id = sections.document
            WHERE section_search MATCH ?1 AND documents.agent = ?2 ORDER BY 2, 1 LIMIT ?3
            """, [.text(expression), .text(agent), DatabaseValue(limit)]
        ) { row in Candidate(row: try row.int64(0), score: -(try row.double(1))) }
    }

    /// Works out which part of the question each candidate has something on.
    private func weigh(_ found: inout [Candidate], by words: [String]) throws {
        let total =
            try connection.first(
                "SELECT count(*) FROM sections JOIN documents ON documents.id = sections.document WHERE agent = ?1",
                [.text(agent)]
            ) { row in try row.double(0) } ?? 0
        let rows = "[" + found.map { "\($0.row)" }.joined(separator: ",") + "]"
        var sum = 0.0
        var known = 0
        var unknown = 0
        for word in words {
            let expression = QueryWords.quoted(word)
            let count =
                try connection.first(
                    """
                    SELECT count(*) FROM section_search
                    CROSS JOIN sections ON sections.id = section_search.rowid
                    CROSS JOIN documents ON documents.id = sections.document
                    WHERE section_search MATCH ?1 AND documents.agent = ?2
                    """, [.text(expression), .text(agent)]
                ) { row in try row.double(0) } ?? 0
            // A small number, or one that no section has, tells nothing about the subject: "overstayed by 3 days".
            let isNumber = word.utf8.allSatisfy { (0x30...0x39).contains($0) }
            if isNumber, count == 0 || word.utf8.count == 1, words.count > 1 { continue }
            // BM25's inverse document frequency, kept above 0.
            let weight = log(1 + (total - count + 0.5) / (count + 0.5))
            guard count > 0 else {
                unknown += 1
                continue
            }
            known += 1
            sum += weight
            let holding = try self.rows(matching: expression, among: rows)
            let headed = try self.rows(matching: "headings : " + expression, among: rows)
            for index in found.indices {
                if holding.contains(found[index].row) { found[index].coverage += weight }
                if headed.contains(found[index].row) { found[index].headingCoverage += weight }
            }
        }
        guard sum > 0 else { return }
        // A question is matched by what the documents know: a cousin's name in it must not sink a section that has the rest. Where only
        // one word is known, what is not known may be the subject.
        if known > 1 {
            sum += 0.35 * sum / Double(known) * Double(min(unknown, 2))
        } else {
            sum += Double(unknown) * log(1 + (total + 0.5) / 0.5)
        }
        for index in found.indices {
            found[index].coverage = min(1, found[index].coverage / sum)
            found[index].headingCoverage = min(1, found[index].headingCoverage / sum)
        }
    }

    /// - Parameter among: row numbers as a JSON array.
    private func rows(matching expression: String, among rows: String) throws -> Set<Int64> {
        let matching = try connection.all(
            """
            SELECT rowid FROM section_search
            WHERE section_search MATCH ?1 AND rowid IN (SELECT value FROM json_each(?2))
            """, [.text(expression), .text(rows)]
        ) { row in try row.int64(0) }
        return Set(matching)
    }

    private func section(_ row: Int64, marking expression: String) throws -> (KnowledgeSection, marked: String)? {
        try connection.first(
            """
            SELECT documents.path, section_search.title, section_search.headings, section_search.text, documents.written,
                documents.origin, documents.language, sections.position, highlight(section_search, 2, char(1), char(2))
            FROM section_search
            CROSS JOIN sections ON sections.id = section_search.rowid
            CROSS JOIN documents ON documents.id = sections.document
            WHERE section_search MATCH ?1 AND section_search.rowid = ?2
            """, [.text(expression), .integer(row)]
        ) { row in (try Self.section(row), try row.text(8)) }
    }

    func sections(of document: String) throws -> [KnowledgeSection] {
        try connection.all(
            """
            SELECT documents.path, section_search.title, section_search.headings, section_search.text, documents.written,
                documents.origin, documents.language, sections.position
            FROM documents
            CROSS JOIN sections ON sections.document = documents.id
            CROSS JOIN section_search ON section_search.rowid = sections.id
            WHERE documents.agent = ?1 AND documents.path = ?2 ORDER BY sections.position LIMIT 500
            """, [.text(agent), .text(document)]
        ) { row in try Self.section(row) }
    }

    private static func section(_ row: borrowing Row) throws -> KnowledgeSection {
        KnowledgeSection(
            document: try row.text(0), title: try row.text(1),
            headings: try row.text(2).split(separator: "\u{1F}").map(String.init),
            text: try row.text(3).cut(toBytes: maximumTextBytes), written: try row.optionalText(4),
            origin: try row.optionalText(5), language: try row.optionalText(6), number: try row.int(7) + 1)
    }
}
