/// One piece of work for the writer's thread, with the task that waits for it.
struct WriteJob: Sendable {
    enum Place {
        /// Shares a transaction.
        case group
        /// As `group`, and its transaction is not synced.
        case unsynced
        /// Runs between groups with no transaction open.
        case alone
    }

    /// How the body ended. Nothing is told to the waiting task until the transaction is on the disk.
    struct Outcome {
        let error: (any Error)?
        let deliver: () -> Void
    }

    let place: Place
    let perform: @Sendable (Connection) -> Outcome
    let fail: @Sendable (any Error) -> Void

    /// - Parameter continuation: of the task that waits for it; nil where none does.
    init<Result: Sendable>(
        _ place: Place, _ continuation: CheckedContinuation<Result, any Error>?,
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) {
        self.place = place
        perform = { connection in
            do {
                let result = try body(connection)
                return Outcome(error: nil) { continuation?.resume(returning: result) }
            } catch {
                return Outcome(error: error) { continuation?.resume(throwing: error) }
            }
        }
        fail = { error in continuation?.resume(throwing: error) }
    }
}
