import Chat
import FCGIApp
import JSON

/// `/api/v1/auth`: an identity for anybody who asks, in guest mode, and what a client's own one is.
struct GuestRoutes: Sendable {
    let authenticator: Authenticator
    let admission: Admission
    let journal: RequestJournal

    var routes: [Route] {
        [
            Route("POST", "/api/v1/auth/guest", access: .newcomers, identify),
            Route("GET", "/api/v1/auth/me", access: .control, tell),
            Route("POST", "/api/v1/auth/logout", access: .control, logOut),
        ]
    }

    /// Who comes with a token stays the same user and gets a fresh one, also for a while after it expired. Who comes with one that
    /// is of no use any more becomes somebody new, and is told so.
    @Sendable private func identify(_ exchange: Exchange) async throws -> Reply {
        guard authenticator.modes.contains(.guest) else {
            throw Problem(status: 404, code: "not_found", detail: "This installation gives out no guest identities.")
        }
        let now = Timestamp.now()
        let held = try authenticator.token(of: exchange.request)
        let claims = held.flatMap { authenticator.tokens.claims(of: $0.text) }
        // The answer tells whether the token was good, so this would be a place to guess, too.
        if held != nil, claims == nil { try admission.countFailedSignIn(exchange.request) }
        var known = claims.flatMap { now < $0.renewableUntil ? $0 : nil }
        if let held = known, try await !authenticator.holds(Credential(held)) { known = nil }
        if known == nil { try admission.countGuest(exchange.request) }
        let issued =
            known.map { authenticator.renewed($0, at: now) }
            ?? authenticator.newGuest(at: now)
        journal.identity(known != nil ? "renewed" : held != nil ? "replaced" : "created", issued.user)
        var response = Response.json { writer in
            writer.beginObject()
            writer.member("token", issued.token)
            issued.claims.writeMembers(to: &writer)
            writer.member("identity_changed", held != nil && known == nil)
            if known == nil, let claims {
                writer.member("previous_user_id", claims.user.rawValue)
            }
            writer.endObject()
        }
        // A client that carries its token itself has no use for a cookie, and a page of another origin may be such a client.
        if exchange.request.credentials == nil {
            response.head.fields += GuestCookie.fields(setting: issued, for: exchange.request)
        }
        return .response(response)
    }

    /// Who the client is, and until when its token holds. A bearer token past half of its life comes with a fresh one; a cookie has
    /// been renewed by then, as by any request.
    @Sendable private func tell(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        let now = Timestamp.now()
        var claims = exchange.renewal?.claims ?? exchange.sender?.claims
        var fresh: GuestTokens.Issued?
        if let held = claims, exchange.sender?.cookie == nil, now >= held.renewAfter {
            fresh = authenticator.renewed(held, at: now)
            journal.identity("renewed", user)
            claims = fresh?.claims
        }
        return .json { writer in
            writer.beginObject()
            if let claims {
                claims.writeMembers(to: &writer)
            } else {
                writer.member("user_id", user.rawValue)
            }
            writer.member("name", ifPresent: exchange.sender?.name)
            if let issued = exchange.sender?.issued {
                writer.member("expires_at", Timestamp(milliseconds: issued.expiresAt * 1000).rfc3339)
            }
            writer.member("token", ifPresent: fresh?.token)
            writer.endObject()
        }
    }
}

extension GuestRoutes {
    /// Ends the token that the request came with, or all of the user's. Where the others are ended, the answer is a fresh one.
    @Sendable private func logOut(_ exchange: Exchange) async throws -> Reply {
        var ending = Identity.Ending.here
        if !exchange.request.body.isEmpty {
            var body = try exchange.body()
            ending = body.word("scope", Identity.Ending.self) ?? ending
            try body.check()
        }
        let nothing = Response(status: 204, fields: GuestCookie.fieldsRemoving(for: exchange.request))
        // In `open` mode there is nothing that could be ended.
        guard let sender = exchange.sender else { return .response(nothing) }
        let issued = try await authenticator.end(ending, of: sender)
        journal.identity("logged_out_\(ending.rawValue)", sender.user)
        guard let issued else { return .response(nothing) }
        var response = Response.json { writer in
            writer.beginObject()
            writer.member("token", issued.token)
            issued.claims.writeMembers(to: &writer)
            writer.endObject()
        }
        if sender.cookie != nil { response.head.fields += GuestCookie.fields(setting: issued, for: exchange.request) }
        return .response(response)
    }
}

extension GuestTokens.Claims {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.member("user_id", user.rawValue)
        writer.member("expires_at", expiresAt.rfc3339)
        writer.member("renew_after", renewAfter.rfc3339)
    }
}
