import Chat
import FCGIApp

/// How users are told apart.
public enum IdentityMode: String, Sendable, CaseIterable {
    /// Anybody gets a token of ours by `POST /api/v1/auth/guest`.
    case guest
    /// The web server says who it is, in `REMOTE_USER`.
    case proxy
    /// `user_id` is believed as it is sent. For trusted networks only.
    case open
}

/// Who sent a request, and how that is known.
struct Identity: Sendable {
    let user: UserID
    /// What the request's token says; nil where the web server, or in `open` mode the request itself, names the user.
    var claims: GuestTokens.Claims?
    /// The name of the cookie that brought the token; nil for a bearer token.
    var cookie: String?
    /// What the user may take, where that is not what all users may.
    var limits: UserLimits?
}

/// Finds out who sent a request.
public struct Authenticator: Sendable {
    public let mode: IdentityMode
    public let tokens: GuestTokens

    public init(mode: IdentityMode, tokens: GuestTokens) {
        self.mode = mode
        self.tokens = tokens
    }

    /// Who sent `request`. In `open` mode the user of the body is not known here; nil then, and when none is named in the
    /// query.
    /// - Throws: `Problem` 401 when the identity is missing or bad (RFC 6750, section 3); 400 for a bad name in `open` mode, and
    ///   for two cookies.
    func identity(of request: Request, query: Query, at now: Timestamp = .now()) throws(Problem) -> Identity? {
        switch mode {
        case .guest:
            let token = try token(of: request)
            guard let token, let claims = tokens.claims(of: token.text), now < claims.expiresAt else {
                throw Self.unauthorized(token, token.flatMap { tokens.claims(of: $0.text) }, at: now)
            }
            return Identity(user: claims.user, claims: claims, cookie: token.cookie)
        case .proxy:
            guard let name = request.variable("REMOTE_USER"), Identifiers.isAcceptable(name) else {
                throw Self.unauthorized("The web server did not say who you are.")
            }
            return Identity(user: UserID(rawValue: name))
        case .open:
            guard let name = query["user_id"] else { return nil }
            // Before it is counted under this name: the counting keeps it.
            guard Identifiers.isAcceptable(name) else {
                throw .invalid("user_id", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
            }
            return Identity(user: UserID(rawValue: name))
        }
    }

    /// The token that a guest's request brings, whether it is good or not: the bearer token, else the cookie.
    /// - Throws: `Problem` 400 for two cookies.
    func token(of request: Request) throws(Problem) -> (text: String, cookie: String?)? {
        if let bearer = request.bearerCredentials { return (bearer, nil) }
        return try GuestCookie.read(from: request).map { ($0.value, $0.name) }
    }

    /// The fresh token of a guest whose cookie is past half of its life, or has the name that another one goes before; nil when
    /// the cookie is good as it is, or there is none. Bearer tokens are renewed where their client looks for it (`GuestRoutes`).
    func renewal(of identity: Identity, for request: Request, at now: Timestamp = .now()) -> GuestTokens.Issued? {
        guard let claims = identity.claims, let cookie = identity.cookie else { return nil }
        let isMoving = cookie == GuestCookie.plainName && GuestCookie.name(for: request) != cookie
        guard isMoving || now >= claims.renewAfter else { return nil }
        return renewed(claims, at: now)
    }

    /// A token that lasts as long as the one it replaces.
    func renewed(_ claims: GuestTokens.Claims, at now: Timestamp = .now()) -> GuestTokens.Issued {
        tokens.issue(to: claims.user, lifetimeMS: claims.lifetimeMS, at: now)
    }

    private static func unauthorized(
        _ token: (text: String, cookie: String?)?, _ claims: GuestTokens.Claims?, at now: Timestamp
    ) -> Problem {
        if let claims, now < claims.renewableUntil {
            return unauthorized(
                "This token has expired. POST /api/v1/auth/guest with it gives a fresh one for the same user.",
                error: #", error="invalid_token""#)
        }
        if let token, token.cookie == nil {
            return unauthorized(
                "The bearer token is not valid here or has expired. Get one by POST /api/v1/auth/guest.",
                error: #", error="invalid_token""#)
        }
        return unauthorized("Say who you are: a bearer token, or the cookie that POST /api/v1/auth/guest sets.")
    }

    private static func unauthorized(_ detail: String, error: String = "") -> Problem {
        Problem(
            status: 401, code: "unauthorized", detail: detail,
            fields: [("WWW-Authenticate", #"Bearer realm="chat-fcgi""# + error)])
    }
}
