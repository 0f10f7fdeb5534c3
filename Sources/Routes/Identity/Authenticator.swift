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

/// Finds out who sent a request.
public struct Authenticator: Sendable {
    static let cookieName = "chat_fcgi_guest"

    public let mode: IdentityMode
    public let tokens: GuestTokens

    public init(mode: IdentityMode, tokens: GuestTokens) {
        self.mode = mode
        self.tokens = tokens
    }

    /// Who sent `request`. In `open` mode the user of the body is not known here; nil then, and when none is named in the
    /// query.
    /// - Throws: `Problem` 401 when the identity is missing or bad (RFC 6750, section 3); 400 for a bad name in `open` mode.
    func user(of request: Request, query: Query) throws(Problem) -> UserID? {
        switch mode {
        case .guest:
            // Another scheme is the web server's business, such as a password for the whole site.
            if let header = request.header("Authorization"), header.lowercased().hasPrefix("bearer") {
                let parts = header.split(separator: " ", maxSplits: 1)
                guard parts.count == 2, parts[0].lowercased() == "bearer",
                    let user = tokens.user(of: String(parts[1]))
                else {
                    throw Self.unauthorized(
                        "The bearer token is not valid here or has expired. Get one by POST /api/v1/auth/guest.",
                        challenge: #"Bearer realm="chat-fcgi", error="invalid_token""#)
                }
                return user
            }
            if let token = Self.cookie(Self.cookieName, of: request), let user = tokens.user(of: token) { return user }
            throw Self.unauthorized(
                "Say who you are: a bearer token, or the cookie that POST /api/v1/auth/guest sets.",
                challenge: #"Bearer realm="chat-fcgi""#)
        case .proxy:
            guard let name = request.variable("REMOTE_USER"), Identifiers.isAcceptable(name) else {
                throw Self.unauthorized(
                    "The web server did not say who you are.", challenge: #"Bearer realm="chat-fcgi""#)
            }
            return UserID(rawValue: name)
        case .open:
            guard let name = query["user_id"] else { return nil }
            // Before it is counted under this name: the counting keeps it.
            guard Identifiers.isAcceptable(name) else {
                throw .invalid("user_id", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
            }
            return UserID(rawValue: name)
        }
    }

    private static func unauthorized(_ detail: String, challenge: String) -> Problem {
        Problem(status: 401, code: "unauthorized", detail: detail, fields: [("WWW-Authenticate", challenge)])
    }

    /// The value of a cookie (RFC 6265, section 4.2).
    static func cookie(_ name: String, of request: Request) -> String? {
        for part in (request.header("Cookie") ?? "").split(separator: ";") {
            let trimmed = part.drop { $0 == " " }
            if trimmed.hasPrefix(name + "=") { return String(trimmed.dropFirst(name.count + 1)) }
        }
        return nil
    }
}
