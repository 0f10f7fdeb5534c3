import Chat
import Glibc
import SQLite

/// Searches the sections of one agent on one unchanging state of the index.
struct SectionSearch {
    let connection: Connection
    let agent: String

    /// Candidates that are looked at closely.
    private static let candidates = 40
    /// How much of a section's text a match carries.
    private static let maximumTextBytes = 8_192

    private struct Candidate {
        var row: Int64
        var document: Int64
        var score: Double
        var coverage = 0.0
        /// The part of the question that its headings or its document's keywords have something on.
        var headingCoverage = 0.0

        /// A section that has a little on everything asked is better than one that has much on a single word, and one that
        /// is headed by what is asked better than one that only mentions it.
        var rank: Double { score * (0.25 + coverage + headingCoverage / 2) }
    }

    func matches(of words: QueryWords, limit: Int) throws -> [KnowledgeMatch] {
        let terms = try terms(of: words)
        let expression = terms.filter { $0.count > 0 }.map(\.expression).joined(separator: " OR ")
        guard !expression.isEmpty else { return [] }
        var found = try candidates(matching: expression, limit: max(Self.candidates, limit))
        guard !found.isEmpty else { return [] }
        try weigh(&found, by: terms)
        // A stable order: equal ranks by their place in the index.
        found.sort { ($0.rank, -$0.row) > ($1.rank, -$1.row) }
        return try found.prefix(limit).compactMap { candidate in
            guard let (section, marked) = try section(candidate.row, marking: expression) else { return nil }
            return KnowledgeMatch(
                section: section, excerpt: Passage(marked: marked).excerpt(), score: candidate.score,
                coverage: candidate.coverage)
        }
    }

    /// A word of the question as the index knows it.
    private struct Term {
        /// In FTS5's language.
        var expression: String
        /// In how many sections of the agent it stands; 0 for a word that none has.
        var count: Double
        /// What it counts for in the question.
        var weight: Double
    }

    private func terms(of words: QueryWords) throws -> [Term] {
        let total =
            try connection.first(
                "SELECT count(*) FROM sections JOIN documents ON documents.id = sections.document WHERE agent = ?1",
                [.text(agent)]
            ) { row in try row.double(0) } ?? 0
        var terms: [Term] = []
        for word in words.words {
            var term = Term(expression: QueryWords.quoted(word), count: 0, weight: 0)
            term.count = try count(of: term.expression)
            var certainty = 1.0
            if term.count == 0, let spelling = try Vocabulary(connection: connection).nearest(to: word) {
                term.expression = QueryWords.quoted(spelling)
                term.count = try count(of: term.expression)
                certainty = 0.8
            }
            // A small number, or one that no section has, tells nothing about the subject: "overstayed by 3 days".
            let isNumber = word.utf8.allSatisfy { (0x30...0x39).contains($0) }
            if isNumber, term.count == 0 || word.utf8.count == 1, words.words.count > 1 { continue }
            // BM25's inverse document frequency, kept above 0.
            term.weight =
                (QueryWords.frame.contains(word) ? 0.5 : 1) * certainty
                * log(1 + (total - term.count + 0.5) / (term.count + 0.5))
            terms.append(term)
        }
        // A question is matched by what the documents know: a cousin's name in it must not sink a section that has the rest. Where
        // only one word is known, what is not known may be the subject.
        let hasSubject = terms.count { $0.count > 0 } > 1
        var unknown = 0
        for index in terms.indices where terms[index].count == 0 {
            unknown += 1
            let isName = words.names.contains { terms[index].expression == QueryWords.quoted($0) }
            if hasSubject { terms[index].weight *= unknown > 2 ? 0 : isName ? 0.2 : 0.45 }
        }
        return terms
    }

    private func count(of expression: String) throws -> Double {
        try connection.first(
            """
            SELECT count(*) FROM section_search
            CROSS JOIN sections ON sections.id = section_search.rowid
            CROSS JOIN documents ON documents.id = sections.document
            WHERE section_search MATCH ?1 AND documents.agent = ?2
            """, [.text(expression), .text(agent)]
        ) { row in try row.double(0) } ?? 0
    }

    /// The best by BM25. A word in a heading counts for three, one in the title or among the keywords for two.
    private func candidates(matching expression: String, limit: Int) throws -> [Candidate] {
        try connection.all(
            """
            SELECT section_search.rowid, bm25(section_search, 2.0, 3.0, 1.0, 2.0), documents.id FROM section_search
            CROSS JOIN sections ON sections.id = section_search.rowid
            CROSS JOIN documents ON documents.id = sections.document
            WHERE section_search MATCH ?1 AND documents.agent = ?2 ORDER BY 2, 1 LIMIT ?3
            """, [.text(expression), .text(agent), DatabaseValue(limit)]
        ) { row in Candidate(row: try row.int64(0), document: try row.int64(2), score: -(try row.double(1))) }
    }

    /// Works out which part of the question each candidate has something on.
    private func weigh(_ found: inout [Candidate], by terms: [Term]) throws {
        let rows = "[" + found.map { "\($0.row)" }.joined(separator: ",") + "]"
        let sum = terms.reduce(0) { $0 + $1.weight }
        guard sum > 0 else { return }
        for term in terms where term.count > 0 {
            let part = term.weight / sum
            let holding = try self.rows(matching: "{title headings text} : " + term.expression, among: rows)
            let headed = try self.rows(matching: "headings : " + term.expression, among: rows)
            let keyed = try self.rows(matching: "keywords : " + term.expression, among: rows)
            // A keyword is the document's: of its sections the one that has the word itself is meant, where there is one.
            let told = Set(found.lazy.filter { holding.contains($0.row) }.map(\.document))
            for index in found.indices {
                let row = found[index].row
                let byKeyword = !keyed.contains(row) ? 0 : told.contains(found[index].document) ? 0.5 : 0.9
                found[index].coverage += part * (holding.contains(row) ? 1 : byKeyword)
                found[index].headingCoverage += part * (headed.contains(row) ? 1 : byKeyword / 2)
            }
        }
        for index in found.indices {
            found[index].coverage = min(1, found[index].coverage)
            found[index].headingCoverage = min(1, found[index].headingCoverage)
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
                documents.origin, documents.language, sections.position, section_search.keywords,
                highlight(section_search, 2, char(1), char(2))
            FROM section_search
            CROSS JOIN sections ON sections.id = section_search.rowid
            CROSS JOIN documents ON documents.id = sections.document
            WHERE section_search MATCH ?1 AND section_search.rowid = ?2
            """, [.text(expression), .integer(row)]
        ) { row in (try Self.section(row), try row.text(9)) }
    }

    func sections(of document: String) throws -> [KnowledgeSection] {
        try connection.all(
            """
            SELECT documents.path, section_search.title, section_search.headings, section_search.text, documents.written,
                documents.origin, documents.language, sections.position, section_search.keywords
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
            origin: try row.optionalText(5), language: try row.optionalText(6), keywords: try row.text(8),
            number: try row.int(7) + 1)
    }
}
