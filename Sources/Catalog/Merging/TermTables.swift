import SQLite

/// Numbers for subject terms and authors, with those met in this import kept in memory. An import ends with the first transaction that
/// fails, so none of its numbers outlives it.
final class TermTables {
    private var subjects: [String: Int64] = [:]
    private var authors: [String: Int64] = [:]

    func subject(_ term: String, _ connection: Connection) throws -> Int64 {
        if let known = subjects[term] { return known }
        let stored = try connection.first("SELECT id FROM subjects WHERE term = ?1", [.text(term)]) { row in
            try row.int64(0)
        }
        let id: Int64
        if let stored {
            id = stored
        } else {
            try connection.run("INSERT INTO subjects (term) VALUES (?1)", [.text(term)])
            id = connection.lastInsertedRowID
            try connection.run("INSERT INTO subject_search (rowid, term) VALUES (?1, ?2)", [.integer(id), .text(term)])
        }
        subjects[term] = id
        return id
    }

    /// Spellings that differ only in marks and spaces are one author; the one with the most marks is shown.
    func author(_ name: String, _ connection: Connection) throws -> Int64? {
        if let known = authors[name] { return known }
        guard let parsed = AuthorName(natural: name) else { return nil }
        let stored = try connection.first("SELECT id, name FROM authors WHERE key = ?1", [.text(parsed.key)]) { row in
            (try row.int64(0), try row.text(1))
        }
        let id: Int64
        if let (known, shown) = stored {
            id = known
            if Self.isBetter(name, than: shown) {
                try connection.run("UPDATE authors SET name = ?1 WHERE id = ?2", [.text(name), .integer(id)])
            }
        } else {
            let surname = parsed.surnames.last ?? parsed.key
            try connection.run(
                "INSERT INTO authors (key, name, surname, sound) VALUES (?1, ?2, ?3, ?4)",
                [.text(parsed.key), .text(name), .text(surname), .text(Likeness.sound(surname))])
            id = connection.lastInsertedRowID
            for word in Set(parsed.key.foldedWords) {
                try connection.run(
                    "INSERT OR IGNORE INTO author_words (word, author_id) VALUES (?1, ?2)",
                    [.text(String(word)), .integer(id)])
            }
        }
        authors[name] = id
        return id
    }

    private static func isBetter(_ name: String, than shown: String) -> Bool {
        let (new, old) = (name.utf8.count { $0 >= 0x80 }, shown.utf8.count { $0 >= 0x80 })
        return new == old ? name < shown : new > old
    }
}
