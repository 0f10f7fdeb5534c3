import Scheduling

/// A few threads with a read-only connection each, and one bounded queue before them. Readers never wait for the writer
/// (https://sqlite.org/wal.html#concurrency).
public final class DatabaseReaders: Sendable {
    private let queue: BlockingQueue<ReadJob>
    private let latch: Latch

    /// Opens `threads` connections to a database that is there already: after the ``DatabaseWriter`` of a new one.
    /// Blocks until all are open; throws what ``Connection/init(path:options:)`` throws.
    ///
    /// - Parameters:
    ///   - queued: reads that may wait; more are refused as overloaded.
    ///   - prepare: runs once on each connection after it is opened, such as to register a function or attach a file.
    public init(
        path: String, options: ConnectionOptions = ConnectionOptions(), threads: Int = 2, queued: Int = 4_096,
        prepare: (@Sendable (Connection) throws -> Void)? = nil
    ) throws {
        precondition(threads > 0, "readers without a thread would never answer")
        let queue = BlockingQueue<ReadJob>(capacity: queued)
        let latch = Latch(running: threads)
        let opened = BlockingQueue<Result<Void, any Error>>(capacity: threads)
        self.queue = queue
        self.latch = latch
        let open: @Sendable () throws -> Connection = {
            let connection = try Connection(path: path, options: options.readOnly)
            try prepare?(connection)
            return connection
        }
        do {
            for number in 0..<threads {
                Thread.start(name: "sqlite-read-\(number)") {
                    defer { latch.leave() }
                    do {
                        let loop = ReaderLoop(connection: try open(), open: open)
                        // One place for each thread: it always fits.
                        try? opened.append(.success(()))
                        while let job = queue.take(upTo: 1)?.first { loop.run(job) }
                    } catch {
                        try? opened.append(.failure(error))
                    }
                }
            }
            for _ in 0..<threads { try opened.take(upTo: 1)?.first?.get() }
        } catch {
            queue.close()
            throw error
        }
    }

    deinit {
        queue.close()
    }

    /// Runs `body` on a reader's thread, on one unchanging state of the database.
    ///
    /// `body` may run more than once, so it must have no effects.
    ///
    /// - Parameter timeLimit: how long `body` may run before its statement is interrupted.
    ///
    /// Throws ``DatabaseError`` `overloaded` and `closed`, ``SQLiteError`` (`isInterrupted` when the time was up), and
    /// what `body` throws.
    public func read<Result: Sendable>(
        timeLimit: Duration? = .seconds(10), _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = ReadJob(
                timeLimit: timeLimit,
                perform: { connection in
                    let result = try connection.snapshot { try body(connection) }
                    return { continuation.resume(returning: result) }
                }, fail: { error in continuation.resume(throwing: error) })
            do throws(BlockingQueue<ReadJob>.Refusal) {
                try queue.append(job)
            } catch {
                continuation.resume(throwing: DatabaseError(error, waiting: "reads"))
            }
        }
    }

    /// Reads that wait now.
    public var queued: Int { queue.count }

    /// Refuses further reads, finishes those that are queued, and closes the connections. May be called again.
    public func close() async {
        queue.close()
        await latch.wait()
    }
}

struct ReadJob: Sendable {
    let timeLimit: Duration?
    /// Returns what hands the result to the waiting task.
    let perform: @Sendable (Connection) throws -> () -> Void
    let fail: @Sendable (any Error) -> Void
}

/// What a reader's thread does with a job. Lives on that thread.
private final class ReaderLoop {
    /// Nil after an I/O error, until a new one could be opened.
    private var connection: Connection?
    private var limit: TimeLimit?
    private let open: @Sendable () throws -> Connection
    /// A reader is busy only while another process opens, recovers or closes the database; each try waits the busy
    /// timeout.
    private let maximumTries = 4

    init(connection: Connection, open: @escaping @Sendable () throws -> Connection) {
        self.connection = connection
        self.open = open
        limit = TimeLimit(of: connection)
    }

    deinit {
        forget()
    }

    func run(_ job: ReadJob) {
        do {
            let deliver = try perform(job)
            deliver()
        } catch {
            if let error = error as? SQLiteError, error.isIO || error.isCorrupt { forget() }
            job.fail(error)
        }
    }

    private func perform(_ job: ReadJob) throws -> () -> Void {
        let connection = try ready()
        defer { limit?.set(nil) }
        for _ in 1..<maximumTries {
            do {
                limit?.set(job.timeLimit)
                return try job.perform(connection)
            } catch let error as SQLiteError where error.isBusy {
                continue
            }
        }
        do {
            return try job.perform(connection)
        } catch let error as SQLiteError where error.isBusy {
            throw DatabaseError(.overloaded, "Another process keeps the database locked. Try again shortly.")
        }
    }

    private func ready() throws -> Connection {
        if let connection { return connection }
        let reopened = try open()
        limit = TimeLimit(of: reopened)
        connection = reopened
        return reopened
    }

    private func forget() {
        if let connection { limit?.remove(from: connection) }
        limit = nil
        connection = nil
    }
}
