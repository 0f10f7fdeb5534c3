// The settings as values, with their defaults.

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

    /// The ways in which a user may be known, asked in this order. `auth.mode`, one or a list; `guest` by default; `open` stands
    /// alone. Only the reader sets it, so that `open` can come from nothing but a file that names it.
    public internal(set) var modes = [Mode.guest]
    /// Origins besides the server's own whose pages may change something for a user whom the browser makes known by itself
    /// (a cookie, the web server's password). `auth.allowed_origins` and `cors.origins`; empty by default, at most 32 in each.
    public var allowedOrigins: [String] = []
    /// `jwt`, a key at the top of the file; nil by default. Never nil when `modes` has `jwt`.
    public var jwt: JWTSettings?

    public init() {}
}

/// What a bearer token must be (RFC 7519).
public struct JWTSettings: Sendable, Equatable {
    /// Where the keys come from that tokens are checked with.
    public enum Keys: Sendable, Equatable {
        /// A JSON Web Key Set (RFC 7517). `jwt.keys_file`.
        case file(path: String)
        /// The address of one. `jwt.keys_url`.
        case url(String)
        /// What the issuer says of itself (OpenID Connect Discovery 1.0, section 4), when neither is given.
        case discovery(issuer: String)
    }

    public var keys: Keys
    /// What the claim `iss` must be. `jwt.issuer`; nil by default: not looked at.
    public var issuer: String?
    /// The claim that names the user. `jwt.claim`; `sub` by default.
    public var claim = "sub"
    /// What the claim `aud` must contain. `jwt.audience`; nil by default: not looked at.
    public var audience: String?
    /// Seconds that the clocks of issuer and server may differ. `jwt.leeway_s`; 0 to 600, 30 by default.
    public var leewaySeconds = 30

    public init(keys: Keys) { self.keys = keys }
}
