import Synchronization

/// How many streams are open: of each network, and to each user's replies. Belongs to the process, not to its configuration.
public final class StreamCounts: Sendable {
    /// A stream that is counted until this goes.
    final class Place: Sendable {
        private let leave: @Sendable () -> Void
        init(_ leave: @escaping @Sendable () -> Void) { self.leave = leave }
        deinit { leave() }
    }

    private let counts = Mutex<[String: Int]>([:])

    public init() {}

    /// Counts one more under `key`; nil when there are as many as may be.
    func enter(_ key: String, atMost limit: Int) -> Place? {
        let isFree = counts.withLock { counts in
            guard counts[key, default: 0] < limit else { return false }
            counts[key, default: 0] += 1
            return true
        }
        return isFree ? Place { [self] in leave(key) } : nil
    }

    private func leave(_ key: String) {
        counts.withLock { counts in
            let left = counts[key, default: 1] - 1
            counts[key] = left > 0 ? left : nil
        }
    }
}
