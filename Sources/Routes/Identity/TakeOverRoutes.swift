import Chat
import FCGIApp
import JSON

/// `POST /api/v1/auth/takeover`: who has signed in keeps the conversations that they had as a guest.
struct TakeOverRoutes: Sendable {
    let authenticator: Authenticator
    let admission: Admission
    let data: any UserData
    let live: LiveBoard
    let journal: RequestJournal

    var routes: [Route] { [Route("POST", "/api/v1/auth/takeover", takeOver)] }

    /// Anyone who holds the guest's token may read and remove all of it, so may take it along. It is the cookie's, or the body's `token`.
    @Sendable private func takeOver(_ exchange: Exchange) async throws -> Reply {
        var text: String?
        if !exchange.request.body.isEmpty {
            var body = try exchange.body()
            text = body.string("token", bytes: 1...4096)
            try body.check()
        }
        let user = try exchange.user()
        guard let sender = exchange.sender, sender.claims == nil, authenticator.modes.contains(.guest) else {
            throw Problem(
                status: 403, code: "forbidden",
                detail: "Only who has signed in, and not as a guest, can take over a guest's conversations.")
        }
        let token = try text ?? GuestCookie.read(from: exchange.request)?.value
        guard let token else {
            throw Problem.invalid("token", "is required where no guest's cookie comes with the request")
        }
        let refusal = Problem.invalid("token", "is no guest's of this installation, or was ended")
        guard let claims = authenticator.tokens.claims(of: token) else {
            try admission.countFailedSignIn(exchange.request)
            throw refusal
        }
        // One that has expired would still be renewed, and leads to the same guest.
        guard Timestamp.now() < claims.renewableUntil, Identifiers.isGuest(claims.user),
            try await authenticator.holds(Credential(claims))
        else { throw refusal }
        guard case .done(let count) = try await data.takeOver(claims.user, by: user, at: .now()) else {
            throw Problem(
                status: 409, code: "guest_is_busy",
                detail: "An answer to the guest is under way. Wait for it to end, or stop it, and ask again.",
                fields: [("Retry-After", "2")])
        }
        try await live.removeAll(of: claims.user)
        // Last: as long as something may be left, it can be asked for again.
        try await authenticator.endTokens(of: claims.user)
        journal.identity("taken_over", user, from: claims.user)
        var response = Response.json { writer in
            writer.beginObject()
            writer.member("user_id", user.rawValue)
            writer.member("previous_user_id", claims.user.rawValue)
            writer.member("conversations", count)
            writer.endObject()
        }
        response.head.fields += GuestCookie.fieldsRemoving(for: exchange.request)
        return .response(response)
    }
}
