import Scheduling

/// Looks for damage in a database while others use it.
///
/// On connections of its own, a fresh one each time: those that are in use have pages in their caches that the file may not have
/// any more. On a thread of its own, of the same priority as the others: one that the kernel lets wait while it holds a mutex of SQLite's or
/// of the allocator would let all of them wait, for seconds on a busy machine.
public struct DatabaseInspection: Sendable {
    private let path: String
    private let options: ConnectionOptions

    public init(path: String, options: ConnectionOptions = ConnectionOptions()) {
        self.path = path
        self.options = options.readOnly
    }

    /// Reads the beginning of every table and index: a few pages each, however large they are.
    /// - Throws: ``SQLiteError`` and ``DatabaseError``: damage, or why it cannot be looked for.
    public func glance() async throws {
        try await onThread { connection in
            // A table without row numbers is the index of its key. A partial index cannot be asked for by its name alone.
            let ways = try connection.all(
                """
                SELECT tbl_name, CASE WHEN type = 'index' THEN name
                    WHEN sql LIKE '%WITHOUT ROWID%' THEN 'sqlite_autoindex_' || tbl_name || '_1' END
                FROM sqlite_schema
                WHERE rootpage > 0 AND (type = 'table' OR type = 'index' AND coalesce(sql, '') NOT LIKE '% WHERE %')
                """
            ) { row in (table: try row.text(0), index: row.isNull(1) ? nil : try row.text(1)) }
            for (table, index) in ways {
                let way = index.map { "INDEXED BY \(quoted($0))" } ?? "NOT INDEXED"
                _ = try connection.first("SELECT 1 FROM \(quoted(table)) \(way) LIMIT 1") { row in try row.int(0) }
            }
        }
    }

    /// Reads every page of every table and index (`PRAGMA quick_check`), a table at a time: what is written meanwhile need not wait
    /// in the write-ahead log longer than one of them takes.
    /// - Throws: as `glance()`; `CancellationError` between two tables.
    public func check() async throws {
        for table in try await onThread(Self.tables) {
            try Task.checkCancellation()
            try await onThread { connection in
                let faults = try connection.all("PRAGMA quick_check(\(quoted(table)))") { row in try row.text(0) }
                // One that was dropped meanwhile has no row.
                guard faults.allSatisfy({ $0 == "ok" }) else {
                    throw DatabaseError.damaged("\(table): \(faults.prefix(3).joined(separator: "; "))")
                }
            }
        }
    }

    /// Those that lie in pages; the tables behind a virtual one do.
    private static func tables(_ connection: Connection) throws -> [String] {
        try connection.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name") {
            row in
            try row.text(0)
        }
    }

    private func onThread<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.start(name: "sqlite-check") {
                continuation.resume(with: Swift.Result { try body(try Connection(path: path, options: options)) })
            }
        }
    }
}
