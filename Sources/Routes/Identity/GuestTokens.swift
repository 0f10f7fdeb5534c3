public import Chat
import Glibc
import JSON
import JSONWebTokens
public import Ownership

/// Makes and checks the tokens that this installation gives out: JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256
/// (RFC 7518, section 3.2) under a secret of its own.
public struct GuestTokens: Sendable {
    /// What a token says.
    public struct Claims: Sendable, Equatable {
        public let user: UserID
        public let issuedAt: Timestamp
        public let expiresAt: Timestamp
        /// Names the token and those that it is renewed to, so that they can be ended together.
        let id: String
        /// How often all tokens of the user had been ended when it was made (`TokenStanding`).
        let generation: Int

        var lifetimeMS: Int64 { expiresAt.milliseconds - issuedAt.milliseconds }

        /// From half of its life on, a token is exchanged for a fresh one.
        var renewAfter: Timestamp { Timestamp(milliseconds: issuedAt.milliseconds + lifetimeMS / 2) }

        /// Until when it can be exchanged for a fresh one. A guest's token can long after it expired: guests have nothing else that
        /// leads back to their conversations. One that the operator made for a while holds for that while.
        var renewableUntil: Timestamp {
            guard lifetimeMS == GuestTokens.guestLifetimeMS else { return expiresAt }
            return Timestamp(milliseconds: issuedAt.milliseconds + GuestTokens.guestRenewalMS)
        }

        /// When neither it nor what it was renewed to until `now` can be used any more.
        func lastUse(at now: Timestamp) -> Timestamp {
            Timestamp(milliseconds: now.milliseconds + max(lifetimeMS, GuestTokens.guestRenewalMS))
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
    /// - Parameters:
    ///   - lifetimeMS: whole seconds.
    ///   - id: of the token that it replaces; nil for a token that replaces none.
    ///   - generation: how often all tokens of the user have been ended.
    public func issue(
        to user: UserID, lifetimeMS: Int64 = guestLifetimeMS, id: String? = nil, generation: Int = 0,
        at now: Timestamp = .now()
    ) -> Issued {
        let id = id ?? Base64URL.encode(Hashing.randomBytes(16))
        // Whole seconds, as the claims have them.
        let issued = now.milliseconds / 1000
        let expires = issued + lifetimeMS / 1000
        var writer = JSONWriter(reservingCapacity: 128)
        writer.beginObject()
        writer.member("iss", Self.issuer)
        writer.member("sub", user.rawValue)
        writer.member("iat", issued)
        writer.member("exp", expires)
        writer.member("sid", id)
        writer.member("gen", generation)
        writer.endObject()
        return Issued(
            token: signed(writer.bytes),
            claims: Claims(
                user: user, issuedAt: Timestamp(milliseconds: issued * 1000),
                expiresAt: Timestamp(milliseconds: expires * 1000), id: id, generation: generation))
    }

    /// What a token of ours says, expired or not; nil when it is not one of ours or was changed.
    public func claims(of token: String) -> Claims? {
        guard token.utf8.count <= 2048 else { return nil }
        let bytes = Array(token.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // The header is compared as a whole: no other algorithm than ours is ever looked at (RFC 8725, section 3.1).
        guard parts.count == 3, parts[0].elementsEqual(Self.header.utf8), let given = Base64URL.decode(utf8: parts[2])
        else { return nil }
        let expected = signature(of: Array(bytes[..<parts[1].endIndex]))
        guard Hashing.areEqual(given, expected),
            let claims = Base64URL.decode(utf8: parts[1]).flatMap({ try? JSONValue(parsing: $0) }),
            claims["iss"]?.stringValue == Self.issuer,
            let expires = claims["exp"]?.integerValue, let issued = claims["iat"]?.integerValue,
            Self.times.contains(issued), Self.times.contains(expires), issued <= expires,
            let subject = claims["sub"]?.stringValue, Identifiers.isAcceptable(subject),
            // Tokens of earlier versions have neither.
            let generation = claims["gen"] == nil ? 0 : claims["gen"]?.integerValue,
            let id = claims["sid"] == nil ? "\(subject) \(issued) \(expires)" : claims["sid"]?.stringValue
        else { return nil }
        return Claims(
            user: makeOwner(subject), issuedAt: Timestamp(milliseconds: issued * 1000),
            expiresAt: Timestamp(milliseconds: expires * 1000), id: id, generation: Int(generation))
    }

    /// Whose token this is; nil when it is not one of ours, was changed, or has expired.
    public func user(of token: String, at now: Timestamp = .now()) -> UserID? {
        claims(of: token).flatMap { now < $0.expiresAt ? $0.user : nil }
    }

    /// A token with these claims, as JSON.
    func signed(_ claims: [UInt8]) -> String {
        let text = Self.header + "." + Base64URL.encode(claims)
        return text + "." + Base64URL.encode(signature(of: Array(text.utf8)))
    }

    private func signature(of text: [UInt8]) -> [UInt8] { Hashing.authenticationCode(of: text, under: secret) }
}
