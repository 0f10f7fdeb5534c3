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

    static let ofWords = Migration(
        "014 words that leave the search index",
        sql: """
            -- Bytes of words that messages were removed with so far, and of how many of them the search index holds nothing.
            ALTER TABLE removals ADD COLUMN removed_words INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE removals ADD COLUMN forgotten_words INTEGER NOT NULL DEFAULT 0;
            """)

    /// What is removed in one transaction: some 10 ms.
    static let messagesOfPiece = 100
    static let bytesOfPiece = 131_072
    /// Bytes of words that the index may hold of removed messages before it is merged. A step of a merge reads all of them when
    /// nothing between them stays, and so does whatever writes to the index then: some 50 ms for each MiB.
    static let wordsBetweenMerges = 2_097_152
}

/// What has become of a removal, or a move, after one more piece of it.
enum PieceOutcome: Sendable {
    case more, done
    /// The index has to be merged first.
    case waitsForIndex
}

extension Connection {
    /// Takes a conversation away from its user, so that nobody finds it any more, and asks the workers that run turns of it to stop
    /// them. What it holds is removed piece by piece afterwards: at once, everybody's writes would wait.
    func detach(session: Int64) throws {
        try requestStops(ofSession: session)
        try keepReservations(ofSession: session)
        let owner = try first(
            "SELECT user, message_count, bytes FROM sessions WHERE id = ?1", [.integer(session)]
        ) { row in (user: try row.int64(0), messages: try row.int64(1), bytes: try row.int64(2)) }
        guard let owner else { return }
        try run(
            """
            UPDATE users SET sessions = sessions - 1, messages = max(0, messages - ?2), bytes = max(0, bytes - ?3)
            WHERE id = ?1
            """, [.integer(owner.user), .integer(owner.messages), .integer(owner.bytes)])
        // No user's name, and no conversation's, has a slash.
        try run("INSERT INTO users (name, created_at) VALUES ('/removed', 0) ON CONFLICT DO NOTHING")
        try run(
            """
            UPDATE sessions SET name = '/' || id, title = '', user = (SELECT id FROM users WHERE name = '/removed')
            WHERE id = ?1
            """, [.integer(session)])
        try run(
            "INSERT INTO removed_sessions (session, user) VALUES (?1, ?2)", [.integer(session), .integer(owner.user)])
        // Open turns first: what is recorded of them from now on is left out. Their replies are not in the index yet.
        try run(
            """
            DELETE FROM messages WHERE id IN (
                SELECT turns.reply FROM turns CROSS JOIN messages ON messages.id = turns.reply
                WHERE turns.user = ?1 AND turns.is_open = 1 AND messages.session = ?2)
            """, [.integer(owner.user), .integer(session)])
        try run(
            "UPDATE removals SET removed = removed + 1, removed_at = ?1 WHERE id = 1",
            [.integer(Timestamp.now().milliseconds)])
    }

    /// Removes some messages of a detached conversation with their turns, events, evidence, and their places in the search index;
    /// with the last of them the conversation.
    func removePiece(ofDetached session: Int64) throws -> PieceOutcome {
        let user = try first(
            "SELECT user FROM removed_sessions WHERE session = ?1", [.integer(session)]
        ) { row in try row.int64(0) }
        guard let user else { return .done }
        guard try indexHasRoom() else { return .waitsForIndex }
        try run(
            "DELETE FROM answers WHERE id IN (SELECT id FROM answers WHERE session = ?1 LIMIT ?2)",
            [.integer(session), DatabaseValue(Removals.messagesOfPiece)])
        if changes > 0 { return .more }
        // Of a conversation that was being moved to another user, some words are still under the one before.
        let move = try unfinishedMove(of: session)
        var (last, bytes, count, words): (Int64?, Int, Int, Int) = (nil, 0, 0, 0)
        try scan(
            "SELECT id, content FROM messages WHERE session = ?1 ORDER BY id", [.integer(session)]
        ) { row in
            let (id, content) = (try row.int64(0), try row.text(1))
            let isUnmoved = move.map { id > $0.last && id <= $0.end } ?? false
            words += try unindex(content, message: id, of: isUnmoved ? move?.from ?? user : user)
            last = id
            bytes += content.utf8.count
            count += 1
            return count < Removals.messagesOfPiece && bytes < Removals.bytesOfPiece
        }
        guard let last else {
            try run("DELETE FROM sessions WHERE id = ?1", [.integer(session)])
            return .done
        }
        try noteRemovedWords(words)
        // The rest follows by ON DELETE CASCADE.
        try run("DELETE FROM messages WHERE session = ?1 AND id <= ?2", [.integer(session), .integer(last)])
        return .more
    }

    /// Whether more words may leave the index before it is merged.
    func indexHasRoom() throws -> Bool {
        try first(
            "SELECT removed_words - forgotten_words < ?1 FROM removals WHERE id = 1",
            [DatabaseValue(Removals.wordsBetweenMerges)]
        ) { row in try row.bool(0) } ?? true
    }

    /// In the transaction that takes words out of the index.
    func noteRemovedWords(_ bytes: Int) throws {
        try run("UPDATE removals SET removed_words = removed_words + ?1 WHERE id = 1", [DatabaseValue(bytes)])
    }

    /// Removes some turns of a user who has no conversation any more: those of conversations that others are removing. At once, with the
    /// user, they could be a hundred thousand. False when there are none.
    func removeTurns(ofUser user: Int64) throws -> Bool {
        try run(
            "DELETE FROM turns WHERE reply IN (SELECT reply FROM turns WHERE user = ?1 LIMIT ?2)",
            [.integer(user), DatabaseValue(Removals.messagesOfPiece)])
        return changes > 0
    }
}

extension SQLiteChatStore {
    /// Takes up what a process that ended before its time, or could not, has left of removed messages in the search index.
    /// Cheap when there is nothing.
    /// - Throws: `StoreError`.
    public func resumeRemovals() async throws {
        let left = try await read { connection in
            try connection.all("SELECT session FROM removed_sessions LIMIT 100") { row in try row.int64(0) }
        }
        for session in left { try await remove(detached: session) }
        try await resumeMoves()
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
    /// left; do it again. The tokens of the day are counted on without the name.
    /// - Returns: false when there is no such user.
    /// - Throws: `StoreError`.
    public func delete(_ user: UserID) async throws -> Bool {
        var isKnown = false
        while true {
            let step = try await write { connection -> RemovalStep in
                guard let id = try connection.rowID(of: user) else { return .isGone }
                let session = try connection.first(
                    "SELECT id FROM sessions WHERE user = ?1 LIMIT 1", [.integer(id)]
                ) { row in try row.int64(0) }
                if let session {
                    try connection.detach(session: session)
                    return .detached(session)
                }
                if try connection.removeTurns(ofUser: id) { return .hasMore }
                let today = UTCDay(of: .now())
                try connection.addRemovedTokens(
                    connection.keptTokens(of: user, on: today), of: connection.subject(of: user), on: today)
                // Turns and preferences follow.
                try connection.run("DELETE FROM users WHERE id = ?1", [.integer(id)])
                return .isRemoved
            }
            switch step {
            case .detached(let session):
                isKnown = true
                try await remove(detached: session)
                continue
            case .hasMore: continue
            case .isRemoved: isKnown = true
            case .isGone: break
            }
            break
        }
        if isKnown { try await forgetRemoved() }
        return isKnown
    }

    private enum RemovalStep: Sendable {
        case detached(Int64)
        case hasMore, isRemoved, isGone
    }

    /// Removes what a detached conversation holds, a piece at a time: others write in between.
    func remove(detached session: Int64) async throws(StoreError) {
        try await inPieces { connection in try connection.removePiece(ofDetached: session) }
    }

    /// Does `piece` until it is done, and merges the index in between when too many words have left it.
    func inPieces(_ piece: @escaping @Sendable (Connection) throws -> PieceOutcome) async throws(StoreError) {
        while true {
            switch try await write(piece) {
            case .more: continue
            case .done: return
            case .waitsForIndex:
                do {
                    try await indexCleaner.merge()
                } catch {
                    throw StoreError(error)
                }
            }
        }
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
