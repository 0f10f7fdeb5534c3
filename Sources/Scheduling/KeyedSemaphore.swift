import Synchronization

/// Lets one task of each key through at a time, so that what one of them has waiting is in nobody else's way.
public final class KeyedSemaphore<Key: Hashable & Sendable>: Sendable {
    private struct Entry {
        let semaphore: AsyncSemaphore
        /// Tasks inside, and those that wait.
        var tasks = 0
    }

    private let entries = Mutex<[Key: Entry]>([:])
    private let mostWaiting: Int

    /// - Parameter mostWaiting: how many tasks of one key may wait; 0 or more.
    public init(mostWaiting: Int) { self.mostWaiting = mostWaiting }

    /// Runs `body` when no other task of the key is inside.
    /// - Throws: `AsyncSemaphore.Full`; `CancellationError` when the task is cancelled while it waits; what `body` throws.
    public func withPermit<Result: Sendable>(
        of key: Key, _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        let semaphore = entries.withLock { entries in
            entries[key, default: Entry(semaphore: AsyncSemaphore(places: 1, mostWaiting: mostWaiting))].tasks += 1
            return entries[key]!.semaphore
        }
        defer {
            entries.withLock { entries in
                entries[key]!.tasks -= 1
                if entries[key]!.tasks == 0 { entries[key] = nil }
            }
        }
        return try await semaphore.withPermit(body)
    }

    /// Keys with a task.
    var count: Int { entries.withLock { $0.count } }
}
