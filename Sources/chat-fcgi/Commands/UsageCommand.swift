import Chat
import Glibc
import Ownership
import Storage

/// `chat-fcgi usage`: what answers took, for the operator.
enum UsageCommand {
    private static let usersListed = 20

    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--config", "--days", "--user"])
        try arguments.expect(words: 0...0, "chat-fcgi usage [--days 30] [--user ID] [--config F]")
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
        do {
            let store = try SQLiteChatStore(path: path)
            let lines =
                if let user {
                    try await Self.lines(of: makeOwner(user), store, first...today)
                } else {
                    try await Self.lines(store, first...today)
                }
            await store.close()
            for line in lines { say(line) }
        } catch let error as StoreError {
            throw CommandFailure(.io, error.detail)
        }
    }

    /// All users: by provider, what failed, who took most.
    private static func lines(_ store: SQLiteChatStore, _ days: ClosedRange<UTCDay>) async throws -> [String] {
        let totals = try await store.usageTotals(from: days.lowerBound, to: days.upperBound, users: usersListed)
        var lines = ["\(days.lowerBound.text) to \(days.upperBound.text) (UTC), \(totals.userCount) users"]
        guard totals.userCount > 0 else { return lines }
        lines += [""] + Columns.lines(providerHead, totals.providers.map(row), texts: 2)
        if !totals.failedAttempts.isEmpty {
            lines += [""] + Columns.lines(attemptHead, totals.failedAttempts.map(row), texts: 3)
        }
        let users = totals.users.map { user in
            [user.user.rawValue]
                + [
                    user.completions, user.stopped, user.failed, user.totalTokens, user.estimatedTokens,
                    user.chargedTokens,
                ].map { String($0) }
        }
        let head = ["user", "completions", "stopped", "failed", "tokens", "estimated", "charged"]
        lines += [""] + Columns.lines(head, users, texts: 1)
        if totals.userCount > users.count { lines.append("and \(totals.userCount - users.count) more") }
        return lines
    }

    /// One user, day by day.
    private static func lines(
        of user: UserID, _ store: SQLiteChatStore, _ days: ClosedRange<UTCDay>
    ) async throws -> [String] {
        let list = try await store.usage(of: user, from: days.lowerBound, to: days.upperBound)
        var lines = ["\(days.lowerBound.text) to \(days.upperBound.text) (UTC), \(user)"]
        guard !list.isEmpty else { return lines + ["", "nothing"] }
        lines += [""]
        lines += Columns.lines(
            ["day"] + providerHead, list.flatMap { day in day.providers.map { [day.day.text] + row($0) } }, texts: 3)
        let attempts = list.flatMap { day in day.failedAttempts.map { [day.day.text] + row($0) } }
        if !attempts.isEmpty { lines += [""] + Columns.lines(["day"] + attemptHead, attempts, texts: 4) }
        return lines
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

/// Lines of words in columns: texts to the left, numbers to the right.
private enum Columns {
    /// - Parameter texts: how many columns, from the left, are texts.
    static func lines(_ head: [String], _ rows: [[String]], texts: Int) -> [String] {
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (column, word) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - word.count)
                line += column < texts ? word + space : space + word
                if column + 1 < row.count { line += "  " }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
