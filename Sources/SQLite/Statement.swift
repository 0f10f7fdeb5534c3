import CSQLite

/// A prepared statement. Used on the thread of its connection, and reset with its bindings cleared on every way out of
/// each call: no statement keeps a read transaction or a user's text alive between calls.
public final class Statement {
    let handle: OpaquePointer
    /// True while rows are being read; the cache of the connection then hands out another statement.
    private(set) var isInUse = false

    /// Throws `misuse` when `sql` holds no statement or more than one.
    init(connection: OpaquePointer, sql: String, persistent: Bool) throws(SQLiteError) {
        var sql = sql
        let (code, handle, complete) = sql.withUTF8 { bytes -> (Int32, OpaquePointer?, Bool) in
            var statement: OpaquePointer?
            let (code, consumed) = prepareNext(connection, bytes[...], persistent: persistent, into: &statement)
            let rest = bytes[(bytes.startIndex + consumed)...]
            return (code, statement, rest.allSatisfy { $0 == 0x20 || (0x09...0x0d).contains($0) || $0 == 0x3b })
        }
        guard code == SQLITE_OK else { throw lastError(connection, code, sql: sql) }
        guard let handle else { throw SQLiteError(code: .misuse, message: "no statement", sql: sql) }
        guard complete else {
            sqlite3_finalize(handle)
            throw SQLiteError(code: .misuse, message: "more than one statement; use execute", sql: sql)
        }
        self.handle = handle
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// How many values the statement takes.
    public var placeholders: Int { Int(sqlite3_bind_parameter_count(handle)) }

    /// Runs the statement to its end; rows it yields are passed over.
    ///
    /// Throws `misuse` when the number of values is not the number of placeholders, and what SQLite reports.
    public func run(_ values: [DatabaseValue] = []) throws(SQLiteError) {
        try begin(values)
        defer { end() }
        while try step() {}
    }

    /// Reads rows one by one until `body` returns false or there are no more.
    public func scan(_ values: [DatabaseValue] = [], _ body: (borrowing Row) throws -> Bool) throws {
        try begin(values)
        defer { end() }
        let row = Row(handle: handle)
        while try step() {
            guard try body(row) else { return }
        }
    }

    /// Reads every row.
    public func forEach(_ values: [DatabaseValue] = [], _ body: (borrowing Row) throws -> Void) throws {
        try scan(values) { row in
            try body(row)
            return true
        }
    }

    /// Every row, as `body` reads it.
    public func all<Element>(
        _ values: [DatabaseValue] = [], _ body: (borrowing Row) throws -> Element
    ) throws -> [Element] {
        var elements: [Element] = []
        try scan(values) { row in
            elements.append(try body(row))
            return true
        }
        return elements
    }

    /// The first row as `body` reads it, or nil when there is none. Rows after it are not computed.
    public func first<Element>(
        _ values: [DatabaseValue] = [], _ body: (borrowing Row) throws -> Element
    ) throws -> Element? {
        var element: Element?
        try scan(values) { row in
            element = try body(row)
            return false
        }
        return element
    }

    private func begin(_ values: [DatabaseValue]) throws(SQLiteError) {
        guard !isInUse else {
            throw SQLiteError(code: .misuse, message: "the statement is being read already", sql: sqlText(handle))
        }
        guard values.count == placeholders else {
            throw SQLiteError(
                code: .misuse, message: "\(values.count) values for \(placeholders) placeholders", sql: sqlText(handle))
        }
        isInUse = true
        for (offset, value) in values.enumerated() {
            let code = bind(value, at: Int32(offset + 1))
            guard code == SQLITE_OK else {
                end()
                throw SQLiteError(
                    code: ResultCode(rawValue: code), message: "value \(offset + 1) cannot be bound",
                    sql: sqlText(handle))
            }
        }
    }

    private func end() {
        // Both return the code of the last step, which has been reported already.
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
        isInUse = false
    }

    private func step() throws(SQLiteError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw lastError(sqlite3_db_handle(handle), code, sql: sqlText(handle))
    }

    private func bind(_ value: DatabaseValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let integer): return sqlite3_bind_int64(handle, index, integer)
        case .real(let real): return real.isNaN ? SQLITE_MISMATCH : sqlite3_bind_double(handle, index, real)
        case .text(var text):
            return text.withUTF8 { csqlite_bind_text(handle, index, $0.baseAddress, UInt64($0.count)) }
        case .blob(let bytes):
            return bytes.withUnsafeBytes { csqlite_bind_blob(handle, index, $0.baseAddress, UInt64($0.count)) }
        }
    }
}

/// Prepares the first statement of `sql`; says how many bytes it took. A text of spaces and comments yields nil and OK.
func prepareNext(
    _ connection: OpaquePointer, _ sql: Slice<UnsafeBufferPointer<UInt8>>, persistent: Bool,
    into statement: inout OpaquePointer?
) -> (code: Int32, consumed: Int) {
    let bytes = UnsafeBufferPointer(rebasing: sql)
    guard let base = bytes.baseAddress, let length = Int32(exactly: bytes.count) else {
        return (bytes.isEmpty ? SQLITE_OK : SQLITE_TOOBIG, bytes.count)
    }
    return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
        var tail: UnsafePointer<CChar>?
        let flags = persistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let code = sqlite3_prepare_v3(connection, start, length, flags, &statement, &tail)
        return (code, tail.map { $0 - start } ?? bytes.count)
    }
}

func lastError(_ connection: OpaquePointer?, _ code: Int32, sql: String?) -> SQLiteError {
    // The connection's words belong to its last call; they are used only when they are about this code.
    var message: String?
    if let connection, sqlite3_extended_errcode(connection) == code || sqlite3_errcode(connection) == code {
        message = sqlite3_errmsg(connection).map { String(cString: $0) }
    }
    // SQLite says "database is locked", which tells neither which nor what to do.
    if [SQLITE_BUSY, SQLITE_PROTOCOL].contains(code & 0xff), let connection,
        let name = sqlite3_db_filename(connection, "main")
    {
        let path = String(cString: name)
        message = "another process keeps \(path) locked; try again, or see who it is (fuser \(path))"
    }
    let words = message ?? sqlite3_errstr(code).map { String(cString: $0) } ?? "unknown error"
    return SQLiteError(code: ResultCode(rawValue: code), message: words, sql: sql)
}
