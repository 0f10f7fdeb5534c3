public import Chat
import SQLite

extension SQLiteChatStore: UserData {
    /// Records of a piece at most, and bytes of messages after which a piece ends.
    private static let recordsOfPiece = 100
    private static let bytesOfPiece = 262_144

    public func records(of user: UserID, from position: ExportPosition?) async throws -> (
        records: [UserRecord], next: ExportPosition?
    )? {
        try await read { connection in
            let owner = try connection.first(
                "SELECT id, created_at FROM users WHERE name = ?1", [.text(user.rawValue)]
            ) { row in (id: try row.int64(0), createdAt: Timestamp(milliseconds: try row.int64(1))) }
            guard let owner else { return nil }
            switch position {
            case nil: return ([.user(user, createdAt: owner.createdAt)], .sessions(after: 0))
            case .sessions(let last): return try connection.nextSession(of: owner.id, after: last)
            case .messages(let session, let last):
                return try connection.messages(
                    of: owner.id, session: session, after: last, limit: Self.recordsOfPiece, bytes: Self.bytesOfPiece)
            case .overrides: return (try connection.overrideRecords(of: owner.id), .evidence(after: 0))
            case .evidence(let last):
                return try connection.evidenceRecords(of: owner.id, after: last, limit: Self.recordsOfPiece)
            case .usage(let last):
                return try connection.usageRecords(of: owner.id, after: last, days: Self.recordsOfPiece)
            }
        }
    }
}

private typealias Piece = (records: [UserRecord], next: ExportPosition?)

extension Connection {
    fileprivate func nextSession(of user: Int64, after last: Int64) throws -> Piece {
        try first(
            """
            SELECT id, name, title, created_at, updated_at, message_count FROM sessions
            WHERE user = ?1 AND id > ?2 ORDER BY id LIMIT 1
            """, [.integer(user), .integer(last)]
        ) { row in
            let summary = SessionSummary(
                id: SessionID(rawValue: try row.text(1)), title: try row.text(2),
                createdAt: Timestamp(milliseconds: try row.int64(3)),
                updatedAt: Timestamp(milliseconds: try row.int64(4)), messageCount: try row.int(5))
            return ([.session(summary)], .messages(session: try row.int64(0), after: 0))
        } ?? ([], .overrides)
    }

    fileprivate func messages(
        of user: Int64, session: Int64, after last: Int64, limit: Int, bytes: Int
    ) throws -> Piece {
        var records: [UserRecord] = []
        var last = last
        var size = 0
        try scan(
            """
            SELECT messages.name, messages.role, messages.content, messages.status, messages.created_at,
                messages.recommendations, messages.provider, messages.model, messages.prompt_tokens,
                messages.completion_tokens, messages.usage_is_estimated, messages.error, question.name,
                messages.id, sessions.name, turns.agent, turns.idempotency_key, turns.metadata, turns.summary
            FROM sessions JOIN messages ON messages.session = sessions.id LEFT JOIN turns ON turns.reply = messages.id
            LEFT JOIN messages AS question ON question.id = turns.question
            WHERE sessions.id = ?1 AND sessions.user = ?2 AND messages.id > ?3 ORDER BY messages.id LIMIT ?4
            """, [.integer(session), .integer(user), .integer(last), DatabaseValue(limit)]
        ) { row in
            var message = try Message(row)
            if message.status == .streaming { message = try grown(message) }
            let turn = try row.optionalText(15).map { agent in
                TurnRecord(
                    agent: agent, idempotencyKey: try row.optionalText(16),
                    metadata: try row.optionalText(17).map { Array($0.utf8) }, summary: try row.optionalBlob(18))
            }
            records.append(.message(message, session: SessionID(rawValue: try row.text(14)), turn: turn))
            last = try row.int64(13)
            size += message.content.utf8.count
            return size < bytes
        }
        return (records, records.isEmpty ? .sessions(after: session) : .messages(session: session, after: last))
    }

    fileprivate func overrideRecords(of user: Int64) throws -> [UserRecord] {
        // Withdrawals too: they are remembered.
        try all(
            "SELECT type, value, weight, said_at FROM preference_overrides WHERE user = ?1", [.integer(user)]
        ) { row -> UserRecord? in
            guard let type = PreferenceType(rawValue: try row.text(0)) else { return nil }
            return .override(
                PreferenceOverride(
                    type: type, value: try row.text(1), weight: try row.optionalDouble(2),
                    timestamp: Timestamp(milliseconds: try row.int64(3))))
        }.compactMap { $0 }
    }

    fileprivate func evidenceRecords(of user: Int64, after last: Int64, limit: Int) throws -> Piece {
        var last = last
        let records = try all(
            """
            SELECT id, type, value, weight, message_name, excerpt, created_at FROM preference_evidence
            WHERE user = ?1 AND id > ?2 ORDER BY id LIMIT ?3
            """, [.integer(user), .integer(last), DatabaseValue(limit)]
        ) { row -> UserRecord? in
            last = try row.int64(0)
            guard let type = PreferenceType(rawValue: try row.text(1)) else { return nil }
            let evidence = Evidence(
                messageID: MessageID(rawValue: try row.text(4)), excerpt: try row.text(5),
                createdAt: Timestamp(milliseconds: try row.int64(6)))
            return .evidence(
                InferredPreference(type: type, value: try row.text(2), weight: try row.double(3), evidence: evidence))
        }
        return (records.compactMap { $0 }, records.count < limit ? .usage(after: .min) : .evidence(after: last))
    }

    fileprivate func usageRecords(of user: Int64, after last: Int64, days: Int) throws -> Piece {
        guard let first = try nextDayOfUsage(of: user, after: last) else { return ([], nil) }
        let end = UTCDay(number: first.number + Int64(days) - 1)
        return (
            try usage(of: user, from: first, to: end).reversed().map { .usage($0) }, .usage(after: end.number)
        )
    }
}
