public import Chat
import SQLite

/// What the processes tell each other of a turn: that it is followed, that it is to stop.
extension SQLiteChatStore {
    public func hasChanged() -> Bool { lookups.hasChanged() }

    public func news(for watch: TurnWatch) async throws -> TurnNews {
        try await read { connection in
            var news = TurnNews()
            news.stopRequests = try connection.all(
                "SELECT turn_name FROM stop_requests WHERE worker = ?1 LIMIT 1000", [.text(watch.worker.rawValue)]
            ) { row in MessageID(rawValue: try row.text(0)) }
            news.next = try watch.queued.filter { try !connection.isQueued($0) }
            for (replyID, after) in watch.followed {
                let batches = try connection.batches(of: replyID, after: after)
                let isOpen = try connection.isOpen(replyID)
                if !batches.isEmpty || !isOpen { news.progress[replyID] = .init(batches: batches, isOpen: isOpen) }
            }
            return news
        }
    }

    public func noteFollowed(_ replyIDs: [MessageID], at time: Timestamp) async throws {
        try await write { connection in
            for replyID in replyIDs {
                try connection.run(
                    """
                    UPDATE turns SET followed_at = max(coalesce(followed_at, 0), ?2)
                    WHERE reply = (SELECT id FROM messages WHERE name = ?1) AND is_open = 1
                    """, [.text(replyID.rawValue), .integer(time.milliseconds)])
            }
        }
    }

    public func lastFollowed(_ replyID: MessageID) async throws -> Timestamp? {
        try await read { connection in
            try connection.first(
                "SELECT followed_at FROM turns WHERE reply = (SELECT id FROM messages WHERE name = ?1)",
                [.text(replyID.rawValue)]
            ) { row in row.isNull(0) ? nil : Timestamp(milliseconds: try row.int64(0)) } ?? nil
        }
    }

    public func requestStop(of replyID: MessageID, user: UserID) async throws -> Bool {
        try await write { connection in
            let turn = try connection.first(
                """
                SELECT turns.worker, turns.is_open FROM messages JOIN turns ON turns.reply = messages.id
                JOIN users ON users.id = turns.user WHERE messages.name = ?1 AND users.name = ?2
                """, [.text(replyID.rawValue), .text(user.rawValue)]
            ) { row in (worker: try row.text(0), isOpen: try row.bool(1)) }
            guard let turn else { return false }
            if turn.isOpen {
                try connection.run(
                    """
                    INSERT INTO stop_requests (turn_name, worker, requested_at) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO NOTHING
                    """,
                    [.text(replyID.rawValue), .text(turn.worker), .integer(Timestamp.now().milliseconds)])
            }
            return true
        }
    }

    public func forgetStopRequests(_ replyIDs: [MessageID]) async throws {
        guard !replyIDs.isEmpty else { return }
        try await write { connection in
            for replyID in replyIDs {
                try connection.run("DELETE FROM stop_requests WHERE turn_name = ?1", [.text(replyID.rawValue)])
            }
        }
    }
}

extension Connection {
    /// Asks for the end of every open turn of a conversation that is about to be removed.
    func requestStops(ofSession session: Int64) throws {
        try run(
            """
            INSERT INTO stop_requests (turn_name, worker, requested_at)
            -- From the few open turns of the user, not from the conversation's many messages.
            SELECT messages.name, turns.worker, ?2 FROM sessions
            CROSS JOIN turns ON turns.user = sessions.user AND turns.is_open = 1
            CROSS JOIN messages ON messages.id = turns.reply AND messages.session = sessions.id
            WHERE sessions.id = ?1
            ON CONFLICT DO NOTHING
            """, [.integer(session), .integer(Timestamp.now().milliseconds)])
    }
}
