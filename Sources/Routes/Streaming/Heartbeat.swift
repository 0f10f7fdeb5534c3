import Scheduling
import Synchronization

/// When a stream has to show that it is alive. One timer at a time: it does not move with every event, it looks when it
/// fires.
final class Heartbeat: Sendable {
    /// A comment, which clients ignore and proxies see.
    static let ping = Array(": ping\n\n".utf8)

    private let intervalMS: Int
    private let timers: TimerQueue
    private let waker: Waker
    // Not ConditionMutex: Swift's threads take this lock.
    private let state: Mutex<(lastBeat: MonotonicTime, timer: TimerQueue.Timer?)>

    init(intervalMS: Int, timers: TimerQueue, waker: Waker) {
        self.intervalMS = intervalMS
        self.timers = timers
        self.waker = waker
        let now = MonotonicTime.now()
        let timer = timers.schedule(at: Self.time(intervalMS, after: now)) { waker.wake(.timer) }
        state = Mutex((now, timer))
    }

    /// `intervalMS` after `time`, or up to a 64th of it later: many streams share a moment, and wake the timers' thread once.
    private static func time(_ intervalMS: Int, after time: MonotonicTime) -> MonotonicTime {
        let step = UInt64(max(1, intervalMS / 64)) * 1_000_000
        let earliest = time.advanced(byMilliseconds: intervalMS).nanoseconds
        return MonotonicTime(nanoseconds: (earliest + step - 1) / step * step)
    }

    /// Something went out.
    func beat() { state.withLock { $0.lastBeat = .now() } }

    /// The timer fired: whether nothing has gone out for the interval. Sets the next one.
    func isDue() -> Bool {
        let now = MonotonicTime.now()
        let last = state.withLock { $0.lastBeat }
        // The timer may fire half a millisecond early.
        let isDue = now.milliseconds(since: last) + 1 >= intervalMS
        let next = Self.time(intervalMS, after: isDue ? now : last)
        let timer = timers.schedule(at: next) { [waker] in waker.wake(.timer) }
        state.withLock { $0.timer = timer }
        return isDue
    }

    func stop() {
        if let timer = state.withLock({ $0.timer }) { timers.cancel(timer) }
    }
}
