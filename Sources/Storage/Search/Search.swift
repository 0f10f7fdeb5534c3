// Full-text search over a user's messages.

public import Chat
import SQLite

extension SQLiteChatStore: MessageSearch {
    public func search(
        _ text: String, of user: UserID, in session: SessionID?, limit: Int
    ) async throws -> [SearchResult]? {
        let query = SearchQuery(text)
        if !query.phrases.isEmpty, try await read({ connection in try connection.hasUnindexed() }) {
            // Where the disk takes nothing more, what is in the index is found.
            try? await searchIndexer.run()
        }
        let found = try await searching { connection -> [Found]? in
            let owner = try connection.first("SELECT id FROM users WHERE name = ?1", [.text(user.rawValue)]) { row in
                try row.int64(0)
            }
            guard let owner else { return session == nil ? [] : nil }
            var only: Int64?
            if let session {
                only = try connection.id(of: session, of: user)
                if only == nil { return nil }
            }
            guard !query.phrases.isEmpty else { return [] }
            return try connection.messages(
                matching: query.expression(of: owner), of: owner, in: only, limit: min(max(limit, 1), 50))
        }
        // Apart from the reader's thread, which others wait for.
        let excerpt = SearchExcerpt(query)
        return found?.map { found in
            var result = found.result
            result.excerpt = excerpt.of(found.content)
            return result
        }
    }
}

private struct Found: Sendable {
    var result: SearchResult
    var content: String
}

extension Connection {
    /// The best by BM25, of equals the newest.
    fileprivate func messages(
        matching expression: String, of user: Int64, in session: Int64?, limit: Int
    ) throws -> [Found] {
        // The join on the user holds even if the index should name a message that is not the user's.
        let ids = try all(
            """
            SELECT message_search.rowid FROM message_search
            CROSS JOIN messages ON messages.id = message_search.rowid
            CROSS JOIN sessions ON sessions.id = messages.session
            WHERE message_search MATCH ?1 AND sessions.user = ?2 AND (?3 IS NULL OR sessions.id = ?3)
            ORDER BY message_search.rank, messages.id DESC LIMIT ?4
            """, [.text(expression), .integer(user), DatabaseValue(session), DatabaseValue(limit)]
        ) { row in try row.int64(0) }
        // No more of a text than can have been found.
        return try ids.compactMap { id in
            try first(
                """
                SELECT sessions.name, sessions.title, messages.name, messages.role, messages.created_at,
                    substr(messages.content, 1, \(SearchWords.maximumTextBytes))
                FROM messages JOIN sessions ON sessions.id = messages.session WHERE messages.id = ?1
                """, [.integer(id)]
            ) { row in
                Found(
                    result: SearchResult(
                        session: SessionID(rawValue: try row.text(0)), title: try row.text(1),
                        messageID: MessageID(rawValue: try row.text(2)), role: Role(rawValue: try row.text(3)) ?? .user,
                        createdAt: Timestamp(milliseconds: try row.int64(4)), excerpt: ""),
                    content: try row.text(5))
            }
        }
    }
}
