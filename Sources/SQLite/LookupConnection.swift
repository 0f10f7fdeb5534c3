import Synchronization

/// A connection for what takes a moment, used on the calling thread: the way to a reader's thread and back takes longer than looking
/// up a row. Nobody waits for it.
public final class LookupConnection: Sendable {
    private struct State: ~Copyable {
        // Only touched under the lock; it does not leave it.
        nonisolated(unsafe) var connection: Connection?
        var version: Int64?
        var isClosed = false
    }

    private let path: String
    private let options: ConnectionOptions
    private let state = Mutex(State())

    /// - Parameters:
    ///   - path: of a database that is there when it is asked for.
    ///   - cacheBytes: of its pages that are kept.
    public init(path: String, cacheBytes: Int = 1 << 18) {
        self.path = path
        var options = ConnectionOptions().readOnly
        // Another connection that recovers the database holds nobody up here: not knowing is an answer.
        options.busyTimeout = .zero
        options.cacheBytes = cacheBytes
        self.options = options
    }

    /// Whether anything was committed since this was asked last, by any connection of any process. True the first time, and where it
    /// cannot be told.
    ///
    /// Reads no page of the database (https://sqlite.org/pragma.html#pragma_data_version).
    public func hasChanged() -> Bool {
        state.withLock { state in
            do {
                let connection = try state.connection ?? Connection(path: path, options: options)
                state.connection = connection
                let version = try connection.first("PRAGMA data_version") { row in try row.int64(0) }
                defer { state.version = version }
                return version != state.version
            } catch {
                state.connection = nil
                state.version = nil
                return true
            }
        }
    }

    /// What `body` reads, which is one row or a few by an index: everybody on the calling thread waits meanwhile.
    ///
    /// Each of its statements sees a state of its own.
    /// - Returns: nil where somebody else uses the connection just now, or the database cannot be read (another process opens or
    ///   recovers it): then it is read through ``DatabaseReaders``.
    public func lookUp<Result>(_ body: (Connection) throws -> Result) -> Result? {
        let found = state.withLockIfAvailable { state -> Result? in
            guard !state.isClosed else { return nil }
            do {
                let connection = try state.connection ?? Connection(path: path, options: options)
                state.connection = connection
                return try body(connection)
            } catch {
                if let error = error as? SQLiteError, error.isIO || error.isCorrupt {
                    state.connection = nil
                    state.version = nil
                }
                return nil
            }
        }
        return found ?? nil
    }

    /// Closes the connection. Asked for changes again, another is opened.
    public func close() {
        state.withLock { state in
            state.connection = nil
            state.version = nil
            state.isClosed = true
        }
    }
}
