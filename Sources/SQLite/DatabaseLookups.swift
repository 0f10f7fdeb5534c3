import Synchronization

/// Looks rows up on the calling thread: the way to a reader's thread and back takes longer than the lookup.
///
/// Nobody waits here. Where the one connection is busy, or the database is (another process opens or recovers it), the
/// lookup goes to the readers.
public final class DatabaseLookups: Sendable {
    private struct State: ~Copyable {
        // Only touched under the lock; it does not leave it.
        nonisolated(unsafe) var connection: Connection?
        var isClosed = false
    }

    private let path: String
    private let options: ConnectionOptions
    private let readers: DatabaseReaders
    private let state = Mutex(State())

    /// - Parameters:
    ///   - path: of a database that is there when something is looked up.
    ///   - readers: of the same database.
    public init(path: String, options: ConnectionOptions = ConnectionOptions(), readers: DatabaseReaders) {
        self.path = path
        self.readers = readers
        var options = options.readOnly
        options.busyTimeout = .zero
        options.cacheBytes = min(options.cacheBytes, 1 << 18)
        self.options = options
    }

    /// Runs `body`, which reads one row or a few by an index: everybody on the calling thread waits meanwhile.
    ///
    /// `body` may run more than once, so it must have no effects; each of its statements sees a state of its own.
    ///
    /// Throws as ``DatabaseReaders/read(timeLimit:_:)`` does.
    public func lookUp<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        if let found = here(body) { return found }
        return try await readers.read(body)
    }

    /// Nil where it was not possible: the readers tell why.
    private func here<Result: Sendable>(_ body: (Connection) throws -> Result) -> Result? {
        let found = state.withLockIfAvailable { state -> Result? in
            guard !state.isClosed else { return nil }
            do {
                let connection = try state.connection ?? Connection(path: path, options: options)
                state.connection = connection
                return try body(connection)
            } catch {
                if let error = error as? SQLiteError, error.isIO || error.isCorrupt { state.connection = nil }
                return nil
            }
        }
        return found ?? nil
    }

    /// Closes the connection. What is looked up from then on goes to the readers.
    public func close() {
        state.withLock { state in
            state.connection = nil
            state.isClosed = true
        }
    }
}
