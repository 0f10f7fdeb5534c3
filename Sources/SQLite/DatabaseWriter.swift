import Scheduling
import Synchronization

/// The one writer of a database in this process: a thread with a connection, and a bounded queue before it.
///
/// Group commit: while one transaction is being synced to the disk, further writes queue up; the next transaction takes
/// them all (up to a bound), and one sync serves them; where one of them refuses, they run again, each in a savepoint. A write is
/// acknowledged only after that sync.
/// Other processes may write the same file: the transaction begins with BEGIN IMMEDIATE and waits for their lock.
public final class DatabaseWriter: Sendable {
    public struct Limits: Hashable, Sendable {
        /// Writes that may wait; more are refused as overloaded.
        public var queued = 4_096
        /// Writes that share one transaction at most.
        public var group = 256
        /// How long another process's lock may be in the way before writes are refused as overloaded.
        public var lockPatience = Duration.seconds(20)
        /// The same while another process is known to migrate the database, which takes as long as the database is large.
        public var migrationPatience = Duration.seconds(600)

        public init() {}
    }

    public struct Statistics: Hashable, Sendable {
        /// Writes that were committed or refused by their own body.
        public var writes: Int
        /// Transactions that carried them.
        public var transactions: Int
        /// Writes that wait now.
        public var queued: Int
    }

    let queue: BlockingQueue<WriteJob>
    private let latch = Latch(running: 1)
    private let counters: WriterCounters

    /// Opens (or makes) the database, migrates it, and starts the thread. Blocks until that is done: call it at start.
    ///
    /// Throws what ``Connection/init(path:options:)`` and ``Connection/migrate(to:)`` throw.
    public init(
        path: String, schema: Schema? = nil, options: ConnectionOptions = ConnectionOptions(), limits: Limits = Limits()
    ) throws {
        let queue = BlockingQueue<WriteJob>(capacity: limits.queued)
        let counters = WriterCounters()
        let latch = latch
        let opened = BlockingQueue<Result<Void, any Error>>(capacity: 1)
        self.queue = queue
        self.counters = counters
        Thread.start(name: "sqlite-write") {
            defer { latch.leave() }
            do {
                let connection = try Connection(path: path, options: options)
                if let schema {
                    // Another process may be migrating the same store, which takes as long as the store is large.
                    _ = try connection.waiting(max(limits.lockPatience, .seconds(20))) {
                        try connection.migrate(to: schema)
                    }
                }
                let loop = WriterLoop(
                    connection: connection, path: path, options: options, limits: limits, counters: counters)
                // The queue is fresh: one element always fits.
                try? opened.append(.success(()))
                while let jobs = queue.take(upTo: limits.group) { loop.run(jobs) }
            } catch {
                try? opened.append(.failure(error))
            }
        }
        try opened.take(upTo: 1)?.first?.get()
    }

    deinit {
        queue.close()
    }

    /// Runs `body` on the writer's thread in a transaction and returns once it is on the disk.
    ///
    /// When `body` throws, its changes alone are undone and its error is thrown here. `body` may run more than once (when
    /// another one of its transaction throws), so its effects must be on the database only; and it must be short: everybody
    /// waits. It must not begin or end a transaction; savepoints are fine.
    /// Cancelling the task does not undo or skip the write.
    ///
    /// Throws ``DatabaseError`` `overloaded` (queue full, or another process kept the lock) and `closed`;
    /// ``SQLiteError`` of the commit: disk full, I/O. After an I/O error it is unknown whether the write is on the disk.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await submit(.group, body)
    }

    /// As ``write(_:)``, but does not wait for the disk: what was written holds when this returns, whatever becomes of the
    /// process, and may be lost when the machine stops. The next synced write makes it as safe as itself.
    public func writeUnsynced<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await submit(.unsynced, body)
    }

    /// Runs `body` in the transaction of the next write, whosever it is; neither waits for one nor brings one about.
    ///
    /// For what may be lost: nobody is told whether `body` ran, or that it threw. It is not run where the queue is full or closed.
    public func writeWithNext(_ body: @escaping @Sendable (Connection) throws -> Void) {
        try? queue.append(WriteJob(.group, nil, body), wakes: false)
    }

    /// Runs `body` on the writer's thread with no transaction open: for VACUUM and ``Connection/truncateLog()``.
    ///
    /// Throws as ``write(_:)`` does.
    public func withoutTransaction<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await submit(.alone, body)
    }

    /// Whether another process is migrating the database now: then writes wait for it instead of being refused.
    public func awaitMigration(_ isMigrating: Bool) {
        counters.awaitsMigration.store(isMigrating, ordering: .relaxed)
    }

    /// Refuses further writes, finishes those that are queued, and closes the connection. May be called again.
    public func close() async {
        queue.close()
        await latch.wait()
    }

    public var statistics: Statistics {
        Statistics(
            writes: counters.writes.load(ordering: .relaxed),
            transactions: counters.transactions.load(ordering: .relaxed), queued: queue.count)
    }

    private func submit<Result: Sendable>(
        _ place: WriteJob.Place, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            do throws(BlockingQueue<WriteJob>.Refusal) {
                try queue.append(WriteJob(place, continuation, body))
            } catch {
                continuation.resume(throwing: DatabaseError(error, waiting: "writes"))
            }
        }
    }
}

/// What the writer's thread shares with others.
final class WriterCounters: Sendable {
    /// Set by others.
    let awaitsMigration = Atomic(false)
    // Read by others.
    let writes = Atomic<Int>(0)
    let transactions = Atomic<Int>(0)
}

extension DatabaseError {
    init<Element>(_ refusal: BlockingQueue<Element>.Refusal, waiting: String) {
        switch refusal {
        case .full: self.init(.overloaded, "Too many \(waiting) are waiting for the database. Try again shortly.")
        case .closed: self = .closed
        }
    }
}
