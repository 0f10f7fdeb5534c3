public import Chat
import SQLite

extension SQLiteChatStore {
    public func turn(_ replyID: MessageID, of user: UserID) async throws -> StoredTurn? {
        try await read { connection in
            try connection.first(
                """
                SELECT turns.agent, turns.worker FROM turns JOIN messages AS reply ON reply.id = turns.reply
                JOIN users ON users.id = turns.user WHERE reply.name = ?1 AND users.name = ?2
                """, [.text(replyID.rawValue), .text(user.rawValue)]
            ) { row in
                StoredTurn(replyID: replyID, agent: try row.text(0), worker: WorkerID(rawValue: try row.text(1)))
            }
        }
    }

    public func batches(of replyID: MessageID, after: Int) async throws -> [TurnBatch] {
        try await read { connection in try connection.batches(of: replyID, after: after) }
    }

    public func isQueued(_ replyID: MessageID) async throws -> Bool {
        try await lookUp { connection in try connection.isQueued(replyID) }
    }

    public func question(of messageID: MessageID, user: UserID) async throws -> StoredQuestion? {
        try await read { connection in
            try connection.first(
                """
                SELECT question.name, sessions.name, question.content
                FROM messages AS given
                LEFT JOIN turns ON turns.reply = given.id
                JOIN messages AS question ON question.id = coalesce(turns.question, given.id)
                JOIN sessions ON sessions.id = question.session
                JOIN users ON users.id = sessions.user
                WHERE given.name = ?1 AND users.name = ?2 AND question.role = 'user'
                """, [.text(messageID.rawValue), .text(user.rawValue)]
            ) { row in
                StoredQuestion(
                    messageID: MessageID(rawValue: try row.text(0)), session: SessionID(rawValue: try row.text(1)),
                    text: try row.text(2))
            }
        }
    }

    public func condensed(_ replyID: MessageID) async throws -> CondensedTurn? {
        try await read { connection in
            try connection.first(
                """
                SELECT turns.summary, messages.content, messages.recommendations
                FROM messages JOIN turns ON turns.reply = messages.id
                WHERE messages.name = ?1 AND turns.summary IS NOT NULL
                """, [.text(replyID.rawValue)]
            ) { row in
                CondensedTurn(
                    summary: try row.blob(0), content: Array(try row.text(1).utf8),
                    recommendations: try row.optionalText(2).map([Book].init(storedText:)) ?? [])
            }
        }
    }

    public func dropEvents(endedBefore time: Timestamp, among limit: Int) async throws -> Int {
        try await write { connection in
            // Rows lie in the order in which they were written, so the turns that ended long ago come first. Few turns at a
            // time: others wait for the writer meanwhile. Each turn once: the time at which it ended lies behind its text.
            try connection.run(
                """
                DELETE FROM turn_events WHERE turn IN (
                    SELECT oldest.turn FROM (
                        SELECT DISTINCT turn FROM (SELECT turn FROM turn_events ORDER BY rowid LIMIT ?2)) AS oldest
                    JOIN messages ON messages.id = oldest.turn JOIN turns ON turns.reply = oldest.turn
                    WHERE messages.ended_at < ?1 AND turns.summary IS NOT NULL LIMIT 16)
                """, [.integer(time.milliseconds), DatabaseValue(limit)])
            return connection.changes
        }
    }

    public func abandonedTurns(since time: Timestamp) async throws -> [StoredTurn] {
        try await read { connection in
            try connection.all(
                """
                SELECT reply.name, turns.agent, turns.worker, length(CAST(question.content AS BLOB))
                FROM turns JOIN messages AS reply ON reply.id = turns.reply
                JOIN messages AS question ON question.id = turns.question
                LEFT JOIN workers ON workers.name = turns.worker
                WHERE turns.is_open = 1 AND coalesce(workers.heard_at, 0) < ?1 LIMIT 1000
                """, [.integer(time.milliseconds)]
            ) { row in
                StoredTurn(
                    replyID: MessageID(rawValue: try row.text(0)), agent: try row.text(1),
                    worker: WorkerID(rawValue: try row.text(2)), questionBytes: try row.int(3))
            }
        }
    }
}

extension Connection {
    /// Whether the turn is there and has not ended.
    func isOpen(_ replyID: MessageID) throws -> Bool {
        try first(
            "SELECT is_open FROM turns WHERE reply = (SELECT id FROM messages WHERE name = ?1)",
            [.text(replyID.rawValue)]
        ) { row in try row.bool(0) } ?? false
    }

    /// Whether an earlier turn of the same conversation is open.
    func isQueued(_ replyID: MessageID) throws -> Bool {
        try first(
            """
            SELECT EXISTS (
                SELECT 1 FROM turns AS earlier CROSS JOIN messages AS theirs ON theirs.id = earlier.reply
                WHERE earlier.user = turns.user AND earlier.is_open = 1 AND earlier.reply < turns.reply
                AND theirs.session = messages.session)
            FROM messages JOIN turns ON turns.reply = messages.id WHERE messages.name = ?1
            """, [.text(replyID.rawValue)]
        ) { row in try row.bool(0) } ?? false
    }

    /// Recorded batches that reach beyond event `after`, in order.
    func batches(of replyID: MessageID, after: Int) throws -> [TurnBatch] {
        let turn = try first("SELECT id FROM messages WHERE name = ?1", [.text(replyID.rawValue)]) { row in
            try row.int64(0)
        }
        guard let turn else { return [] }
        // A follower asks again and again: from the batch that holds event `after + 1`, not from the first.
        return try all(
            """
            SELECT first_event, last_event, payload FROM turn_events
            WHERE turn = ?1 AND last_event > ?2 AND first_event >= coalesce(
                (SELECT max(first_event) FROM turn_events WHERE turn = ?1 AND first_event <= ?2 + 1), 0)
            ORDER BY first_event
            """, [.integer(turn), DatabaseValue(after)]
        ) { row in
            TurnBatch(
                replyID: replyID, firstEvent: try row.int(0), lastEvent: try row.int(1), payload: try row.blob(2))
        }
    }
}
