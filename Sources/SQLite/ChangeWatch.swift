import Synchronization

/// Tells whether a database has changed, by any connection of any process, without reading a page of it
/// (https://sqlite.org/pragma.html#pragma_data_version).
///
/// On a connection of its own: the number compares only with what the same connection has seen.
public final class ChangeWatch: Sendable {
    private struct State: ~Copyable {
        // Only touched under the lock; it does not leave it.
        nonisolated(unsafe) var connection: Connection?
        var version: Int64?
        var isClosed = false
    }

    private let path: String
    private let options: ConnectionOptions
    private let state = Mutex(State())

    /// - Parameter path: of a database that is there when it is asked for.
    public init(path: String) {
        self.path = path
        var options = ConnectionOptions().readOnly
        // Another connection that recovers the database holds nobody up here: not knowing is an answer.
        options.busyTimeout = .zero
        options.cacheBytes = 1 << 18
        self.options = options
    }

    /// Whether anything was committed since this was asked last. True the first time, and where it cannot be told.
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

    /// What `body` reads on the connection of the watch; nil where somebody else uses it just now, or it cannot be read.
    func lookUp<Result>(_ body: (Connection) throws -> Result) -> Result? {
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

    /// Closes the connection. Asked for changes again, it opens another.
    public func close() {
        state.withLock { state in
            state.connection = nil
            state.version = nil
            state.isClosed = true
        }
    }
}
