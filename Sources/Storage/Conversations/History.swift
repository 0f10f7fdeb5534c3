// Conversations and the turns in them: written, read, listed, signalled between processes.

public import Chat
import SQLite

extension SQLiteChatStore {
    public func history(
        of user: UserID, in session: SessionID, limit: Int, at cursor: HistoryCursor
    ) async throws -> HistoryPage? {
        try await read { connection in
            guard let session = try connection.id(of: session, of: user) else { return nil }
            var page = try connection.page(of: session, limit: min(max(limit, 1), 200), at: cursor)
            for (index, message) in page.messages.enumerated() where message.status == .streaming {
                page.messages[index] = try connection.grown(message)
            }
            return page
        }
    }
}

extension Connection {
    fileprivate func page(of session: Int64, limit: Int, at cursor: HistoryCursor) throws -> HistoryPage {
        let place: Int64
        switch cursor {
        case .latest: place = .max
        case .before(let message), .after(let message), .around(let message), .leading(let message):
            guard let position = try position(of: message, in: session) else {
                return HistoryPage(messages: [], hasMore: false, nextBefore: nil)
            }
            place = position
        }
        switch cursor {
        case .latest, .before:
            let (messages, hasMore) = try self.messages(of: session, to: place, limit: limit)
            return HistoryPage(earlier: messages, hasMore: hasMore, isLatest: cursor == .latest)
        case .after, .around:
            // Half of what is asked for stands before the message; where little comes after it, more does.
            let isAround = cursor.isAround
            let (later, hasLater) = try self.messages(
                of: session, from: isAround ? place : place + 1, ascending: true,
                limit: isAround ? limit - limit / 2 : limit)
            guard isAround else {
                return HistoryPage(
                    messages: later, hasMore: !later.isEmpty, nextBefore: later.first?.id,
                    nextAfter: hasLater ? later.last?.id : nil)
            }
            let (earlier, hasMore) = try self.messages(of: session, to: place, limit: limit - later.count)
            let messages = earlier + later
            return HistoryPage(
                messages: messages, hasMore: hasMore, nextBefore: hasMore ? messages.first?.id : nil,
                nextAfter: hasLater ? messages.last?.id : nil)
        case .leading:
            return HistoryPage(
                messages: try messages(of: session, leadingTo: place, limit: limit), hasMore: false, nextBefore: nil)
        }
    }

    /// Messages in their order: the first `limit` of a span with `ascending`, else the last.
    /// - Returns: whether the span has more of them.
    private func messages(
        of session: Int64, from start: Int64 = 0, to end: Int64 = .max, ascending: Bool = false, limit: Int
    ) throws -> (messages: [Message], hasMore: Bool) {
        // One more than asked for tells whether there are more.
        var found = try all(
            """
            SELECT name, role, content, status, created_at, recommendations, provider, model, prompt_tokens,
                completion_tokens, usage_is_estimated, error,
                (SELECT question.name FROM turns JOIN messages AS question ON question.id = turns.question
                 WHERE turns.reply = messages.id),
                (SELECT edited.name FROM messages AS edited WHERE edited.id = messages.edits)
            FROM messages WHERE session = ?1 AND id >= ?2 AND id < ?3 ORDER BY id \(ascending ? "ASC" : "DESC") LIMIT ?4
            """, [.integer(session), .integer(start), .integer(end), DatabaseValue(limit + 1)]
        ) { row in try Message(row) }
        let hasMore = found.count > limit
        if hasMore { found.removeLast() }
        return (ascending ? found : found.reversed(), hasMore)
    }

    /// The last `limit` messages before a question that are read as what was said before it: from an edited question one goes
    /// on to what stands before its first version.
    private func messages(of session: Int64, leadingTo question: Int64, limit: Int) throws -> [Message] {
        var found: [Message] = []
        var end = question
        var next = try edited(in: session, upTo: question)
        if let edited = next, edited.question == question {
            end = edited.first
            next = try self.edited(in: session, upTo: end - 1)
        }
        while found.count < limit {
            found =
                try messages(of: session, from: next?.question ?? 0, to: end, limit: limit - found.count).messages
                + found
            guard let edited = next else { break }
            end = edited.first
            next = try self.edited(in: session, upTo: end - 1)
        }
        return found
    }

    /// The last edited question up to a message, and the question that was first asked in its place.
    private func edited(in session: Int64, upTo last: Int64) throws -> (question: Int64, first: Int64)? {
        try first(
            """
            SELECT id, edits FROM messages WHERE session = ?1 AND id <= ?2 AND edits IS NOT NULL ORDER BY id DESC LIMIT 1
            """, [.integer(session), .integer(last)]
        ) { row in (try row.int64(0), try row.int64(1)) }
    }
}

extension HistoryCursor {
    fileprivate var isAround: Bool { if case .around = self { true } else { false } }
}

extension HistoryPage {
    /// A page that ends before a message, or with the latest one.
    fileprivate init(earlier messages: [Message], hasMore: Bool, isLatest: Bool) {
        self.init(
            messages: messages, hasMore: hasMore, nextBefore: hasMore ? messages.first?.id : nil,
            nextAfter: isLatest ? nil : messages.last?.id)
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
    func grown(_ message: Message) throws -> Message {
        let log = TurnLog(replyID: message.id)
        try log.append(recorded: batches(of: message.id, after: 0))
        var grown = message
        grown.content = String(decoding: log.replyText, as: UTF8.self)
        grown.recommendations = log.recommendations
        return grown
    }
}

extension Message {
    init(_ row: borrowing Row) throws {
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
        edits = try row.optionalText(13).map(MessageID.init(rawValue:))
    }
}
