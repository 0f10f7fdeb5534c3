public import Chat
public import Ownership
import SQLite

/// What is removed because it has been kept for long enough; 0 days: never.
public struct RetentionRules: Sendable, Equatable {
    /// Days without a message after which a conversation is removed.
    public var conversationDays: Int
    /// Days after which a guest is removed who was here within a day of the beginning and never again.
    public var guestDays: Int

    public init(conversationDays: Int = 0, guestDays: Int = 0) {
        self.conversationDays = conversationDays
        self.guestDays = guestDays
    }
}

extension SQLiteChatStore {
    private static let dayMS: Int64 = 86_400_000
    /// How often all users are gone through.
    private static let roundMS: Int64 = 3_600_000
    private static let usersOfStep = 500
    /// How much older than the last visit `seen_at` may be: with each request it would be written too often.
    private static let seenMS: Int64 = 6 * 3_600_000

    /// Looks at some users, where a round of them is due, and removes what has been kept for long enough. Whichever process
    /// comes next goes on where the last one stopped.
    /// - Returns: whether there is more to look at now.
    /// - Throws: `StoreError`.
    public func applyRetention(_ rules: RetentionRules, at now: Timestamp) async throws -> Bool {
        guard rules != RetentionRules() else { return false }
        let place = try await read { connection in
            try connection.first("SELECT last_user, begun_at FROM retention WHERE id = 1") { row in
                (last: try row.int64(0), begunAt: try row.int64(1))
            }
        }
        guard let place, place.last > 0 || now.milliseconds - place.begunAt >= Self.roundMS else { return false }
        let users = try await read { connection in
            try connection.all(
                """
                SELECT id, name, created_at, seen_at FROM users WHERE id > ?1 AND name <> '/removed'
                ORDER BY id LIMIT ?2
                """, [.integer(place.last), DatabaseValue(Self.usersOfStep)]
            ) { row in
                (
                    id: try row.int64(0), name: makeOwner(try row.text(1)), createdAt: try row.int64(2),
                    seenAt: try row.int64(3)
                )
            }
        }
        for user in users {
            let guestEnd = now.milliseconds - Int64(rules.guestDays) * Self.dayMS
            if rules.guestDays > 0, Identifiers.isGuest(user.name), user.seenAt < guestEnd,
                user.seenAt - user.createdAt < Self.dayMS
            {
                _ = try await delete(user.name)
            } else if rules.conversationDays > 0 {
                let end = now.milliseconds - Int64(rules.conversationDays) * Self.dayMS
                try await removeConversations(of: user.id, before: end)
            }
        }
        let last = users.count < Self.usersOfStep ? 0 : users.last?.id ?? 0
        try await write { connection in
            try connection.run(
                "UPDATE retention SET last_user = ?1, begun_at = CASE WHEN ?3 THEN ?2 ELSE begun_at END WHERE id = 1",
                [.integer(last), .integer(now.milliseconds), DatabaseValue(place.last == 0)])
        }
        return last > 0
    }

    private func removeConversations(of user: Int64, before end: Int64) async throws {
        while true {
            let old = try await read { connection in
                try connection.all(
                    """
                    SELECT id FROM sessions WHERE user = ?1 AND updated_at < ?2 AND NOT EXISTS (
                        SELECT 1 FROM turns CROSS JOIN messages ON messages.id = turns.reply
                        WHERE turns.user = ?1 AND turns.is_open = 1 AND messages.session = sessions.id)
                    ORDER BY updated_at LIMIT 100
                    """, [.integer(user), .integer(end)]
                ) { row in try row.int64(0) }
            }
            for session in old {
                let isThere = try await write { connection in
                    let isOld = try connection.first(
                        "SELECT 1 FROM sessions WHERE id = ?1 AND user = ?2 AND updated_at < ?3",
                        [.integer(session), .integer(user), .integer(end)]
                    ) { _ in true }
                    // Somebody may have gone on with it since.
                    guard isOld == true else { return false }
                    try connection.detach(session: session)
                    return true
                }
                if isThere { try await remove(detached: session) }
            }
            if !old.isEmpty { try await forgetRemoved() }
            guard old.count == 100 else { return }
        }
    }

    public func noteSeen(_ users: [UserID], at time: Timestamp) async throws {
        let seen: [(id: Int64, at: Int64)] = try await read { connection in
            var known: [(id: Int64, at: Int64)] = []
            for user in users {
                let id = try connection.first(
                    "SELECT id FROM users WHERE name = ?1 AND seen_at < ?2",
                    [.text(user.rawValue), .integer(time.milliseconds - Self.seenMS)]
                ) { row in try row.int64(0) }
                if let id { known.append((id, time.milliseconds)) }
            }
            return known
        }
        guard !seen.isEmpty else { return }
        try await writeUnsynced { connection in
            for (id, time) in seen {
                try connection.run("UPDATE users SET seen_at = ?2 WHERE id = ?1", [.integer(id), .integer(time)])
            }
        }
    }
}
