import CSQLite
import Glibc
import Scheduling

/// How a connection waits for another's lock: it looks again and again, after a tenth of a millisecond at first and about
/// a millisecond later.
///
/// SQLite's own sqlite3_busy_timeout sleeps up to 100 ms between two looks. Two processes that write all the time then
/// keep each other waiting hundreds of times longer than a commit takes.
final class LockPatience {
    private struct Wait {
        var limitNanoseconds: UInt64
        /// When the present wait began.
        var begun: UInt64 = 0
    }

    /// On the heap because SQLite keeps the address; `remove` takes it away from SQLite before it is freed.
    private let wait: UnsafeMutablePointer<Wait>

    init(of connection: OpaquePointer, limit: Duration) {
        wait = .allocate(capacity: 1)
        wait.initialize(to: Wait(limitNanoseconds: limit.nanoseconds))
        sqlite3_busy_handler(
            connection,
            { context, looks in
                guard let wait = context?.assumingMemoryBound(to: Wait.self) else { return 0 }
                let now = MonotonicTime.now().nanoseconds
                if looks == 0 { wait.pointee.begun = now }
                guard now - wait.pointee.begun < wait.pointee.limitNanoseconds else { return 0 }
                pause(afterLooks: Int(looks), now: now)
                return 1
            }, wait)
    }

    deinit {
        wait.deallocate()
    }

    func remove(from connection: OpaquePointer) {
        sqlite3_busy_handler(connection, nil, nil)
    }

    /// How long to wait before the statement throws busy.
    func set(limit: Duration) {
        wait.pointee.limitNanoseconds = limit.nanoseconds
    }
}

/// Sleeps between two looks at a lock.
private func pause(afterLooks looks: Int, now: UInt64) {
    let step = min(100 << min(looks, 3), 800)
    // Uneven, so that two who wait do not look in step for ever.
    usleep(UInt32(step) + UInt32(truncatingIfNeeded: now / 100 % 300))
}

/// Repeats what SQLite refuses as busy without asking the busy handler, until `limit` has passed; then throws busy.
func retryWhileBusy(_ limit: Duration, _ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
    let begun = MonotonicTime.now().nanoseconds
    var looks = 0
    while true {
        do throws(SQLiteError) {
            return try body()
        } catch {
            let now = MonotonicTime.now().nanoseconds
            guard error.isBusy, now - begun < limit.nanoseconds else { throw error }
            pause(afterLooks: looks, now: now)
            looks += 1
        }
    }
}

extension Duration {
    /// Whole nanoseconds; 0 for less than none, the greatest number for more than 500 years.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        let (product, isTooLarge) = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isOver) = product.addingReportingOverflow(UInt64(clamping: attoseconds / 1_000_000_000))
        return isTooLarge || isOver ? .max : sum
    }
}
