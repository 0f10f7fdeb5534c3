import Glibc

/// A value behind a lock that threads can also wait on: a mutex with a condition variable on the monotonic clock.
///
/// Only for threads of one's own. Swift's cooperative threads must not block; they use `Synchronization.Mutex`
/// for short sections and `Waker` to wait.
public final class ConditionMutex<Value>: @unchecked Sendable {
    // Unchecked, because the compiler cannot see that `value` is reached only while `mutex` is held: `withLock` and
    // `wait` are the only ways to it, and both hold the mutex while the closure runs.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value

    public init(_ value: sending Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` with the lock held.
    public func withLock<Result>(_ body: (inout Value) throws -> sending Result) rethrows -> sending Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// Runs `body` with the lock held, then wakes one waiting thread.
    public func withLockSignalling<Result>(_ body: (inout Value) -> sending Result) -> sending Result {
        let result = withLock(body)
        // After the lock: a thread that wakes while it is held only waits again.
        pthread_cond_signal(condition)
        return result
    }

    /// Runs `body` with the lock held, then wakes one waiting thread where `body` has set `signals`.
    public func withLockSignallingAsNeeded<Result>(
        _ body: (inout Value, _ signals: inout Bool) -> sending Result
    ) -> sending Result {
        var signals = false
        let result = withLock { value in body(&value, &signals) }
        if signals { pthread_cond_signal(condition) }
        return result
    }

    /// Waits until `body` returns something, asking it again after every signal.
    public func wait<Result>(_ body: (inout Value) -> sending Result?) -> sending Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&value) { return result }
            pthread_cond_wait(condition, mutex)
        }
    }

    /// Waits for a signal, or until `deadline`; then runs `body` with the lock held.
    ///
    /// `deadline` is worked out from the value with the lock held; nil waits for the signal alone, and a time that has
    /// passed does not wait.
    public func wait<Result>(
        until deadline: (inout Value) -> MonotonicTime?, _ body: (inout Value) -> sending Result
    ) -> sending Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if let deadline = deadline(&value) {
            if deadline > .now() {
                let (seconds, nanoseconds) = deadline.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
                var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(nanoseconds))
                pthread_cond_timedwait(condition, mutex, &time)
            }
        } else {
            pthread_cond_wait(condition, mutex)
        }
        return body(&value)
    }
}

/// A point on the clock that never goes back.
public struct MonotonicTime: Comparable, Sendable {
    public var nanoseconds: UInt64

    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    public static func now() -> MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    public static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The time `milliseconds` later.
    public func advanced(byMilliseconds milliseconds: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: nanoseconds &+ UInt64(max(0, milliseconds)) * 1_000_000)
    }

    /// Milliseconds from `earlier` to this, 0 when `earlier` is later.
    public func milliseconds(since earlier: MonotonicTime) -> Int {
        nanoseconds > earlier.nanoseconds ? Int((nanoseconds - earlier.nanoseconds) / 1_000_000) : 0
    }
}
