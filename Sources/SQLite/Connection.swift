import CSQLite
import Glibc
import Scheduling

/// One connection to one database file. Not Sendable: it stays on the thread that uses it, so SQLite's own mutex is
/// left out (SQLITE_OPEN_NOMUTEX, https://sqlite.org/threadsafe.html).
public final class Connection {
    let handle: OpaquePointer
    private var cache: [SQLText: Statement] = [:]
    private let cachedStatements: Int
    private let patience: LockPatience
    private let busyTimeout: Duration

    /// Opens the file and sets the connection up.
    ///
    /// Waits its turn where others open the same file, for up to the busy timeout.
    ///
    /// Throws ``SQLiteError``: `cannotOpen` when the file or its folder is missing or forbidden, `notADatabase` for a
    /// file of another kind, busy when another connection kept the file locked for longer.
    public init(path: String, options: ConnectionOptions = ConnectionOptions()) throws(SQLiteError) {
        if options.access == .create { createPrivately(path) }
        // EXRESCODE: extended result codes from the first call on.
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch options.access {
        case .readOnly: flags |= SQLITE_OPEN_READONLY
        case .readWrite: flags |= SQLITE_OPEN_READWRITE
        case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags, options.vfs)
        guard code == SQLITE_OK, let opened else {
            // A failed open still leaves a handle that has the message and must be closed.
            let error = lastError(opened, code, sql: nil)
            sqlite3_close_v2(opened)
            throw SQLiteError(code: error.code, message: FileOwner.refusal(of: path) ?? "\(error.message): \(path)")
        }
        handle = opened
        cachedStatements = options.cachedStatements
        busyTimeout = options.busyTimeout
        patience = LockPatience(of: opened, limit: options.busyTimeout)
        try configure(options)
    }

    deinit {
        cache.removeAll()
        patience.remove(from: handle)
        // v2: a statement somebody still holds keeps the handle until it is gone, instead of failing here unheard.
        sqlite3_close_v2(handle)
    }

    /// Runs all statements of a text, which have no placeholders; rows are passed over. For schemas and pragmas.
    /// Stops at the first that fails and throws its error.
    public func execute(_ sql: String) throws(SQLiteError) {
        var copy = sql
        let failure: SQLiteError? = copy.withUTF8 { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                var statement: OpaquePointer?
                let (code, consumed) = prepareNext(handle, rest, persistent: false, into: &statement)
                guard code == SQLITE_OK else {
                    // Not what comes after the statement.
                    let statement = rest.prefix { $0 != UInt8(ascii: ";") }
                    return lastError(handle, code, sql: String(decoding: statement, as: UTF8.self))
                }
                rest = rest.dropFirst(consumed)
                guard let statement else { continue }
                defer { sqlite3_finalize(statement) }
                var step = sqlite3_step(statement)
                while step == SQLITE_ROW { step = sqlite3_step(statement) }
                guard step == SQLITE_DONE else { return lastError(handle, step, sql: sqlText(statement)) }
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// A prepared statement for `sql`, from the cache when it is there and free. `sql` must be a text written in the
    /// program: values belong in placeholders.
    public func statement(_ sql: String) throws(SQLiteError) -> Statement {
        let key = SQLText(sql)
        if let cached = cache[key] {
            return cached.isInUse ? try Statement(connection: handle, sql: sql, persistent: false) : cached
        }
        let statement = try Statement(connection: handle, sql: sql, persistent: true)
        if cachedStatements > 0 {
            // Full only when a program composes its statements; any one may go then.
            if cache.count >= cachedStatements, let victim = cache.first(where: { !$0.value.isInUse })?.key {
                cache[victim] = nil
            }
            cache[key] = statement
        }
        return statement
    }

    /// Rows changed by the last INSERT, UPDATE or DELETE of this connection, without triggers and cascades.
    public var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Rows changed by all statements of this connection so far, those within virtual tables included.
    public var totalChanges: Int { Int(sqlite3_total_changes64(handle)) }

    /// Texts of the statements in the cache: what this connection has run.
    var cachedSQL: [String] { cache.keys.map(\.text) }

    /// The rowid of the last row this connection inserted; 0 when there was none.
    public var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Whether a transaction is open. Some errors (disk full, I/O) end one without being asked.
    public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Whether the file or the connection is read-only.
    public var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

    /// Runs `body` with another busy timeout than the options'.
    func waiting<Result>(_ timeout: Duration, _ body: () throws -> Result) rethrows -> Result {
        patience.set(limit: timeout)
        defer { patience.set(limit: busyTimeout) }
        return try body()
    }

    private func configure(_ options: ConnectionOptions) throws(SQLiteError) {
        // Closed doors (https://sqlite.org/security.html): a damaged or foreign file may not run code through its schema (unless
        // asked),
        // SQL may not write the schema or the shadow tables, no extension is loaded, and "x" is never a string.
        let switches: [(Int32, Int32)] = [
            (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, options.trustsSchema ? 1 : 0),
            (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_DQS_DML, 0),
            (SQLITE_DBCONFIG_ENABLE_FKEY, options.enforcesForeignKeys ? 1 : 0),
        ]
        for (verb, on) in switches {
            let code = csqlite_set_switch(handle, verb, on)
            guard code == SQLITE_OK else { throw lastError(handle, code, sql: nil) }
        }
        if options.access != .readOnly && options.usesWriteAheadLog {
            // The switch reads first and then wants the file to itself. SQLite refuses it at once where others have the file
            // open, without asking the busy handler, because two that wait in that state would wait for each other.
            try retryWhileBusy(options.busyTimeout) { () throws(SQLiteError) in
                try execute("PRAGMA journal_mode = WAL")
            }
        }
        // A negative cache size is in KiB (https://sqlite.org/pragma.html#pragma_cache_size).
        try execute(
            """
            PRAGMA synchronous = \(options.synchronous.rawValue);
            PRAGMA secure_delete = \(options.overwritesDeleted ? "ON" : "OFF");
            PRAGMA cache_size = -\(max(1, options.cacheBytes / 1_024));
            PRAGMA mmap_size = \(options.mappedBytes);
            PRAGMA wal_autocheckpoint = \(max(1, options.logLimitBytes / 4_096));
            PRAGMA journal_size_limit = \(options.logLimitBytes);
            PRAGMA temp_store = MEMORY;
            """)
    }
}

/// A statement's text as a key. Hashed by its length and its end alone: a text of some hundred bytes would be hashed with each
/// use, and two that differ only before their ends are merely compared.
private struct SQLText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    func hash(into hasher: inout Hasher) {
        hasher.combine(text.utf8.count)
        hasher.combine(text.utf8.suffix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    }
}

/// Makes a missing database file readable by its owner alone; SQLite would make it 0644, and gives its -wal and -shm
/// files the mode of the database. O_EXCL: an existing file is not even opened, because closing any descriptor of a
/// file drops all POSIX locks this process holds on it (https://sqlite.org/howtocorrupt.html, 2.2).
/// A failure is left for SQLite to report.
private func createPrivately(_ path: String) {
    guard !path.isEmpty, path != ":memory:" else { return }
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    // SQLite gives its -wal and -shm the owner of the database.
    FileOwner.inherit(descriptor, at: path)
    close(descriptor)
}
