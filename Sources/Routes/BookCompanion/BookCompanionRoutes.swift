import Agents
import Chat
import FCGIApp
import JSON
import Scheduling

/// Dialect 1, `/api/v1`: the book companion. One method per route; docs/api.md has the wire format.
struct BookCompanionRoutes: Sendable {
    let engine: ConversationEngine
    let store: any ChatStore
    let conversations: any ConversationShelf
    let agent: any Agent
    let live: LiveBoard
    let replies: BookReplies

    var routes: [Route] {
        [
            Route("POST", "/api/v1/chat/stream", hold: .answering, stream),
            Route("GET", "/api/v1/chat/stream/{reply_id}", hold: .following, resume),
            Route("POST", "/api/v1/chat/stop", access: .control, stop),
            Route("POST", "/api/v1/chat/history", history),
            Route("GET", "/api/v1/chat/sessions", listSessions),
            Route("PATCH", "/api/v1/chat/sessions/{session_id}", changeSession),
            Route("DELETE", "/api/v1/chat/sessions/{session_id}", access: .control, deleteSession),
        ]
    }

    // MARK: - Streams

    @Sendable private func stream(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let text = body.string("message", bytes: 1...32_768, isRequired: true)
        let session = body.identifier("session_id")
        let claimed = body.user("user_id")
        let metadata = body.json("metadata", maximumBytes: 8192)
        let key = exchange.idempotencyKey(&body)
        let edits = body.edited(in: session)
        try body.check()
        var turn = TurnRequest(
            user: try exchange.user(claimed: claimed), session: session.map(SessionID.init(rawValue:)),
            text: text ?? "",
            metadata: metadata, idempotencyKey: key, limits: exchange.sender?.turnLimits)
        turn.edits = edits
        turn.showsThoughts = try exchange.wantsAllEvents()
        return try replies.reply(from: try await engine.begin(turn, agent: agent), exchange)
    }

    @Sendable private func resume(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        let after = try exchange.lastEvent()
        guard let log = try await engine.log(of: MessageID(rawValue: exchange.pathParameter), for: user) else {
            throw Problem.notFound("reply")
        }
        return .stream(try replies.stream(of: log, after: after, exchange))
    }

    @Sendable private func stop(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let message = body.identifier("message_id", isRequired: true)
        let claimed = body.user("user_id")
        try body.check()
        let user = try exchange.user(claimed: claimed)
        let replyID = MessageID(rawValue: message ?? "")
        guard try await engine.stop(replyID, of: user) else { throw Problem.notFound("reply") }
        return .json { writer in
            writer.beginObject()
            writer.key("message_id")
            writer.string(replyID.rawValue)
            writer.endObject()
        }
    }

    // MARK: - History and sessions

    @Sendable private func history(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let session = body.identifier("session_id", isRequired: true)
        let limit = body.integer("limit", in: 1...200, default: 50)
        var named: [String: String] = [:]
        for name in HistoryCursor.names { named[name] = body.identifier(name) }
        let claimed = body.user("user_id")
        try body.check()
        let user = try exchange.user(claimed: claimed)
        let page = try await store.history(
            of: user, in: SessionID(rawValue: session ?? ""), limit: limit, at: HistoryCursor { named[$0] })
        guard let page else { throw Problem.notFound("session") }
        let details = try await conversations.details(of: page.replies, of: user)
        return .json { writer in page.write(session: session ?? "", details: details, to: &writer) }
    }

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
            writer.key("sessions")
            writer.beginArray()
            for session in page.sessions { session.write(to: &writer) }
            writer.endArray()
            writer.key("has_more")
            writer.bool(page.hasMore)
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
            writer.key("session_id")
            writer.string(session.rawValue)
            writer.key("title")
            writer.string(changed.title)
            writer.key("pinned")
            writer.bool(changed.isPinned)
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

extension Reply {
    /// A JSON object with status 200.
    static func json(status: Int = 200, _ write: (inout JSONWriter) -> Void) -> Reply {
        .response(.json(status: status, write))
    }
}
