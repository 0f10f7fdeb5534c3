public import Chat
import SQLite

extension SQLiteChatStore {
    public func takeOver(_ guest: UserID, by user: UserID, at time: Timestamp) async throws -> TakeOver {
        var count = 0
        while true {
            // A conversation at a time: everybody's writes wait meanwhile.
            let step = try await write { connection in try connection.takeOver(guest, by: user, at: time) }
            switch step {
            case .busy: return .busy
            case .moved: count += 1
            case .done: return .done(conversations: count)
            }
        }
    }
}

private enum TakeOverStep: Sendable {
    case busy
    case moved
    case done
}

extension Connection {
    /// Moves one conversation, or when there is none left, the rest.
    fileprivate func takeOver(_ guest: UserID, by user: UserID, at time: Timestamp) throws -> TakeOverStep {
        guard let old = try rowID(of: guest) else { return .done }
        let isBusy = try first("SELECT 1 FROM turns WHERE user = ?1 AND is_open = 1 LIMIT 1", [.integer(old)]) { _ in
            true
        }
        guard isBusy == nil else { return .busy }
        let new = try idMakingUser(user, at: time)
        let session = try first(
            "SELECT id, name FROM sessions WHERE user = ?1 ORDER BY id LIMIT 1", [.integer(old)]
        ) { row in (id: try row.int64(0), name: try row.text(1)) }
        guard let session else {
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
        try move(session: session.id, named: session.name, from: old, to: new)
        return .moved
    }

    private func move(session: Int64, named name: String, from old: Int64, to new: Int64) throws {
        // The index has each word under its user.
        try forEach("SELECT id, content FROM messages WHERE session = ?1", [.integer(session)]) { row in
            let (id, content) = (try row.int64(0), try row.text(1))
            try unindex(content, message: id, of: old)
            try index(content, message: id, of: new)
        }
        // Both may have a conversation of this name.
        let isTaken = try first(
            "SELECT 1 FROM sessions WHERE user = ?1 AND name = ?2", [.integer(new), .text(name)]
        ) { _ in true }
        try run(
            "UPDATE sessions SET user = ?2, name = ?3 WHERE id = ?1",
            [.integer(session), .integer(new), .text(isTaken == nil ? name : Identifiers.session().rawValue)])
        // Of two requests with one key, each was another one.
        try run(
            """
            UPDATE turns SET user = ?2, idempotency_key = CASE WHEN EXISTS (
                SELECT 1 FROM turns AS own WHERE own.user = ?2 AND own.idempotency_key = turns.idempotency_key
            ) THEN NULL ELSE idempotency_key END
            WHERE reply IN (SELECT id FROM messages WHERE session = ?1)
            """, [.integer(session), .integer(new)])
        try run(
            "UPDATE preference_evidence SET user = ?2 WHERE message IN (SELECT id FROM messages WHERE session = ?1)",
            [.integer(session), .integer(new)])
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
        let sums = [
            "completions", "stopped", "failed", "cached", "prompt_tokens", "completion_tokens", "estimated_tokens",
            "charged_tokens",
        ]
        try run(
            """
            INSERT INTO usage_days (user, day, provider, model, \(sums.joined(separator: ", ")))
            SELECT ?2, day, provider, model, \(sums.joined(separator: ", ")) FROM usage_days WHERE user = ?1
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
