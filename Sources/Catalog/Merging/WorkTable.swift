import Chat
import SQLite

/// Writes works and everything by which they are found. Used inside the importer's transactions.
struct WorkTable {
    let connection: Connection
    let terms: TermTables

    func insert(_ work: MergedWork) throws -> Int64 {
        try freeIdentifier(work.identifier, for: nil)
        try connection.run(
            """
            INSERT INTO works (public_id, digest, fame, year, period_start, period_end, length, rating)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """, columns(work))
        let id = connection.lastInsertedRowID
        try writeTexts(id, work)
        return id
    }

    /// Returns false when the work is as it was.
    func update(_ id: Int64, to work: MergedWork) throws -> Bool {
        let digest = try connection.first("SELECT digest FROM works WHERE id = ?1", [.integer(id)]) { row in
            try row.int64(0)
        }
        guard digest != work.digest else { return false }
        try removeTexts(id)
        try freeIdentifier(work.identifier, for: id)
        try connection.run(
            """
            UPDATE works SET public_id = ?1, digest = ?2, fame = ?3, year = ?4, period_start = ?5, period_end = ?6,
                length = ?7, rating = ?8 WHERE id = ?9
            """, columns(work) + [.integer(id)])
        try writeTexts(id, work)
        return true
    }

    func delete(_ id: Int64) throws {
        try removeTexts(id)
        try connection.run("DELETE FROM works WHERE id = ?1", [.integer(id)])
    }

    /// The number by which a length is stored; 0 is unknown.
    static func code(_ length: BookLength?) -> Int64 {
        switch length {
        case nil: 0
        case .short?: 1
        case .medium?: 2
        case .long?: 3
        }
    }

    static func length(code: Int) -> BookLength? {
        [nil, .short, .medium, .long][min(max(code, 0), 3)]
    }

    private func columns(_ work: MergedWork) -> [DatabaseValue] {
        [
            .text(work.identifier), .integer(work.digest), .integer(work.fame), DatabaseValue(work.year),
            DatabaseValue(work.period?.lowerBound), DatabaseValue(work.period?.upperBound),
            .integer(Self.code(work.length)), DatabaseValue(work.rating),
        ]
    }

    /// A work that bears this identifier still is about to be given another; the digest of none makes sure of it.
    private func freeIdentifier(_ identifier: String, for id: Int64?) throws {
        try connection.run(
            "UPDATE works SET public_id = 'former:' || id, digest = 0 WHERE public_id = ?1 AND id IS NOT ?2",
            [.text(identifier), DatabaseValue(id)])
    }

    private func writeTexts(_ id: Int64, _ work: MergedWork) throws {
        let key = DatabaseValue.integer(id)
        let fame = DatabaseValue.integer(work.fame)
        let texts: [DatabaseValue] = [
            key, .text(work.title), .text(PartedList.text(work.otherTitles)), .text(PartedList.text(work.authors)),
            .text(PartedList.text(work.subjects)), .text(work.summary ?? ""),
        ]
        try connection.run(
            """
            INSERT INTO work_texts (id, title, other_titles, authors, subjects, summary, languages)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """, texts + [.text(PartedList.text(work.languages))])
        try connection.run(
            """
            INSERT INTO work_search (rowid, title, other_titles, authors, subjects, summary)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """, texts)
        for term in work.subjects {
            try connection.run(
                "INSERT OR IGNORE INTO work_subjects (subject_id, fame, work_id) VALUES (?1, ?2, ?3)",
                [.integer(try terms.subject(term, connection)), fame, key])
        }
        for name in work.allAuthors {
            guard let author = try terms.author(name, connection) else { continue }
            try connection.run(
                "INSERT OR IGNORE INTO work_authors (author_id, fame, work_id) VALUES (?1, ?2, ?3)",
                [.integer(author), fame, key])
        }
        for (place, language) in work.languages.enumerated() {
            try connection.run(
                "INSERT INTO work_languages (language, fame, work_id) VALUES (?1, ?2, ?3)",
                [.text(language), .integer(place == 0 ? work.fame : work.fame / 2), key])
        }
        for title in work.titleKeys {
            try connection.run(
                "INSERT OR IGNORE INTO work_titles (length, key, work_id) VALUES (?1, ?2, ?3)",
                [.integer(Int64(title.utf8.count)), .text(title), key])
        }
    }

    private func removeTexts(_ id: Int64) throws {
        let key = [DatabaseValue.integer(id)]
        // The index must be told the very texts it was given (https://sqlite.org/fts5.html#external_content_tables).
        try connection.run(
            """
            INSERT INTO work_search (work_search, rowid, title, other_titles, authors, subjects, summary)
            SELECT 'delete', id, title, other_titles, authors, subjects, summary FROM work_texts WHERE id = ?1
            """, key)
        try connection.run("DELETE FROM work_texts WHERE id = ?1", key)
        try connection.run("DELETE FROM work_subjects WHERE work_id = ?1", key)
        try connection.run("DELETE FROM work_authors WHERE work_id = ?1", key)
        try connection.run("DELETE FROM work_languages WHERE work_id = ?1", key)
        try connection.run("DELETE FROM work_titles WHERE work_id = ?1", key)
    }
}

extension MergedWork {
    /// Popularity in thousandths.
    var fame: Int64 { Int64((popularity * 1_000).rounded()) }

    /// Changes whenever anything that is stored does; never 0.
    var digest: Int64 {
        var record = SourceRecord(source: .plain, key: identifier, title: title)
        record.otherTitles = otherTitles
        record.mergeKeys = titleKeys
        record.links = [identifier]
        record.authors = authors + ["|"] + allAuthors
        record.period = period
        record.year = year
        record.texts = languages
        record.subjects = subjects
        record.length = length
        record.summary = summary
        record.rating = rating
        record.prominence = Double(fame)
        return record.digest == 0 ? 1 : record.digest
    }
}
