import Chat
import SQLite

/// What users' answers took: a row for each user, day, provider and model; and one for each way in which calls failed.
///
/// The sums outlive the conversations, which they do not name, and go with their user.
enum UsageTables {
    static let migration = Migration(
        "004 usage",
        sql: """
            -- Days are counted from 1970-01-01, UTC. The primary key begins with the user: it finds a user's rows, for the
            -- removal as for the limit.
            CREATE TABLE usage_days (
                user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                day INTEGER NOT NULL,
                provider TEXT NOT NULL,
                model TEXT NOT NULL,
                completions INTEGER NOT NULL,
                stopped INTEGER NOT NULL,
                failed INTEGER NOT NULL,
                -- Of the completions.
                cached INTEGER NOT NULL,
                prompt_tokens INTEGER NOT NULL,
                completion_tokens INTEGER NOT NULL,
                -- Of the tokens: those that no provider reported, and those that count against the limit.
                estimated_tokens INTEGER NOT NULL,
                charged_tokens INTEGER NOT NULL,
                PRIMARY KEY (user, day, provider, model)
            ) STRICT, WITHOUT ROWID;
            -- For the operator's view over all users. Sums change, days do not: it is written once for each row.
            CREATE INDEX usage_days_latest ON usage_days (day);

            CREATE TABLE attempt_days (
                user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                day INTEGER NOT NULL,
                provider TEXT NOT NULL,
                model TEXT NOT NULL,
                code TEXT NOT NULL,
                count INTEGER NOT NULL,
                PRIMARY KEY (user, day, provider, model, code)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX attempt_days_latest ON attempt_days (day);
            """)
}

extension Connection {
    /// Adds what a turn took to its user's sums of the day on which it ended.
    func add(_ account: TurnAccount, of user: Int64, at time: Timestamp) throws {
        let day = UTCDay(of: time).number
        if let outcome = account.outcome { try add(account, outcome, of: user, on: day) }
        var counts: [[String]: Int] = [:]
        for attempt in account.failedAttempts {
            counts[[Self.name(attempt.provider), Self.name(attempt.model), attempt.kind.rawValue], default: 0] += 1
        }
        for (key, count) in counts {
            try run(
                """
                INSERT INTO attempt_days (user, day, provider, model, code, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT (user, day, provider, model, code) DO UPDATE SET count = count + excluded.count
                """, [.integer(user), .integer(day)] + key.map { .text($0) } + [DatabaseValue(count)])
        }
    }

    /// Adds what a turn took that was removed with its conversation while it was answered. Else a user who removes the
    /// conversation just before the end would be answered for nothing.
    func addAccountOfRemoved(_ end: TurnEnd) throws {
        guard let account = end.account, let user = end.user else { return }
        let isThere = try first("SELECT 1 FROM messages WHERE name = ?1", [.text(end.replyID.rawValue)]) { _ in true }
        guard isThere == nil else { return }
        // Its removal has noted that it was open; what is not noted is counted already.
        guard let key = try endEphemeral(end.replyID) else { return }
        try add(account, ofPerhapsRemoved: user, at: end.endedAt)
        try count(account, ofKey: key, at: end.endedAt)
    }

    /// An answer that was noted as under way is so no more.
    /// - Returns: the key that counts it, if one does; nil when it was not noted.
    func endEphemeral(_ turn: MessageID) throws -> [UInt8]?? {
        try first(
            "DELETE FROM unkept_turns WHERE name = ?1 RETURNING key_subject", [.text(turn.rawValue)]
        ) { row in try row.optionalBlob(0) }
    }

    /// Of a user who was removed too nothing is kept but the day's count, without the name: else who removes everything just before
    /// the end would be answered for nothing.
    func add(_ account: TurnAccount, ofPerhapsRemoved user: UserID, at time: Timestamp) throws {
        if let id = try rowID(of: user) { return try add(account, of: id, at: time) }
        if account.outcome != nil {
            try addRemovedTokens(account.chargedTokens, of: subject(of: user), on: UTCDay(of: time))
        }
    }

    /// Where the configuration names no model, the client's own word is one, and each word is a row that stays: a user's day has rows for
    /// so many, and one for all others.
    static let modelsPerDay = 64

    /// The model under which a row of the user's day is counted, in SQL.
    static func countedModel(user: String, day: String, provider: String, model: String) -> String {
        """
        CASE WHEN EXISTS (SELECT 1 FROM usage_days WHERE (user, day, provider, model) = (\(user), \(day), \(provider), \(model)))
            OR (SELECT count(*) FROM usage_days WHERE (user, day) = (\(user), \(day))) < \(modelsPerDay)
            THEN \(model) ELSE 'other' END
        """
    }

    private func add(
        _ account: TurnAccount, _ outcome: TurnAccount.Outcome, of user: Int64, on day: Int64
    ) throws {
        let (prompt, completion) = account.tokens
        let total = prompt + completion
        let counts = [
            outcome == .completed ? 1 : 0, outcome == .stopped ? 1 : 0, outcome == .failed ? 1 : 0,
            account.isCached ? 1 : 0, prompt, completion, account.usage.isEstimated ? total : 0,
            account.chargedTokens,
        ]
        try run(
            """
            INSERT INTO usage_days (user, day, provider, model, completions, stopped, failed, cached,
                prompt_tokens, completion_tokens, estimated_tokens, charged_tokens)
            VALUES (?1, ?2, ?3, \(Self.countedModel(user: "?1", day: "?2", provider: "?3", model: "?4")), ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            ON CONFLICT (user, day, provider, model) DO UPDATE SET
                completions = completions + excluded.completions, stopped = stopped + excluded.stopped,
                failed = failed + excluded.failed, cached = cached + excluded.cached,
                prompt_tokens = prompt_tokens + excluded.prompt_tokens,
                completion_tokens = completion_tokens + excluded.completion_tokens,
                estimated_tokens = estimated_tokens + excluded.estimated_tokens,
                charged_tokens = charged_tokens + excluded.charged_tokens
            """,
            [
                .integer(user), .integer(day), .text(Self.name(account.provider)), .text(Self.name(account.model)),
            ] + counts.map { DatabaseValue($0) })
    }

    /// Names come from providers too.
    private static func name(_ name: String) -> String {
        name.utf8.count <= 200 ? name : String(decoding: name.utf8.prefix(200), as: UTF8.self)
    }
}

extension TurnAccount {
    /// The tokens that are summed. A replayed answer took none.
    fileprivate var tokens: (prompt: Int, completion: Int) {
        isCached ? (0, 0) : (Self.bounded(usage.promptTokens), Self.bounded(usage.completionTokens))
    }

    /// Those of them that count against the limit.
    var chargedTokens: Int { isCharged ? tokens.prompt + tokens.completion : 0 }

    /// A count is a provider's word: neither less than nothing, nor so much that sums of it leave 64 bits.
    private static func bounded(_ count: Int) -> Int { min(max(0, count), 1_000_000_000_000) }
}
