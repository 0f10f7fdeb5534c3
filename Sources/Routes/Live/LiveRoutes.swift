// Live objects of a session.

import Chat
import Scheduling

/// `/api/v1/live`: short-lived objects of a session, seen by all of the user's connections and kept nowhere; and
/// `/api/v1/me/events`, what changes of a user's, told the same way.
struct LiveRoutes: Sendable {
    let board: LiveBoard
    let timers: TimerQueue
    let heartbeatMS: Int

    var routes: [Route] {
        [
            Route("GET", "/api/v1/live", hold: .following, follow),
            Route("POST", "/api/v1/live", access: .busyUsers, put),
            Route("GET", "/api/v1/me/events", hold: .following, followChanges),
        ]
    }

    @Sendable private func follow(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        guard let session = exchange.query["session_id"] else { throw Problem.invalid("session_id", "is required") }
        guard Identifiers.isAcceptable(session) else {
            throw Problem.invalid("session_id", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        return try await stream(
            of: LivePlace(user: user, session: SessionID(rawValue: session)), words: .objects(session: session))
    }

    /// What changes of a user's, for the user's other clients.
    @Sendable private func followChanges(_ exchange: Exchange) async throws -> Reply {
        try await stream(of: .changes(of: exchange.user()), words: .changes)
    }

    private func stream(of place: LivePlace, words: LiveWords) async throws -> Reply {
        do {
            let feed = try await board.follow(place)
            return .stream(
                LiveStream(feed: feed, board: board, words: words, heartbeatMS: heartbeatMS, timers: timers))
        } catch let error as LiveError {
            throw Self.problem(error)
        }
    }

    @Sendable private func put(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let session = body.identifier("session_id", isRequired: true)
        let kind = body.word("kind", LiveKind.self, isRequired: true)
        if let kind, !LiveKind.allCases.contains(kind) {
            body.reject("kind", "must be one of " + LiveKind.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let client = body.identifier("client") ?? "default"
        let isRemoved = body.bool("remove", default: false)
        let data = body.json("data", maximumBytes: 4_096, isRequired: !isRemoved)
        let claimed = body.user("user_id")
        try body.check()
        guard let session, let kind else { throw Problem.invalid("kind", "is required") }
        let place = LivePlace(user: try exchange.user(claimed: claimed), session: SessionID(rawValue: session))
        let key = LiveKey(kind: kind, client: client)
        if isRemoved {
            try await board.remove(key, from: place)
            return .json { writer in
                writer.beginObject()
                writer.member("session_id", session)
                key.writeMembers(to: &writer)
                writer.endObject()
            }
        }
        do {
            let object = try await board.put(key, data: data ?? [], in: place)
            return .json { writer in
                writer.beginObject()
                writer.member("session_id", session)
                object.writeMembers(to: &writer)
                writer.endObject()
            }
        } catch let error as LiveError {
            throw Self.problem(error)
        }
    }

    private static func problem(_ error: LiveError) -> Problem {
        switch error.kind {
        case .tooManyObjects:
            Problem(
                status: 429, code: "too_many_live_objects",
                detail: "This session has as many live objects as one may. Wait for one to expire, or remove one.",
                fields: [("Retry-After", "30")])
        case .tooManyStreams: .serverIsFull
        case .tooManyStreamsOfUser:
            Problem(
                status: 429, code: "too_many_streams",
                detail: "You have as many live streams open as one may. Close one.", fields: [("Retry-After", "5")])
        case .shuttingDown: .shuttingDown
        }
    }
}
