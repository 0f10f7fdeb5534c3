public import Chat
import SQLite

extension SQLiteChatStore {
    public func open(
        _ turn: NewTurn, decided: @escaping @Sendable (TurnOpening, _ isFirst: Bool) -> Void
    ) async throws -> TurnOpening {
        let opening = try await write { connection -> TurnOpening in
            var isFirst = false
            let opening = try connection.open(turn, isFirst: &isFirst)
            decided(opening, isFirst)
            return opening
        }
        if case .opened = opening { searchIndexer.wake() }
        return opening
    }

    public func append(_ batches: [TurnBatch]) async throws {
        guard !batches.isEmpty else { return }
        try await write { connection in
            for batch in batches { try connection.record(batch) }
        }
    }

    public func finish(_ end: TurnEnd) async throws -> Bool {
        let isClosed = try await write { connection in
            guard let turn = try connection.openTurn(of: end.replyID) else {
                try connection.addAccountOfRemoved(end)
                return false
            }
            // Anyone who ends a turn knows all that is recorded of it. Somebody who took its worker for dead may have read it
            // before the worker, which lives after all, recorded more: they have to read again.
            guard turn.lastEvent < end.lastBatch.lastEvent else {
                throw StoreError(kind: .overloaded, detail: "the worker of \(end.replyID) records it still")
            }
            // The last batch first: it is left out when the turn is open no more.
            try connection.record(end.lastBatch)
            try connection.run(
                "UPDATE turns SET is_open = 0, summary = ?2 WHERE reply = ?1",
                [.integer(turn.reply), .blob(end.summary)])
            // Here, where a turn is closed once: what is not closed now adds nothing, whatever was tried before.
            if let account = end.account {
                try connection.add(account, of: turn.user, at: end.endedAt)
                try connection.count(account, ofKey: turn.key, at: end.endedAt)
            }
            try connection.noteUnindexed(message: turn.reply)
            try connection.run(
                """
                UPDATE messages SET status = ?2, content = ?3, ended_at = ?4, recommendations = ?5, provider = ?6,
                    model = ?7, prompt_tokens = ?8, completion_tokens = ?9, usage_is_estimated = ?10, error = ?11
                WHERE id = ?1
                """,
                [
                    .integer(turn.reply), .text(end.status.rawValue),
                    .text(String(decoding: end.content, as: UTF8.self)), .integer(end.endedAt.milliseconds),
                    DatabaseValue(end.recommendations.storedText), DatabaseValue(end.provider),
                    DatabaseValue(end.model), DatabaseValue(end.usage?.promptTokens),
                    DatabaseValue(end.usage?.completionTokens),
                    end.usage.map { DatabaseValue($0.isEstimated) } ?? .null, DatabaseValue(end.error?.storedText),
                ])
            let bytes = Int64(end.content.count + (end.recommendations.storedText?.utf8.count ?? 0))
            try connection.run(
                "UPDATE sessions SET updated_at = max(updated_at, ?2), bytes = bytes + ?3 WHERE id = ?1",
                [.integer(turn.session), .integer(end.endedAt.milliseconds), .integer(bytes)])
            try connection.run(
                "UPDATE users SET bytes = bytes + ?2 WHERE id = ?1", [.integer(turn.user), .integer(bytes)])
            return true
        }
        if isClosed { searchIndexer.wake() }
        return isClosed
    }
}

extension Connection {
    /// Writes a turn's beginning, unless something is in its way.
    /// - Parameter isFirst: becomes whether the turn made its session.
    fileprivate func open(_ turn: NewTurn, isFirst: inout Bool) throws -> TurnOpening {
        let user = try idMakingUser(turn.user, at: turn.createdAt)
        if let key = turn.idempotencyKey, let earlier = try self.turn(ofKey: key.name, of: user) {
            return earlier.fingerprint.map { $0 == key.fingerprint } ?? true
                ? .exists(replyID: earlier.reply) : .keyIsOfAnotherRequest
        }
        let open = try openTurns(of: turn.user, id: user, session: turn.session)
        let (refusal, reserved) = try admit(
            turn.user, within: turn.limits, turn.keyLimits, open: open, reserving: reservation(of: turn, by: user),
            at: turn.createdAt)
        if let refusal { return .refused(refusal) }
        guard open.ofSession < turn.openTurnsOfSession else { return .queueIsFull }
        if let quota = try quotaReached(by: turn, of: user) { return .quotaIsReached(quota) }
        var answered: Int64?
        if turn.isRegeneration {
            answered = try id(ofQuestion: turn.userMessageID, of: user)
            if answered == nil { return .questionIsGone }
        }
        var earlier: Int64?
        if let place = turn.place {
            guard let found = try earlierQuestion(in: place, of: turn.session, of: user) else {
                return .questionIsGone
            }
            earlier = found
        }
        let session: Int64
        (session, isFirst) = try idMakingSession(turn.session, of: user, for: turn)
        let question = try answered ?? insertQuestion(of: turn, edits: earlier, in: session, of: user)
        let reply = try insertMessage(
            turn.replyID, in: session, role: .assistant, status: .streaming, text: "", at: turn.createdAt)
        try run(
            """
            INSERT INTO turns
                (reply, question, user, agent, worker, is_open, idempotency_key, metadata, request_fingerprint,
                    reserved_tokens, key_subject)
            VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, ?9, ?10)
            """,
            [
                .integer(reply), .integer(question), .integer(user), .text(turn.agent),
                .text(turn.worker.rawValue), DatabaseValue(turn.idempotencyKey?.name),
                DatabaseValue(turn.metadata.map { String(decoding: $0, as: UTF8.self) }),
                turn.idempotencyKey.map { .blob($0.fingerprint) } ?? .null, DatabaseValue(reserved ?? 0),
                DatabaseValue(try turn.keyLimits.map(subject)),
            ])
        // Who begins a turn lives, whether or not it has said so of late.
        try noteAlive(turn.worker, at: turn.createdAt, unlessWithin: 250)
        try record(turn.firstBatch)
        return .opened(isQueued: open.ofSession > 0)
    }

    /// Keeps a batch of an open turn. One that begins at the same event as a batch that is there, and reaches further,
    /// takes its place: it holds the same events and more.
    fileprivate func record(_ batch: TurnBatch) throws {
        try run(
            """
            INSERT INTO turn_events (turn, first_event, last_event, payload)
            SELECT turns.reply, ?2, ?3, ?4 FROM messages JOIN turns ON turns.reply = messages.id
            WHERE messages.name = ?1 AND turns.is_open = 1
            ON CONFLICT (turn, first_event) DO UPDATE SET last_event = excluded.last_event, payload = excluded.payload
            WHERE excluded.last_event > last_event
            """,
            [
                .text(batch.replyID.rawValue), DatabaseValue(batch.firstEvent), DatabaseValue(batch.lastEvent),
                .blob(batch.payload),
            ])
    }

    /// The rows of an open turn, and its last recorded event; nil when it has ended or is gone.
    fileprivate func openTurn(
        of replyID: MessageID
    ) throws -> (reply: Int64, session: Int64, user: Int64, key: [UInt8]?, lastEvent: Int)? {
        try first(
            """
            SELECT turns.reply, messages.session, turns.user, turns.key_subject,
                coalesce((SELECT max(last_event) FROM turn_events WHERE turn = turns.reply), 0)
            FROM messages JOIN turns ON turns.reply = messages.id WHERE messages.name = ?1 AND turns.is_open = 1
            """, [.text(replyID.rawValue)]
        ) { row in (try row.int64(0), try row.int64(1), try row.int64(2), try row.optionalBlob(3), try row.int(4)) }
    }

    /// The turn that an idempotency key made, and the fingerprint of its request; nil for those that are older than fingerprints.
    fileprivate func turn(ofKey key: String, of user: Int64) throws -> (reply: MessageID, fingerprint: [UInt8]?)? {
        try first(
            """
            SELECT messages.name, turns.request_fingerprint FROM turns JOIN messages ON messages.id = turns.reply
            WHERE turns.user = ?1 AND turns.idempotency_key = ?2
            """, [.integer(user), .text(key)]
        ) { row in (MessageID(rawValue: try row.text(0)), try row.optionalBlob(1)) }
    }

    /// The quota that leaves no room for the turn; nil when there is room.
    fileprivate func quotaReached(by turn: NewTurn, of user: Int64) throws -> QuotaReached? {
        let quotas = turn.quotas
        guard quotas != StorageQuotas() else { return nil }
        let stored = try first(
            "SELECT sessions, messages, bytes FROM users WHERE id = ?1", [.integer(user)]
        ) { row in (sessions: try row.int(0), messages: try row.int(1), bytes: try row.int(2)) }
        guard let stored else { return nil }
        func exceeds(_ kind: QuotaReached.Kind, _ used: Int, _ new: Int, _ allowed: Int) -> QuotaReached? {
            allowed > 0 && used + new > allowed ? QuotaReached(kind: kind, used: used, allowed: allowed) : nil
        }
        if let quota = exceeds(.messages, stored.messages, turn.newMessages, quotas.messages)
            ?? exceeds(.bytes, stored.bytes, turn.newBytes, quotas.bytes)
        {
            return quota
        }
        guard let quota = exceeds(.conversations, stored.sessions, 1, quotas.conversations) else { return nil }
        return try id(of: turn.session, of: turn.user) == nil ? quota : nil
    }

    fileprivate func id(ofQuestion name: MessageID, of user: Int64) throws -> Int64? {
        try first(
            """
            SELECT messages.id FROM messages JOIN sessions ON sessions.id = messages.session
            WHERE messages.name = ?1 AND messages.role = 'user' AND sessions.user = ?2
            """, [.text(name.rawValue), .integer(user)]
        ) { row in try row.int64(0) }
    }

    /// The question before which a place begins: what stands before that one leads to the place.
    /// - Returns: nil when the session has no such question to name the place by; in it nil for the end of the conversation.
    fileprivate func earlierQuestion(
        in place: QuestionPlace, of session: SessionID, of user: Int64
    ) throws -> Int64?? {
        let (name, earlier) =
            switch place {
            // All versions of a question name the first one.
            case .inPlaceOf(let name): (name, "coalesce(messages.edits, messages.id)")
            // The question that was asked next began another version of the conversation, or is put aside by this one.
            case .after(let name):
                (
                    name,
                    """
                    (SELECT next.id FROM messages AS next
                     WHERE next.session = messages.session AND next.id > messages.id AND next.role = 'user'
                     ORDER BY next.id LIMIT 1)
                    """
                )
            }
        return try first(
            """
            SELECT \(earlier) FROM messages JOIN sessions ON sessions.id = messages.session
            WHERE messages.name = ?1 AND messages.role = 'user' AND sessions.user = ?2 AND sessions.name = ?3
            """, [.text(name.rawValue), .integer(user), .text(session.rawValue)]
        ) { row in try row.optionalInt64(0) }
    }

    fileprivate func idMakingSession(
        _ session: SessionID, of user: Int64, for turn: NewTurn
    ) throws -> (id: Int64, isNew: Bool) {
        let known = try first(
            """
            UPDATE sessions SET message_count = message_count + ?4, updated_at = max(updated_at, ?3), bytes = bytes + ?5
            WHERE user = ?1 AND name = ?2 RETURNING id
            """,
            [
                .integer(user), .text(session.rawValue), .integer(turn.createdAt.milliseconds),
                DatabaseValue(turn.newMessages), DatabaseValue(turn.newBytes),
            ]
        ) { row in try row.int64(0) }
        try run(
            """
            UPDATE users SET sessions = sessions + ?2, messages = messages + ?3, bytes = bytes + ?4,
                seen_at = max(seen_at, ?5)
            WHERE id = ?1
            """,
            [
                .integer(user), .integer(known == nil ? 1 : 0), DatabaseValue(turn.newMessages),
                DatabaseValue(turn.newBytes), .integer(turn.createdAt.milliseconds),
            ])
        if let known { return (known, false) }
        try run(
            """
            INSERT INTO sessions (user, name, title, message_count, created_at, updated_at, bytes, agent)
            VALUES (?1, ?2, ?3, 2, ?4, ?4, ?5, ?6)
            """,
            [
                .integer(user), .text(session.rawValue), .text(SessionTitle.of(turn.text)),
                .integer(turn.createdAt.milliseconds), DatabaseValue(turn.newBytes), .text(turn.agent),
            ])
        return (lastInsertedRowID, true)
    }

    fileprivate func insertQuestion(
        of turn: NewTurn, edits edited: Int64?, in session: Int64, of user: Int64
    ) throws -> Int64 {
        let question = try insertMessage(
            turn.userMessageID, in: session, role: .user, status: .complete, text: turn.text, at: turn.createdAt)
        if let edited {
            try run("UPDATE messages SET edits = ?2 WHERE id = ?1", [.integer(question), .integer(edited)])
        }
        try noteUnindexed(message: question)
        return question
    }

    fileprivate func insertMessage(
        _ id: MessageID, in session: Int64, role: Role, status: MessageStatus, text: String, at time: Timestamp
    ) throws -> Int64 {
        try run(
            """
            INSERT INTO messages (session, name, role, status, content, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """,
            [
                .integer(session), .text(id.rawValue), .text(role.rawValue), .text(status.rawValue), .text(text),
                .integer(time.milliseconds),
            ])
        return lastInsertedRowID
    }
}

extension NewTurn {
    /// Messages that it adds.
    fileprivate var newMessages: Int { isRegeneration ? 1 : 2 }
    /// Bytes that it adds before its reply.
    fileprivate var newBytes: Int { isRegeneration ? 0 : text.utf8.count + (metadata?.count ?? 0) }
}
