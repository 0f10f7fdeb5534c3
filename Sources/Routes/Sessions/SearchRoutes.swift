import Chat
import JSON
import Scheduling

/// `POST /api/v1/chat/search`: full text over the user's own messages.
struct SearchRoutes: Sendable {
    /// Of one user, those that may wait while another one is looked for: who types asks with each letter.
    private static let mostWaiting = 8

    let messages: any MessageSearch
    /// A search through very many messages takes seconds, and there is one thread for all of them: everybody's turn comes after one of each
    /// other user.
    private let turns = KeyedSemaphore<UserID>(mostWaiting: mostWaiting)

    init(messages: any MessageSearch) { self.messages = messages }

    var routes: [Route] { [Route("POST", "/api/v1/chat/search", search)] }

    @Sendable private func search(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let query = body.string("query", bytes: 1...512, isRequired: true)
        let limit = body.integer("limit", in: 1...50, default: 20)
        let session = body.identifier("session_id")
        let claimed = body.user("user_id")
        try body.check()
        let user = try exchange.user(claimed: claimed)
        let results: [SearchResult]?
        do {
            results = try await turns.withPermit(of: user) {
                try await messages.search(
                    query ?? "", of: user, in: session.map(SessionID.init(rawValue:)), limit: limit)
            }
        } catch is AsyncSemaphore.Full {
            throw Problem(
                status: 429, code: "rate_limited",
                detail: "Your earlier searches are still under way. Try again when one of them has ended.",
                fields: [("Retry-After", "2")])
        }
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
