import Chat
import JSONWebTokens

/// How users are told apart.
public enum IdentityMode: String, Sendable, CaseIterable {
    /// Anybody gets a token of ours by `POST /api/v1/auth/guest`.
    case guest
    /// A token of the issuer that the operator trusts.
    case jwt
    /// The web server says who it is, in `REMOTE_USER`.
    case proxy
    /// `user_id` is believed as it is sent. For trusted networks only.
    case open
}

/// Who sent a request, and how that is known.
struct Identity: Sendable {
    let user: UserID
    /// What the web server or the issuer calls the user; nil where the identifier is all there is.
    var name: String?
    /// What the request's token of ours says.
    var claims: GuestTokens.Claims?
    /// The name of the cookie that brought the token; nil for a bearer token.
    var cookie: String?
    /// What the issuer's token says.
    var issued: CheckedToken?
    /// What the user may take, where that is not what all users may.
    var limits: UserLimits?
    /// The key that came, where one did.
    var key: ServiceKey?
    /// Whether that is the key's own program, and nobody whom it speaks for.
    var isProgram = false

    /// What answers to the user may take. Those of a key that acts for users are counted together as well.
    var turnLimits: TurnLimits {
        let together = key.flatMap { key in
            key.actsForUsers
                ? KeyLimits(key: key.id, streams: key.limits.streams, tokensPerDay: key.limits.tokensPerDay) : nil
        }
        return TurnLimits(user: limits, key: together)
    }
}

extension Identity {
    /// Which tokens end.
    enum Ending: String, CaseIterable {
        /// The one that the request came with, and those renewed from it.
        case here
        /// All of the user's.
        case everywhere
        /// All of the user's but this one, which is exchanged for a fresh one.
        case elsewhere
    }
}
