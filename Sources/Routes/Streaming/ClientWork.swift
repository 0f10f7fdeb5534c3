// Answers that are streams: written, kept alive, ended where the client leaves.

import FCGIApp
import Scheduling
import Synchronization

extension ResponseWriter {
    /// Gives the result of `body`, which runs in a task of its own; nil when the client leaves before. Then that task is
    /// cancelled, and nobody waits for it.
    /// - Throws: what `body` throws.
    mutating func unlessClientLeaves<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result? {
        let waker = self.waker
        let end = End()
        let task = Task {
            defer {
                end.isReached.store(true, ordering: .releasing)
                waker.wake(.data)
            }
            return try await body()
        }
        var reasons: Waker.Reasons = []
        while !end.isReached.load(ordering: .acquiring) {
            reasons.formUnion(await wait())
            if reasons.contains(.disconnection) {
                task.cancel()
                return nil
            }
        }
        // What came meanwhile is for anyone who waits next.
        waker.wake(reasons)
        return try await task.value
    }
}

private final class End: Sendable {
    let isReached = Atomic(false)
}
