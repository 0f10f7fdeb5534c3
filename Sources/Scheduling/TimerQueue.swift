import Synchronization

/// Timers of a whole process on one thread: heartbeats, paces, deadlines. Ten thousand timers cost one heap, where a
/// sleeping task each costs a task and about 23 µs more a firing.
///
/// Timers due within the same millisecond fire together. An action runs on the queue's thread and must return at
/// once; it usually wakes somebody.
public final class TimerQueue: Sendable {
    /// Names a timer that has not fired yet.
    public struct Timer: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct State {
        var queue = DeadlineQueue()
        var actions: [UInt64: @Sendable () -> Void] = [:]
        var nextNumber: UInt64 = 0
        var isStopped = false
    }

    /// How far ahead of its time a timer may fire, so that neighbours share one wake-up of the thread.
    private static let coalescing: UInt64 = 500_000

    private let state = ConditionMutex(State())

    public init() {
        let state = self.state
        Thread.start(name: "timers") { Self.run(state) }
    }

    /// Runs `action` once, `milliseconds` from now (0 or less: as soon as possible).
    @discardableResult
    public func schedule(afterMilliseconds milliseconds: Int, _ action: @escaping @Sendable () -> Void) -> Timer {
        schedule(at: MonotonicTime.now().advanced(byMilliseconds: milliseconds), action)
    }

    /// Runs `action` once at `time`.
    @discardableResult
    public func schedule(at time: MonotonicTime, _ action: @escaping @Sendable () -> Void) -> Timer {
        state.withLockSignallingAsNeeded { state, signals in
            let number = state.nextNumber
            state.nextNumber += 1
            state.actions[number] = action
            // The thread sleeps until the earliest: only an earlier one is news to it.
            signals = state.queue.first.map { time.nanoseconds < $0 } ?? true
            state.queue.insert(deadline: time.nanoseconds, number: number)
            return Timer(number: number)
        }
    }

    /// Forgets a timer. One that has fired, or is firing, is not an error.
    public func cancel(_ timer: Timer) {
        state.withLock { state in
            guard state.actions.removeValue(forKey: timer.number) != nil else { return }
            if state.queue.count > 64, state.queue.count > 4 * state.actions.count {
                let live = state.actions
                state.queue.keep { live[$0] != nil }
            }
        }
    }

    /// Suspends the calling task.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(milliseconds: Int) async throws {
        try await sleep(until: MonotonicTime.now().advanced(byMilliseconds: milliseconds))
    }

    /// Suspends the calling task until `time`.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(until time: MonotonicTime) async throws {
        let waker = Waker()
        let timer = schedule(at: time) { waker.wake(.timer) }
        let reasons = await withTaskCancellationHandler {
            await waker.wait()
        } onCancel: {
            waker.wake(.cancellation)
        }
        if reasons.contains(.cancellation) {
            cancel(timer)
            throw CancellationError()
        }
    }

    /// Ends the queue's thread; timers that have not fired never will.
    public func stop() {
        state.withLockSignalling { $0.isStopped = true }
    }

    private static func run(_ state: ConditionMutex<State>) {
        var due: [@Sendable () -> Void] = []
        while true {
            let isStopped = state.wait(
                until: { state in
                    if state.isStopped { return MonotonicTime(nanoseconds: 0) }
                    return state.queue.first.map { MonotonicTime(nanoseconds: $0) }
                },
                { state in
                    let horizon = MonotonicTime.now().nanoseconds + coalescing
                    while let first = state.queue.first, first <= horizon {
                        let number = state.queue.removeFirst()
                        if let action = state.actions.removeValue(forKey: number) { due.append(action) }
                    }
                    return state.isStopped
                })
            if isStopped { return }
            for action in due { action() }
            due.removeAll(keepingCapacity: true)
        }
    }
}

/// A binary heap of deadlines, the earliest first.
struct DeadlineQueue {
    private var entries: [(deadline: UInt64, number: UInt64)] = []

    var count: Int { entries.count }
    var first: UInt64? { entries.first?.deadline }

    mutating func insert(deadline: UInt64, number: UInt64) {
        entries.append((deadline, number))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].deadline < entries[parent].deadline else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the earliest out. There must be one.
    mutating func removeFirst() -> UInt64 {
        let number = entries[0].number
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        siftDown(from: 0)
        return number
    }

    /// Keeps the timers for which `isKept` holds.
    mutating func keep(_ isKept: (UInt64) -> Bool) {
        entries.removeAll { !isKept($0.number) }
        for index in stride(from: entries.count / 2, through: 0, by: -1) { siftDown(from: index) }
    }

    private mutating func siftDown(from start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child].deadline < entries[least].deadline { least = child }
            }
            if least == parent { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
