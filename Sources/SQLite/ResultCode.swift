import CSQLite

/// A result code of SQLite, with the extended part: `IOERR_FSYNC` is 1034, its primary code `IOERR` is 10.
///
/// A struct and not an enum: a newer library may return codes this program has never heard of.
/// Source: https://sqlite.org/rescode.html
public struct ResultCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public var rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The code without its extended part: the lower eight bits.
    public var primary: ResultCode { ResultCode(rawValue: rawValue & 0xff) }

    public static let error = ResultCode(rawValue: SQLITE_ERROR)
    public static let busy = ResultCode(rawValue: SQLITE_BUSY)
    public static let locked = ResultCode(rawValue: SQLITE_LOCKED)
    public static let noMemory = ResultCode(rawValue: SQLITE_NOMEM)
    public static let readOnly = ResultCode(rawValue: SQLITE_READONLY)
    public static let interrupted = ResultCode(rawValue: SQLITE_INTERRUPT)
    public static let io = ResultCode(rawValue: SQLITE_IOERR)
    public static let corrupt = ResultCode(rawValue: SQLITE_CORRUPT)
    public static let full = ResultCode(rawValue: SQLITE_FULL)
    public static let cannotOpen = ResultCode(rawValue: SQLITE_CANTOPEN)
    public static let `protocol` = ResultCode(rawValue: SQLITE_PROTOCOL)
    public static let constraint = ResultCode(rawValue: SQLITE_CONSTRAINT)
    public static let mismatch = ResultCode(rawValue: SQLITE_MISMATCH)
    public static let misuse = ResultCode(rawValue: SQLITE_MISUSE)
    public static let range = ResultCode(rawValue: SQLITE_RANGE)
    public static let notADatabase = ResultCode(rawValue: SQLITE_NOTADB)

    // Swift does not import the extended codes: they are macros with an expression, `(SQLITE_CONSTRAINT | (8<<8))`.
    public static let uniqueConstraint = ResultCode(rawValue: SQLITE_CONSTRAINT | 8 << 8)
    public static let primaryKeyConstraint = ResultCode(rawValue: SQLITE_CONSTRAINT | 6 << 8)
    public static let rowIDConstraint = ResultCode(rawValue: SQLITE_CONSTRAINT | 10 << 8)
    public static let foreignKeyConstraint = ResultCode(rawValue: SQLITE_CONSTRAINT | 3 << 8)
    public static let notNullConstraint = ResultCode(rawValue: SQLITE_CONSTRAINT | 5 << 8)
    public static let checkConstraint = ResultCode(rawValue: SQLITE_CONSTRAINT | 1 << 8)
    public static let ioSync = ResultCode(rawValue: SQLITE_IOERR | 4 << 8)

    /// SQLite's own English words for the code and its number, such as `database is locked (5)`.
    public var description: String {
        let words = sqlite3_errstr(rawValue).map { String(cString: $0) } ?? "unknown error"
        return "\(words) (\(rawValue))"
    }
}
