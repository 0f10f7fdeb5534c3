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
        let timer = timers.schedule(at: now.advanced(byMilliseconds: intervalMS)) { waker.wake(.timer) }
        state = Mutex((now, timer))
    }

    /// Something went out.
    func beat() { state.withLock { $0.lastBeat = .now() } }

    /// The timer fired: whether nothing has gone out for the interval. Sets the next one.
    func isDue() -> Bool {
        let now = MonotonicTime.now()
        let last = state.withLock { $0.lastBeat }
        // The timer may fire half a millisecond early.
        let isDue = now.milliseconds(since: last) + 1 >= intervalMS
        let next = (isDue ? now : last).advanced(byMilliseconds: intervalMS)
        let timer = timers.schedule(at: next) { [waker] in waker.wake(.timer) }
        state.withLock { $0.timer = timer }
        return isDue
    }

    func stop() {
        if let timer = state.withLock({ $0.timer }) { timers.cancel(timer) }
    }
}
