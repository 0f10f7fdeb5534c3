/// How a connection is opened. The defaults are for a store of what users said: every commit on the disk before it is
/// acknowledged, nothing deleted left readable in the file.
public struct ConnectionOptions: Hashable, Sendable {
    public enum Access: Hashable, Sendable {
        /// The file must exist.
        case readOnly
        /// The file must exist.
        case readWrite
        /// A missing file is made, readable by its owner alone (0600). Its folder must exist.
        case create
    }

    public enum Synchronous: String, Hashable, Sendable {
        /// Each commit is synced. In WAL mode one fdatasync a commit.
        case full = "FULL"
        /// In WAL mode a power loss may take back acknowledged commits; the database stays whole
        /// (https://sqlite.org/pragma.html#pragma_synchronous). For what can be made again, such as a catalogue.
        case normal = "NORMAL"
    }

    public var access = Access.create
    /// Turns on write-ahead logging, which stays on in the file. Not for read-only connections, which find it as it is.
    public var usesWriteAheadLog = true
    public var synchronous = Synchronous.full
    public var enforcesForeignKeys = true
    /// Overwrites deleted content with zeros (https://sqlite.org/pragma.html#pragma_secure_delete). The write-ahead log
    /// still holds it until ``Connection/truncateLog()``.
    public var overwritesDeleted = true
    /// Lets triggers and views use virtual tables. Off, a file that somebody else has made or changed cannot run code
    /// through its schema (https://sqlite.org/pragma.html#pragma_trusted_schema). SQLite 3.40 counts FTS5 among the
    /// forbidden: on for a database whose triggers fill a full-text table.
    public var trustsSchema = false
    /// How long a statement waits for another connection's lock before it throws busy.
    public var busyTimeout = Duration.seconds(5)
    /// Page cache of this connection, in bytes.
    public var cacheBytes = 2 << 20
    /// How much of the file is mapped into memory for reading, in bytes; 0 is none. A mapped file that is damaged or cut
    /// short kills the process with SIGBUS: only for files nobody else writes, such as a catalogue.
    public var mappedBytes = 0
    /// How large the write-ahead log grows before it is copied into the database, in bytes; copied, it is cut to that.
    /// Pages written again and again meanwhile are copied once.
    public var logLimitBytes = 16 << 20
    /// Prepared statements kept for reuse.
    public var cachedStatements = 128

    /// The layer over the operating system, by its registered name; nil is SQLite's own. For tests with a failing disk.
    var vfs: String?

    public init() {}

    /// The same options for reading only.
    public var readOnly: ConnectionOptions {
        var copy = self
        copy.access = .readOnly
        return copy
    }
}
