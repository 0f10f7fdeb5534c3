// Who asks: guests, signed tokens, keys, and what they may do with themselves.

public import Chat
import FCGIApp
public import JSONWebTokens
public import Ownership

/// Finds out who sent a request.
public struct Authenticator: Sendable {
    /// In the order in which they are asked.
    public let modes: [IdentityMode]
    public let tokens: GuestTokens
    private let ended: any TokenStore
    /// Nil where no issuer is trusted.
    private let issuer: IssuerTokens?
    let keys: any ServiceKeyStore

    public init(
        modes: [IdentityMode], tokens: GuestTokens, ended: any TokenStore, keys: any ServiceKeyStore,
        issuer: IssuerTokens? = nil
    ) {
        self.modes = modes
        self.tokens = tokens
        self.ended = ended
        self.issuer = issuer
        self.keys = keys
    }

    /// Who sent `request`. In `open` mode the user of the body is not known here; nil then, and when none is named in the
    /// query.
    ///
    /// The modes are asked in their order. One that finds nothing of its own in the request leaves it to the next; what is its own
    /// and does not hold is refused.
    /// - Throws: `Problem` 401 when the identity is missing or bad (RFC 6750, section 3); 400 for a bad name in `open` mode, and
    ///   for two cookies; 503 when the issuer's keys cannot be had. `StoreError`.
    func identity(of request: Request, query: Query, at now: Timestamp = .now()) async throws -> Identity? {
        // A key holds whatever the mode.
        if let text = request.credentials, text.hasPrefix(ServiceKeyText.prefix) {
            return try await keyed(text, request)
        }
        var refusal: Problem?
        for mode in modes {
            let finding: Finding =
                switch mode {
                case .guest: try await guest(request, at: now)
                case .jwt: try await issued(request, at: now)
                case .proxy: try proxied(request)
                case .open: try named(query)
                }
            switch finding {
            case .somebody(let identity): return identity
            case .notMine(let problem): refusal = refusal ?? problem
            case .nothing: break
            }
        }
        if modes == [.open] { return nil }
        throw refusal ?? Self.unauthorized(missing: modes)
    }

    /// What one mode makes of a request.
    private enum Finding {
        case somebody(Identity)
        /// There is a token, and it may be another mode's.
        case notMine(Problem)
        case nothing
    }

    private func guest(_ request: Request, at now: Timestamp) async throws -> Finding {
        guard let token = try token(of: request) else { return .nothing }
        guard let claims = tokens.claims(of: token.text) else {
            return .notMine(
                Self.unauthorized(
                    "The token is not valid here. Get one by POST /api/v1/auth/guest.", reason: "not_of_this_server"))
        }
        guard try await holds(Credential(claims)) else {
            throw Self.unauthorized(
                "This token was ended, by a logout or with its user. Get one by POST /api/v1/auth/guest.",
                reason: "ended")
        }
        guard now < claims.expiresAt else {
            throw Self.unauthorized(
                now < claims.renewableUntil
                    ? "This token has expired. POST /api/v1/auth/guest with it gives a fresh one for the same user."
                    : "The token has expired. Get one by POST /api/v1/auth/guest.",
                reason: "expired")
        }
        return .somebody(Identity(user: claims.user, claims: claims, cookie: token.cookie))
    }

    private func issued(_ request: Request, at now: Timestamp) async throws -> Finding {
        guard let issuer, let text = request.credentials else { return .nothing }
        // Guests do not wait for an issuer that has nothing to say of their tokens, nor is it asked for keys that it cannot have.
        if modes.contains(.guest), tokens.claims(of: text) != nil { return .nothing }
        let token: CheckedToken
        do {
            token = try await issuer.check(text, now: now.milliseconds / 1000)
        } catch let fault as TokenFault {
            // One that the issuer signed is nobody else's.
            let refusal = Self.unauthorized(fault.description, reason: fault.kind.rawValue)
            guard fault.kind != .claims else { throw refusal }
            return .notMine(refusal)
        } catch is IssuerKeys.Unavailable {
            throw Problem(
                status: 503, code: "issuer_unavailable",
                detail: "The keys of the issuer of tokens cannot be had just now. Try again shortly.",
                fields: [("Retry-After", "30")])
        }
        guard let user = UserNames.id(of: token.user).map(makeOwner) else {
            throw Self.unauthorized("The name of the user in the token \(UserNames.rule).", reason: "user_name")
        }
        guard try await holds(Credential(token, of: user)) else {
            throw Self.unauthorized(
                "This token was ended by a logout, or with its user. Sign in again.", reason: "ended")
        }
        return .somebody(Identity(user: user, name: token.user, issued: token))
    }

    private func proxied(_ request: Request) throws(Problem) -> Finding {
        guard let name = request.variable("REMOTE_USER") else { return .nothing }
        guard let user = UserNames.id(of: name).map(makeOwner) else {
            throw Self.unauthorized("The name that the web server gave \(UserNames.rule).", error: "")
        }
        return .somebody(Identity(user: user, name: name))
    }

    private func named(_ query: Query) throws(Problem) -> Finding {
        guard let name = query["user_id"] else { return .nothing }
        // Before it is counted under this name: the counting keeps it.
        guard Identifiers.isAcceptable(name) else {
            throw .invalid("user_id", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        return .somebody(Identity(user: makeOwner(name)))
    }

    /// The token that a guest's request brings, whether it is good or not: the client's own, else the cookie.
    /// - Throws: `Problem` 400 for two cookies.
    func token(of request: Request) throws(Problem) -> (text: String, cookie: String?)? {
        if let own = request.credentials { return (own, nil) }
        return try GuestCookie.read(from: request).map { ($0.value, $0.name) }
    }

    // MARK: - Renewal

    /// The token of somebody new.
    func newGuest(at now: Timestamp) -> GuestTokens.Issued { tokens.issue(to: makeOwner(Identifiers.guest()), at: now) }

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
        tokens.issue(
            to: claims.user, lifetimeMS: claims.lifetimeMS, id: claims.id, generation: claims.generation, at: now)
    }

    // MARK: - Ending

    /// Whether what somebody came with was not ended before its time.
    /// - Throws: `StoreError`.
    func holds(_ credential: Credential) async throws -> Bool {
        switch credential {
        case .token(let token, let user, let generation):
            let standing = try await ended.standing(ofToken: token, user: user)
            return !standing.isEnded && standing.generation == generation
        case .issued(let token, let user, let issuedAt):
            let standing = try await ended.standing(ofToken: token, user: user)
            // The issuer's tokens say their time in seconds.
            let isLater = standing.endedAt.map { ended in (issuedAt ?? .min) > ended.milliseconds / 1000 } ?? true
            return !standing.isEnded && isLater
        case .key(let id):
            guard let (key, _) = try await keys.serviceKey(id) else { return false }
            return key.revokedAt == nil
        }
    }

    /// What was ended since a time, in any process.
    /// - Throws: `StoreError`.
    func endings(since time: Timestamp) async throws -> [TokenEnding] { try await ended.endings(since: time) }

    /// Ends tokens before their time.
    /// - Returns: the fresh token where others were ended and this one was not.
    /// - Throws: `Problem` 400 for what cannot be done to the sender's kind of token, 403 for what is not the sender's to end; `StoreError`.
    func end(_ ending: Identity.Ending, of identity: Identity, at now: Timestamp = .now()) async throws -> GuestTokens
        .Issued?
    {
        if identity.key != nil {
            throw Problem(
                status: 403, code: "forbidden",
                detail: "A program's key is ended by the operator, with chat-fcgi key revoke.")
        }
        switch ending {
        case .here:
            if let claims = identity.claims {
                try await ended.end(token: Credential.digest(of: claims), usableUntil: claims.lastUse(at: now))
            } else if let token = identity.issued {
                // With the leeway that clocks are given.
                try await ended.end(
                    token: token.id, usableUntil: Timestamp(milliseconds: (token.expiresAt + 3600) * 1000))
            } else {
                throw Problem(status: 403, code: "forbidden", detail: "No token came with the request that could end.")
            }
            return nil
        case .everywhere:
            if let token = identity.issued, token.issuedAt == nil {
                throw Problem.invalid(
                    "scope", "must be here: this issuer's tokens do not say when they were issued (iat)")
            }
            try await endTokens(of: identity.user, at: now)
            return nil
        case .elsewhere:
            guard let claims = identity.claims else {
                throw Problem.invalid(
                    "scope", "must be here or everywhere: only this server's own tokens are exchanged")
            }
            let generation = try await endTokens(of: claims.user, at: now)
            return tokens.issue(to: claims.user, lifetimeMS: claims.lifetimeMS, generation: generation, at: now)
        }
    }

    /// Ends all tokens that a user who was removed still has.
    /// - Throws: `StoreError`.
    func endTokens(ofRemoved identity: Identity) async throws {
        if let token = identity.issued, token.issuedAt == nil {
            // Among tokens without a time, ending all would end those of the next sign-in too.
            _ = try await end(.here, of: identity)
        } else if identity.claims != nil || identity.issued != nil {
            try await endTokens(of: identity.user)
        }
    }

    /// Ends all tokens that a user has.
    /// - Returns: the generation of the user's next token.
    /// - Throws: `StoreError`.
    @discardableResult
    public func endTokens(of user: UserID, at now: Timestamp = .now()) async throws -> Int {
        try await ended.endTokens(ofUser: Credential.digest(of: user), at: now)
    }

    /// How often all of a user's tokens were ended.
    /// - Throws: `StoreError`.
    public func generation(of user: UserID) async throws -> Int {
        try await ended.standing(ofToken: [], user: Credential.digest(of: user)).generation
    }

    // MARK: - Names that are believed

    /// What makes users of names as they are sent; nil but in `open` mode.
    var openNames: OpenNames? { modes == [.open] ? OpenNames() : nil }

    // MARK: - Refusals

    /// Why a token or a key is refused that was somebody's once: its sender does not guess.
    fileprivate static let verifiedReasons: Set<String> = [
        "ended", "expired", "revoked_key", "user_name", TokenFault.Kind.claims.rawValue,
    ]

    /// Nobody is known where somebody is needed.
    static let unknown = unauthorized("Say who you are.", error: "")

    private static func unauthorized(missing modes: [IdentityMode]) -> Problem {
        let ways = modes.compactMap { mode -> String? in
            switch mode {
            case .guest: "the token or cookie of POST /api/v1/auth/guest"
            case .jwt: "a bearer token of your sign-in service"
            case .proxy: "the web server, which did not say who you are"
            case .open: nil
            }
        }
        return unauthorized("Say who you are, by \(ways.joined(separator: ", or by ")).", error: "")
    }

    /// - Parameter reason: why a token that came is refused, for the log.
    static func unauthorized(
        _ detail: String, error: String = #", error="invalid_token""#, reason: String? = nil
    ) -> Problem {
        var problem = Problem(
            status: 401, code: "unauthorized", detail: detail,
            fields: [("WWW-Authenticate", #"Bearer realm="chat-fcgi""# + error)])
        problem.reason = reason
        return problem
    }
}

extension Problem {
    /// Whether a token or a key came that nobody has, or had.
    var isGuess: Bool {
        guard status == 401, let reason else { return false }
        return !Authenticator.verifiedReasons.contains(reason)
    }
}

/// Makes users of names as they are sent. Only an authenticator in `open` mode makes one.
struct OpenNames: Sendable {
    fileprivate init() {}

    /// - Parameter name: looked at before.
    func user(_ name: String) -> UserID { makeOwner(name) }

    /// Who asks where no name is given: clients of model providers have no place for one.
    var anonymous: UserID { makeOwner("anonymous") }
}
