public import Chat
import SQLite

extension SQLiteChatStore {
    public func sessions(of user: UserID, limit: Int, before: SessionID?) async throws -> SessionPage {
        try await read { connection in
            let nothing = SessionPage(sessions: [], hasMore: false, nextBefore: nil)
            guard let id = try connection.rowID(of: user) else { return nothing }
            var (time, position) = (Int64.max, Int64.max)
            if let before {
                let place = try connection.first(
                    "SELECT updated_at, id FROM sessions WHERE user = ?1 AND name = ?2",
                    [.integer(id), .text(before.rawValue)]
                ) { row in (try row.int64(0), try row.int64(1)) }
                guard let place else { return nothing }
                (time, position) = place
            }
            let limit = min(max(limit, 1), 200)
            // One more than asked for tells whether there are more.
            var sessions = try connection.all(
                """
                SELECT name, title, created_at, updated_at, message_count FROM sessions
                WHERE user = ?1 AND (updated_at, id) < (?2, ?3) ORDER BY updated_at DESC, id DESC LIMIT ?4
                """, [.integer(id), .integer(time), .integer(position), DatabaseValue(limit + 1)]
            ) { row in
                SessionSummary(
                    id: SessionID(rawValue: try row.text(0)), title: try row.text(1),
                    createdAt: Timestamp(milliseconds: try row.int64(2)),
                    updatedAt: Timestamp(milliseconds: try row.int64(3)), messageCount: try row.int(4))
            }
            let hasMore = sessions.count > limit
            if hasMore { sessions.removeLast() }
            return SessionPage(
                sessions: sessions, hasMore: hasMore, nextBefore: hasMore ? sessions.last?.id : nil)
        }
    }

    public func rename(_ session: SessionID, of user: UserID, to title: String) async throws -> Bool {
        try await write { connection in
            guard let id = try connection.id(of: session, of: user) else { return false }
            try connection.run("UPDATE sessions SET title = ?2 WHERE id = ?1", [.integer(id), .text(title)])
            return true
        }
    }

    /// Removes a conversation with its messages, events, and what was inferred from them; the write-ahead log is cut, so
    /// that no file holds the texts any more. Their words vanish from the search index shortly after (``IndexCleaner``).
    public func delete(_ session: SessionID, of user: UserID) async throws -> Bool {
        let removed = try await write { connection -> Int64? in
            guard let id = try connection.id(of: session, of: user) else { return nil }
            try connection.detach(session: id)
            return id
        }
        guard let removed else { return false }
        try await remove(detached: removed)
        try await forgetRemoved()
        return true
    }
}

extension Connection {
    /// The rowid of a user; made when it is new.
    func idMakingUser(_ user: UserID, at time: Timestamp) throws -> Int64 {
        let known = try first("SELECT id FROM users WHERE name = ?1", [.text(user.rawValue)]) { row in
            try row.int64(0)
        }
        if let known { return known }
        try run(
            "INSERT INTO users (name, created_at, seen_at) VALUES (?1, ?2, ?2)",
            [.text(user.rawValue), .integer(time.milliseconds)])
        return lastInsertedRowID
    }
}
