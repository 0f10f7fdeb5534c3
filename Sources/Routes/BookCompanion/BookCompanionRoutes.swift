import Agents
import Chat
import FCGIApp
import JSON
import Scheduling

/// Dialect 1, `/api/v1`: the book companion. One method per route; docs/api.md has the wire format.
struct BookCompanionRoutes: Sendable {
    let engine: ConversationEngine
    let store: any ChatStore
    let agent: any Agent
    let advisor: PreferenceAdvisor
    let live: LiveBoard
    let timers: TimerWheel
    let heartbeatMS: Int

    var routes: [Route] {
        [
            Route("POST", "/api/v1/chat/stream", hold: .answering, stream),
            Route("GET", "/api/v1/chat/stream/{reply_id}", hold: .following, resume),
            Route("POST", "/api/v1/chat/stop", access: .control, stop),
            Route("POST", "/api/v1/chat/regenerate", hold: .answering, regenerate),
            Route("POST", "/api/v1/chat/history", history),
            Route("GET", "/api/v1/chat/sessions", listSessions),
            Route("PATCH", "/api/v1/chat/sessions/{session_id}", renameSession),
            Route("DELETE", "/api/v1/chat/sessions/{session_id}", access: .control, deleteSession),
            Route("GET", "/api/v1/chat/preferences", preferences),
            Route("POST", "/api/v1/chat/preferences/update", updatePreference),
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
        try body.check()
        let log = try await engine.begin(
            TurnRequest(
                user: exchange.user(claimed: claimed), session: session.map(SessionID.init(rawValue:)),
                text: text ?? "",
                metadata: metadata, idempotencyKey: key, limits: exchange.sender?.limits),
            agent: agent)
        return reply(from: log, exchange)
    }

    @Sendable private func regenerate(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let message = body.identifier("message_id", isRequired: true)
        let claimed = body.user("user_id")
        let key = exchange.idempotencyKey(&body)
        try body.check()
        let log = try await engine.regenerate(
            MessageID(rawValue: message ?? ""), of: exchange.user(claimed: claimed), idempotencyKey: key,
            limits: exchange.sender?.limits, agent: agent)
        return reply(from: log, exchange)
    }

    /// The stream of a turn from its beginning, or its whole reply when the client wants that.
    private func reply(from log: TurnLog, _ exchange: Exchange) -> Reply {
        guard exchange.wantsWholeReply else { return .stream(stream(of: log, after: 0)) }
        return .stream(AwaitedReply(log: log, engine: engine) { turn in .json { turn.writeBookReply(to: &$0) } })
    }

    @Sendable private func resume(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        let after = try exchange.lastEvent()
        guard let log = try await engine.log(of: MessageID(rawValue: exchange.pathParameter), for: user) else {
            throw Problem.notFound("reply")
        }
        return .stream(stream(of: log, after: after))
    }

    private func stream(of log: TurnLog, after: Int) -> TurnStream {
        TurnStream(
            log: log, engine: engine, after: after, encoder: BookCompanionEncoder(replyID: log.replyID),
            heartbeatMS: heartbeatMS,
            timers: timers)
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
        let before = body.identifier("before")
        let claimed = body.user("user_id")
        try body.check()
        let page = try await store.history(
            of: exchange.user(claimed: claimed), in: SessionID(rawValue: session ?? ""), limit: limit,
            before: before.map(MessageID.init(rawValue:)))
        guard let page else { throw Problem.notFound("session") }
        return .json { writer in page.write(session: session ?? "", to: &writer) }
    }

    @Sendable private func listSessions(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        let text = exchange.query["limit"] ?? "200"
        guard let limit = Int(text), (1...200).contains(limit) else {
            throw Problem.invalid("limit", "must be 1 to 200")
        }
        let before = exchange.query["before"]
        guard before.map(Identifiers.isAcceptable) ?? true else {
            throw Problem.invalid("before", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        let page = try await store.sessions(of: user, limit: limit, before: before.map(SessionID.init(rawValue:)))
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

    @Sendable private func renameSession(_ exchange: Exchange) async throws -> Reply {
        let session = try sessionID(exchange)
        var body = try exchange.body()
        let title = body.string("title", bytes: 1...200, isRequired: true)
        let claimed = body.user("user_id")
        try body.check()
        guard try await store.rename(session, of: exchange.user(claimed: claimed), to: title ?? "") else {
            throw Problem.notFound("session")
        }
        return .json { writer in
            writer.beginObject()
            writer.key("session_id")
            writer.string(session.rawValue)
            writer.key("title")
            writer.string(title ?? "")
            writer.endObject()
        }
    }

    @Sendable private func deleteSession(_ exchange: Exchange) async throws -> Reply {
        let session = try sessionID(exchange)
        let user = try exchange.user()
        // Whether or not anything was said yet.
        try await live.removeAll(of: user, in: session)
        guard try await store.delete(session, of: user) else { throw Problem.notFound("session") }
        return .response(Response(status: 204))
    }

    private func sessionID(_ exchange: Exchange) throws(Problem) -> SessionID {
        guard Identifiers.isAcceptable(exchange.pathParameter) else {
            throw .invalid("session_id", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        return SessionID(rawValue: exchange.pathParameter)
    }

    // MARK: - Preferences

    @Sendable private func preferences(_ exchange: Exchange) async throws -> Reply {
        let transparency = try await advisor.transparency(of: exchange.user())
        return .json { writer in transparency.write(to: &writer) }
    }

    @Sendable private func updatePreference(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let type = body.word("type", PreferenceType.self, isRequired: true)
        let claimed = body.user("user_id")
        let now = Timestamp.now()
        let timestamp = body.timestamp("timestamp") ?? now
        // A word from the future would silence every later one.
        if timestamp.milliseconds > now.milliseconds + 86_400_000 {
            body.reject("timestamp", "must not lie more than a day ahead")
        }
        var value: String?
        var weight: Double?
        if var override = body.object("override", isRequired: true) {
            value = override.string("value", bytes: 1...200, isRequired: true)
            let isRemoved = override.bool("remove", default: false)
            weight = isRemoved ? nil : override.number("weight", in: -1...1, isRequired: true)
            body.absorb(override)
        }
        try body.check()
        guard let type, let value else { throw Problem.invalid("override", "is required") }
        let user = try exchange.user(claimed: claimed)
        let before = try await advisor.topTen(of: user)
        let isApplied = try await store.apply(
            PreferenceOverride(type: type, value: value, weight: weight, timestamp: timestamp), of: user)
        let after = isApplied ? try await advisor.topTen(of: user) : before
        let isSignificant = Set(before.map(\.id)) != Set(after.map(\.id))
        let transparency = try await advisor.transparency(of: user)
        return .json { writer in
            writer.beginObject()
            writer.key("applied")
            writer.bool(isApplied)
            writer.key("significant_change")
            writer.bool(isSignificant)
            writer.key("transparency")
            transparency.write(to: &writer)
            if isSignificant {
                writer.key("recommendations")
                Book.write(after, to: &writer)
            }
            writer.endObject()
        }
    }
}

extension Reply {
    /// A JSON object with status 200.
    static func json(status: Int = 200, _ write: (inout JSONWriter) -> Void) -> Reply {
        .response(.json(status: status, write))
    }
}
