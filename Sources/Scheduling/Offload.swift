import Glibc

/// Runs `body` in a task of its own, on threads of its own, and gives its result.
///
/// For what takes a processor for a while, or goes deep: reading what a user wrote, finding and ranking an answer. On the
/// threads that all tasks share it would hold up every other request, and a task keeps the memory of its deepest call until
/// it ends. Cancelling the calling task cancels `body`.
/// - Parameter isBrief: that it takes no longer than the way to another thread and back: only the task is its own then, and it begins on
///   the calling thread.
/// - Throws: what `body` throws.
public func offload<Result: Sendable>(
    isBrief: Bool = false, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let task =
        isBrief
        ? Task.immediate(operation: body) : Task(executorPreference: OffloadThreads.shared, operation: body)
    return try await withTaskCancellationHandler {
        try await task.value
    } onCancel: {
        task.cancel()
    }
}

/// Pieces of work that wait for one of the threads of `offload`.
public var offloadQueueLength: Int { OffloadThreads.shared.waiting }

/// The threads that `offload` runs on. The kernel divides the processors between them and Swift's own threads, so requests that
/// take a moment only are answered meanwhile.
private final class OffloadThreads: TaskExecutor {
    static let shared = OffloadThreads()

    private static let count = max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    /// As much as Swift's own threads have. Only touched pages take memory.
    private static let stackBytes = 8 * 1024 * 1024

    /// First come, first served: `next` is the first that nobody has taken yet.
    private let queue = ConditionMutex<(jobs: [UnownedJob], next: Int)>(([], 0))

    private init() {
        for number in 1...Self.count {
            Thread.start(name: "apart-\(number)", stackBytes: Self.stackBytes) { self.run() }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.withLockSignalling { $0.jobs.append(job) }
    }

    var waiting: Int { queue.withLock { $0.jobs.count - $0.next } }

    private func run() -> Never {
        while true {
            let job = queue.wait { queue -> UnownedJob? in
                guard queue.next < queue.jobs.count else { return nil }
                queue.next += 1
                let job = queue.jobs[queue.next - 1]
                // Seldom, so that taking one costs the same however many wait.
                if queue.next * 2 >= queue.jobs.count {
                    queue.jobs.removeFirst(queue.next)
                    queue.next = 0
                }
                return job
            }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
