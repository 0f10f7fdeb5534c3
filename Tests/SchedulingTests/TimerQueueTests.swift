import Scheduling
import Synchronization
import Testing

@Suite struct TimerQueueTests {
    @Test func `timers fire in the order of their times, whatever order they were set in`() async {
        let timers = TimerQueue()
        let (order, report) = AsyncStream.makeStream(of: Int.self)
        let start = MonotonicTime.now()
        for number in [5, 1, 4, 2, 3, 0] {
            timers.schedule(at: start.advanced(byMilliseconds: number * 20)) { report.yield(number) }
        }
        var fired: [Int] = []
        for await number in order {
            fired.append(number)
            if fired.count == 6 { break }
        }
        #expect(fired == [0, 1, 2, 3, 4, 5])
        #expect(MonotonicTime.now().milliseconds(since: start) >= 99)
    }

    /// The thread that fires them sleeps until the earliest one it knew.
    @Test(.timeLimit(.minutes(1)))
    func `a timer that is earlier than all others fires before them`() async throws {
        let timers = TimerQueue()
        for _ in 0..<100 {
            timers.schedule(afterMilliseconds: 3_600_000) {}
            try await timers.sleep(milliseconds: 1)
        }
    }

    @Test func `a cancelled timer does not fire`() async throws {
        let timers = TimerQueue()
        let count = Mutex(0)
        for _ in 0..<1000 {
            let timer = timers.schedule(afterMilliseconds: 10) { count.withLock { $0 += 1 } }
            timers.cancel(timer)
        }
        try await timers.sleep(milliseconds: 30)
        #expect(count.withLock { $0 } == 0)
    }

    @Test func `a sleep ends at once when its task is cancelled`() async {
        let timers = TimerQueue()
        let task = Task { try await timers.sleep(milliseconds: 3_600_000) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}

@Suite struct WakerTests {
    @Test func `wakes that come while nobody waits are kept, each reason once`() async {
        let waker = Waker()
        waker.wake(.data)
        waker.wake(.timer)
        waker.wake(.data)
        #expect(await waker.wait() == [.data, .timer])
    }

    @Test func `no wake is lost between a waker and a waiter`() async {
        let waker = Waker()
        let sent = Mutex(0)
        let sender = Task {
            for _ in 0..<10_000 {
                sent.withLock { $0 += 1 }
                waker.wake(.data)
                await Task.yield()
            }
        }
        while sent.withLock({ $0 }) < 10_000 { #expect(await waker.wait() == .data) }
        await sender.value
    }
}
