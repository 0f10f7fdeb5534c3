/// Looks rows up on the calling thread: the way to a reader's thread and back takes longer than the lookup.
///
/// Nobody waits here. Where the one connection is busy, or the database is (another process opens or recovers it), the
/// lookup goes to the readers.
public struct DatabaseLookups: Sendable {
    private let watch: ChangeWatch
    private let readers: DatabaseReaders

    /// - Parameter watch: of the same database as the readers; its connection is used.
    public init(on watch: ChangeWatch, readers: DatabaseReaders) {
        self.watch = watch
        self.readers = readers
    }

    /// Runs `body`, which reads one row or a few by an index: everybody on the calling thread waits meanwhile.
    ///
    /// `body` may run more than once, so it must have no effects; each of its statements sees a state of its own.
    ///
    /// Throws as ``DatabaseReaders/read(timeLimit:_:)`` does.
    public func lookUp<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        if let found = watch.lookUp(body) { return found }
        return try await readers.read(body)
    }
}
