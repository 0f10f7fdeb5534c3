public import Chat
import SQLite

extension SQLiteChatStore {
    public func sessions(of user: UserID, limit: Int) async throws -> [SessionSummary] {
        try await read { connection in
            try connection.all(
                """
                SELECT sessions.name, title, sessions.created_at, updated_at, message_count
                FROM users JOIN sessions ON sessions.user = users.id
                WHERE users.name = ?1 ORDER BY updated_at DESC, sessions.id DESC LIMIT ?2
                """, [.text(user.rawValue), DatabaseValue(max(0, limit))]
            ) { row in
                SessionSummary(
                    id: SessionID(rawValue: try row.text(0)), title: try row.text(1),
                    createdAt: Timestamp(milliseconds: try row.int64(2)),
                    updatedAt: Timestamp(milliseconds: try row.int64(3)), messageCount: try row.int(4))
            }
        }
    }

    public func rename(_ session: SessionID, of user: UserID, to title: String) async throws -> Bool {
        try await write { connection in
            guard let id = try connection.id(of: session, of: user) else { return false }
            try connection.run("UPDATE sessions SET title = ?2 WHERE id = ?1", [.integer(id), .text(title)])
            return true
        }
    }

    /// Removes a conversation with its messages, events, and what was inferred from them. Then the write-ahead log is cut,
    /// so that no file holds the texts any more; when readers are in the way it is cut at a later checkpoint instead.
    public func delete(_ session: SessionID, of user: UserID) async throws -> Bool {
        let isDeleted = try await write { connection in
            guard let id = try connection.id(of: session, of: user) else { return false }
            try connection.requestStops(ofSession: id)
            // Messages, turns, events and evidence follow by ON DELETE CASCADE.
            try connection.run("DELETE FROM sessions WHERE id = ?1", [.integer(id)])
            return true
        }
        if isDeleted { try await cutLog() }
        return isDeleted
    }

    private func cutLog() async throws(StoreError) {
        do {
            try await writer.withoutTransaction { connection in
                // Everybody's writes wait meanwhile: not for long.
                try connection.truncateLog(patience: .milliseconds(50))
            }
        } catch let error as SQLiteError where error.isBusy {
            // Committed and overwritten in the database; only the log is not cut yet.
        } catch {
            throw StoreError(error)
        }
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
            "INSERT INTO users (name, created_at) VALUES (?1, ?2)",
            [.text(user.rawValue), .integer(time.milliseconds)])
        return lastInsertedRowID
    }
}
