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
                SELECT \(SessionSummary.columns) FROM sessions
                WHERE user = ?1 AND (updated_at, id) < (?2, ?3) ORDER BY updated_at DESC, id DESC LIMIT ?4
                """, [.integer(id), .integer(time), .integer(position), DatabaseValue(limit + 1)]
            ) { row in try SessionSummary(row) }
            let hasMore = sessions.count > limit
            if hasMore { sessions.removeLast() }
            return SessionPage(
                sessions: sessions, hasMore: hasMore, nextBefore: hasMore ? sessions.last?.id : nil)
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

extension SessionSummary {
    static let columns = """
        sessions.name, sessions.title, sessions.created_at, sessions.updated_at, sessions.message_count, sessions.agent,
        sessions.is_pinned, (
            -- From the few open turns of the user to their conversations, not from the conversation's many messages: CROSS JOIN keeps the order.
            SELECT name FROM messages WHERE id = (
                SELECT max(reply.id) FROM turns CROSS JOIN messages AS reply ON reply.id = turns.reply
                WHERE turns.user = sessions.user AND turns.is_open = 1 AND reply.session = sessions.id))
        """

    /// - Parameter row: of `columns`.
    init(_ row: borrowing Row) throws {
        self.init(
            id: SessionID(rawValue: try row.text(0)), title: try row.text(1),
            createdAt: Timestamp(milliseconds: try row.int64(2)),
            updatedAt: Timestamp(milliseconds: try row.int64(3)), messageCount: try row.int(4),
            agent: try row.text(5), isPinned: try row.bool(6),
            writing: try row.optionalText(7).map(MessageID.init(rawValue:)))
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
