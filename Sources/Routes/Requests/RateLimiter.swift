import CCrypto
import Chat
import Glibc

/// How much may be asked for in a time, and under whose name it is counted. All that the limiter needs to know, so that anyone who
/// knows a request's sender can give limits of their own.
public struct RequestRate: Sendable, Equatable {
    /// Whose bucket it is, such as a user or an address, and of what.
    public var bucket: String
    public var count: Int
    public var seconds: Int

    /// - Parameters:
    ///   - count: what a full bucket holds, 1 or more.
    ///   - seconds: how long an empty bucket takes to be full.
    public init(_ bucket: String, count: Int, seconds: Int = 60) {
        self.bucket = bucket
        self.count = max(1, count)
        self.seconds = max(1, seconds)
    }
}

/// Requests in a time: a token bucket each, filled steadily, so that a burst up to the whole number is fine and a steady stream over
/// it is not. Counts for all processes that share a data folder, and across reloads and restarts.
public final class RateLimiter: Sendable {
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
                (Self.fieldNames[0], String(limit)), (Self.fieldNames[1], String(remaining)),
                (Self.fieldNames[2], String(resetSeconds)),
            ]
        }

        static let fieldNames = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]
    }

    private let table: BucketTable
    private let secret: [UInt8]

    /// - Parameters:
    ///   - path: of the file that processes share; nil counts in this one alone.
    ///   - secret: the same in all processes. Without it nobody can tell whose bucket lies where, and take another's place.
    public init(path: String?, secret: [UInt8]) {
        table = BucketTable(path: path)
        self.secret = secret
    }

    /// Takes from a bucket.
    /// - Parameter number: how many at once; more than the bucket ever holds counts as all of it.
    func take(_ rate: RequestRate, _ number: Int = 1, at time: Timestamp = .now()) -> Standing {
        let now = UInt64(max(0, time.milliseconds)) * 1_000_000
        // In nanoseconds of waiting: whole numbers, so that many small gains are as much as one large.
        let unit = max(1, UInt64(rate.seconds) * 1_000_000_000 / UInt64(rate.count))
        let capacity = unit * UInt64(rate.count)
        let cost = unit * UInt64(min(max(1, number), rate.count))
        return table.update(hash(rate.bucket), at: now) { fullAt in
            // No bucket is emptier than empty: the clock may have been set back, or the limit lowered.
            let missing = min(fullAt > now ? fullAt - now : 0, capacity)
            let isAllowed = missing + cost <= capacity
            let left = isAllowed ? missing + cost : missing
            let wait = isAllowed ? left : missing + cost - capacity
            let standing = Standing(
                isAllowed: isAllowed, limit: rate.count, remaining: Int((capacity - left) / unit),
                resetSeconds: max(1, Int((wait + 999_999_999) / 1_000_000_000)))
            return (now + left, standing)
        }
    }

    private func hash(_ bucket: String) -> UInt64 {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let bytes = Array(bucket.utf8)
        HMAC(EVP_sha256(), secret, Int32(secret.count), bytes, bytes.count, &digest, &length)
        return digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The network that an address is counted by. Somebody who has one address of IPv6 usually has 2^64 of them, a /64.
enum ClientNetwork {
    static func of(_ address: String) -> String {
        guard address.contains(":") else { return address }
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, String(address.prefix { $0 != "%" }), &bytes) == 1 else { return address }
        let parts = withUnsafeBytes(of: bytes) { Array($0) }
        // ::ffff:192.0.2.1 is IPv4 (RFC 4291, section 2.5.5.2).
        if parts.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] {
            return parts.suffix(4).map(String.init).joined(separator: ".")
        }
        return parts.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }

    /// The machine itself: a proxy on it that does not tell its clients' addresses, or a program.
    static func isLoopback(_ network: String) -> Bool {
        network.isEmpty || network.hasPrefix("127.") || network == of("::1")
    }
}
