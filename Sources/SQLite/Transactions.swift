import CSQLite

extension Connection {
    /// Runs `body` in a transaction that holds the write lock from its start, and commits; rolls back when `body` throws.
    ///
    /// BEGIN IMMEDIATE: a transaction that starts by reading and then writes fails at once with busy, whatever the
    /// timeout, when another has written in between (https://sqlite.org/isolation.html).
    /// Not inside another transaction.
    public func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try run("BEGIN IMMEDIATE")
        return try finish(body)
    }

    /// Runs `body` on one unchanging state of the database, whatever other connections write meanwhile.
    public func snapshot<Result>(_ body: () throws -> Result) throws -> Result {
        try run("BEGIN DEFERRED")
        return try finish(body)
    }

    /// Copies the write-ahead log into the database and cuts it to nothing: afterwards what was deleted is in no file.
    /// Not in a transaction.
    ///
    /// - Parameter patience: how long to wait for readers that use the log; nil is the connection's busy timeout.
    ///
    /// Throws busy when they took longer.
    public func truncateLog(patience: Duration? = nil) throws {
        if let patience { return try waiting(patience) { try truncateLog() } }
        let blocked = try first("PRAGMA wal_checkpoint(TRUNCATE)") { row in try row.int64(0) }
        if blocked == 1 {
            throw SQLiteError(code: .busy, message: "readers keep the write-ahead log in use")
        }
    }

    private func finish<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            rollback()
            throw error
        }
    }

    /// Ends an open transaction without its changes. Does nothing when there is none.
    func rollback() {
        // Its own failure tells nothing new: the transaction is gone either way, and the caller throws the cause.
        if isInTransaction { try? run("ROLLBACK") }
    }
}
