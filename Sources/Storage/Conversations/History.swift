public import Chat
import SQLite

extension SQLiteChatStore {
    public func history(
        of user: UserID, in session: SessionID, limit: Int, before: MessageID?
    ) async throws -> HistoryPage? {
        try await read { connection in
            guard let session = try connection.id(of: session, of: user) else { return nil }
            var end = Int64.max
            if let before {
                guard let position = try connection.position(of: before, in: session) else {
                    return HistoryPage(messages: [], hasMore: false, nextBefore: nil)
                }
                end = position
            }
            let limit = min(max(limit, 1), 200)
            // One more than asked for tells whether there are more.
            var latestFirst = try connection.all(
                """
                SELECT name, role, content, status, created_at, recommendations, provider, model, prompt_tokens,
                    completion_tokens, usage_is_estimated, error,
                    (SELECT question.name FROM turns JOIN messages AS question ON question.id = turns.question
                     WHERE turns.reply = messages.id)
                FROM messages WHERE session = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3
                """, [.integer(session), .integer(end), DatabaseValue(limit + 1)]
            ) { row in try Message(row) }
            let hasMore = latestFirst.count > limit
            if hasMore { latestFirst.removeLast() }
            let messages = try latestFirst.reversed().map { message in
                message.status == .streaming ? try connection.grown(message) : message
            }
            return HistoryPage(
                messages: messages, hasMore: hasMore, nextBefore: hasMore ? messages.first?.id : nil)
        }
    }
}

extension Connection {
    /// The rowid of a session; nil when the user has no such session.
    func id(of session: SessionID, of user: UserID) throws -> Int64? {
        try first(
            """
            SELECT sessions.id FROM users JOIN sessions ON sessions.user = users.id
            WHERE users.name = ?1 AND sessions.name = ?2
            """, [.text(user.rawValue), .text(session.rawValue)]
        ) { row in try row.int64(0) }
    }

    fileprivate func position(of message: MessageID, in session: Int64) throws -> Int64? {
        try first(
            "SELECT id FROM messages WHERE name = ?1 AND session = ?2", [.text(message.rawValue), .integer(session)]
        ) { row in try row.int64(0) }
    }

    /// A reply that is still streaming, with what is recorded of it.
    fileprivate func grown(_ message: Message) throws -> Message {
        guard let log = try? TurnLog(replyID: message.id, batches: batches(of: message.id, after: 0)) else {
            throw StoreError(kind: .fault, detail: "the recorded events of \(message.id) cannot be read")
        }
        var grown = message
        grown.content = String(decoding: log.replyText, as: UTF8.self)
        grown.recommendations = log.recommendations
        return grown
    }
}

extension Message {
    fileprivate init(_ row: borrowing Row) throws {
        guard let role = Role(rawValue: try row.text(1)), let status = MessageStatus(rawValue: try row.text(3)) else {
            throw StoreError(kind: .fault, detail: "a message has an unknown role or status")
        }
        var usage: Usage?
        if let prompt = try row.optionalInt(8), let completion = try row.optionalInt(9) {
            usage = Usage(
                promptTokens: prompt, completionTokens: completion,
                isEstimated: row.isNull(10) ? false : try row.bool(10))
        }
        self.init(
            id: MessageID(rawValue: try row.text(0)), role: role, content: try row.text(2), status: status,
            createdAt: Timestamp(milliseconds: try row.int64(4)),
            inReplyTo: try row.optionalText(12).map(MessageID.init(rawValue:)),
            recommendations: try row.optionalText(5).map([Book].init(storedText:)) ?? [],
            provider: try row.optionalText(6), model: try row.optionalText(7), usage: usage,
            error: try row.optionalText(11).flatMap(ReplyFailure.init(storedText:)))
    }
}
