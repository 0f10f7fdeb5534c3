public import Chat
import SQLite

extension SQLiteChatStore: TasteStore {
    /// Marked books kept of one user at most; the oldest marks make room.
    static let maximumMarks = 1_000

    public func markedBooks(of user: UserID) async throws -> [MarkedBook] {
        try await read { connection in
            guard let id = try connection.id(of: user) else { return [] }
            return try connection.markedBooks(of: id)
        }
    }

    public func mark(_ book: MarkedBook, of user: UserID) async throws {
        try await write { connection in
            let id = try connection.idMakingUser(user, at: book.markedAt)
            try connection.run(
                """
                INSERT INTO book_marks (user, book, mark, marked_at) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (user, book) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
                """,
                [
                    .integer(id), .text(book.id.rawValue), .text(book.mark.rawValue),
                    .integer(book.markedAt.milliseconds),
                ])
            try connection.trimMarks(of: id)
        }
    }

    public func unmark(_ book: BookID, of user: UserID) async throws {
        try await write { connection in
            guard let id = try connection.id(of: user) else { return }
            try connection.run(
                "DELETE FROM book_marks WHERE user = ?1 AND book = ?2", [.integer(id), .text(book.rawValue)])
        }
    }

    public func learns(of user: UserID) async throws -> Bool {
        try await lookUp { connection in
            guard let id = try connection.id(of: user) else { return true }
            return try connection.learns(of: id)
        }
    }

    public func setLearning(_ learns: Bool, of user: UserID) async throws {
        try await write { connection in
            let id = try connection.idMakingUser(user, at: .now())
            try connection.run(
                "UPDATE users SET learns = ?2 WHERE id = ?1", [.integer(id), DatabaseValue(learns)])
        }
    }

    public func forget(
        _ only: (type: PreferenceType, value: String)?, source: Preference.Source?, of user: UserID
    ) async throws -> Int {
        let forgotten = try await write { connection -> Int in
            guard let id = try connection.id(of: user) else { return 0 }
            var forgotten = 0
            if source != .override {
                forgotten += try connection.forget(
                    only, of: id, in: "preference_evidence", where: "true",
                    "DELETE FROM preference_evidence")
            }
            if source != .inferred {
                // A withdrawal is remembered: an older word that arrives later must not bring it back.
                forgotten += try connection.forget(
                    only, of: id, in: "preference_overrides", where: "weight IS NOT NULL",
                    "UPDATE preference_overrides SET weight = NULL, said_at = max(said_at, \(Timestamp.now().milliseconds))"
                )
            }
            return forgotten
        }
        // The excerpts are the user's own words.
        if forgotten > 0 { try await forgetRemoved() }
        return forgotten
    }
}

extension Connection {
    func markedBooks(of user: Int64) throws -> [MarkedBook] {
        try all(
            "SELECT book, mark, marked_at FROM book_marks WHERE user = ?1 ORDER BY marked_at DESC, book",
            [.integer(user)]
        ) { row -> MarkedBook? in
            // A mark that this version does not know is not shown; the row stays.
            guard let mark = MarkedBook.Mark(rawValue: try row.text(1)) else { return nil }
            return MarkedBook(
                id: BookID(rawValue: try row.text(0)), mark: mark,
                markedAt: Timestamp(milliseconds: try row.int64(2)))
        }.compactMap { $0 }
    }

    func learns(of user: Int64) throws -> Bool {
        try first("SELECT learns FROM users WHERE id = ?1", [.integer(user)]) { row in try row.bool(0) } ?? true
    }

    /// Carries out `change` on what of a table is a user's, or only on one preference.
    /// - Returns: how many preferences that were.
    fileprivate func forget(
        _ only: (type: PreferenceType, value: String)?, of user: Int64, in table: String, where condition: String,
        _ change: String
    ) throws -> Int {
        var scope = " WHERE user = ?1 AND \(condition)"
        var values: [DatabaseValue] = [.integer(user)]
        if let only {
            let value = try spelling(
                of: only.value, "SELECT DISTINCT value FROM \(table) WHERE user = ?1 AND type = ?2",
                [.integer(user), .text(only.type.rawValue)])
            scope += " AND type = ?2 AND value = ?3"
            values += [.text(only.type.rawValue), .text(value)]
        }
        let count = try first("SELECT count(*) FROM (SELECT DISTINCT type, value FROM \(table)\(scope))", values) {
            row in
            try row.int(0)
        }
        try run(change + scope, values)
        return count ?? 0
    }
}
