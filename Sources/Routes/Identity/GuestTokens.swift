import CCrypto
public import Chat
import Glibc
import JSON

/// Makes and checks the tokens that this installation gives out: JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256
/// (RFC 7518, section 3.2) under a secret of its own.
public struct GuestTokens: Sendable {
    /// What a token says.
    public struct Claims: Sendable, Equatable {
        public let user: UserID
        public let issuedAt: Timestamp
        public let expiresAt: Timestamp

        var lifetimeMS: Int64 { expiresAt.milliseconds - issuedAt.milliseconds }

        /// From half of its life on, a token is exchanged for a fresh one.
        var renewAfter: Timestamp { Timestamp(milliseconds: issuedAt.milliseconds + lifetimeMS / 2) }

        /// Until when it can be exchanged for a fresh one. A guest's token can long after it expired: guests have nothing else that
        /// leads back to their conversations. One that the operator made for a while holds for that while.
        var renewableUntil: Timestamp {
            guard lifetimeMS == GuestTokens.guestLifetimeMS else { return expiresAt }
            return Timestamp(milliseconds: issuedAt.milliseconds + GuestTokens.guestRenewalMS)
        }
    }

    /// A token, and what it says.
    public struct Issued: Sendable {
        public let token: String
        public let claims: Claims
        public var user: UserID { claims.user }
        public var expiresAt: Timestamp { claims.expiresAt }
    }

    /// How long a guest's token holds: 30 days.
    public static let guestLifetimeMS: Int64 = 30 * 86_400_000
    /// How long after its issue a guest's token can be exchanged for a fresh one: 400 days, as long as browsers keep a cookie
    /// (RFC 6265bis, section 5.6.2).
    static let guestRenewalMS: Int64 = 400 * 86_400_000
    private static let issuer = "chat-fcgi"
    private static let header = Base64URL.encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
    /// Seconds since 1970 up to the year 9999.
    private static let times: ClosedRange<Int64> = 0...253_402_300_799

    private let secret: [UInt8]

    /// - Parameter secret: 32 bytes.
    public init(secret: [UInt8]) { self.secret = secret }

    /// A token for `user`.
    /// - Parameter lifetimeMS: whole seconds.
    public func issue(to user: UserID, lifetimeMS: Int64 = guestLifetimeMS, at now: Timestamp = .now()) -> Issued {
        // Whole seconds, as the claims have them.
        let issued = now.milliseconds / 1000
        let expires = issued + lifetimeMS / 1000
        var writer = JSONWriter(reservingCapacity: 128)
        writer.beginObject()
        writer.key("iss")
        writer.string(Self.issuer)
        writer.key("sub")
        writer.string(user.rawValue)
        writer.key("iat")
        writer.integer(issued)
        writer.key("exp")
        writer.integer(expires)
        writer.endObject()
        return Issued(
            token: signed(writer.bytes),
            claims: Claims(
                user: user, issuedAt: Timestamp(milliseconds: issued * 1000),
                expiresAt: Timestamp(milliseconds: expires * 1000)))
    }

    /// What a token of ours says, expired or not; nil when it is not one of ours or was changed.
    public func claims(of token: String) -> Claims? {
        guard token.utf8.count <= 2048 else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        // The header is compared as a whole: no other algorithm than ours is ever looked at (RFC 8725, section 3.1).
        guard parts.count == 3, parts[0] == Self.header, let given = Base64URL.decode(parts[2]) else { return nil }
        let expected = signature(of: parts[0] + "." + parts[1])
        guard given.count == expected.count, CRYPTO_memcmp(given, expected, expected.count) == 0,
            let claims = Base64URL.decode(parts[1]).flatMap({ try? JSONValue(parsing: $0) }),
            claims["iss"]?.stringValue == Self.issuer,
            let expires = claims["exp"]?.integerValue, let issued = claims["iat"]?.integerValue,
            Self.times.contains(issued), Self.times.contains(expires), issued <= expires,
            let subject = claims["sub"]?.stringValue, Identifiers.isAcceptable(subject)
        else { return nil }
        return Claims(
            user: UserID(rawValue: subject), issuedAt: Timestamp(milliseconds: issued * 1000),
            expiresAt: Timestamp(milliseconds: expires * 1000))
    }

    /// Whose token this is; nil when it is not one of ours, was changed, or has expired.
    public func user(of token: String, at now: Timestamp = .now()) -> UserID? {
        claims(of: token).flatMap { now < $0.expiresAt ? $0.user : nil }
    }

    /// A token with these claims, as JSON.
    func signed(_ claims: [UInt8]) -> String {
        let text = Self.header + "." + Base64URL.encode(claims)
        return text + "." + Base64URL.encode(signature(of: text))
    }

    private func signature(of text: some StringProtocol) -> [UInt8] {
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        HMAC(EVP_sha256(), secret, Int32(secret.count), bytes, bytes.count, &digest, &length)
        return Array(digest.prefix(Int(length)))
    }
}

/// Base64 with the alphabet for URLs, without padding (RFC 4648, section 5).
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            let word =
                UInt32(bytes[index]) << 16 | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (left > 2 ? UInt32(bytes[index + 2]) : 0)
            for position in 0..<min(4, left + 1) { text.append(alphabet[Int(word >> UInt32(18 - 6 * position) & 63)]) }
            index += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for anything but the one canonical encoding: other trailing bits would give one token many spellings.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var word: UInt32 = 0
        var bits = 0
        for byte in text.utf8 {
            guard let value = alphabet.firstIndex(of: byte) else { return nil }
            word = word << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
                word &= (1 << UInt32(bits)) - 1
            }
        }
        return word == 0 && bits < 6 ? bytes : nil
    }
}
