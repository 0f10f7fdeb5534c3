import CCrypto
public import Chat
import Glibc
import JSON

/// Makes and checks the tokens that this installation gives out: JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256
/// (RFC 7518, section 3.2) under a secret of its own.
public struct GuestTokens: Sendable {
    /// A token, and what it says.
    public struct Issued: Sendable {
        public let token: String
        public let user: UserID
        public let expiresAt: Timestamp
    }

    /// How long a guest's token holds: 30 days.
    public static let guestLifetimeMS: Int64 = 30 * 86_400_000
    private static let issuer = "chat-fcgi"
    private static let header = Base64URL.encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))

    private let secret: [UInt8]

    /// - Parameter secret: 32 bytes.
    public init(secret: [UInt8]) { self.secret = secret }

    /// A token for `user`.
    public func issue(to user: UserID, lifetimeMS: Int64 = guestLifetimeMS) -> Issued {
        let now = Timestamp.now()
        // Whole seconds, as the claims have them.
        let expires = Timestamp(milliseconds: (now.milliseconds + lifetimeMS) / 1000 * 1000)
        var claims = JSONWriter(reservingCapacity: 128)
        claims.beginObject()
        claims.key("iss")
        claims.string(Self.issuer)
        claims.key("sub")
        claims.string(user.rawValue)
        claims.key("iat")
        claims.integer(now.milliseconds / 1000)
        claims.key("exp")
        claims.integer(expires.milliseconds / 1000)
        claims.endObject()
        let signed = Self.header + "." + Base64URL.encode(claims.bytes)
        return Issued(
            token: signed + "." + Base64URL.encode(signature(of: signed)), user: user, expiresAt: expires)
    }

    /// Whose token this is; nil when it is not one of ours, was changed, or has expired. Which of these it is, is nobody's
    /// business, so it is not told.
    public func user(of token: String, at now: Timestamp = .now()) -> UserID? {
        guard token.utf8.count <= 2048 else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        // The header is compared as a whole: no other algorithm than ours is ever looked at (RFC 8725, section 3.1).
        guard parts.count == 3, parts[0] == Self.header, let given = Base64URL.decode(parts[2]) else { return nil }
        let expected = signature(of: parts[0] + "." + parts[1])
        guard given.count == expected.count, CRYPTO_memcmp(given, expected, expected.count) == 0,
            let claims = Base64URL.decode(parts[1]).flatMap({ try? JSONValue(parsing: $0) }),
            claims["iss"]?.stringValue == Self.issuer, let expires = claims["exp"]?.integerValue,
            expires > now.milliseconds / 1000, let subject = claims["sub"]?.stringValue,
            Identifiers.isAcceptable(subject)
        else { return nil }
        return UserID(rawValue: subject)
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
