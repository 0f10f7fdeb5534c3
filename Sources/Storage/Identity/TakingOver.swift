public import Chat
import SQLite

extension SQLiteChatStore {
    public func takeOver(_ guest: UserID, by user: UserID, at time: Timestamp) async throws -> TakeOver {
        var count = 0
        while true {
            // A piece of a conversation at a time: everybody's writes wait meanwhile.
            let step = try await write { connection in try connection.takeOver(guest, by: user, at: time) }
            switch step {
            case .busy: return .busy
            case .moves(let session):
                try await inPieces { connection in try connection.movePiece(of: session) }
                count += 1
            case .hasMore: continue
            case .done: return .done(conversations: count)
            }
        }
    }

    /// Goes on with moves whose process has ended.
    func resumeMoves() async throws(StoreError) {
        let sessions = try await read { connection in
            try connection.all("SELECT session FROM moved_sessions LIMIT 100") { row in try row.int64(0) }
        }
        for session in sessions { try await inPieces { connection in try connection.movePiece(of: session) } }
    }
}

/// Conversations on their way from one user to another.
enum Moves {
    static let migration = Migration(
        "015 conversations on their way",
        sql: """
            -- Whose words and turns of the messages after the last one that was moved, up to the end, still are.
            CREATE TABLE moved_sessions (
                session INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
                from_user INTEGER NOT NULL,
                last_message INTEGER NOT NULL,
                end_message INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX moved_sessions_from ON moved_sessions (from_user);
            """)
}

enum TakeOverStep: Sendable {
    case busy
    /// With the pieces of this conversation.
    case moves(Int64)
    case hasMore, done
}

extension Connection {
    /// Begins to move one conversation, or when there is none left, moves the rest.
    func takeOver(_ guest: UserID, by user: UserID, at time: Timestamp) throws -> TakeOverStep {
        guard let old = try rowID(of: guest) else { return .done }
        let isBusy = try first("SELECT 1 FROM turns WHERE user = ?1 AND is_open = 1 LIMIT 1", [.integer(old)]) { _ in
            true
        }
        guard isBusy == nil else { return .busy }
        let unfinished = try first(
            """
            SELECT session FROM moved_sessions WHERE from_user = ?1
                AND NOT EXISTS (SELECT 1 FROM removed_sessions WHERE session = moved_sessions.session) LIMIT 1
            """, [.integer(old)]
        ) { row in try row.int64(0) }
        if let unfinished { return .moves(unfinished) }
        let new = try idMakingUser(user, at: time)
        let session = try first(
            "SELECT id, name FROM sessions WHERE user = ?1 ORDER BY id LIMIT 1", [.integer(old)]
        ) { row in (id: try row.int64(0), name: try row.text(1)) }
        guard let session else {
            if try removeTurns(ofUser: old) { return .hasMore }
            try moveRest(from: old, to: new)
            // What the quotas are counted by.
            try run(
                """
                UPDATE users SET (sessions, messages, bytes) = (
                    SELECT count(*), coalesce(sum(message_count), 0), coalesce(sum(bytes), 0)
                    FROM sessions WHERE sessions.user = users.id)
                WHERE id = ?1
                """, [.integer(new)])
            try run("DELETE FROM users WHERE id = ?1", [.integer(old)])
            return .done
        }
        try beginMove(of: session.id, named: session.name, from: old, to: new)
        return .moves(session.id)
    }

    private func beginMove(of session: Int64, named name: String, from old: Int64, to new: Int64) throws {
        try run(
            """
            INSERT INTO moved_sessions (session, from_user, last_message, end_message)
            VALUES (?1, ?2, 0, (SELECT coalesce(max(id), 0) FROM messages WHERE session = ?1))
            """, [.integer(session), .integer(old)])
        // Both may have a conversation of this name.
        let isTaken = try first(
            "SELECT 1 FROM sessions WHERE user = ?1 AND name = ?2", [.integer(new), .text(name)]
        ) { _ in true }
        try run(
            "UPDATE sessions SET user = ?2, name = ?3 WHERE id = ?1",
            [.integer(session), .integer(new), .text(isTaken == nil ? name : Identifiers.session().rawValue)])
    }

    /// How far a conversation has got that is being moved.
    func unfinishedMove(of session: Int64) throws -> (from: Int64, last: Int64, end: Int64)? {
        try first(
            "SELECT from_user, last_message, end_message FROM moved_sessions WHERE session = ?1", [.integer(session)]
        ) { row in (try row.int64(0), try row.int64(1), try row.int64(2)) }
    }

    /// Moves the words, turns and evidence of some messages to the user who has the conversation now.
    func movePiece(of session: Int64) throws -> PieceOutcome {
        let user = try first(
            """
            SELECT user FROM sessions WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM removed_sessions WHERE session = sessions.id)
            """, [.integer(session)]
        ) { row in try row.int64(0) }
        guard let new = user, let move = try unfinishedMove(of: session) else { return .done }
        guard try indexHasRoom() else { return .waitsForIndex }
        // The index has each word under its user.
        var (last, bytes, count, words): (Int64?, Int, Int, Int) = (nil, 0, 0, 0)
        try scan(
            "SELECT id, content FROM messages WHERE session = ?1 AND id > ?2 AND id <= ?3 ORDER BY id",
            [.integer(session), .integer(move.last), .integer(move.end)]
        ) { row in
            let (id, content) = (try row.int64(0), try row.text(1))
            words += try unindex(content, message: id, of: move.from)
            try index(content, message: id, of: new)
            last = id
            bytes += content.utf8.count
            count += 1
            return count < Removals.messagesOfPiece && bytes < Removals.bytesOfPiece
        }
        guard let last else {
            try run("DELETE FROM moved_sessions WHERE session = ?1", [.integer(session)])
            return .done
        }
        try noteRemovedWords(words)
        let piece: [DatabaseValue] = [.integer(session), .integer(new), .integer(move.last), .integer(last)]
        // Of two requests with one key, each was another one.
        try run(
            """
            UPDATE turns SET user = ?2, idempotency_key = CASE WHEN EXISTS (
                SELECT 1 FROM turns AS own WHERE own.user = ?2 AND own.idempotency_key = turns.idempotency_key
            ) THEN NULL ELSE idempotency_key END
            WHERE reply IN (SELECT id FROM messages WHERE session = ?1 AND id > ?3 AND id <= ?4)
            """, piece)
        try run(
            """
            UPDATE preference_evidence SET user = ?2
            WHERE message IN (SELECT id FROM messages WHERE session = ?1 AND id > ?3 AND id <= ?4)
            """, piece)
        try run(
            "UPDATE moved_sessions SET last_message = ?2 WHERE session = ?1", [.integer(session), .integer(last)])
        return .more
    }

    /// What belongs to no conversation: the later word counts, and sums are added up.
    private func moveRest(from old: Int64, to new: Int64) throws {
        let users: [DatabaseValue] = [.integer(old), .integer(new)]
        try run(
            """
            INSERT INTO preference_overrides (user, type, value, weight, said_at)
            SELECT ?2, type, value, weight, said_at FROM preference_overrides WHERE user = ?1
            ON CONFLICT (user, type, value) DO UPDATE SET weight = excluded.weight, said_at = excluded.said_at
            WHERE excluded.said_at > said_at
            """, users)
        try run("UPDATE OR IGNORE preference_evidence SET user = ?2 WHERE user = ?1", users)
        try run(
            """
            INSERT INTO book_marks (user, book, mark, marked_at)
            SELECT ?2, book, mark, marked_at FROM book_marks WHERE user = ?1
            ON CONFLICT (user, book) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
            WHERE excluded.marked_at > marked_at
            """, users)
        try trimOverrides(of: new)
        try trimEvidence(of: new)
        try trimMarks(of: new)
        let sums = [
            "completions", "stopped", "failed", "cached", "prompt_tokens", "completion_tokens", "estimated_tokens",
            "charged_tokens",
        ]
        let model = Self.countedModel(user: "?2", day: "old.day", provider: "old.provider", model: "old.model")
        try run(
            """
            INSERT INTO usage_days (user, day, provider, model, \(sums.joined(separator: ", ")))
            SELECT ?2, day, provider, \(model), \(sums.joined(separator: ", ")) FROM usage_days AS old WHERE user = ?1
            ON CONFLICT (user, day, provider, model) DO UPDATE SET
            \(sums.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", "))
            """, users)
        try run(
            """
            INSERT INTO attempt_days (user, day, provider, model, code, count)
            SELECT ?2, day, provider, model, code, count FROM attempt_days WHERE user = ?1
            ON CONFLICT (user, day, provider, model, code) DO UPDATE SET count = count + excluded.count
            """, users)
    }
}
