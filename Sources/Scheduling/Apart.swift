/// Runs `body` in a task of its own and gives its result.
///
/// A task keeps the memory of its deepest call until it ends. What takes a moment and goes deep, such as asking the store,
/// is done apart by a task that then waits for minutes. Cancelling the calling task cancels `body`.
/// - Throws: what `body` throws.
public func apart<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
    let task = Task(operation: body)
    return try await withTaskCancellationHandler {
        try await task.value
    } onCancel: {
        task.cancel()
    }
}
