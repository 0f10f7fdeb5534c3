/// A refusal by the machinery around SQLite: the queues of ``DatabaseWriter`` and ``DatabaseReaders``, and migrations.
public struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// The queue is full, or another process held the database longer than the writer waits. Try again later.
        case overloaded
        /// The writer or the readers were closed.
        case closed
        /// The database holds migrations this program does not know: it was written by a newer one.
        case unknownMigrations([String])
        /// The migrations in the database are this program's, but in another order.
        case migrationOrder
        /// The file is a database of another program.
        case foreignDatabase
        /// The file is empty, or what it holds does not fit together.
        case damaged
    }

    public var reason: Reason
    /// Plain words that say what to do; fit for a log, and hold no user's text.
    public var description: String

    public init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }

    static func damaged(_ how: String) -> DatabaseError { DatabaseError(.damaged, "The database is damaged: \(how).") }

    static let closed = DatabaseError(.closed, "The database is closed.")
}
