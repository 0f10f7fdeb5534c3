public import Chat
import SQLite

extension SQLiteChatStore: ConversationShelf {
    /// Pinned conversations that are told; more would be no help.
    private static let maximumPinned = 200

    public func pinnedSessions(of user: UserID) async throws -> [SessionSummary] {
        try await read { connection in
            try connection.all(
                """
                SELECT \(SessionSummary.columns) FROM users JOIN sessions ON sessions.user = users.id
                WHERE users.name = ?1 AND sessions.is_pinned = 1
                ORDER BY updated_at DESC, sessions.id DESC LIMIT ?2
                """, [.text(user.rawValue), DatabaseValue(Self.maximumPinned)]
            ) { row in try SessionSummary(row) }
        }
    }

    public func change(
        _ session: SessionID, of user: UserID, title: String?, isPinned: Bool?
    ) async throws -> SessionSummary? {
        try await write { connection in
            guard let id = try connection.id(of: session, of: user) else { return nil }
            try connection.run(
                "UPDATE sessions SET title = coalesce(?2, title), is_pinned = coalesce(?3, is_pinned) WHERE id = ?1",
                [.integer(id), DatabaseValue(title), DatabaseValue(isPinned.map { $0 ? 1 : 0 })])
            return try connection.first(
                "SELECT \(SessionSummary.columns) FROM sessions WHERE id = ?1", [.integer(id)]
            ) { row in try SessionSummary(row) }
        }
    }

    public func version(of session: SessionID, of user: UserID) async throws -> SessionVersion? {
        try await lookUp { connection in
            try connection.first(
                """
                SELECT sessions.created_at, sessions.updated_at, sessions.message_count, sessions.bytes
                FROM users JOIN sessions ON sessions.user = users.id WHERE users.name = ?1 AND sessions.name = ?2
                """, [.text(user.rawValue), .text(session.rawValue)]
            ) { row in
                SessionVersion(
                    createdAt: Timestamp(milliseconds: try row.int64(0)),
                    updatedAt: Timestamp(milliseconds: try row.int64(1)), messages: try row.int(2),
                    bytes: try row.int(3))
            }
        }
    }

    public func details(of replies: [MessageID], of user: UserID) async throws -> [MessageID: ReplyDetails] {
        try await read { connection in
            var all: [MessageID: ReplyDetails] = [:]
            for reply in replies { all[reply] = try connection.details(of: reply, of: user) }
            return all
        }
    }

    public func givenReply(_ messageID: MessageID, of user: UserID) async throws -> GivenReply? {
        try await read { connection in
            // The first turn of a question is the one that its metadata came with.
            try connection.first(
                """
                SELECT reply.name, sessions.name, turns.agent, reply.status, reply.content, reply.provider, reply.model, (
                    SELECT metadata FROM turns AS all_turns WHERE all_turns.question = turns.question
                    AND metadata IS NOT NULL ORDER BY all_turns.reply LIMIT 1)
                FROM messages AS given
                JOIN turns ON turns.reply = given.id OR turns.question = given.id
                JOIN messages AS reply ON reply.id = turns.reply
                JOIN sessions ON sessions.id = reply.session
                JOIN users ON users.id = sessions.user
                WHERE given.name = ?1 AND users.name = ?2 ORDER BY turns.reply LIMIT 1
                """, [.text(messageID.rawValue), .text(user.rawValue)]
            ) { row in
                guard let status = MessageStatus(rawValue: try row.text(3)) else {
                    throw StoreError(kind: .fault, detail: "a message has an unknown status")
                }
                return GivenReply(
                    replyID: MessageID(rawValue: try row.text(0)), session: SessionID(rawValue: try row.text(1)),
                    agent: try row.text(2), status: status, content: try row.text(4),
                    metadata: try row.optionalText(7).map { Array($0.utf8) }, provider: try row.optionalText(5),
                    model: try row.optionalText(6))
            }
        }
    }
}

extension Connection {
    fileprivate func details(of reply: MessageID, of user: UserID) throws -> ReplyDetails? {
        let turn = try first(
            """
            SELECT turns.agent, turns.summary FROM messages JOIN turns ON turns.reply = messages.id
            JOIN users ON users.id = turns.user WHERE messages.name = ?1 AND users.name = ?2
            """, [.text(reply.rawValue), .text(user.rawValue)]
        ) { row in (agent: try row.text(0), summary: try row.optionalBlob(1)) }
        guard let turn else { return nil }
        var details = ReplyDetails(agent: turn.agent)
        // What cannot be read is left out: the reply is worth having without.
        for archive in try turn.summary.map({ [$0] }) ?? batches(of: reply, after: 0).map(\.payload) {
            try? EventArchive.read(archive) { view in
                switch view {
                case .event(.note(let note)): details.notes.append(note)
                case .event(.completed(let completion)): details.metrics = completion.metrics
                default: break
                }
            }
        }
        return details
    }
}
