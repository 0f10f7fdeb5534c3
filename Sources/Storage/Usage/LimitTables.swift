// What is counted: tokens, calls, limits and quotas.

import CCrypto
public import Chat
import Ownership
import SQLite

/// What users' limits and quotas are counted by, besides what they are stored for.
enum LimitTables {
    static let migration = Migration(
        "007 limits",
        sql: """
            -- Of the day's tokens, while the turn is open.
            ALTER TABLE turns ADD COLUMN reserved_tokens INTEGER NOT NULL DEFAULT 0;

            -- Open answers without a turn: those that are not kept, and those whose conversation was removed meanwhile. A
            -- subject is a user without the name.
            CREATE TABLE unkept_turns (
                name TEXT PRIMARY KEY,
                subject BLOB NOT NULL,
                user INTEGER REFERENCES users (id) ON DELETE SET NULL,
                worker TEXT NOT NULL,
                reserved_tokens INTEGER NOT NULL,
                prompt_tokens INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX unkept_turns_of_subject ON unkept_turns (subject);
            CREATE INDEX unkept_turns_of_user ON unkept_turns (user) WHERE user IS NOT NULL;

            -- What counts against the limit of users who removed their data on that day.
            CREATE TABLE removed_tokens (
                subject BLOB PRIMARY KEY,
                day INTEGER NOT NULL,
                tokens INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX removed_tokens_old ON removed_tokens (day);
            CREATE TABLE subject_salt (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                salt BLOB NOT NULL
            ) STRICT;
            INSERT INTO subject_salt (id, salt) VALUES (1, randomblob(32));

            -- What is stored, for the quotas. Bytes are those of texts, metadata and book cards.
            ALTER TABLE sessions ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE users ADD COLUMN sessions INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE users ADD COLUMN messages INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE users ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
            -- When the user was here last; some hours later than it says.
            ALTER TABLE users ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
            UPDATE sessions SET bytes = (
                SELECT coalesce(sum(
                    length(CAST(content AS BLOB)) + coalesce(length(CAST(recommendations AS BLOB)), 0)), 0)
                FROM messages WHERE messages.session = sessions.id);
            UPDATE users SET (sessions, messages, bytes) = (
                SELECT count(*), coalesce(sum(message_count), 0), coalesce(sum(bytes), 0)
                FROM sessions WHERE sessions.user = users.id);
            UPDATE users SET seen_at = max(created_at, coalesce(
                (SELECT max(updated_at) FROM sessions WHERE sessions.user = users.id), 0));

            -- Conversations that nobody has any more, and whose words the search index has under which user.
            CREATE TABLE removed_sessions (
                session INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
                user INTEGER NOT NULL
            ) STRICT;
            -- With the rowid behind it: a user's conversations in order.
            CREATE INDEX sessions_of_user ON sessions (user);

            -- Where the look for what has been kept for long enough has got to: the last user, and when it began.
            CREATE TABLE retention (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                last_user INTEGER NOT NULL,
                begun_at INTEGER NOT NULL
            ) STRICT;
            INSERT INTO retention (id, last_user, begun_at) VALUES (1, 0, 0);
            """)

    /// A key that acts for users is a subject as well: its open answers are found by it, and its tokens of the day are counted among the
    /// removed ones, since the usage belongs to its users.
    static let ofKeys = Migration(
        "012 limits of keys",
        sql: """
            ALTER TABLE turns ADD COLUMN key_subject BLOB;
            CREATE INDEX turns_of_key ON turns (key_subject) WHERE is_open = 1 AND key_subject IS NOT NULL;
            ALTER TABLE unkept_turns ADD COLUMN key_subject BLOB;
            CREATE INDEX unkept_turns_of_key ON unkept_turns (key_subject) WHERE key_subject IS NOT NULL;
            """)
}

extension Connection {
    /// A user without the name. Who has the store can tell whether it is a name that they think of, so what is kept under it goes
    /// when the day is over.
    func subject(of user: UserID) throws -> [UInt8] { try subject(named: user.rawValue) }

    /// All for whom a key acts. No user's name has a space.
    func subject(of key: KeyLimits) throws -> [UInt8] { try subject(named: "key " + key.key) }

    private func subject(named name: String) throws -> [UInt8] {
        let salt = try first("SELECT salt FROM subject_salt WHERE id = 1") { row in try row.blob(0) }
        guard let salt else { throw StoreError(kind: .fault, detail: "the store has no salt") }
        let bytes = salt + Array(name.utf8)
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil) == 1 else {
            throw StoreError(kind: .fault, detail: "SHA-256 is not to be had")
        }
        return Array(digest.prefix(16))
    }

    /// The user's tokens of a day that count against the limit, without those from before a removal.
    func keptTokens(of user: UserID, on day: UTCDay) throws -> Int {
        try first(
            """
            SELECT coalesce(sum(charged_tokens), 0) FROM usage_days JOIN users ON users.id = usage_days.user
            WHERE users.name = ?1 AND day = ?2
            """, [.text(user.rawValue), .integer(day.number)]
        ) { row in try row.int(0) } ?? 0
    }

    /// The user's tokens of a day that count against the limit.
    func chargedTokens(of user: UserID, on day: UTCDay) throws -> Int {
        let kept = try keptTokens(of: user, on: day)
        guard try first("SELECT EXISTS (SELECT 1 FROM removed_tokens)", [], { row in try row.bool(0) }) == true else {
            return kept
        }
        return try kept + removedTokens(of: subject(of: user), on: day)
    }

    private func removedTokens(of subject: [UInt8], on day: UTCDay) throws -> Int {
        try first(
            "SELECT tokens FROM removed_tokens WHERE subject = ?1 AND day = ?2",
            [.blob(subject), .integer(day.number)]
        ) { row in try row.int(0) } ?? 0
    }

    /// Counts tokens of a subject of which nothing else is stored.
    func addRemovedTokens(_ tokens: Int, of subject: [UInt8], on day: UTCDay) throws {
        try run("DELETE FROM removed_tokens WHERE day < ?1", [.integer(day.number)])
        guard tokens > 0 else { return }
        try run(
            """
            INSERT INTO removed_tokens (subject, day, tokens) VALUES (?1, ?2, ?3)
            ON CONFLICT (subject) DO UPDATE SET tokens = tokens + excluded.tokens
            """, [.blob(subject), .integer(day.number), DatabaseValue(tokens)])
    }

    /// The user's answers under way: how many, how many of them in one conversation, and what they have set aside.
    func openTurns(
        of user: UserID, id: Int64, session: SessionID? = nil
    ) throws -> (count: Int, ofSession: Int, reserved: Int) {
        // From the few open turns of the user to their conversations, not from the conversation's many messages.
        var open =
            try first(
                """
                SELECT count(*), coalesce(sum(sessions.name = ?2), 0), coalesce(sum(turns.reserved_tokens), 0)
                FROM turns JOIN messages ON messages.id = turns.reply JOIN sessions ON sessions.id = messages.session
                WHERE turns.user = ?1 AND turns.is_open = 1
                """, [.integer(id), .text(session?.rawValue ?? "")]
            ) { row in (count: try row.int(0), ofSession: try row.int(1), reserved: try row.int(2)) } ?? (
                count: 0, ofSession: 0, reserved: 0
            )
        guard try first("SELECT EXISTS (SELECT 1 FROM unkept_turns)", [], { row in try row.bool(0) }) == true else {
            return open
        }
        try forEach(
            "SELECT count(*), coalesce(sum(reserved_tokens), 0) FROM unkept_turns WHERE subject = ?1",
            [.blob(subject(of: user))]
        ) { row in
            open.count += try row.int(0)
            open.reserved += try row.int(1)
        }
        return open
    }

    /// The answers under way to all for whom a key acts.
    private func openTurns(ofKey subject: [UInt8]) throws -> (count: Int, reserved: Int) {
        var open = (count: 0, reserved: 0)
        for table in ["turns WHERE is_open = 1 AND", "unkept_turns WHERE"] {
            try forEach(
                "SELECT count(*), coalesce(sum(reserved_tokens), 0) FROM \(table) key_subject = ?1", [.blob(subject)]
            ) { row in
                open.count += try row.int(0)
                open.reserved += try row.int(1)
            }
        }
        return open
    }

    /// Whether the user may begin an answer, and all for whom the key acts one more; and how many tokens it sets aside. Nil where neither
    /// day is limited.
    func admit(
        _ user: UserID, within limits: UserLimits, _ key: KeyLimits?,
        open: (count: Int, ofSession: Int, reserved: Int), reserving reservation: TokenReservation, at time: Timestamp
    ) throws -> (refusal: TurnRefusal?, reserved: Int?) {
        let day = UTCDay(of: time)
        let own = try Self.admit(
            (limits.streams, limits.tokensPerDay), (open.count, open.reserved), reservation,
            used: { try chargedTokens(of: user, on: day) })
        guard let key, own.refusal == nil else { return own }
        let subject = try subject(of: key)
        let ofKey = try Self.admit(
            (key.streams, key.tokensPerDay), openTurns(ofKey: subject), reservation,
            used: { try removedTokens(of: subject, on: day) })
        if let refusal = ofKey.refusal { return (.ofKey(refusal), nil) }
        // One number stands for both: where less is left to one of them, nothing else of that one's can begin anyway.
        return (nil, [own.reserved, ofKey.reserved].compactMap { $0 }.min())
    }

    private static func admit(
        _ limits: (streams: Int, tokensPerDay: Int), _ open: (count: Int, reserved: Int),
        _ reservation: TokenReservation, used: () throws -> Int
    ) throws -> (refusal: TurnRefusal?, reserved: Int?) {
        guard open.count < limits.streams else { return (.tooManyTurns, nil) }
        guard limits.tokensPerDay > 0 else { return (nil, nil) }
        let used = try used()
        let left = limits.tokensPerDay - used - open.reserved
        guard left > 0 else { return (.tokensAreSpent(used: used, reserved: open.reserved), nil) }
        return (nil, min(left, reservation.tokens))
    }

    /// The tokens that a turn sets aside, those for what its model is given of the conversation before included.
    func reservation(of turn: NewTurn, by user: Int64) throws -> TokenReservation {
        guard let history = turn.history, turn.limits.tokensPerDay > 0 || turn.keyLimits?.tokensPerDay ?? 0 > 0,
            let session = try first(
                "SELECT id, bytes FROM sessions WHERE user = ?1 AND name = ?2",
                [.integer(user), .text(turn.session.rawValue)],
                { row in (id: try row.int(0), bytes: try row.int(1)) })
        else { return turn.reservation }
        var bytes = session.bytes
        if bytes > Self.bytesCountedWhole {
            // Most of a long conversation lies further back.
            bytes =
                try first(
                    """
                    SELECT coalesce(sum(length(CAST(content AS BLOB))), 0)
                    FROM (SELECT content FROM messages WHERE session = ?1 ORDER BY id DESC LIMIT ?2)
                    """, [DatabaseValue(session.id), DatabaseValue(history.messages)]
                ) { row in try row.int(0) } ?? 0
        }
        var reservation = turn.reservation
        reservation.promptTokens += Usage.estimatedTokens(ofUTF8: min(bytes, history.bytes)) * history.calls
        return reservation
    }

    /// A conversation of so few bytes is taken to be given whole.
    private static let bytesCountedWhole = 16_384

    /// Counts what an answer took against the day of all for whom a key acts.
    func count(_ account: TurnAccount, ofKey subject: [UInt8]?, at time: Timestamp) throws {
        guard let subject, account.outcome != nil else { return }
        try addRemovedTokens(account.chargedTokens, of: subject, on: UTCDay(of: time))
    }

    /// Keeps what the open turns of a conversation that is removed have set aside, until they end.
    func keepReservations(ofSession session: Int64) throws {
        let turns = try all(
            """
            SELECT messages.name, users.name, turns.worker, turns.reserved_tokens, turns.key_subject FROM sessions
            CROSS JOIN users ON users.id = sessions.user
            CROSS JOIN turns ON turns.user = sessions.user AND turns.is_open = 1
            CROSS JOIN messages ON messages.id = turns.reply AND messages.session = sessions.id
            WHERE sessions.id = ?1
            """, [.integer(session)]
        ) { row in
            (
                try row.text(0), makeOwner(try row.text(1)), try row.text(2), try row.int(3),
                DatabaseValue(try row.optionalBlob(4))
            )
        }
        for (name, user, worker, reserved, key) in turns {
            try run(
                """
                INSERT INTO unkept_turns (name, subject, worker, reserved_tokens, prompt_tokens, key_subject)
                VALUES (?1, ?2, ?3, ?4, 0, ?5) ON CONFLICT DO NOTHING
                """, [.text(name), .blob(subject(of: user)), .text(worker), DatabaseValue(reserved), key])
        }
    }
}

extension SQLiteChatStore {
    public func begin(_ turn: EphemeralTurn) async throws -> TurnRefusal? {
        // Not synced: with the machine everything ends that this counts.
        try await writeUnsynced { connection in
            let user = try connection.idMakingUser(turn.user, at: turn.createdAt)
            let (refusal, reserved) = try connection.admit(
                turn.user, within: turn.limits, turn.keyLimits, open: connection.openTurns(of: turn.user, id: user),
                reserving: turn.reservation, at: turn.createdAt)
            if let refusal { return refusal }
            try connection.run(
                """
                INSERT INTO unkept_turns (name, subject, user, worker, reserved_tokens, prompt_tokens, key_subject)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                """,
                [
                    .text(turn.id.rawValue), .blob(connection.subject(of: turn.user)), .integer(user),
                    .text(turn.worker.rawValue), DatabaseValue(reserved ?? 0),
                    DatabaseValue(turn.reservation.promptTokens),
                    DatabaseValue(try turn.keyLimits.map(connection.subject)),
                ])
            // Who begins an answer lives, whether or not it has said so of late.
            try connection.noteAlive(turn.worker, at: turn.createdAt)
            return nil
        }
    }

    public func refusal(of turn: EphemeralTurn) async throws -> TurnRefusal? {
        try await read { connection in
            // No row has the number 0.
            let open = try connection.openTurns(of: turn.user, id: connection.rowID(of: turn.user) ?? 0)
            return try connection.admit(
                turn.user, within: turn.limits, turn.keyLimits, open: open, reserving: turn.reservation,
                at: turn.createdAt
            ).refusal
        }
    }

    public func endEphemeralTurns(ofWorkersSilentSince time: Timestamp) async throws {
        let names = try await read { connection in
            try connection.all(
                """
                SELECT unkept_turns.name FROM unkept_turns LEFT JOIN workers ON workers.name = unkept_turns.worker
                WHERE coalesce(workers.heard_at, 0) < ?1 LIMIT 1000
                """, [.integer(time.milliseconds)]
            ) { row in try row.text(0) }
        }
        guard !names.isEmpty else { return }
        try await write { connection in
            for name in names {
                let turn = try connection.first(
                    """
                    DELETE FROM unkept_turns WHERE name = ?1
                    RETURNING user, min(reserved_tokens, prompt_tokens), key_subject
                    """, [.text(name)]
                ) { row in (user: try row.optionalInt64(0), tokens: try row.int(1), key: try row.optionalBlob(2)) }
                guard let turn, turn.tokens > 0 else { continue }
                let usage = Usage(promptTokens: turn.tokens, completionTokens: 0, isEstimated: true)
                let account = TurnAccount(provider: "", model: "", usage: usage, outcome: .failed)
                if let user = turn.user { try connection.add(account, of: user, at: .now()) }
                try connection.count(account, ofKey: turn.key, at: .now())
            }
        }
    }
}
