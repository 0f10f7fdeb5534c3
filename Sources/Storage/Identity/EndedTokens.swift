// Tokens that were ended, keys for programs, a guest who becomes a user.

public import Chat
import SQLite

/// Tokens that hold no more before their time.
enum EndedTokens {
    static let migration = Migration(
        "009 ended tokens",
        sql: """
            -- Digests, until the token would have ended anyway.
            CREATE TABLE ended_tokens (token BLOB PRIMARY KEY, kept_until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            CREATE INDEX ended_tokens_old ON ended_tokens (kept_until);

            -- How often all tokens of a user were ended. The user is a digest too, and need not be among the users (any more).
            CREATE TABLE token_generations (
                user BLOB PRIMARY KEY,
                generation INTEGER NOT NULL,
                ended_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX token_generations_old ON token_generations (ended_at);
            """)

    static let ofLate = Migration(
        "013 endings",
        sql: """
            -- What was ended of late, for the streams that are open with it in whichever process.
            CREATE TABLE endings (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                digest BLOB NOT NULL,
                ended_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX endings_latest ON endings (ended_at);

            ALTER TABLE service_keys ADD COLUMN used_at INTEGER;
            -- What the log has of the key: 1 that it was made, 2 that it was taken back.
            ALTER TABLE service_keys ADD COLUMN logged INTEGER NOT NULL DEFAULT 0;
            UPDATE service_keys SET logged = 1 + (revoked_at IS NOT NULL);
            CREATE INDEX service_keys_unlogged ON service_keys (id) WHERE logged < 1 + (revoked_at IS NOT NULL);
            """)

    /// How long endings are kept: longer than a process takes to see them.
    fileprivate static let endingsMS: Int64 = 3_600_000

    /// The longest that a token can be made for (`chat-fcgi token --ttl 3650d`), and a day.
    static let longestLifeMS: Int64 = 3651 * 86_400_000
}

extension SQLiteChatStore: TokenStore {
    public func standing(ofToken token: [UInt8], user: [UInt8]) async throws -> TokenStanding {
        try await lookUp { connection in
            try connection.first(
                """
                SELECT EXISTS (SELECT 1 FROM ended_tokens WHERE token = ?1),
                    (SELECT generation FROM token_generations WHERE user = ?2),
                    (SELECT ended_at FROM token_generations WHERE user = ?2)
                """, [.blob(token), .blob(user)]
            ) { row in
                TokenStanding(
                    isEnded: try row.bool(0), generation: Int(try row.optionalInt64(1) ?? 0),
                    endedAt: try row.optionalInt64(2).map { Timestamp(milliseconds: $0) })
            } ?? TokenStanding()
        }
    }

    public func end(token: [UInt8], usableUntil time: Timestamp) async throws {
        try await write { connection in
            try connection.run(
                "DELETE FROM ended_tokens WHERE kept_until < ?1", [.integer(Timestamp.now().milliseconds)])
            try connection.run(
                """
                INSERT INTO ended_tokens (token, kept_until) VALUES (?1, ?2)
                ON CONFLICT (token) DO UPDATE SET kept_until = max(kept_until, excluded.kept_until)
                """, [.blob(token), .integer(time.milliseconds)])
            try connection.noteEnding(of: token, at: .now())
        }
    }

    public func endTokens(ofUser user: [UInt8], at time: Timestamp) async throws -> Int {
        try await write { connection in
            try connection.run(
                "DELETE FROM token_generations WHERE ended_at < ?1",
                [.integer(time.milliseconds - EndedTokens.longestLifeMS)])
            try connection.noteEnding(of: user, at: .now())
            return try connection.first(
                """
                INSERT INTO token_generations (user, generation, ended_at) VALUES (?1, 1, ?2)
                ON CONFLICT (user) DO UPDATE SET generation = generation + 1, ended_at = max(ended_at, excluded.ended_at)
                RETURNING generation
                """, [.blob(user), .integer(time.milliseconds)]
            ) { row in try row.int(0) } ?? 0
        }
    }

    public func endings(since time: Timestamp) async throws -> [TokenEnding] {
        try await read { connection in
            try connection.all(
                "SELECT number, digest FROM endings WHERE ended_at >= ?1 ORDER BY ended_at, number",
                [.integer(time.milliseconds)]
            ) { row in TokenEnding(number: try row.int64(0), digest: try row.blob(1)) }
        }
    }
}

extension Connection {
    /// Tells those who have something open with what was ended.
    func noteEnding(of digest: [UInt8], at time: Timestamp) throws {
        try run("DELETE FROM endings WHERE ended_at < ?1", [.integer(time.milliseconds - EndedTokens.endingsMS)])
        try run(
            "INSERT INTO endings (digest, ended_at) VALUES (?1, ?2)", [.blob(digest), .integer(time.milliseconds)])
    }
}
