import Chat
import FCGIApp

/// `/api/v1/me`: everything that is stored about the user, to take along and to remove.
struct MeRoutes: Sendable {
    let data: any UserData
    let live: LiveBoard

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
        return .stream(ExportStream(data: data, user: user, first: first))
    }

    /// Also when nothing is stored: afterwards it is so, which is what was asked for.
    @Sendable private func delete(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        try await live.removeAll(of: user)
        _ = try await data.delete(user)
        // The token itself holds until it expires; whoever keeps it comes back as somebody new under the old name, and with the
        // tokens of the day that are used.
        return .response(Response(status: 204, fields: GuestCookie.fieldsRemoving(for: exchange.request)))
    }
}
