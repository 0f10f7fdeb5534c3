public import Chat
import SQLite

extension SQLiteChatStore: UsageStore {
    public func record(_ usage: UsageRecord) async throws {
        try await write { connection in
            if let turn = usage.turn {
                let key = try connection.endEphemeral(turn) ?? nil
                try connection.count(usage.account, ofKey: key, at: usage.endedAt)
                // Its beginning made the user; of one who was removed since nothing is kept but the count.
                return try connection.add(usage.account, ofPerhapsRemoved: usage.user, at: usage.endedAt)
            }
            let user = try connection.idMakingUser(usage.user, at: usage.endedAt)
            try connection.add(usage.account, of: user, at: usage.endedAt)
        }
    }

    public func usage(of user: UserID, from first: UTCDay, to last: UTCDay) async throws -> [UsageDay] {
        try await read { connection in
            guard let id = try connection.rowID(of: user) else { return [] }
            return try connection.usage(of: id, from: first, to: last)
        }
    }

    public func tokens(of user: UserID, on day: UTCDay) async throws -> Int {
        try await read { connection in
            try connection.chargedTokens(of: user, on: day)
        }
    }
}

extension Connection {
    /// The rowid of a user; nil when nothing is stored about them.
    func rowID(of user: UserID) throws -> Int64? {
        try first("SELECT id FROM users WHERE name = ?1", [.text(user.rawValue)]) { row in try row.int64(0) }
    }

    /// The days from `first` to `last` on which there was something, latest first.
    func usage(of user: Int64, from first: UTCDay, to last: UTCDay) throws -> [UsageDay] {
        var days: [UTCDay: UsageDay] = [:]
        let range: [DatabaseValue] = [.integer(user), .integer(first.number), .integer(last.number)]
        try forEach(
            """
            SELECT day, \(ProviderUsage.columns) FROM usage_days
            WHERE user = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, provider, model
            """, range
        ) { row in
            let day = UTCDay(number: try row.int64(0))
            days[day, default: UsageDay(day: day)].providers.append(try ProviderUsage(row, from: 1))
        }
        try forEach(
            """
            SELECT day, provider, model, code, count FROM attempt_days
            WHERE user = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, provider, model, code
            """, range
        ) { row in
            let day = UTCDay(number: try row.int64(0))
            days[day, default: UsageDay(day: day)].failedAttempts.append(try AttemptCount(row, from: 1))
        }
        return days.values.sorted { $0.day > $1.day }
    }

    /// The first day after `last` on which there was something; nil when there is none.
    func nextDayOfUsage(of user: Int64, after last: Int64) throws -> UTCDay? {
        let values: [DatabaseValue] = [.integer(user), .integer(last)]
        let answered = try first("SELECT min(day) FROM usage_days WHERE user = ?1 AND day > ?2", values) { row in
            try row.optionalInt64(0)
        }
        let failed = try first("SELECT min(day) FROM attempt_days WHERE user = ?1 AND day > ?2", values) { row in
            try row.optionalInt64(0)
        }
        return [answered, failed].compactMap { $0 ?? nil }.min().map(UTCDay.init(number:))
    }
}

extension UsageDay {
    fileprivate init(day: UTCDay) { self.init(day: day, providers: [], failedAttempts: []) }
}

extension ProviderUsage {
    static let columns = """
        provider, model, completions, stopped, failed, cached, prompt_tokens, completion_tokens, estimated_tokens,
        charged_tokens
        """

    /// - Parameter column: the first of `columns`.
    init(_ row: borrowing Row, from column: Int) throws {
        self.init(provider: try row.text(column), model: try row.text(column + 1))
        completions = try row.int(column + 2)
        stopped = try row.int(column + 3)
        failed = try row.int(column + 4)
        cached = try row.int(column + 5)
        promptTokens = try row.int(column + 6)
        completionTokens = try row.int(column + 7)
        estimatedTokens = try row.int(column + 8)
        chargedTokens = try row.int(column + 9)
    }
}

extension AttemptCount {
    /// - Parameter column: the provider's; model, code and count follow.
    init(_ row: borrowing Row, from column: Int) throws {
        self.init(
            provider: try row.text(column), model: try row.text(column + 1), code: try row.text(column + 2),
            count: try row.int(column + 3))
    }
}
