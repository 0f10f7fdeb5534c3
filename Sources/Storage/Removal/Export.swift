// What leaves the store, by the user's word or by age, down to the bytes; and the export before it.

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
                "SELECT id, created_at, learns FROM users WHERE name = ?1", [.text(user.rawValue)]
            ) { row in
                (id: try row.int64(0), createdAt: Timestamp(milliseconds: try row.int64(1)), learns: try row.bool(2))
            }
            guard let owner else { return nil }
            var piece: Piece
            if let position {
                piece = ([], position, 0)
            } else {
                piece = ([.user(user, createdAt: owner.createdAt, learns: owner.learns)], .sessions(after: 0), 0)
            }
            // Many small conversations are as few pieces as one large.
            while let next = piece.next, piece.records.count < Self.recordsOfPiece, piece.bytes < Self.bytesOfPiece {
                // All of these are one piece.
                if next == .overrides, !piece.records.isEmpty { break }
                let more = try connection.records(
                    of: owner.id, from: next, limit: Self.recordsOfPiece - piece.records.count,
                    bytes: Self.bytesOfPiece - piece.bytes)
                piece = (piece.records + more.records, more.next, piece.bytes + more.bytes)
            }
            return (piece.records, piece.next)
        }
    }
}

/// Bytes are those of messages.
private typealias Piece = (records: [UserRecord], next: ExportPosition?, bytes: Int)

extension Connection {
    fileprivate func records(of user: Int64, from position: ExportPosition, limit: Int, bytes: Int) throws -> Piece {
        switch position {
        case .sessions(let last): try nextSession(of: user, after: last)
        case .messages(let session, let last):
            try messages(of: user, session: session, after: last, limit: limit, bytes: bytes)
        case .overrides:
            (try overrideRecords(of: user) + markedBooks(of: user).map(UserRecord.mark), .evidence(after: 0), 0)
        case .evidence(let last): try evidenceRecords(of: user, after: last, limit: limit)
        case .usage(let last): try usageRecords(of: user, after: last, days: limit)
        }
    }

    fileprivate func nextSession(of user: Int64, after last: Int64) throws -> Piece {
        try first(
            """
            SELECT \(SessionSummary.columns), sessions.id FROM sessions
            WHERE user = ?1 AND id > ?2 ORDER BY id LIMIT 1
            """, [.integer(user), .integer(last)]
        ) { row in
            ([.session(try SessionSummary(row))], .messages(session: try row.int64(8), after: 0), 0)
        } ?? ([], .overrides, 0)
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
                (SELECT edited.name FROM messages AS edited WHERE edited.id = messages.edits), messages.id, sessions.name, turns.agent, turns.idempotency_key, turns.metadata, turns.summary
            FROM sessions JOIN messages ON messages.session = sessions.id LEFT JOIN turns ON turns.reply = messages.id
            LEFT JOIN messages AS question ON question.id = turns.question
            WHERE sessions.id = ?1 AND sessions.user = ?2 AND messages.id > ?3 ORDER BY messages.id LIMIT ?4
            """, [.integer(session), .integer(user), .integer(last), DatabaseValue(limit)]
        ) { row in
            var message = try Message(row)
            if message.status == .streaming { message = try grown(message) }
            let turn = try row.optionalText(16).map { agent in
                TurnRecord(
                    agent: agent, idempotencyKey: try row.optionalText(17),
                    metadata: try row.optionalText(18).map { Array($0.utf8) }, summary: try row.optionalBlob(19))
            }
            records.append(.message(message, session: SessionID(rawValue: try row.text(15)), turn: turn))
            last = try row.int64(14)
            size += message.content.utf8.count
            return size < bytes
        }
        let isAll = records.count < limit && size < bytes
        return (records, isAll ? .sessions(after: session) : .messages(session: session, after: last), size)
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
        return (
            records.compactMap { $0 }, records.count < limit ? .usage(after: .min) : .evidence(after: last), 0
        )
    }

    fileprivate func usageRecords(of user: Int64, after last: Int64, days: Int) throws -> Piece {
        guard let first = try nextDayOfUsage(of: user, after: last) else { return ([], nil, 0) }
        let end = UTCDay(number: first.number + Int64(days) - 1)
        return (
            try usage(of: user, from: first, to: end).reversed().map { .usage($0) }, .usage(after: end.number), 0
        )
    }
}
