import Chat
import Configuration
import Glibc
import JSON
import Ownership
import Storage

/// `chat-fcgi usage`: what answers took, for the operator.
enum UsageCommand {
    private static let usersListed = 20

    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--config", "--days", "--user"], flags: ["--json"])
        try arguments.expect(words: 0...0, "chat-fcgi usage [--days 30] [--user ID] [--json] [--config F]")
        let text = arguments.options["--days"] ?? "30"
        guard let days = Int64(text), (1...3650).contains(days) else {
            throw CommandFailure(.usage, "--days \(text) must be 1 to 3650")
        }
        let user = arguments.options["--user"]
        if let user, !Identifiers.isAcceptable(user) {
            throw CommandFailure(.usage, "--user \(user) must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        let settings = try Configured(path: arguments.options["--config"]).settings
        // Opening would make an empty store where there is none.
        let path = try StoreFile.existing(settings)
        let today = UTCDay(of: .now())
        let first = UTCDay(number: today.number - days + 1)
        let store = try SQLiteChatStore(path: path)
        let (tables, users) =
            if let user {
                (try await Self.tables(of: makeOwner(user), store, first...today), 0)
            } else {
                try await Self.tables(store, first...today)
            }
        await store.close()
        guard !arguments.flags.contains("--json") else {
            for table in tables { for row in table.json { say(row.line) } }
            return
        }
        say("\(first.text) to \(today.text) (UTC), \(user ?? counted(users, "user"))")
        if user != nil, tables.allSatisfy(\.rows.isEmpty) { say("\nnothing") }
        for table in tables where !table.rows.isEmpty {
            say("")
            for line in Columns.lines(table.head, table.rows, texts: table.texts) { say(line) }
        }
        if users > usersListed { say("and \(users - usersListed) more") }
    }

    private struct Table {
        /// What a row is, for JSON.
        var kind: String
        var head: [String]
        var rows: [[String]]
        /// How many columns, from the left, are texts.
        var texts: Int

        var json: [JSONValue] {
            rows.map { row in
                var object: JSONObject = ["kind": .string(kind)]
                for (column, word) in row.enumerated() {
                    let key = head[column] == "failed call" ? "code" : head[column]
                    let number = column < texts ? nil : Int64(word)
                    object[key] = number.map { .integer($0) } ?? .string(word == "-" ? "" : word)
                }
                return .object(object)
            }
        }
    }

    /// All users: by provider, what failed, who took most.
    private static func tables(
        _ store: SQLiteChatStore, _ days: ClosedRange<UTCDay>
    ) async throws -> ([Table], users: Int) {
        let totals = try await store.usageTotals(from: days.lowerBound, to: days.upperBound, users: usersListed)
        let users = totals.users.map { user in
            [user.user.rawValue]
                + [
                    user.completions, user.stopped, user.failed, user.totalTokens, user.estimatedTokens,
                    user.chargedTokens,
                ].map { String($0) }
        }
        let head = ["user", "completions", "stopped", "failed", "tokens", "estimated", "charged"]
        let tables = [
            Table(kind: "provider", head: providerHead, rows: totals.providers.map(row), texts: 2),
            Table(kind: "failed_call", head: attemptHead, rows: totals.failedAttempts.map(row), texts: 3),
            Table(kind: "user", head: head, rows: users, texts: 1),
        ]
        return (tables, totals.userCount)
    }

    /// One user, day by day.
    private static func tables(
        of user: UserID, _ store: SQLiteChatStore, _ days: ClosedRange<UTCDay>
    ) async throws -> [Table] {
        let list = try await store.usage(of: user, from: days.lowerBound, to: days.upperBound)
        let answers = list.flatMap { day in day.providers.map { [day.day.text] + row($0) } }
        let attempts = list.flatMap { day in day.failedAttempts.map { [day.day.text] + row($0) } }
        return [
            Table(kind: "day", head: ["day"] + providerHead, rows: answers, texts: 3),
            Table(kind: "failed_call", head: ["day"] + attemptHead, rows: attempts, texts: 4),
        ]
    }

    private static let providerHead = [
        "provider", "model", "completions", "stopped", "failed", "cached", "prompt", "completion", "tokens",
        "estimated", "charged",
    ]

    private static func row(_ usage: ProviderUsage) -> [String] {
        [named(usage.provider), named(usage.model)]
            + [
                usage.completions, usage.stopped, usage.failed, usage.cached, usage.promptTokens,
                usage.completionTokens, usage.totalTokens, usage.estimatedTokens, usage.chargedTokens,
            ].map { String($0) }
    }

    private static let attemptHead = ["provider", "model", "failed call", "count"]

    private static func row(_ attempt: AttemptCount) -> [String] {
        [named(attempt.provider), named(attempt.model), attempt.code, String(attempt.count)]
    }

    /// Providers name models; what a terminal would take for a command is no part of a name.
    private static func named(_ name: String) -> String {
        let plain = String(
            String.UnicodeScalarView(name.unicodeScalars.filter { $0.properties.generalCategory != .control }))
        return plain.isEmpty ? "-" : plain
    }
}
