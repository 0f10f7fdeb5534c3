import Foundation
import Testing

@testable import Chat
@testable import SQLite
@testable import Storage

@Suite struct UsageTests {
    private static let dayMS: Int64 = 86_400_000

    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }

    init() throws {
        fixture = try StoreFixture()
    }

    /// A whole turn that ends at `milliseconds`.
    @discardableResult
    private func turn(_ account: TurnAccount, user: UserID? = nil, at milliseconds: Int64 = 2_000) async throws
        -> TurnEnd
    {
        let turn = try await fixture.open(user: user)
        var end = StoreFixture.end(turn.replyID, "x", from: 2, at: milliseconds)
        end.account = account
        #expect(try await store.finish(end))
        return end
    }

    private func days(of user: UserID? = nil) async throws -> [UsageDay] {
        try await store.usage(of: user ?? fixture.user, from: UTCDay(number: 0), to: UTCDay(number: 1_000))
    }

    private func opening(tokensPerDay: Int, at milliseconds: Int64, user: UserID? = nil, key: String? = nil)
        async throws
        -> TurnOpening
    {
        var turn = StoreFixture.turn(
            "?", user: user ?? fixture.user, session: fixture.session, key: key, worker: fixture.worker,
            at: milliseconds)
        turn.limits.tokensPerDay = tokensPerDay
        return try await store.open(turn)
    }

    @Test func `the answers of a day are summed by provider and model, and failed calls apart from them`() async throws
    {
        var cached = StoreFixture.account()
        cached.isCached = true
        cached.isCharged = false
        var estimated = StoreFixture.account(.stopped)
        estimated.usage.isEstimated = true
        var free = StoreFixture.account(provider: "builtin")
        free.isCharged = false
        for account in [
            StoreFixture.account(), StoreFixture.account(failing: 2), cached, estimated, StoreFixture.account(.failed),
            free,
        ] { try await turn(account) }
        var groq = ProviderUsage(provider: "groq", model: "m1")
        (groq.completions, groq.stopped, groq.failed, groq.cached) = (3, 1, 1, 1)
        (groq.promptTokens, groq.completionTokens, groq.estimatedTokens, groq.chargedTokens) = (12, 20, 8, 32)
        var builtin = ProviderUsage(provider: "builtin", model: "m1")
        (builtin.completions, builtin.promptTokens, builtin.completionTokens) = (1, 3, 5)
        let failed = AttemptCount(provider: "near", model: "m0", code: "provider_timeout", count: 2)
        #expect(
            try await days() == [
                UsageDay(day: UTCDay(number: 0), providers: [builtin, groq], failedAttempts: [failed])
            ])
        #expect(try await store.tokens(of: fixture.user, on: UTCDay(number: 0)) == 32)
        #expect(try await days(of: fixture.other) == [])
        #expect(try await store.tokens(of: fixture.other, on: UTCDay(number: 0)) == 0)
    }

    @Test func `a turn without an answer adds its failed calls only, and one without an account nothing`() async throws
    {
        try await turn(StoreFixture.account(nil, failing: 1))
        let turn = try await fixture.open()
        #expect(try await store.finish(StoreFixture.end(turn.replyID, "x", from: 2)))
        let days = try await days()
        #expect(days.map(\.providers) == [[]])
        #expect(days.map { $0.failedAttempts.map(\.count) } == [[1]])
    }

    @Test func `an end that is written again, or comes second, adds nothing`() async throws {
        var end = try await turn(StoreFixture.account(failing: 1))
        end.user = fixture.user
        let before = try await days()
        let again = end
        for _ in 1...3 { #expect(try await !store.finish(again)) }
        #expect(try await days() == before)
        #expect(try await store.tokens(of: fixture.user, on: UTCDay(number: 0)) == 8)
    }

    // Both ways: neither is there without the other.
    @Test(arguments: ["messages", "usage_days"])
    func `a turn's end and its account are written together or not at all`(_ table: String) async throws {
        try await turn(StoreFixture.account())
        let turn = try await fixture.open()
        var end = StoreFixture.end(turn.replyID, "x", from: 2)
        end.account = StoreFixture.account(failing: 1)
        try await store.writer.write { connection in
            try connection.execute(
                "CREATE TRIGGER broken BEFORE UPDATE ON \(table) BEGIN SELECT RAISE(ABORT, 'broken'); END")
        }
        let failing = end
        await #expect(throws: StoreError.self) { _ = try await store.finish(failing) }
        #expect(try await store.isOpen(turn.replyID))
        #expect(try await store.tokens(of: fixture.user, on: UTCDay(number: 0)) == 8)
        #expect(try fixture.number("SELECT count(*) FROM attempt_days") == 0)
        try await store.writer.write { connection in try connection.execute("DROP TRIGGER broken") }
        #expect(try await store.finish(end))
        #expect(try await store.tokens(of: fixture.user, on: UTCDay(number: 0)) == 16)
    }

    @Test func `an answer counts on the day on which it ended, in UTC`() async throws {
        try await turn(StoreFixture.account(), at: Self.dayMS - 1)
        try await turn(StoreFixture.account(), at: Self.dayMS)
        try await turn(StoreFixture.account(), at: Self.dayMS + 1)
        #expect(try await days().map(\.day.number) == [1, 0])
        #expect(try await store.tokens(of: fixture.user, on: UTCDay(number: 0)) == 8)
        #expect(try await store.tokens(of: fixture.user, on: UTCDay(number: 1)) == 16)
        let one = try await store.usage(of: fixture.user, from: UTCDay(number: 1), to: UTCDay(number: 1))
        #expect(one.map(\.day.text) == ["1970-01-02"])
    }

    @Test("no turn is begun when the day's tokens are spent; the next day, others, and repeated requests are free")
    func limit() async throws {
        #expect(try await opening(tokensPerDay: 8, at: 1, key: "k") == .opened(isQueued: false))
        try await turn(StoreFixture.account())
        let earlier = try await opening(tokensPerDay: 8, at: 2, key: "k")
        guard case .exists = earlier else {
            Issue.record("a repeated request begins nothing, so nothing is spent: \(earlier)")
            return
        }
        let before = try fixture.number("SELECT count(*) FROM messages")
        #expect(
            try await opening(tokensPerDay: 8, at: Self.dayMS - 1) == .refused(.tokensAreSpent(used: 8, reserved: 0)))
        #expect(try fixture.number("SELECT count(*) FROM messages") == before)
        #expect(try await opening(tokensPerDay: 8, at: Self.dayMS) == .opened(isQueued: true))
        #expect(try await opening(tokensPerDay: 9, at: 3) == .opened(isQueued: true))
        #expect(try await opening(tokensPerDay: 0, at: 3) == .opened(isQueued: true))
        #expect(try await opening(tokensPerDay: 8, at: 3, user: fixture.other) == .opened(isQueued: false))
    }

    @Test func `tokens that cost nothing do not count against the limit`() async throws {
        var account = StoreFixture.account(provider: "builtin")
        account.isCharged = false
        try await turn(account)
        #expect(try await opening(tokensPerDay: 1, at: 1) == .opened(isQueued: false))
    }

    @Test func `what is not kept as a message is counted the same way, also of a new user`() async throws {
        let record = UsageRecord(
            user: fixture.user, endedAt: Timestamp(milliseconds: 5), account: StoreFixture.account(failing: 1))
        try await store.record(record)
        try await store.record(record)
        let day = try #require(try await days().first)
        #expect(day.providers.map(\.completions) == [2])
        #expect(day.failedAttempts.map(\.count) == [2])
        #expect(try await store.tokens(of: fixture.user, on: UTCDay(number: 0)) == 16)
        #expect(try await opening(tokensPerDay: 16, at: 1) == .refused(.tokensAreSpent(used: 16, reserved: 0)))
    }

    @Test func `counts beyond any sense and endless names are cut, and the turn ends all the same`() async throws {
        var account = StoreFixture.account()
        account.model = String(repeating: "né", count: 1_000)
        for (prompt, completion) in [(Int.max, Int.max), (Int.max, 1), (-5, Int.min)] {
            account.usage = Usage(promptTokens: prompt, completionTokens: completion, isEstimated: true)
            try await turn(account)
        }
        let usage = try #require(try await days().first?.providers)
        #expect(usage.map(\.promptTokens) == [2_000_000_000_000])
        #expect(usage.map(\.completionTokens) == [1_000_000_000_001])
        #expect(usage.allSatisfy { $0.model.utf8.count <= 202 })
    }

    @Test func `a day has rows for so many models, and one for all others`() async throws {
        var account = StoreFixture.account()
        for user in [fixture.user, fixture.other] {
            for number in 0..<Connection.modelsPerDay + 3 {
                account.model = "\(user.rawValue) \(number)"
                try await turn(account, user: user)
            }
            // One that has a row is counted in it.
            account.model = "\(user.rawValue) 0"
            try await turn(account, user: user)
            let models = try #require(try await days(of: user).first?.providers)
            #expect(models.count == Connection.modelsPerDay + 1)
            #expect(models.first { $0.model == "other" }?.completions == 3)
            #expect(models.first { $0.model == account.model }?.completions == 2)
        }
        let taken = try await store.takeOver(fixture.other, by: fixture.user, at: Timestamp(milliseconds: 3_000))
        #expect(taken != .busy)
        let models = try #require(try await days().first?.providers)
        #expect(models.count == Connection.modelsPerDay + 1)
        #expect(models.map(\.completions).reduce(0, +) == 2 * (Connection.modelsPerDay + 4))
    }

    @Test func `a removed conversation leaves the sums, a removed user nothing; others keep theirs`() async throws {
        try await turn(StoreFixture.account(failing: 1))
        try await turn(StoreFixture.account(failing: 1), user: fixture.other)
        let before = try await days()
        #expect(try await store.delete(fixture.session, of: fixture.user))
        #expect(try await days() == before)
        #expect(try await store.delete(fixture.user))
        #expect(try await days() == [])
        for table in ["usage_days", "attempt_days"] {
            #expect(try fixture.number("SELECT count(*) FROM \(table)") == 1, "\(table)")
        }
        #expect(try await days(of: fixture.other) == before)
    }

    @Test func `of a turn whose conversation was removed meanwhile the tokens count, and nothing else is kept`()
        async throws
    {
        let turn = try await fixture.open()
        #expect(try await store.delete(fixture.session, of: fixture.user))
        var end = StoreFixture.end(turn.replyID, "x", from: 2)
        end.account = StoreFixture.account(failing: 1)
        // Who ends what another worker left behind does not know whose it was, and may not be the only one.
        #expect(try await !store.finish(end))
        #expect(try await days() == [])
        end.user = fixture.user
        #expect(try await !store.finish(end))
        #expect(try await store.tokens(of: fixture.user, on: UTCDay(number: 0)) == 8)
        #expect(try fixture.number("SELECT count(*) FROM messages") == 0)
    }

    @Test func `a turn whose user was removed meanwhile adds nothing`() async throws {
        let turn = try await fixture.open()
        #expect(try await store.delete(fixture.user))
        var end = StoreFixture.end(turn.replyID, "x", from: 2)
        end.account = StoreFixture.account(failing: 1)
        end.user = fixture.user
        #expect(try await !store.finish(end))
        #expect(
            try fixture.number("SELECT (SELECT count(*) FROM usage_days) + (SELECT count(*) FROM attempt_days)") == 0)
    }

    @Test func `an export has every day once, oldest first, whatever the gaps`() async throws {
        let numbers: [Int64] = Array(0...120) + [500, 20_000]
        for number in numbers {
            // On some days there was no answer, only failed calls.
            let account = StoreFixture.account(number % 7 == 0 ? nil : .completed, failing: 1)
            try await store.record(
                UsageRecord(
                    user: fixture.user, endedAt: Timestamp(milliseconds: number * Self.dayMS), account: account))
        }
        try await store.record(
            UsageRecord(user: fixture.other, endedAt: Timestamp(milliseconds: 0), account: StoreFixture.account()))
        var exported: [UsageDay] = []
        var position: ExportPosition?
        repeat {
            let piece = try #require(try await store.records(of: fixture.user, from: position))
            #expect(piece.records.count <= 100)
            for case .usage(let day) in piece.records { exported.append(day) }
            position = piece.next
        } while position != nil
        #expect(exported.map(\.day.number) == numbers)
        #expect(exported.allSatisfy { $0.failedAttempts.count == 1 })
        #expect(exported.map(\.providers.count) == numbers.map { $0 % 7 == 0 ? 0 : 1 })
    }

    @Test func `the operator sees all users' sums of the days asked for, who took most first`() async throws {
        for _ in 1...2 { try await turn(StoreFixture.account(failing: 1)) }
        try await turn(StoreFixture.account(.stopped, failing: 1), user: fixture.other)
        try await turn(StoreFixture.account(), user: fixture.other, at: 5 * Self.dayMS)
        let totals = try await store.usageTotals(from: UTCDay(number: 0), to: UTCDay(number: 4), users: 1)
        #expect(totals.providers.map(\.totalTokens) == [24])
        #expect(totals.providers.map(\.completions) == [2])
        #expect(totals.providers.map(\.stopped) == [1])
        #expect(totals.failedAttempts.map(\.count) == [3])
        #expect(totals.users.map(\.user) == [fixture.user])
        #expect(totals.users.map(\.totalTokens) == [16])
        #expect(totals.userCount == 2)
    }

    @Test func `anyone who ends an abandoned turn learns how long its question is`() async throws {
        let turn = try await fixture.open("Grüße")
        let abandoned = try await store.abandonedTurns(since: Timestamp(milliseconds: 5_000))
        #expect(abandoned.map(\.replyID) == [turn.replyID])
        #expect(abandoned.map(\.questionBytes) == [7])
        #expect(try await store.turn(turn.replyID, of: fixture.user)?.questionBytes == nil)
    }
}
