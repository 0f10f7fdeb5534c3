/// One named step of a schema. Once released, a migration is never changed: a new one is added at the end of the list.
public struct Migration: Sendable {
    /// Unique in its list, such as `001 chats`.
    public let name: String
    let apply: @Sendable (Connection) throws -> Void

    /// Runs in a transaction of its own; must not begin or end one.
    public init(_ name: String, _ apply: @escaping @Sendable (Connection) throws -> Void) {
        self.name = name
        self.apply = apply
    }

    public init(_ name: String, sql: String) {
        self.init(name) { connection in try connection.execute(sql) }
    }
}

/// The schema of one kind of database file: its mark and its migrations in order.
public struct Schema: Sendable {
    /// Marks the file as this program's (https://sqlite.org/pragma.html#pragma_application_id); not 0.
    public let applicationID: Int32
    public let migrations: [Migration]

    public init(applicationID: Int32, migrations: [Migration]) {
        precondition(applicationID != 0, "0 is the mark of a file without one")
        precondition(Set(migrations.map(\.name)).count == migrations.count, "two migrations of one name")
        self.applicationID = applicationID
        self.migrations = migrations
    }
}

extension Connection {
    /// Brings the database to `schema` and returns the names of the migrations that were applied now.
    ///
    /// Each runs in one transaction together with its row in `schema_migrations`, so a crash leaves whole steps only, and
    /// of two processes that start together one applies a step and the other finds it done. A database that is up to date is
    /// only read: nobody who writes to it holds up a start.
    ///
    /// Throws ``DatabaseError``: `foreignDatabase` for a file with another program's mark, or with tables and no mark;
    /// `unknownMigrations` for a file a newer program has migrated; `migrationOrder` when the list was reordered.
    @discardableResult
    public func migrate(to schema: Schema) throws -> [String] {
        if try snapshot({ try checkMark(schema) && recordedMigrations(of: schema) == schema.migrations.count }) {
            return []
        }
        try claim(schema)
        var applied: [String] = []
        while let name = try transaction({ try applyNext(of: schema) }) {
            applied.append(name)
        }
        return applied
    }

    /// Whether the file is one of `schema`, in this version or an earlier one. Inside a transaction, or by itself.
    ///
    /// Throws as ``migrate(to:)``, and ``DatabaseError`` `damaged` when there is nothing in it.
    public func checkIdentity(_ schema: Schema) throws {
        guard try checkMark(schema) else { throw DatabaseError(.damaged, "The database is empty.") }
        _ = try recordedMigrations(of: schema)
    }

    private func claim(_ schema: Schema) throws {
        try transaction {
            if try checkMark(schema) { return }
            // A pragma takes no placeholder.
            try execute("PRAGMA application_id = \(schema.applicationID)")
            try execute(
                """
                CREATE TABLE schema_migrations (
                    position INTEGER PRIMARY KEY,
                    name TEXT NOT NULL UNIQUE,
                    applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
                ) STRICT
                """)
        }
    }

    /// True when the file has this schema's mark, false when it is empty.
    @discardableResult
    private func checkMark(_ schema: Schema) throws -> Bool {
        let mark = try first("PRAGMA application_id") { row in try row.int64(0) } ?? 0
        if mark == Int64(schema.applicationID) { return true }
        let tables = try first("SELECT count(*) FROM sqlite_schema") { row in try row.int64(0) } ?? 0
        guard mark == 0, tables == 0 else {
            throw DatabaseError(
                .foreignDatabase,
                "The file is a database of another program (application_id \(mark)). Name another file.")
        }
        return false
    }

    private func applyNext(of schema: Schema) throws -> String? {
        let count = try recordedMigrations(of: schema)
        guard count < schema.migrations.count else { return nil }
        let migration = schema.migrations[count]
        try migration.apply(self)
        try run(
            "INSERT INTO schema_migrations (position, name) VALUES (?1, ?2)",
            [.integer(Int64(count + 1)), .text(migration.name)])
        return migration.name
    }

    /// How many migrations are recorded: a prefix of the schema's list, or an error.
    private func recordedMigrations(of schema: Schema) throws -> Int {
        let recorded = try all("SELECT name FROM schema_migrations ORDER BY position") { row in try row.text(0) }
        let names = schema.migrations.map(\.name)
        let unknown = recorded.filter { !names.contains($0) }
        guard unknown.isEmpty else {
            throw DatabaseError(
                .unknownMigrations(unknown),
                "The database was written by a newer version of this program; it has the migrations "
                    + unknown.joined(separator: ", ") + ", which this version does not know. Run the newer version.")
        }
        guard names.starts(with: recorded) else {
            throw DatabaseError(
                .migrationOrder,
                "The database's migrations are in another order than this program's: "
                    + recorded.joined(separator: ", "))
        }
        return recorded.count
    }
}
