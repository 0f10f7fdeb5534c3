public import Chat
import SQLite

/// Keys of programs.
enum ServiceKeys {
    static let migration = Migration(
        "010 service keys",
        sql: """
            CREATE TABLE service_keys (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                -- Of the whole key, whose half is random: SHA-256.
                digest BLOB NOT NULL,
                streams INTEGER NOT NULL,
                requests_per_minute INTEGER NOT NULL,
                tokens_per_day INTEGER NOT NULL,
                acts_for_users INTEGER NOT NULL,
                created_at INTEGER NOT NULL,
                revoked_at INTEGER
            ) STRICT, WITHOUT ROWID;
            -- A name can be given again once its key was taken back.
            CREATE UNIQUE INDEX service_keys_named ON service_keys (name) WHERE revoked_at IS NULL;
            """)

    static let columns = """
        id, name, digest, streams, requests_per_minute, tokens_per_day, acts_for_users, created_at, revoked_at, used_at
        """
}

extension SQLiteChatStore: ServiceKeyStore {
    public func serviceKey(_ id: String) async throws -> (key: ServiceKey, digest: [UInt8])? {
        try await lookUp { connection in
            try connection.first("SELECT \(ServiceKeys.columns) FROM service_keys WHERE id = ?1", [.text(id)]) { row in
                (try ServiceKey(row), try row.blob(2))
            }
        }
    }

    /// Every key, oldest first, those that were taken back included.
    /// - Throws: `StoreError`.
    public func serviceKeys() async throws -> [ServiceKey] {
        try await read { connection in
            try connection.all("SELECT \(ServiceKeys.columns) FROM service_keys ORDER BY created_at, id") { row in
                try ServiceKey(row)
            }
        }
    }

    /// Keeps a new key.
    /// - Returns: false when a key of this name holds.
    /// - Throws: `StoreError`.
    public func add(_ key: ServiceKey, digest: [UInt8]) async throws -> Bool {
        try await write { connection in
            let isTaken = try connection.first(
                "SELECT 1 FROM service_keys WHERE name = ?1 AND revoked_at IS NULL", [.text(key.name)]
            ) { _ in true }
            guard isTaken == nil else { return false }
            try connection.run(
                """
                INSERT INTO service_keys (\(ServiceKeys.columns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL)
                """,
                [
                    .text(key.id), .text(key.name), .blob(digest), DatabaseValue(key.limits.streams),
                    DatabaseValue(key.limits.requestsPerMinute), DatabaseValue(key.limits.tokensPerDay),
                    .integer(key.actsForUsers ? 1 : 0), .integer(key.createdAt.milliseconds),
                ])
            return true
        }
    }

    /// Takes keys back, at once for all processes.
    /// - Parameter word: the name or the identifier of a key that holds.
    /// - Returns: whether there was one.
    /// - Throws: `StoreError`.
    public func revokeServiceKey(_ word: String, at time: Timestamp) async throws -> Bool {
        try await write { connection in
            let revoked = try connection.all(
                "UPDATE service_keys SET revoked_at = ?2 WHERE (id = ?1 OR name = ?1) AND revoked_at IS NULL RETURNING id",
                [.text(word), .integer(time.milliseconds)]
            ) { row in try row.text(0) }
            for id in revoked { try connection.noteEnding(of: ServiceKey.digest(ofID: id), at: .now()) }
            return !revoked.isEmpty
        }
    }

    public func noteUse(ofServiceKey id: String, at time: Timestamp) async throws -> Bool {
        try await write { connection in
            try connection.run(
                "UPDATE service_keys SET used_at = ?2 WHERE id = ?1 AND used_at IS NULL",
                [.text(id), .integer(time.milliseconds)])
            return connection.changes > 0
        }
    }

    /// What the operator's commands did to keys since the last call in any process.
    /// - Returns: keys' identifiers, and whether the key was taken back.
    /// - Throws: `StoreError`.
    public func takeUnloggedKeys() async throws -> [(id: String, isRevoked: Bool)] {
        let condition = "logged < 1 + (revoked_at IS NOT NULL)"
        let isAny = try await read { connection in
            try connection.first("SELECT 1 FROM service_keys WHERE \(condition) LIMIT 1") { _ in true }
        }
        guard isAny != nil else { return [] }
        return try await write { connection in
            let keys = try connection.all(
                "SELECT id, logged, revoked_at IS NOT NULL FROM service_keys WHERE \(condition)"
            ) { row in (id: try row.text(0), logged: try row.int(1), isRevoked: try row.bool(2)) }
            try connection.run(
                "UPDATE service_keys SET logged = 1 + (revoked_at IS NOT NULL) WHERE \(condition)")
            return keys.flatMap { key in
                (key.logged == 0 ? [(id: key.id, isRevoked: false)] : [])
                    + (key.isRevoked ? [(id: key.id, isRevoked: true)] : [])
            }
        }
    }
}

extension ServiceKey {
    /// - Parameter row: with `ServiceKeys.columns`.
    fileprivate init(_ row: borrowing Row) throws {
        self.init(
            id: try row.text(0), name: try row.text(1),
            limits: UserLimits(
                streams: try row.int(3), requestsPerMinute: try row.int(4), tokensPerDay: try row.int(5)),
            actsForUsers: try row.bool(6), createdAt: Timestamp(milliseconds: try row.int64(7)),
            revokedAt: try row.optionalInt64(8).map { Timestamp(milliseconds: $0) },
            usedAt: try row.optionalInt64(9).map { Timestamp(milliseconds: $0) })
    }
}
