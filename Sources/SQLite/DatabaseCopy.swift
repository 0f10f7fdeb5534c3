import CSQLite
import Glibc

/// A copy of a database that is in use: what was committed when it began, and nothing of what came later.
///
/// SQLite's backup interface, from within a read transaction. Without one it begins anew whenever another process has written
/// (https://sqlite.org/c3ref/backup_finish.html), so on a busy site it never ends. `VACUUM INTO` ends too, in one to two times the
/// time; it tells nothing meanwhile and cannot be ended between two steps, and it puts the rows together anew, where a backup should
/// hold what is there.
public struct DatabaseCopy {
    /// How far a copy is.
    public enum Progress: Hashable, Sendable {
        /// Pages are copied.
        case copying(doneBytes: Int, totalBytes: Int)
        /// The copy is read from end to end.
        case checking
    }

    /// Between two steps the caller is told and may end it: a few milliseconds.
    private static let pagesOfStep: Int32 = 1_024

    private let source: Connection
    private let schema: Schema

    /// Opens the database at `path` for reading.
    ///
    /// - Parameter schema: what the file must be; migrations that are still to come are no error.
    ///
    /// Throws ``SQLiteError`` when it cannot be read; ``DatabaseError`` `damaged` when it is empty, or as
    /// ``Connection/migrate(to:)``.
    public init(of path: String, schema: Schema) throws {
        source = try Connection(path: path, options: ConnectionOptions().readOnly)
        self.schema = schema
        try source.snapshot { try source.checkIdentity(schema) }
    }

    /// Copies what is committed now into a new file and checks the copy, which is readable by its owner alone and needs no file
    /// beside it. Writers go on meanwhile.
    ///
    /// - Parameters:
    ///   - path: must not exist; its folder must. What it has become when this throws is for the caller to remove.
    ///   - progress: called on this thread, between steps and while the copy is checked. An error it throws ends the copying.
    /// - Returns: the size of the copy, in bytes.
    ///
    /// Throws what `progress` throws; ``SQLiteError`` when the source cannot be read or the copy not be written (`isFull`);
    /// ``DatabaseError`` `damaged`.
    @discardableResult
    public func write(to path: String, progress: @escaping (Progress) throws -> Void = { _ in }) throws -> Int {
        let target = try Connection(path: path, options: .copy)
        // Half a copy is of no use: no journal on the disk, and no sync before its end.
        try target.execute("PRAGMA journal_mode = MEMORY")
        let bytes = try source.snapshot { try transfer(to: target, progress) }
        // As it was, it would want its own write-ahead log to be opened at all, even from a disk that cannot be written.
        try target.execute("PRAGMA journal_mode = DELETE")
        try target.check(schema, progress)
        try Self.sync(path)
        return bytes
    }

    /// Inside the source's transaction.
    private func transfer(to target: Connection, _ progress: (Progress) throws -> Void) throws -> Int {
        // The transaction reads something before the copy begins: from here on it has its state.
        let pageBytes = try source.first("PRAGMA page_size") { row in try row.int(0) } ?? 4_096
        _ = try source.first("SELECT count(*) FROM sqlite_schema") { row in try row.int(0) }
        guard let backup = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
            throw lastError(target.handle, sqlite3_errcode(target.handle), sql: nil)
        }
        var code = SQLITE_OK
        do {
            defer { sqlite3_backup_finish(backup) }
            repeat {
                code = sqlite3_backup_step(backup, Self.pagesOfStep)
                let total = Int(sqlite3_backup_pagecount(backup))
                try progress(
                    .copying(
                        doneBytes: (total - Int(sqlite3_backup_remaining(backup))) * pageBytes,
                        totalBytes: total * pageBytes))
            } while code == SQLITE_OK
        }
        guard code == SQLITE_DONE else { throw lastError(target.handle, code, sql: nil) }
        return pageBytes * (try target.first("PRAGMA page_count") { row in try row.int(0) } ?? 0)
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw SQLiteError(code: .ioSync, message: "\(String(cString: strerror(errno))): \(path)")
        }
    }
}

extension ConnectionOptions {
    fileprivate static var copy: ConnectionOptions {
        var options = ConnectionOptions()
        options.usesWriteAheadLog = false
        options.enforcesForeignKeys = false
        options.synchronous = .off
        options.cachedStatements = 8
        return options
    }
}

extension Connection {
    /// Reads the whole database: its structure, its indexes, its rows' references, and whether it is one of `schema`.
    ///
    /// Throws ``DatabaseError`` `damaged`, or as ``migrate(to:)``; ``SQLiteError`` when it cannot be read; what `progress`
    /// throws.
    public func check(_ schema: Schema, _ progress: @escaping (DatabaseCopy.Progress) throws -> Void = { _ in }) throws
    {
        let look = { try progress(.checking) }
        try look()
        try interruptible(by: look) {
            let faults = try all("PRAGMA integrity_check(3)") { row in try row.text(0) }
            guard faults == ["ok"] else { throw DatabaseError.damaged(faults.joined(separator: "; ")) }
            let orphan = try first("PRAGMA foreign_key_check") { row in (try row.text(0), try row.text(2)) }
            if let orphan {
                throw DatabaseError.damaged("a row of \(orphan.0) belongs to one of \(orphan.1) that is not there")
            }
        }
        try checkIdentity(schema)
    }

    /// Runs `body`, and `look` every so often while its statements run. When `look` throws, they end, and this throws its error.
    private func interruptible(by look: @escaping () throws -> Void, _ body: () throws -> Void) throws {
        final class Watch {
            let look: () throws -> Void
            var error: (any Error)?
            init(_ look: @escaping () throws -> Void) { self.look = look }
        }
        let watch = Watch(look)
        sqlite3_progress_handler(
            handle, 20_000,
            { context in
                let watch = Unmanaged<Watch>.fromOpaque(context!).takeUnretainedValue()
                do { try watch.look() } catch { watch.error = error }
                return watch.error == nil ? 0 : 1
            }, Unmanaged.passUnretained(watch).toOpaque())
        defer { sqlite3_progress_handler(handle, 0, nil, nil) }
        try withExtendedLifetime(watch) {
            do {
                try body()
            } catch {
                throw watch.error ?? error
            }
        }
    }
}
