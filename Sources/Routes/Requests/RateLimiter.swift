import Chat
import Scheduling
import Synchronization

/// Requests per minute and user: a token bucket each, filled steadily, so that a burst up to the whole minute's number is
/// fine and a steady stream over it is not.
///
/// It counts within this process. Several processes each grant the whole rate.
final class RateLimiter: Sendable {
    /// What is left to a user.
    struct Standing: Sendable {
        let isAllowed: Bool
        let limit: Int
        let remaining: Int
        /// Whole seconds until a request is allowed again, or, when allowed, until the bucket is full.
        let resetSeconds: Int

        /// The fields of draft-ietf-httpapi-ratelimit-headers-07, in the spelling clients understand most widely.
        var fields: [(name: String, value: String)] {
            [
                ("RateLimit-Limit", String(limit)), ("RateLimit-Remaining", String(remaining)),
                ("RateLimit-Reset", String(resetSeconds)),
            ]
        }
    }

    private struct Bucket {
        /// In nanoseconds of waiting: whole numbers, so that many small gains are as much as one large.
        var credit: UInt64
        var filledAt: MonotonicTime

        /// What it holds at `now`.
        func credit(at now: MonotonicTime, capacity: UInt64) -> UInt64 {
            let gained = now > filledAt ? now.nanoseconds - filledAt.nanoseconds : 0
            return min(capacity, credit + min(capacity, gained))
        }
    }

    /// Buckets kept at most; full ones are dropped first, they say nothing.
    private static let maximumBuckets = 100_000

    private let perMinute: Int
    /// What a request takes from a bucket, and what a full bucket holds.
    private let cost: UInt64
    private let capacity: UInt64
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameter perMinute: 1 or more.
    init(perMinute: Int) {
        self.perMinute = max(1, perMinute)
        cost = max(1, 60_000_000_000 / UInt64(self.perMinute))
        capacity = cost * UInt64(self.perMinute)
    }

    /// Takes one request from the bucket of `key`.
    func take(_ key: String, at now: MonotonicTime = .now()) -> Standing {
        buckets.withLock { buckets in
            if buckets.count >= Self.maximumBuckets { prune(&buckets, now: now) }
            var credit = buckets[key]?.credit(at: now, capacity: capacity) ?? capacity
            let isAllowed = credit >= cost
            if isAllowed { credit -= cost }
            // Of two threads, the one with the earlier time may come second.
            let filledAt = max(now, buckets[key]?.filledAt ?? now)
            buckets[key] = Bucket(credit: credit, filledAt: filledAt)
            let missing = isAllowed ? capacity - credit : cost - credit
            return Standing(
                isAllowed: isAllowed, limit: perMinute, remaining: Int(credit / cost),
                resetSeconds: max(1, Int((missing + 999_999_999) / 1_000_000_000)))
        }
    }

    private func prune(_ buckets: inout [String: Bucket], now: MonotonicTime) {
        buckets = buckets.filter { _, bucket in bucket.credit(at: now, capacity: capacity) < capacity }
        // Most in use at once: better to forget than to grow without end, or to look through all of them at every request.
        if buckets.count >= Self.maximumBuckets / 2 { buckets.removeAll() }
    }
}
