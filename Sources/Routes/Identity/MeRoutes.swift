import Chat
import FCGIApp

/// `/api/v1/me`: everything that is stored about the user, to take along and to remove.
struct MeRoutes: Sendable {
    let data: any UserData
    let live: LiveBoard
    let authenticator: Authenticator
    let journal: RequestJournal

    var routes: [Route] {
        [
            Route("GET", "/api/v1/me/export", hold: .following, export),
            Route("DELETE", "/api/v1/me", access: .control, delete),
        ]
    }

    @Sendable private func export(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        // The first piece before the head: when the store fails, there is still a status to say so.
        let first = try await data.records(of: user, from: nil)
        return .stream(ExportStream(data: data, user: user, first: first, log: journal.log))
    }

    /// Also when nothing is stored: afterwards it is so, which is what was asked for.
    @Sendable private func delete(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        try await live.removeAll(of: user)
        _ = try await data.delete(user)
        // Anyone who has one of the tokens has nothing any more, and the tokens of the day that are used stay used. They end last: as long as
        // something may be left, the user can ask again.
        if let sender = exchange.sender { try await authenticator.endTokens(ofRemoved: sender) }
        journal.identity("removed", user)
        return .response(Response(status: 204, fields: GuestCookie.fieldsRemoving(for: exchange.request)))
    }
}
