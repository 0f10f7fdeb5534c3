/// What the writer's thread does with the jobs it takes. Lives on that thread.
final class WriterLoop {
    /// Nil after an I/O error, until a new one could be opened.
    private var connection: Connection?
    private let path: String
    private let options: ConnectionOptions
    private let limits: DatabaseWriter.Limits
    private let counters: WriterCounters
    /// Since when another process's lock is in the way, and when it last was; nil when it is not.
    private var lockout: (since: ContinuousClock.Instant, last: ContinuousClock.Instant)?
    /// How long a lock is tried for that others have waited for in vain just now.
    private static let glance = Duration.milliseconds(100)

    init(
        connection: Connection, path: String, options: ConnectionOptions, limits: DatabaseWriter.Limits,
        counters: WriterCounters
    ) {
        self.connection = connection
        self.path = path
        self.options = options
        self.limits = limits
        self.counters = counters
    }

    /// Runs jobs in their order: those of a group together, the others between the groups.
    func run(_ jobs: [WriteJob]) {
        for part in jobs.runs(by: \.place) {
            switch part.first?.place {
            case .alone: for job in part { runAlone(job) }
            case .unsynced:
                // The database stays whole whatever happens: in WAL mode this leaves out the sync of a commit alone
                // (https://sqlite.org/pragma.html#pragma_synchronous).
                try? connection?.execute("PRAGMA synchronous = NORMAL")
                runGroup(part)
                // The group may have opened another one, which is as its options say.
                try? connection?.execute("PRAGMA synchronous = \(options.synchronous.rawValue)")
            case .group, nil: runGroup(part)
            }
        }
    }

    private func runGroup(_ jobs: ArraySlice<WriteJob>) {
        do {
            let outcomes = try commit(jobs)
            counters.transactions.add(1, ordering: .relaxed)
            counters.writes.add(jobs.count, ordering: .relaxed)
            for outcome in outcomes { outcome.deliver() }
        } catch {
            connection?.rollback()
            if isBroken(error) {
                connection = nil
            } else if jobs.count > 1, (error as? DatabaseError)?.reason != .overloaded {
                // One of them has cost all of them the transaction (disk full, a deferred constraint). Nobody has been
                // told anything yet: each gets a transaction of its own.
                for index in jobs.indices { runGroup(jobs[index...index]) }
                return
            }
            for job in jobs { job.fail(error) }
        }
    }

    /// Runs all jobs in one transaction and commits it. Throws when the transaction as a whole is lost.
    ///
    /// Without savepoints first, since each would make a copy of every page that its job changes. Where a job refuses, and is not alone,
    /// all run again, each in a savepoint.
    private func commit(_ jobs: ArraySlice<WriteJob>) throws -> [WriteJob.Outcome] {
        let connection = try ready()
        try begin(connection)
        let outcomes = try perform(jobs, on: connection, inSavepoints: false)
        guard outcomes.last?.error != nil else {
            try connection.run("COMMIT")
            return outcomes
        }
        connection.rollback()
        if jobs.count == 1 { return outcomes }
        try begin(connection)
        let apart = try perform(jobs, on: connection, inSavepoints: true)
        try connection.run("COMMIT")
        return apart
    }

    private func begin(_ connection: Connection) throws {
        try patiently(connection) { try connection.run("BEGIN IMMEDIATE") }
    }

    /// How the jobs ended; without savepoints, up to the first that refused.
    private func perform(
        _ jobs: ArraySlice<WriteJob>, on connection: Connection, inSavepoints: Bool
    ) throws -> [WriteJob.Outcome] {
        var outcomes: [WriteJob.Outcome] = []
        outcomes.reserveCapacity(jobs.count)
        for job in jobs {
            if inSavepoints { try connection.run("SAVEPOINT job") }
            let outcome = job.perform(connection)
            outcomes.append(outcome)
            if let error = outcome.error {
                if isBroken(error) || !connection.isInTransaction { throw error }
                guard inSavepoints else { break }
                try connection.run("ROLLBACK TO job")
            } else if !connection.isInTransaction {
                throw SQLiteError(code: .misuse, message: "a write ended the transaction it shared")
            }
            if inSavepoints { try connection.run("RELEASE job") }
        }
        return outcomes
    }

    private func runAlone(_ job: WriteJob) {
        do {
            let connection = try ready()
            let outcome = job.perform(connection)
            connection.rollback()
            if let error = outcome.error, isBroken(error) { self.connection = nil }
            outcome.deliver()
        } catch {
            job.fail(error)
        }
    }

    /// The connection; after an I/O error a new one.
    ///
    /// A failed sync leaves pages that the kernel believes written and the disk does not have; writes that follow in the
    /// same log would be lost with them (https://sqlite.org/wal.html: recovery stops at the first damaged frame). So the
    /// log is first copied into the database and cut: what it held is written and synced anew.
    private func ready() throws -> Connection {
        if let connection { return connection }
        let reopened = try Connection(path: path, options: options)
        try patiently(reopened) { try reopened.truncateLog() }
        connection = reopened
        return reopened
    }

    /// Tries again while another process holds the lock, up to the limit; then throws `overloaded`, never busy.
    ///
    /// A process that was stopped while it wrote keeps the lock. The limit is for all who wait for it together: who comes after they
    /// have waited in vain has a glance at it, and is refused at once.
    private func patiently(_ connection: Connection, _ attempt: () throws -> Void) throws {
        if let lockout, lockout.last.duration(to: .now) > limits.lockPatience { self.lockout = nil }
        let begun = lockout?.since ?? .now
        while true {
            let isMigrating = counters.awaitsMigration.load(ordering: .relaxed)
            let limit = isMigrating ? limits.migrationPatience : limits.lockPatience
            do {
                let wait = max(Self.glance, limit - begun.duration(to: .now))
                try connection.waiting(min(options.busyTimeout, wait), attempt)
                lockout = nil
                return
            } catch let error as SQLiteError where error.isBusy {
                lockout = (begun, .now)
                guard begun.duration(to: .now) < limit else {
                    throw DatabaseError(
                        .overloaded, "Another process keeps the database locked: \(path). Try again shortly.")
                }
            }
        }
    }

    /// Whether the connection may not be used further: the disk has failed, or the file is damaged.
    private func isBroken(_ error: any Error) -> Bool {
        guard let error = error as? SQLiteError else { return false }
        return error.isIO || error.isCorrupt
    }
}

extension Array {
    /// Cuts the array into runs of neighbours that agree in `property`.
    fileprivate func runs(by property: (Element) -> some Equatable) -> [ArraySlice<Element>] {
        var parts: [ArraySlice<Element>] = []
        var start = startIndex
        for index in indices.dropFirst() where property(self[index]) != property(self[index - 1]) {
            parts.append(self[start..<index])
            start = index
        }
        if start < endIndex { parts.append(self[start...]) }
        return parts
    }
}
