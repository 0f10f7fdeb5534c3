/// A refusal by SQLite, or by this wrapper in SQLite's words (a wrong number of values is `misuse`, a column of
/// another type than asked for is `mismatch`).
///
/// `description` is fit for a log: it holds the statement with its placeholders, never a bound value, and leaves out
/// what FTS5 quotes from a query, which is a user's text.
public struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, with the extended part.
    public var code: ResultCode
    /// SQLite's words for this very failure, such as `UNIQUE constraint failed: users.id`. May quote a full-text
    /// query: not for a log.
    public var message: String
    /// The statement with its placeholders, where one was concerned.
    public var sql: String?

    /// The disk, or the size the database may have, is used up. Committed rows are kept.
    public var isFull: Bool { code.primary == .full }
    /// The file, its folder or the connection may not be written.
    public var isReadOnly: Bool { code.primary == .readOnly }
    /// The kernel reported an error while reading, writing or syncing: whether the transaction is on the disk is unknown.
    public var isIO: Bool { code.primary == .io }
    /// The file is damaged or is no database.
    public var isCorrupt: Bool { code.primary == .corrupt || code.primary == .notADatabase }
    /// Another connection holds the lock; the same call may succeed later. `protocol` is what SQLite says when it has lost the
    /// race for a place in the write-ahead log a hundred times (https://sqlite.org/rescode.html#protocol).
    public var isBusy: Bool { [.busy, .locked, .protocol].contains(code.primary) }
    /// The statement was ended from outside, such as by the time limit of a read.
    public var isInterrupted: Bool { code.primary == .interrupted }

    public var description: String {
        let words = message.hasPrefix("fts5:") ? "the full-text query is malformed" : message
        let place = sql.map { " in: \($0)" } ?? ""
        return "SQLite: \(words) [\(isBusy ? "\(code.rawValue)" : "\(code)")]\(place)"
    }
}
