import CSQLite

/// The row a statement stands on, borrowed by the closure that reads it. Columns count from 0.
///
/// Reading is strict: NULL or another storage class than asked for throws `mismatch` instead of being converted, so
/// that a wrong query shows at once. A column that is not there throws `range`.
public struct Row: ~Copyable {
    let handle: OpaquePointer

    init(handle: OpaquePointer) {
        self.handle = handle
    }

    public var count: Int { Int(sqlite3_data_count(handle)) }

    public func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
    }

    /// A 64-bit integer.
    public func int64(_ column: Int) throws(SQLiteError) -> Int64 {
        try require(SQLITE_INTEGER, column)
        return sqlite3_column_int64(handle, Int32(column))
    }

    public func int(_ column: Int) throws(SQLiteError) -> Int {
        Int(try int64(column))
    }

    /// 0 is false, everything else true.
    public func bool(_ column: Int) throws(SQLiteError) -> Bool {
        try int64(column) != 0
    }

    /// A number. An integer is accepted: `sum()` of whole numbers is one.
    public func double(_ column: Int) throws(SQLiteError) -> Double {
        if sqlite3_column_type(handle, Int32(column)) != SQLITE_INTEGER { try require(SQLITE_FLOAT, column) }
        return sqlite3_column_double(handle, Int32(column))
    }

    /// A text. Bytes that are no UTF-8 (never written by this program) become U+FFFD.
    public func text(_ column: Int) throws(SQLiteError) -> String {
        try require(SQLITE_TEXT, column)
        return String(decoding: buffer(text: column), as: UTF8.self)
    }

    public func blob(_ column: Int) throws(SQLiteError) -> [UInt8] {
        try require(SQLITE_BLOB, column)
        return [UInt8](buffer(blob: column))
    }

    public func optionalInt64(_ column: Int) throws(SQLiteError) -> Int64? {
        isNull(column) ? nil : try int64(column)
    }

    public func optionalInt(_ column: Int) throws(SQLiteError) -> Int? {
        isNull(column) ? nil : try int(column)
    }

    public func optionalDouble(_ column: Int) throws(SQLiteError) -> Double? {
        isNull(column) ? nil : try double(column)
    }

    public func optionalText(_ column: Int) throws(SQLiteError) -> String? {
        isNull(column) ? nil : try text(column)
    }

    public func optionalBlob(_ column: Int) throws(SQLiteError) -> [UInt8]? {
        isNull(column) ? nil : try blob(column)
    }

    /// Reads a text or blob where SQLite keeps it, without a copy. The bytes are valid only inside `body`.
    public func withBytes<Result>(_ column: Int, _ body: (Span<UInt8>) throws -> Result) throws -> Result {
        if sqlite3_column_type(handle, Int32(column)) == SQLITE_TEXT {
            return try body(Span(_unsafeElements: buffer(text: column)))
        }
        try require(SQLITE_BLOB, column)
        return try body(Span(_unsafeElements: buffer(blob: column)))
    }

    // The pointer must be asked for before the count: asking for the text may convert and change the count
    // (https://sqlite.org/c3ref/column_blob.html). It stays valid until the statement moves, which it does not while
    // a closure borrows the row.
    private func buffer(text column: Int) -> UnsafeBufferPointer<UInt8> {
        let start = sqlite3_column_text(handle, Int32(column))
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
    }

    private func buffer(blob column: Int) -> UnsafeBufferPointer<UInt8> {
        // An empty blob has no address.
        guard let start = sqlite3_column_blob(handle, Int32(column)) else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
    }

    private func require(_ type: Int32, _ column: Int) throws(SQLiteError) {
        guard column >= 0, column < count else {
            throw SQLiteError(code: .range, message: "column \(column) of \(count)", sql: sqlText(handle))
        }
        let found = sqlite3_column_type(handle, Int32(column))
        guard found == type else {
            let names = [SQLITE_INTEGER: "integer", SQLITE_FLOAT: "real", SQLITE_TEXT: "text", SQLITE_BLOB: "blob"]
            throw SQLiteError(
                code: .mismatch,
                message: "column \(column) is \(names[found] ?? "null"), not \(names[type] ?? "null")",
                sql: sqlText(handle))
        }
    }
}

func sqlText(_ handle: OpaquePointer) -> String? {
    sqlite3_sql(handle).map { String(cString: $0) }
}
