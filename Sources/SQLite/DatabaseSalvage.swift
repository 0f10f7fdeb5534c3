import CSQLite
import Substrings

/// What can still be read of a damaged database, in a new one.
///
/// Table by table and row by row, from both ends of what cannot be read: a damaged page costs the rows that lie in it. It needs the
/// database's own list of tables, in its first page. (SQLite's recovery extension, sqlite.org/recovery.html, would also do without;
/// libsqlite3 does not have it.)
public struct DatabaseSalvage {
    /// What became of a table.
    public struct Table: Sendable {
        public let name: String
        /// Rows of the new database.
        public var rows = 0
        /// Places where reading failed, each a row or a page of them.
        public var gaps = 0
        /// Rows that were read and contradict the table's rules, such as a text where a number must be.
        public var rejected = 0
        /// Rows that were read and belong to one that is lost.
        public var orphans = 0
        /// Whether the search for readable rows was given up.
        public var isGivenUp = false

        public var isWhole: Bool { gaps == 0 && rejected == 0 && orphans == 0 && !isGivenUp }
    }

    /// Failed reads after which the rest of a table is skipped.
    private static let gapLimit = 20_000

    private let source: Connection
    private let schema: Schema

    /// Opens the database at `path` for reading.
    ///
    /// Throws ``SQLiteError`` and ``DatabaseError``, when it is none of `schema`, or not even its list of tables can be read.
    public init(of path: String, schema: Schema) throws {
        source = try Connection(path: path, options: ConnectionOptions().readOnly)
        var count = schema.migrations.count
        do {
            try source.checkIdentity(schema)
            // As far as it was migrated: rows of then fit the tables of then.
            count = try source.first("SELECT count(*) FROM schema_migrations") { row in try row.int(0) } ?? count
        } catch let error as SQLiteError where error.code.primary == .corrupt {
            // What is left of the list of tables is enough, or there is nothing to go by.
            _ = try source.first("SELECT count(*) FROM sqlite_schema") { row in try row.int(0) }
        }
        self.schema = Schema(applicationID: schema.applicationID, migrations: Array(schema.migrations.prefix(count)))
    }

    /// Writes the new database, which is checked and readable by its owner alone.
    ///
    /// - Parameters:
    ///   - path: must not exist; its folder must. What it has become when this throws is for the caller to remove.
    ///   - finish: makes anew what is worked out from the tables, such as a full-text index.
    ///   - progress: called with a table's name and the rows so far. An error it throws ends the work.
    /// - Returns: the tables in the order of their names.
    public func write(
        to path: String, finish: (Connection) throws -> Void,
        progress: @escaping (_ table: String, _ rows: Int) throws -> Void = { _, _ in }
    ) throws -> [Table] {
        let target = try Connection(path: path, options: .salvage)
        try target.execute("PRAGMA journal_mode = MEMORY")
        try target.migrate(to: schema)
        var tables: [Table] = []
        try target.transaction {
            for name in try target.ownTables() {
                let copier = try TableCopier(name, from: source, to: target, gapLimit: Self.gapLimit) { rows in
                    try progress(name, rows)
                }
                tables.append(try copier.run())
            }
            try target.removeOrphans { name, count in
                guard let index = tables.firstIndex(where: { $0.name == name }) else { return }
                tables[index].orphans += count
                tables[index].rows -= count
            }
            try finish(target)
        }
        try target.execute("PRAGMA journal_mode = DELETE")
        try target.check(schema) { _ in try progress("", 0) }
        return tables
    }
}

/// Copies what can be read of one table.
private final class TableCopier {
    private let source: Connection
    private let insertion: Statement
    private let columns: String
    private let hasRowID: Bool
    private let key: String
    private let gapLimit: Int
    private let progress: (Int) throws -> Void
    private var table: DatabaseSalvage.Table
    /// The new database could not be written.
    private var failure: SQLiteError?

    init(
        _ name: String, from source: Connection, to target: Connection, gapLimit: Int,
        progress: @escaping (Int) throws -> Void
    ) throws {
        self.source = source
        self.gapLimit = gapLimit
        self.progress = progress
        table = DatabaseSalvage.Table(name: name)
        let info = try target.all("SELECT name, pk FROM pragma_table_info(?1)", [.text(name)]) { row in
            (name: quoted(try row.text(0)), place: try row.int(1))
        }
        let sql = try target.first("SELECT sql FROM sqlite_schema WHERE name = ?1", [.text(name)]) { row in
            try row.text(0)
        }
        hasRowID = !(sql ?? "").uppercased().contains("WITHOUT ROWID")
        columns = info.map(\.name).joined(separator: ", ")
        key = info.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name).joined(separator: ", ")
        let places = info.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        // What a migration has put into a new database gives way to what was there.
        insertion = try target.statement("INSERT OR REPLACE INTO \(quoted(name)) (\(columns)) VALUES (\(places))")
    }

    func run() throws -> DatabaseSalvage.Table {
        if hasRowID {
            try copy(from: .min, through: .max)
        } else if try !read("ORDER BY \(key)") {
            table.gaps += 1
            // The rest, from the other end; what is read twice is written once.
            _ = try read("ORDER BY " + key.split(separator: ",").map { "\($0) DESC" }.joined(separator: ", "))
        }
        return table
    }

    /// Reads what lies between two row numbers: up, down, and then each half of what is left.
    private func copy(from low: Int64, through high: Int64) throws {
        guard table.gaps < gapLimit else {
            table.isGivenUp = true
            return
        }
        var first = low
        if try read("WHERE rowid BETWEEN \(low) AND \(high) ORDER BY rowid", { first = $0 == .max ? $0 : $0 + 1 }) {
            return
        }
        table.gaps += 1
        var last = high
        if try read("WHERE rowid BETWEEN \(first) AND \(high) ORDER BY rowid DESC", { last = $0 - 1 }) { return }
        guard first < last else { return }
        // Without overflow, from the least number to the greatest.
        let middle = (first >> 1) + (last >> 1) + (first & last & 1)
        try copy(from: first, through: middle)
        if middle < last { try copy(from: middle + 1, through: last) }
    }

    /// - Parameter passed: told of each row's number once it is dealt with.
    /// - Returns: false when something could not be read.
    private func read(_ rest: String, _ passed: (Int64) -> Void = { _ in }) throws -> Bool {
        do {
            let statement = try source.statement(
                "SELECT \(hasRowID ? "rowid, " : "")\(columns) FROM \(quoted(table.name)) \(rest)")
            try statement.scan { row in
                let start = hasRowID ? 1 : 0
                let values = (start..<row.count).map { row.value($0) }
                try put(values)
                if hasRowID { passed(try row.int64(0)) }
                return true
            }
            return true
        } catch let error as SQLiteError
            where failure == nil && (error.isCorrupt || error.isIO || error.code.primary == .error)
        {
            return false
        }
    }

    private func put(_ values: [DatabaseValue]) throws {
        do {
            try insertion.run(values)
            table.rows += 1
        } catch let error where error.code.primary == .constraint || error.code.primary == .mismatch {
            table.rejected += 1
        } catch {
            failure = error
            throw error
        }
        if (table.rows + table.rejected) % 1_000 == 0 { try progress(table.rows) }
    }
}

extension Connection {
    /// Tables with rows of their own: not the virtual ones, nor those behind them, nor SQLite's.
    fileprivate func ownTables() throws -> [String] {
        let virtual = try all("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage = 0") { row in
            try row.text(0)
        }
        return try all(
            """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            AND name <> 'schema_migrations' ORDER BY name
            """
        ) { row in try row.text(0) }.filter { name in !virtual.contains { name.hasPrefix($0 + "_") } }
    }

    /// Removes rows that belong to one that is not there, and then those that belonged to them.
    fileprivate func removeOrphans(_ tell: (_ table: String, _ count: Int) -> Void) throws {
        let keys = try ownTables().flatMap { table in
            try all(#"SELECT "table", "from", coalesce("to", '') FROM pragma_foreign_key_list(?1)"#, [.text(table)]) {
                row in
                (table: table, parent: try row.text(0), column: try row.text(1), key: try row.text(2))
            }
        }
        var isDone = false
        while !isDone {
            isDone = true
            for key in keys {
                let parentKey = key.key.isEmpty ? "rowid" : quoted(key.key)
                try run(
                    """
                    DELETE FROM \(quoted(key.table)) WHERE \(quoted(key.column)) IS NOT NULL
                    AND \(quoted(key.column)) NOT IN (SELECT \(parentKey) FROM \(quoted(key.parent)))
                    """)
                let count = try first("SELECT changes()") { row in try row.int(0) } ?? 0
                if count > 0 {
                    tell(key.table, count)
                    isDone = false
                }
            }
        }
    }
}

extension Row {
    /// Whatever the column holds.
    fileprivate func value(_ column: Int) -> DatabaseValue {
        switch sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, Int32(column)))
        case SQLITE_FLOAT: .real(sqlite3_column_double(handle, Int32(column)))
        case SQLITE_TEXT: (try? text(column)).map { .text($0) } ?? .null
        case SQLITE_BLOB: (try? blob(column)).map { .blob($0) } ?? .null
        default: .null
        }
    }
}

extension ConnectionOptions {
    fileprivate static var salvage: ConnectionOptions {
        var options = ConnectionOptions()
        options.usesWriteAheadLog = false
        options.enforcesForeignKeys = false
        options.synchronous = .off
        return options
    }
}

/// A name of a table or column as SQL has it.
func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
