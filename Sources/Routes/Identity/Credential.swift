import Chat
import JSONWebTokens

/// What somebody came with, and what it rests on that can be ended before its time: all digests.
enum Credential: Sendable {
    /// A token of ours.
    case token([UInt8], user: [UInt8], generation: Int)
    /// A token of the issuer's; `issuedAt` in seconds since 1970.
    case issued([UInt8], user: [UInt8], issuedAt: Int64?)
    /// A program's key, by its identifier.
    case key(String)

    init(_ claims: GuestTokens.Claims) {
        self = .token(
            Self.digest(of: claims), user: Self.digest(of: claims.user), generation: claims.generation)
    }

    init(_ token: CheckedToken, of user: UserID) {
        self = .issued(token.id, user: Self.digest(of: user), issuedAt: token.issuedAt)
    }

    /// Nil where the web server, or nobody, says who it is.
    init?(of identity: Identity) {
        if let key = identity.key {
            self = .key(key.id)
        } else if let claims = identity.claims {
            self.init(claims)
        } else if let token = identity.issued {
            self.init(token, of: identity.user)
        } else {
            return nil
        }
    }

    /// Whether one of these endings may concern it.
    func rests(onOneOf ended: Set<[UInt8]>) -> Bool {
        switch self {
        case .token(let token, let user, _), .issued(let token, let user, _):
            ended.contains(token) || ended.contains(user)
        case .key(let id): ended.contains(ServiceKey.digest(ofID: id))
        }
    }

    static func digest(of user: UserID) -> [UInt8] { Hashing.sha256("user:" + user.rawValue) }
    static func digest(of claims: GuestTokens.Claims) -> [UInt8] { Hashing.sha256("token:" + claims.id) }
}
