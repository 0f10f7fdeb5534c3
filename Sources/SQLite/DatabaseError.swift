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

/// What an error of SQLite's, or of the queues before it, means to those who keep something in a database.
public enum DatabaseFailure: String, Sendable {
    /// More work waits than is taken on, or another connection is in the way: try again shortly.
    case overloaded
    /// The disk is full, read-only or broken, the file is damaged or another program's, or the database is closed.
    case unavailable
    /// A fault of the program.
    case fault

    public init(_ error: any Error) {
        switch error {
        case let error as DatabaseError: self = error.reason == .overloaded ? .overloaded : .unavailable
        case let error as SQLiteError:
            switch error.code.primary {
            case .busy, .locked, .protocol, .interrupted: self = .overloaded
            case .full, .readOnly, .io, .corrupt, .notADatabase, .cannotOpen, .noMemory: self = .unavailable
            default: self = .fault
            }
        default: self = .fault
        }
    }
}
