public import Chat
import SQLite

/// What goes with a conversation that is removed, and the count of removals whose words the search index still holds.
enum Removals {
    static let migration = Migration(
        "003 removals",
        sql: """
            CREATE TABLE removals (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                -- Removals so far, and how many of them the search index holds nothing of.
                removed INTEGER NOT NULL,
                forgotten INTEGER NOT NULL,
                removed_at INTEGER NOT NULL
            ) STRICT;
            INSERT INTO removals (id, removed, forgotten, removed_at) VALUES (1, 0, 0, 0);
            """)
}

extension Connection {
    /// Removes a conversation with its messages, turns, events, evidence, and its place in the search index, and asks the
    /// workers that run turns of it to stop them.
    func remove(session: Int64) throws {
        try requestStops(ofSession: session)
        // The index must be told the very words it was given (https://sqlite.org/fts5.html#the_delete_command). A reply that
        // still grows has none in it, and none here.
        try forEach(
            """
            SELECT messages.id, sessions.user, messages.content
            FROM sessions JOIN messages ON messages.session = sessions.id WHERE sessions.id = ?1
            """, [.integer(session)]
        ) { row in
            guard let words = SearchIndex.words(of: try row.text(2), user: try row.int64(1)) else { return }
            try run(
                "INSERT INTO message_search (message_search, rowid, words) VALUES ('delete', ?1, ?2)",
                [.integer(try row.int64(0)), .text(words)])
        }
        // The rest follows by ON DELETE CASCADE.
        try run("DELETE FROM sessions WHERE id = ?1", [.integer(session)])
        try run(
            "UPDATE removals SET removed = removed + 1, removed_at = ?1 WHERE id = 1",
            [.integer(Timestamp.now().milliseconds)])
    }
}

extension SQLiteChatStore {
    /// Takes up what a process that ended before its time, or could not, has left of removed messages in the search index.
    /// Cheap when there is nothing.
    /// - Throws: `StoreError`.
    public func resumeRemovals() async throws {
        let isLeft = try await read { connection in
            try connection.first(
                "SELECT removed > forgotten AND removed_at < ?1 FROM removals WHERE id = 1",
                // The process that removed it is likely at it.
                [.integer(Timestamp.now().milliseconds - 10_000)]
            ) { row in try row.bool(0) } ?? false
        }
        if isLeft { indexCleaner.start() }
    }

    /// Waits until nothing of what was removed here is in any file any more, or that could not be done now.
    public func finishRemovals() async {
        await indexCleaner.finish()
    }

    /// Removes a user with everything that is stored about them, conversation by conversation. When it throws, some may be
    /// left; do it again.
    /// - Returns: false when there is no such user.
    /// - Throws: `StoreError`.
    public func delete(_ user: UserID) async throws -> Bool {
        var isKnown = false
        while true {
            // A conversation at a time: everybody's writes wait meanwhile.
            let left = try await write { connection -> Bool? in
                let id = try connection.first(
                    "SELECT id FROM users WHERE name = ?1", [.text(user.rawValue)]
                ) { row in try row.int64(0) }
                guard let id else { return nil }
                let session = try connection.first(
                    "SELECT id FROM sessions WHERE user = ?1 LIMIT 1", [.integer(id)]
                ) { row in try row.int64(0) }
                if let session {
                    try connection.remove(session: session)
                    return true
                }
                // Turns and preferences follow.
                try connection.run("DELETE FROM users WHERE id = ?1", [.integer(id)])
                return false
            }
            guard let left else { break }
            isKnown = true
            if !left { break }
        }
        if isKnown { try await forgetRemoved() }
        return isKnown
    }

    /// After a removal: cuts the write-ahead log, and has the index cleaned.
    func forgetRemoved() async throws(StoreError) {
        do {
            // When readers are in the way, the cleaner does it.
            _ = try await writer.cutLog()
        } catch {
            throw StoreError(error)
        }
        indexCleaner.start()
    }
}

extension DatabaseWriter {
    /// Cuts the write-ahead log, so that it holds nothing that was removed. False when readers are in the way.
    func cutLog() async throws -> Bool {
        do {
            // Everybody's writes wait meanwhile: not for long.
            try await withoutTransaction { connection in try connection.truncateLog(patience: .milliseconds(50)) }
            return true
        } catch let error as SQLiteError where error.isBusy {
            return false
        }
    }
}
