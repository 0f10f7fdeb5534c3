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

    /// The longest that a token can be made for (`chat-fcgi token --ttl 3650d`), and a day.
    static let longestLifeMS: Int64 = 3651 * 86_400_000
}

extension SQLiteChatStore: TokenStore {
    public func standing(ofToken token: [UInt8], user: [UInt8]) async throws -> TokenStanding {
        try await read { connection in
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
        }
    }

    public func endTokens(ofUser user: [UInt8], at time: Timestamp) async throws -> Int {
        try await write { connection in
            try connection.run(
                "DELETE FROM token_generations WHERE ended_at < ?1",
                [.integer(time.milliseconds - EndedTokens.longestLifeMS)])
            return try connection.first(
                """
                INSERT INTO token_generations (user, generation, ended_at) VALUES (?1, 1, ?2)
                ON CONFLICT (user) DO UPDATE SET generation = generation + 1, ended_at = max(ended_at, excluded.ended_at)
                RETURNING generation
                """, [.blob(user), .integer(time.milliseconds)]
            ) { row in try row.int(0) } ?? 0
        }
    }
}
