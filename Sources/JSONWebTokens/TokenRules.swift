import JSON

/// What an issuer's token must say (RFC 7519, section 4.1) to be somebody's here.
public struct TokenRules: Sendable, Equatable {
    /// What `iss` must be; nil: not looked at.
    public var issuer: String?
    /// What `aud` must contain; nil: not looked at.
    public var audience: String?
    /// The claim that names the user.
    public var userClaim = "sub"
    /// Seconds that the clocks of issuer and server may differ.
    public var leewaySeconds: Int64 = 30

    public init(
        issuer: String? = nil, audience: String? = nil, userClaim: String = "sub", leewaySeconds: Int64 = 30
    ) {
        self.issuer = issuer
        self.audience = audience
        self.userClaim = userClaim
        self.leewaySeconds = leewaySeconds
    }

    /// Whose token this is.
    /// - Parameter now: seconds since 1970.
    /// - Throws: `TokenFault`.
    public func check(_ token: String, keys: JSONWebKeySet, now: Int64) throws(TokenFault) -> CheckedToken {
        let token = try JSONWebToken(token)
        let payload = try token.payload(signedBy: keys)
        guard let claims = (try? JSONValue(parsing: payload))?.objectValue else {
            throw TokenFault(.claims, "The token's claims are no JSON object.")
        }
        return try check(claims, digest: token.digest, now: now)
    }

    private func check(_ claims: JSONObject, digest: [UInt8], now: Int64) throws(TokenFault) -> CheckedToken {
        guard let expires = try time("exp", of: claims) else {
            throw TokenFault(.claims, "The token does not say when it ends (exp).")
        }
        let (now, leeway) = (Double(now), Double(leewaySeconds))
        guard now < expires + leeway else { throw TokenFault(.claims, "The token has expired.") }
        if let begins = try time("nbf", of: claims), now < begins - leeway {
            throw TokenFault(.claims, "The token does not hold yet (nbf).")
        }
        let issued = try time("iat", of: claims)
        if let issued, now < issued - leeway {
            throw TokenFault(.claims, "The token was issued in the future (iat): clocks differ.")
        }
        if let issuer, claims["iss"]?.stringValue != issuer {
            throw TokenFault(.claims, "The token is of another issuer (iss).")
        }
        if let audience, !Self.names(claims["aud"], audience) {
            throw TokenFault(.claims, "The token is for another service (aud).")
        }
        guard let user = claims[userClaim]?.stringValue, !user.isEmpty else {
            throw TokenFault(.claims, "The token does not name a user (\(userClaim)).")
        }
        // An address that its holder only claims to have is nobody's name (OpenID Connect Core 1.0, section 5.7).
        if userClaim == "email", let verified = claims["email_verified"], verified.boolValue != true {
            throw TokenFault(.claims, "The token's address is not verified (email_verified).")
        }
        let id = claims["jti"]?.stringValue
        return CheckedToken(
            user: user, expiresAt: Self.seconds(expires), issuedAt: issued.map(Self.seconds),
            id: id.map { Hashing.sha256("jti:\(claims["iss"]?.stringValue ?? ""):\($0)") } ?? digest)
    }

    /// A NumericDate: seconds, which need not be whole.
    private func time(_ name: String, of claims: JSONObject) throws(TokenFault) -> Double? {
        guard let value = claims[name] else { return nil }
        guard let seconds = value.numberValue else {
            throw TokenFault(.claims, "The token has a time that is no number (\(name)).")
        }
        return seconds
    }

    /// Whole seconds; a time far beyond all calendars stays within 64 bits.
    private static func seconds(_ time: Double) -> Int64 { Int64(min(max(time, -1e15), 1e15)) }

    private static func names(_ claim: JSONValue?, _ audience: String) -> Bool {
        guard let claim else { return false }
        if let list = claim.arrayValue { return list.contains { $0.stringValue == audience } }
        return claim.stringValue == audience
    }
}

/// What a good token of an issuer says.
public struct CheckedToken: Sendable, Equatable {
    /// The user, as the issuer names it; any text.
    public let user: String
    /// Seconds since 1970.
    public let expiresAt: Int64
    public let issuedAt: Int64?
    /// Tells it from other tokens: a digest.
    public let id: [UInt8]
}
