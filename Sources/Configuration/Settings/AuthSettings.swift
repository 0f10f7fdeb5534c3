/// How users are told apart.
public struct AuthSettings: Sendable, Equatable {
    public enum Mode: String, Sendable, CaseIterable {
        /// Anybody gets a token of ours by `POST /api/v1/auth/guest`.
        case guest
        /// A bearer token of somebody else's, checked by `AuthSettings.jwt`.
        case jwt
        /// The web server says who it is, in `REMOTE_USER`.
        case proxy
        /// `user_id` is believed as it is sent.
        case open
    }

    /// `auth.mode`; `guest` by default. Only the reader sets it, so that `open` can come from nothing but a file that
    /// names it.
    public internal(set) var mode = Mode.guest
    /// Origins besides the server's own whose pages may change something for a user whom the browser makes known by itself
    /// (a cookie, the web server's password). `auth.allowed_origins`; empty by default, at most 32.
    public var allowedOrigins: [String] = []
    /// `jwt`, a key at the top of the file; nil by default. Never nil when `mode` is `jwt`.
    public var jwt: JWTSettings?

    public init() {}
}

/// What a bearer token must be (RFC 7519).
public struct JWTSettings: Sendable, Equatable {
    /// A JSON Web Key Set (RFC 7517) with the public keys. `jwt.keys_file`; required.
    public var keysFile: String
    /// What the claim `iss` must be. `jwt.issuer`; nil by default: not looked at.
    public var issuer: String?
    /// What the claim `aud` must contain. `jwt.audience`; nil by default: not looked at.
    public var audience: String?
    /// Seconds that the clocks of issuer and server may differ. `jwt.leeway_s`; 0 to 600, 30 by default.
    public var leewaySeconds = 30

    public init(keysFile: String, issuer: String? = nil, audience: String? = nil) {
        self.keysFile = keysFile
        self.issuer = issuer
        self.audience = audience
    }
}
