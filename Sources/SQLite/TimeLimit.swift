import CSQLite
import Scheduling

/// A deadline that SQLite asks for while a statement runs. One for each connection that has a limit; it must outlive the
/// connection's last statement, so its owner removes it before it goes.
final class TimeLimit {
    /// Nanoseconds of the monotonic clock; 0 is no limit. On the heap because SQLite keeps the address.
    private let deadline: UnsafeMutablePointer<UInt64>

    init(of connection: Connection) {
        deadline = .allocate(capacity: 1)
        deadline.initialize(to: 0)
        // Every 20,000 steps of SQLite's machine: well under a millisecond.
        sqlite3_progress_handler(
            connection.handle, 20_000,
            { deadline in
                let end = deadline?.assumingMemoryBound(to: UInt64.self).pointee ?? 0
                return end != 0 && MonotonicTime.now().nanoseconds > end ? 1 : 0
            }, deadline)
    }

    func remove(from connection: Connection) {
        sqlite3_progress_handler(connection.handle, 0, nil, nil)
    }

    deinit {
        deadline.deallocate()
    }

    /// Statements of the connection that still run after `limit` throw `interrupted`. Nil: no limit.
    func set(_ limit: Duration?) {
        guard let limit else {
            deadline.pointee = 0
            return
        }
        let (end, isOver) = MonotonicTime.now().nanoseconds.addingReportingOverflow(limit.nanoseconds)
        deadline.pointee = isOver ? .max : end
    }
}
