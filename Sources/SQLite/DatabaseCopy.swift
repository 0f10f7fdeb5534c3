import CSQLite
import Glibc

/// A copy of a database that is in use: what was committed when it began, and nothing of what came later.
///
/// SQLite's backup interface, from within a read transaction. Without one it begins anew whenever another process has written
/// (https://sqlite.org/c3ref/backup_finish.html), so on a busy site it never ends. `VACUUM INTO` ends too, in one to two times the
/// time; it tells nothing meanwhile and cannot be ended between two steps, and it puts the rows together anew, where a backup should
/// hold what is there.
///
/// What is copied is synced step by step. Synced at the end, it would be a queue of some hundred megabytes before the sync of another
/// process's commit.
public struct DatabaseCopy {
    /// How far a copy is.
    public enum Progress: Hashable, Sendable {
        /// Pages are copied.
        case copying(doneBytes: Int, totalBytes: Int)
        /// The copy is read from end to end.
        case checking
    }

    /// After each step it is synced, and the caller is told and may end it: a tenth of a second on a busy disk.
    private static let pagesOfStep: Int32 = 2_048

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
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        func sync() throws {
            guard fsync(descriptor) == 0 else {
                throw SQLiteError(code: .ioSync, message: "\(String(cString: strerror(errno))): \(path)")
            }
        }
        // Half a copy is of no use: no journal on the disk, and SQLite syncs nothing. The rows are the source's as they are.
        try target.execute("PRAGMA journal_mode = MEMORY; PRAGMA ignore_check_constraints = ON")
        let bytes = try source.snapshot {
            try transfer(to: target) { done in
                try sync()
                try progress(done)
            }
        }
        // As it was, it would want its own write-ahead log to be opened at all, even from a disk that cannot be written.
        try target.execute("PRAGMA journal_mode = DELETE")
        // Nobody else has the file: it can be read as memory, which takes a third less.
        try target.execute("PRAGMA mmap_size = \(bytes)")
        try target.check(schema, comparesIndexes: false, progress)
        try sync()
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
    /// Reads the whole database: its structure, every row and its references, and whether it is one of `schema`.
    ///
    /// - Parameter comparesIndexes: whether every row is looked up in every index as well, which is half of the work.
    ///
    /// Throws ``DatabaseError`` `damaged`, or as ``migrate(to:)``; ``SQLiteError`` when it cannot be read; what `progress`
    /// throws.
    public func check(
        _ schema: Schema, comparesIndexes: Bool = true,
        _ progress: @escaping (DatabaseCopy.Progress) throws -> Void = { _ in }
    ) throws {
        let look = { try progress(.checking) }
        try look()
        try interruptible(by: look) {
            let pragma = comparesIndexes ? "integrity_check" : "quick_check"
            let faults = try all("PRAGMA \(pragma)(3)") { row in try row.text(0) }
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
