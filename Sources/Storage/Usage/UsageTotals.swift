public import Chat
public import Ownership
import SQLite

/// What all users' answers took, for the operator.
public struct UsageTotals: Sendable, Equatable {
    /// One user's sums.
    public struct User: Sendable, Equatable {
        public var user: UserID
        public var completions: Int
        public var stopped: Int
        public var failed: Int
        public var totalTokens: Int
        public var estimatedTokens: Int
        public var chargedTokens: Int
    }

    /// By provider and model, most tokens first.
    public var providers: [ProviderUsage]
    /// By provider, model and code.
    public var failedAttempts: [AttemptCount]
    /// Those with the most tokens, first.
    public var users: [User]
    /// Users with any answer.
    public var userCount: Int
}

extension SQLiteChatStore {
    /// The sums over all users of the days from `first` to `last`, both included.
    /// - Parameter limit: users to list.
    /// - Throws: `StoreError`.
    public func usageTotals(from first: UTCDay, to last: UTCDay, users limit: Int) async throws -> UsageTotals {
        try await read { connection in
            let range: [DatabaseValue] = [.integer(first.number), .integer(last.number)]
            let providers = try connection.all(
                """
                SELECT provider, model, sum(completions), sum(stopped), sum(failed), sum(cached), sum(prompt_tokens),
                    sum(completion_tokens), sum(estimated_tokens), sum(charged_tokens)
                FROM usage_days WHERE day BETWEEN ?1 AND ?2 GROUP BY provider, model
                ORDER BY sum(prompt_tokens + completion_tokens) DESC, provider, model
                """, range
            ) { row in try ProviderUsage(row, from: 0) }
            let attempts = try connection.all(
                """
                SELECT provider, model, code, sum(count) FROM attempt_days WHERE day BETWEEN ?1 AND ?2
                GROUP BY provider, model, code ORDER BY provider, model, code
                """, range
            ) { row in try AttemptCount(row, from: 0) }
            let users = try connection.all(
                """
                SELECT users.name, sum(completions), sum(stopped), sum(failed), sum(prompt_tokens + completion_tokens),
                    sum(estimated_tokens), sum(charged_tokens)
                FROM usage_days JOIN users ON users.id = usage_days.user WHERE day BETWEEN ?1 AND ?2
                GROUP BY usage_days.user ORDER BY 5 DESC, users.name LIMIT ?3
                """, range + [DatabaseValue(limit)]
            ) { row in
                UsageTotals.User(
                    user: makeOwner(try row.text(0)), completions: try row.int(1), stopped: try row.int(2),
                    failed: try row.int(3), totalTokens: try row.int(4), estimatedTokens: try row.int(5),
                    chargedTokens: try row.int(6))
            }
            let count = try connection.first(
                "SELECT count(DISTINCT user) FROM usage_days WHERE day BETWEEN ?1 AND ?2", range
            ) { row in try row.int(0) }
            return UsageTotals(providers: providers, failedAttempts: attempts, users: users, userCount: count ?? 0)
        }
    }
}
