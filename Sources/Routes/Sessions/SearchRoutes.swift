import Chat
import JSON

/// `POST /api/v1/chat/search`: full text over the user's own messages.
struct SearchRoutes: Sendable {
    let messages: any MessageSearch

    var routes: [Route] { [Route("POST", "/api/v1/chat/search", search)] }

    @Sendable private func search(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let query = body.string("query", bytes: 1...512, isRequired: true)
        let limit = body.integer("limit", in: 1...50, default: 20)
        let session = body.identifier("session_id")
        let claimed = body.user("user_id")
        try body.check()
        let results = try await messages.search(
            query ?? "", of: exchange.user(claimed: claimed), in: session.map(SessionID.init(rawValue:)), limit: limit)
        guard let results else { throw Problem.notFound("session") }
        return .json { writer in
            writer.beginObject()
            writer.beginArray("results")
            for result in results { result.write(to: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }
}

extension SearchResult {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("session_id", session.rawValue)
        writer.member("title", title)
        writer.member("message_id", messageID.rawValue)
        writer.member("role", role.rawValue)
        writer.member("created_at", createdAt.rfc3339)
        writer.member("excerpt", excerpt)
        writer.endObject()
    }
}
