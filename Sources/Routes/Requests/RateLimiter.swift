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
        var tokens: Double
        var filledAt: MonotonicTime
    }

    /// Buckets kept at most; full ones are dropped first, they say nothing.
    private static let maximumBuckets = 100_000

    private let perMinute: Int
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameter perMinute: 1 or more.
    init(perMinute: Int) { self.perMinute = max(1, perMinute) }

    /// Takes one request from the bucket of `key`.
    func take(_ key: String, at now: MonotonicTime = .now()) -> Standing {
        let rate = Double(perMinute) / 60_000
        return buckets.withLock { buckets in
            if buckets.count >= Self.maximumBuckets { Self.prune(&buckets, perMinute: perMinute, now: now) }
            var bucket = buckets[key] ?? Bucket(tokens: Double(perMinute), filledAt: now)
            let gained = Double(now.milliseconds(since: bucket.filledAt)) * rate
            // The odd milliseconds are kept by moving `filledAt` only when something was gained.
            if gained > 0 { bucket = Bucket(tokens: min(Double(perMinute), bucket.tokens + gained), filledAt: now) }
            let isAllowed = bucket.tokens >= 1
            if isAllowed { bucket.tokens -= 1 }
            buckets[key] = bucket
            let missing = isAllowed ? Double(perMinute) - bucket.tokens : 1 - bucket.tokens
            return Standing(
                isAllowed: isAllowed, limit: perMinute, remaining: Int(bucket.tokens),
                resetSeconds: max(1, Int((missing / rate / 1000).rounded(.up))))
        }
    }

    private static func prune(_ buckets: inout [String: Bucket], perMinute: Int, now: MonotonicTime) {
        let rate = Double(perMinute) / 60_000
        buckets = buckets.filter { _, bucket in
            bucket.tokens + Double(now.milliseconds(since: bucket.filledAt)) * rate < Double(perMinute)
        }
        // All in use at once: better to forget than to grow without end.
        if buckets.count >= maximumBuckets { buckets.removeAll() }
    }
}
