public import Chat
import SQLite

extension SQLiteChatStore {
    public func turn(_ replyID: MessageID, of user: UserID) async throws -> StoredTurn? {
        try await read { connection in
            try connection.first(
                "SELECT \(StoredTurn.columns) \(StoredTurn.tables) JOIN users ON users.id = turns.user"
                    + " WHERE reply.name = ?1 AND users.name = ?2",
                [.text(replyID.rawValue), .text(user.rawValue)]
            ) { row in try StoredTurn(row) }
        }
    }

    public func batches(of replyID: MessageID, after: Int) async throws -> [TurnBatch] {
        try await read { connection in try connection.batches(of: replyID, after: after) }
    }

    public func abandonedTurns(since time: Timestamp) async throws -> [StoredTurn] {
        try await read { connection in
            try connection.all(
                "SELECT \(StoredTurn.columns) \(StoredTurn.tables) LEFT JOIN workers ON workers.name = turns.worker"
                    + " WHERE turns.is_open = 1 AND coalesce(workers.heard_at, 0) < ?1 LIMIT 1000",
                [.integer(time.milliseconds)]
            ) { row in try StoredTurn(row) }
        }
    }
}

extension Connection {
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

extension StoredTurn {
    fileprivate static let columns = """
        reply.name, question.name, sessions.name, turns.agent, reply.status, turns.worker,
        (SELECT last_event FROM turn_events WHERE turn = turns.reply ORDER BY first_event DESC LIMIT 1)
        """
    fileprivate static let tables = """
        FROM turns JOIN messages AS reply ON reply.id = turns.reply
        JOIN messages AS question ON question.id = turns.question
        JOIN sessions ON sessions.id = reply.session
        """

    fileprivate init(_ row: borrowing Row) throws {
        guard let status = MessageStatus(rawValue: try row.text(4)) else {
            throw StoreError(kind: .fault, detail: "a message has an unknown status")
        }
        self.init(
            replyID: MessageID(rawValue: try row.text(0)), userMessageID: MessageID(rawValue: try row.text(1)),
            session: SessionID(rawValue: try row.text(2)), agent: try row.text(3), status: status,
            worker: WorkerID(rawValue: try row.text(5)), lastEvent: try row.optionalInt(6) ?? 0)
    }
}
