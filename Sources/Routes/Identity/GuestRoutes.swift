import Chat
import FCGIApp

/// `POST /api/v1/auth/guest`: an identity for whoever asks, in guest mode.
struct GuestRoutes: Sendable {
    let authenticator: Authenticator

    var routes: [Route] { [Route("POST", "/api/v1/auth/guest", access: .newcomers, identify)] }

    /// Who comes with a token that still holds stays the same user and gets a fresh one.
    @Sendable private func identify(_ exchange: Exchange) async throws -> Reply {
        guard authenticator.mode == .guest else {
            throw Problem(status: 404, code: "not_found", detail: "This installation gives out no guest identities.")
        }
        let known = try? authenticator.user(of: exchange.request, query: exchange.query)
        let issued = authenticator.tokens.issue(to: known ?? Identifiers.user())
        var reply = Reply.json { writer in
            writer.beginObject()
            writer.key("token")
            writer.string(issued.token)
            writer.key("user_id")
            writer.string(issued.user.rawValue)
            writer.key("expires_at")
            writer.string(issued.expiresAt.rfc3339)
            writer.endObject()
        }
        if case .response(var response) = reply {
            response.head.fields.append(
                (
                    "Set-Cookie",
                    "\(Authenticator.cookieName)=\(issued.token); Path=/; Max-Age=\(GuestTokens.guestLifetimeMS / 1000); "
                        + "HttpOnly; SameSite=Lax" + (exchange.isHTTPS ? "; Secure" : "")
                ))
            reply = .response(response)
        }
        return reply
    }
}
