public import Chat
public import Ownership
import SQLite

/// Live objects in a database of their own, which all processes of an installation share.
///
/// Apart from the chats, because these are synced at every commit, and live objects, which nobody misses after half a minute,
/// should not wait for a disk.
public final class SQLiteLiveStore: LiveStore {
    /// How long an expired object stays, so that every process sees it go, in milliseconds.
    private static let afterlifeMS: Int64 = 5_000
    /// What is missed for half a minute at most is not worth a long wait for a process that was stopped while it wrote.
    private static let lockPatience = Duration.seconds(2)

    private let writer: DatabaseWriter
    private let readers: DatabaseReaders
    private let lookups: LookupConnection
    private let followers: FollowerTable

    /// Opens or makes the database. Blocks: call it at start.
    /// - Parameters:
    ///   - path: of the file, such as `var/live.db`; its folder must exist.
    ///   - survivesPowerLoss: whether the file is whole after one. That costs a sync each time the log is copied, which all
    ///     who put something wait for.
    /// - Throws: `StoreError`.
    public init(path: String, survivesPowerLoss: Bool) throws(StoreError) {
        var options = ConnectionOptions()
        options.synchronous = survivesPowerLoss ? .normal : .off
        options.cacheBytes = 1 << 20
        options.logLimitBytes = 1 << 20
        followers = FollowerTable(path: path + "-followers")
        lookups = LookupConnection(path: path)
        do {
            var limits = DatabaseWriter.Limits()
            limits.lockPatience = Self.lockPatience
            writer = try DatabaseWriter(path: path, schema: Self.schema, options: options, limits: limits)
            readers = try DatabaseReaders(path: path, options: options, threads: 1)
        } catch {
            throw StoreError(error)
        }
    }

    /// Finishes what waits and closes the file. Later calls throw `StoreError` `unavailable`.
    public func close() async {
        lookups.close()
        await readers.close()
        await writer.close()
    }

    public func hasChanged() -> Bool { lookups.hasChanged() }

    public func put(_ object: LiveObject, in place: LivePlace, limit: Int) async throws -> Bool {
        try await write { connection in
            let others = try connection.first(
                """
                SELECT count(*) FROM objects
                WHERE user = ?1 AND session = ?2 AND expires_at > ?3 AND NOT (kind = ?4 AND client = ?5)
                """,
                [
                    .text(place.user.rawValue), .text(place.session.rawValue),
                    .integer(object.updatedAt.milliseconds), .text(object.key.kind.rawValue), .text(object.key.client),
                ]
            ) { row in try row.int(0) }
            guard (others ?? 0) < limit else { return false }
            try connection.run(
                """
                INSERT INTO objects (user, session, kind, client, data, updated_at, expires_at, sequence)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                ON CONFLICT (user, session, kind, client) DO UPDATE SET data = excluded.data,
                    updated_at = excluded.updated_at, expires_at = excluded.expires_at, sequence = excluded.sequence
                """,
                [
                    .text(place.user.rawValue), .text(place.session.rawValue), .text(object.key.kind.rawValue),
                    .text(object.key.client), .text(String(decoding: object.data, as: UTF8.self)),
                    .integer(object.updatedAt.milliseconds), .integer(object.expiresAt.milliseconds),
                    .integer(try connection.nextSequence()),
                ])
            return true
        }
    }

    public func remove(_ key: LiveKey, from place: LivePlace) async throws {
        try await write { connection in
            try connection.run(
                """
                UPDATE objects SET data = '{}', expires_at = ?5, sequence = ?6
                WHERE user = ?1 AND session = ?2 AND kind = ?3 AND client = ?4
                """,
                [
                    .text(place.user.rawValue), .text(place.session.rawValue), .text(key.kind.rawValue),
                    .text(key.client), .integer(Timestamp.now().milliseconds),
                    .integer(try connection.nextSequence()),
                ])
        }
    }

    public func removeAll(of user: UserID, in session: SessionID?) async throws {
        let isSomething = try await write { connection in
            try connection.run(
                """
                UPDATE objects SET data = '{}', expires_at = ?3, sequence = ?4
                WHERE user = ?1 AND (?2 IS NULL OR session = ?2)
                """,
                [
                    .text(user.rawValue), DatabaseValue(session?.rawValue), .integer(Timestamp.now().milliseconds),
                    .integer(try connection.nextSequence()),
                ])
            return connection.changes > 0
        }
        if isSomething { try await cutLog() }
    }

    public func objects(in place: LivePlace) async throws -> (changes: [LiveChange], last: Int64) {
        try await read { connection in
            let changes = try connection.all(
                "SELECT \(LiveChange.columns) FROM objects WHERE user = ?1 AND session = ?2 AND expires_at > ?3",
                [
                    .text(place.user.rawValue), .text(place.session.rawValue),
                    .integer(Timestamp.now().milliseconds),
                ]
            ) { row in try LiveChange(row) }
            let last = try connection.first("SELECT last FROM sequences WHERE id = 1") { row in try row.int64(0) }
            return (changes.compactMap { $0 }.sorted { $0.sequence < $1.sequence }, last ?? 0)
        }
    }

    public func changes(after last: Int64) async throws -> [LiveChange] {
        try await read { connection in
            try connection.all(
                "SELECT \(LiveChange.columns) FROM objects WHERE sequence > ?1 ORDER BY sequence LIMIT 1000",
                [.integer(last)]
            ) { row in try LiveChange(row) }.compactMap { $0 }
        }
    }

    public func expectChanges(of user: UserID, until time: Timestamp) { followers.extend(user, until: time) }

    public func mayBeExpectingChanges(of user: UserID, at now: Timestamp) -> Bool {
        followers.mayWait(for: user, at: now)
    }

    public func dropExpired() async throws {
        let isSomething = try await write { connection in
            try connection.run(
                "DELETE FROM objects WHERE expires_at < ?1",
                [.integer(Timestamp.now().milliseconds - Self.afterlifeMS)])
            return connection.changes > 0
        }
        if isSomething { try await cutLog() }
    }

    private func cutLog() async throws(StoreError) {
        do {
            // When readers are in the way, the next one does it.
            _ = try await writer.cutLog()
        } catch {
            throw StoreError(error)
        }
    }

    private func write<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        do { return try await writer.write(body) } catch { throw StoreError(error) }
    }

    private func read<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        do { return try await readers.read(body) } catch { throw StoreError(error) }
    }

    private static let schema = Schema(
        // "Live" in ASCII.
        applicationID: 0x4C69_7665,
        migrations: [
            Migration(
                "001 live objects",
                sql: """
                    CREATE TABLE objects (
                        user TEXT NOT NULL,
                        session TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        client TEXT NOT NULL,
                        data TEXT NOT NULL,
                        updated_at INTEGER NOT NULL,
                        expires_at INTEGER NOT NULL,
                        sequence INTEGER NOT NULL,
                        PRIMARY KEY (user, session, kind, client)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX objects_changed ON objects (sequence);
                    CREATE INDEX objects_expiring ON objects (expires_at);

                    -- Not the greatest number in `objects`: that falls when the object is dropped.
                    CREATE TABLE sequences (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL) STRICT;
                    INSERT INTO sequences (id, last) VALUES (1, 0);
                    """)
        ])
}

extension Connection {
    fileprivate func nextSequence() throws -> Int64 {
        try first("UPDATE sequences SET last = last + 1 WHERE id = 1 RETURNING last") { row in try row.int64(0) } ?? 0
    }
}

extension LiveChange {
    fileprivate static let columns = "user, session, kind, client, data, updated_at, expires_at, sequence"

    /// Nil for a kind that only a later version knows.
    fileprivate init?(_ row: borrowing Row) throws {
        guard let kind = LiveKind(rawValue: try row.text(2)) else { return nil }
        self.init(
            place: LivePlace(
                user: makeOwner(try row.text(0)), session: SessionID(rawValue: try row.text(1))),
            object: LiveObject(
                key: LiveKey(kind: kind, client: try row.text(3)), data: Array(try row.text(4).utf8),
                updatedAt: Timestamp(milliseconds: try row.int64(5)),
                expiresAt: Timestamp(milliseconds: try row.int64(6))),
            sequence: try row.int64(7))
    }
}
