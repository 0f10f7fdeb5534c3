import Chat
import FCGIApp
import JSON

/// The conversations of a user, whatever dialect they were held in: their list, what was said in one, its title, its removal.
/// docs/api.md has the wire format.
struct SessionRoutes: Sendable {
    let store: any HistoryStore
    let conversations: any ConversationShelf
    let live: LiveBoard
    private let pages = PageCache(maximumBytes: 8 << 20)

    init(store: any HistoryStore, conversations: any ConversationShelf, live: LiveBoard) {
        self.store = store
        self.conversations = conversations
        self.live = live
    }

    var routes: [Route] {
        [
            Route("POST", "/api/v1/chat/history", history),
            Route("GET", "/api/v1/chat/sessions", listSessions),
            Route("PATCH", "/api/v1/chat/sessions/{session_id}", changeSession),
            Route("DELETE", "/api/v1/chat/sessions/{session_id}", access: .control, deleteSession),
            // The same in dialect 4.
            Route("GET", "/api/agent/sessions/{session_id}", showSession),
            Route("DELETE", "/api/agent/sessions/{session_id}", access: .control, deleteSession),
        ]
    }

    // MARK: - What was said

    @Sendable private func history(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let session = body.identifier("session_id", isRequired: true)
        let limit = body.integer("limit", in: 1...200, default: 50)
        var named: [String: String] = [:]
        for name in HistoryCursor.names { named[name] = body.identifier(name) }
        let claimed = body.user("user_id")
        try body.check()
        let user = try exchange.user(claimed: claimed)
        return try await page(
            of: SessionID(rawValue: session ?? ""), user, limit: limit, at: HistoryCursor { named[$0] })
    }

    @Sendable private func showSession(_ exchange: Exchange) async throws -> Reply {
        let session = try sessionID(exchange)
        guard let limit = Int(exchange.query["limit"] ?? "50"), (1...200).contains(limit) else {
            throw Problem.invalid("limit", "must be 1 to 200")
        }
        for name in HistoryCursor.names where !(exchange.query[name].map(Identifiers.isAcceptable) ?? true) {
            throw Problem.invalid(name, "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        let user = try exchange.user()
        return try await page(of: session, user, limit: limit, at: HistoryCursor { exchange.query[$0] })
    }

    private func page(
        of session: SessionID, _ user: UserID, limit: Int, at cursor: HistoryCursor
    ) async throws -> Reply {
        // Before the page: what comes in between belongs to the next version.
        guard let version = try await conversations.version(of: session, of: user) else {
            throw Problem.notFound("session")
        }
        let place = PageCache.Place(user: user, session: session, limit: limit, cursor: cursor)
        if let written = pages.page(at: place, version) { return .response(.json(body: written)) }
        guard let page = try await store.history(of: user, in: session, limit: limit, at: cursor) else {
            throw Problem.notFound("session")
        }
        let details = try await conversations.details(of: page.replies, of: user)
        let response = Response.json { writer in page.write(session: session.rawValue, details: details, to: &writer) }
        // A reply that is being written grows without a new version.
        if page.messages.allSatisfy({ $0.status != .streaming }) { pages.keep(response.body, at: place, version) }
        return .response(response)
    }

    // MARK: - The list

    @Sendable private func listSessions(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        live.expectChanges(of: user)
        let text = exchange.query["limit"] ?? "200"
        guard let limit = Int(text), (1...200).contains(limit) else {
            throw Problem.invalid("limit", "must be 1 to 200")
        }
        let before = exchange.query["before"]
        guard before.map(Identifiers.isAcceptable) ?? true else {
            throw Problem.invalid("before", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        let page =
            switch exchange.query["pinned"] {
            case nil: try await store.sessions(of: user, limit: limit, before: before.map(SessionID.init(rawValue:)))
            case "true":
                SessionPage(
                    sessions: try await conversations.pinnedSessions(of: user), hasMore: false, nextBefore: nil)
            default: throw Problem.invalid("pinned", "must be true")
            }
        return .json { writer in
            writer.beginObject()
            writer.beginArray("sessions")
            for session in page.sessions { session.write(to: &writer) }
            writer.endArray()
            writer.member("has_more", page.hasMore)
            writer.key("next_before")
            if let next = page.nextBefore { writer.string(next.rawValue) } else { writer.null() }
            writer.endObject()
        }
    }

    @Sendable private func changeSession(_ exchange: Exchange) async throws -> Reply {
        let session = try sessionID(exchange)
        var body = try exchange.body()
        let title = body.string("title", bytes: 1...200)
        let isPinned = body.optionalBool("pinned")
        let claimed = body.user("user_id")
        if body.any("title") == nil, body.any("pinned") == nil { body.reject("title", "is required, or pinned") }
        try body.check()
        let user = try exchange.user(claimed: claimed)
        let changed = try await conversations.change(session, of: user, title: title, isPinned: isPinned)
        guard let changed else { throw Problem.notFound("session") }
        await live.tell(title == nil ? .pinned(session) : .renamed(session), to: user)
        return .json { writer in
            writer.beginObject()
            writer.member("session_id", session.rawValue)
            writer.member("title", changed.title)
            writer.member("pinned", changed.isPinned)
            writer.endObject()
        }
    }

    @Sendable private func deleteSession(_ exchange: Exchange) async throws -> Reply {
        let session = try sessionID(exchange)
        let user = try exchange.user()
        // Whether or not anything was said yet.
        try await live.removeAll(of: user, in: session)
        guard try await store.delete(session, of: user) else { throw Problem.notFound("session") }
        await live.tell(.deleted(session), to: user)
        return .response(Response(status: 204))
    }

    private func sessionID(_ exchange: Exchange) throws(Problem) -> SessionID {
        guard Identifiers.isAcceptable(exchange.pathParameter) else {
            throw .invalid("session_id", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        return SessionID(rawValue: exchange.pathParameter)
    }
}
