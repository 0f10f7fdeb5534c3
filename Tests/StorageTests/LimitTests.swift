import Foundation
import Testing

@testable import Chat
@testable import Ownership
@testable import SQLite
@testable import Storage

/// Limits of users, held over every process that uses the store.
@Suite struct LimitTests {
    private static let dayMS: Int64 = 86_400_000

    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }

    init() throws { fixture = try StoreFixture() }

    private func turn(
        _ text: String = "?", user: UserID? = nil, session: String = "s1", limits: UserLimits, reply: Int = 50,
        at milliseconds: Int64 = 1_000
    ) -> NewTurn {
        var turn = StoreFixture.turn(
            text, user: user ?? fixture.user, session: SessionID(rawValue: session), worker: fixture.worker,
            at: milliseconds)
        turn.limits = limits
        turn.reservation = TokenReservation(promptTokens: 10, replyTokens: reply)
        return turn
    }

    private func ephemeral(
        limits: UserLimits, user: UserID? = nil, key: KeyLimits? = nil, worker: String = "worker-1", reply: Int = 50
    ) -> EphemeralTurn {
        EphemeralTurn(
            id: Identifiers.message(), user: user ?? fixture.user, worker: WorkerID(rawValue: worker), limits: limits,
            keyLimits: key, reservation: TokenReservation(promptTokens: 10, replyTokens: reply),
            createdAt: Timestamp(milliseconds: 1_000))
    }

    private func end(_ turn: NewTurn, tokens: Int, at milliseconds: Int64 = 2_000) -> TurnEnd {
        var end = StoreFixture.end(turn.replyID, "x", from: 2, at: milliseconds)
        end.account = Self.account(tokens)
        end.user = turn.user
        return end
    }

    private static func account(_ tokens: Int) -> TurnAccount {
        var account = StoreFixture.account()
        account.usage = Usage(promptTokens: 0, completionTokens: tokens, isEstimated: false)
        return account
    }

    private func used(on day: Int64 = 0) async throws -> Int {
        try await store.tokens(of: fixture.user, on: UTCDay(number: day))
    }

    @Test("forty turns at once do not pass a day's limit, whether they are kept or not, in one process or in two")
    func atOnce() async throws {
        let other = try SQLiteChatStore(path: fixture.path)
        let limits = UserLimits(streams: 1_000, tokensPerDay: 100)
        var begun = 0
        var left: [TurnRefusal] = []
        for number in 0..<40 {
            let store = number % 2 == 0 ? self.store : other
            if number % 4 < 2 {
                switch try await store.open(turn(session: "s\(number)", limits: limits)) {
                case .opened: begun += 1
                case .refused(let refusal): left.append(refusal)
                case let opening: Issue.record("\(opening)")
                }
            } else if let refusal = try await store.begin(ephemeral(limits: limits)) {
                left.append(refusal)
            } else {
                begun += 1
            }
        }
        // 60 tokens and the 40 that are left.
        #expect(begun == 2)
        #expect(left == Array(repeating: .tokensAreSpent(used: 0, reserved: 100), count: 38))
        await other.close()
    }

    // The messages before are asked with each call.
    @Test(
        arguments: [
            // A question of 4,000 bytes; "x" is the reply. Two calls.
            ([4_000], 40, 1_000_000, 2 * 1_001), ([4_000, 4_000], 40, 1_000_000, 2 * 2_001),
            // Of a long one, what its latest messages have, and no more than a model is given.
            ([40_000, 400], 2, 1_000_000, 2 * 101), ([40_000], 40, 8_000, 2 * 2_000),
        ] as [([Int], Int, Int, Int)])
    func `a turn sets aside what its model is given of the conversation before`(
        said: [Int], messages: Int, bytes: Int, tokens: Int
    ) async throws {
        let limits = UserLimits(streams: 10, tokensPerDay: 1_000_000)
        for length in said {
            let earlier = turn(String(repeating: "x", count: length), limits: limits)
            #expect(try await store.open(earlier) == .opened(isQueued: false))
            #expect(try await store.finish(end(earlier, tokens: 0)))
        }
        for session in ["s1", "another"] {
            var next = turn(session: session, limits: limits)
            next.history = NewTurn.HistoryShare(messages: messages, bytes: bytes, calls: 2)
            #expect(try await store.open(next) == .opened(isQueued: false))
        }
        let reserved = try fixture.number("SELECT sum(reserved_tokens) FROM turns WHERE is_open = 1")
        #expect(reserved == 2 * 60 + tokens)
    }

    @Test func `what an answer took takes the place of what it had set aside`() async throws {
        let limits = UserLimits(streams: 10, tokensPerDay: 100)
        let first = turn(limits: limits, reply: 500)
        #expect(try await store.open(first) == .opened(isQueued: false))
        #expect(try await store.open(turn(limits: limits)) == .refused(.tokensAreSpent(used: 0, reserved: 100)))
        #expect(try await store.finish(end(first, tokens: 30)))
        let second = ephemeral(limits: limits)
        #expect(try await store.begin(second) == nil)
        #expect(try await store.begin(ephemeral(limits: limits)) == nil)
        #expect(try await store.begin(ephemeral(limits: limits)) == .tokensAreSpent(used: 30, reserved: 70))
        let record = UsageRecord(
            turn: second.id, user: fixture.user, endedAt: Timestamp(milliseconds: 5), account: Self.account(5))
        try await store.record(record)
        #expect(try await used() == 35)
        #expect(try await store.begin(ephemeral(limits: limits)) == nil)
    }

    @Test func `an answer that asked nobody frees what it had set aside`() async throws {
        let limits = UserLimits(streams: 10, tokensPerDay: 20)
        let first = ephemeral(limits: limits)
        #expect(try await store.begin(first) == nil)
        let nothing = TurnAccount(
            provider: "", model: "", usage: Usage(promptTokens: 0, completionTokens: 0, isEstimated: true), outcome: nil
        )
        try await store.record(
            UsageRecord(turn: first.id, user: fixture.user, endedAt: Timestamp(milliseconds: 5), account: nothing))
        #expect(try await used() == 0)
        #expect(try await store.begin(ephemeral(limits: limits)) == nil)
    }

    @Test func `answers under way are counted over all processes, kept and not kept, and each user's apart`()
        async throws
    {
        let other = try SQLiteChatStore(path: fixture.path)
        let limits = UserLimits(streams: 3)
        let first = turn(limits: limits)
        #expect(try await store.open(first) == .opened(isQueued: false))
        #expect(try await other.begin(ephemeral(limits: limits)) == nil)
        #expect(try await other.open(turn(session: "s2", limits: limits)) == .opened(isQueued: false))
        #expect(try await store.open(turn(session: "s3", limits: limits)) == .refused(.tooManyTurns))
        #expect(try await other.begin(ephemeral(limits: limits)) == .tooManyTurns)
        #expect(try await store.begin(ephemeral(limits: limits, user: fixture.other)) == nil)
        #expect(try await store.finish(end(first, tokens: 0)))
        #expect(try await other.begin(ephemeral(limits: limits)) == nil)
        await other.close()
    }

    private func turn(
        of key: KeyLimits, for user: String, session: String = "s1", limits: UserLimits = UserLimits(streams: .max),
        at milliseconds: Int64 = 1_000
    ) -> NewTurn {
        var turn = turn(
            user: UserID(rawValue: "key_1:" + user), session: session, limits: limits, at: milliseconds)
        turn.keyLimits = key
        return turn
    }

    @Test func `answers to all for whom a key acts are counted together, over all processes, kept and not kept`()
        async throws
    {
        let other = try SQLiteChatStore(path: fixture.path)
        let key = KeyLimits(key: "1", streams: 3, tokensPerDay: 0)
        let limits = UserLimits(streams: 2)
        let first = turn(of: key, for: "ann")
        let second = ephemeral(limits: limits, user: UserID(rawValue: "key_1:bob"), key: key)
        #expect(try await store.open(first) == .opened(isQueued: false))
        #expect(try await other.begin(second) == nil)
        #expect(try await other.open(turn(of: key, for: "carol")) == .opened(isQueued: false))
        #expect(try await store.open(turn(of: key, for: "dora")) == .refused(.ofKey(.tooManyTurns)))
        #expect(try await other.begin(ephemeral(limits: limits, key: key)) == .ofKey(.tooManyTurns))
        #expect(try await other.refusal(of: ephemeral(limits: limits, key: key)) == .ofKey(.tooManyTurns))
        // Another key's users, and those of none, are not concerned.
        #expect(
            try await store.begin(ephemeral(limits: limits, key: KeyLimits(key: "2", streams: 1, tokensPerDay: 0)))
                == nil)
        #expect(try await store.begin(ephemeral(limits: limits)) == nil)
        #expect(try await other.finish(end(first, tokens: 0)))
        #expect(try await store.open(turn(of: key, for: "dora")) == .opened(isQueued: false))
        // A worker that is gone holds nothing.
        try await store.endEphemeralTurns(ofWorkersSilentSince: Timestamp(milliseconds: 2_000))
        #expect(try await store.open(turn(of: key, for: "erin")) == .opened(isQueued: false))
        await other.close()
    }

    @Test func `a key's tokens are set aside and settled as a user's are, and no removal gives them back`() async throws
    {
        let now = Timestamp.now().milliseconds
        let key = KeyLimits(key: "1", streams: 100, tokensPerDay: 100)
        func refusal(_ used: Int, _ reserved: Int) -> TurnRefusal {
            .ofKey(.tokensAreSpent(used: used, reserved: reserved))
        }
        let first = turn(of: key, for: "ann", at: now)
        #expect(try await store.open(first) == .opened(isQueued: false))
        let second = turn(of: key, for: "bob", at: now)
        #expect(try await store.open(second) == .opened(isQueued: false))
        #expect(try await store.open(turn(of: key, for: "carol", at: now)) == .refused(refusal(0, 100)))
        #expect(try await store.finish(end(first, tokens: 30, at: now)))
        // 30 used, 40 set aside by the second, and 30 by this one, whose user may take 1,000.
        let third = turn(of: key, for: "carol", limits: UserLimits(streams: 4, tokensPerDay: 1_000), at: now)
        #expect(try await store.open(third) == .opened(isQueued: false))
        #expect(try await store.open(turn(of: key, for: "dora", at: now)) == .refused(refusal(30, 70)))
        // Removed in mid-stream, with its user, and charged when it ends.
        #expect(try await store.delete(UserID(rawValue: "key_1:bob")))
        #expect(try await store.open(turn(of: key, for: "dora", at: now)) == .refused(refusal(30, 70)))
        #expect(try await !store.finish(end(second, tokens: 25, at: now)))
        #expect(try await store.finish(end(third, tokens: 5, at: now)))
        #expect(try await store.delete(UserID(rawValue: "key_1:ann")))
        // What is not kept, and what a gone worker left: 10 for its prompt.
        var completion = ephemeral(limits: UserLimits(streams: 4), key: key, worker: "worker-9")
        completion.createdAt = Timestamp(milliseconds: now)
        #expect(try await store.begin(completion) == nil)
        try await store.endEphemeralTurns(ofWorkersSilentSince: Timestamp(milliseconds: now + 1))
        #expect(try await store.open(turn(of: key, for: "fred", session: "s2", at: now)) == .opened(isQueued: false))
        completion.id = Identifiers.message()
        #expect(try await store.begin(completion) == refusal(70, 30))
        // The next day begins anew.
        completion.createdAt = Timestamp(milliseconds: now + Self.dayMS)
        completion.keyLimits?.tokensPerDay = 31
        #expect(try await store.begin(completion) == nil)
    }

    @Test func `who removes everything has the day's tokens used all the same, and nothing names them`() async throws {
        let now = Timestamp.now().milliseconds
        let today = UTCDay(of: .now()).number
        let limits = UserLimits(streams: 10, tokensPerDay: 100)
        for round in 1...3 {
            let one = turn(limits: limits, at: now)
            #expect(try await store.open(one) == .opened(isQueued: false))
            #expect(try await store.finish(end(one, tokens: 30, at: now)))
            #expect(try await store.delete(fixture.user))
            #expect(try await used(on: today) == 30 * round)
        }
        await store.finishRemovals()
        #expect(fixture.bytes().range(of: Data(fixture.user.rawValue.utf8)) == nil)
        let last = turn(limits: limits, at: now)
        #expect(try await store.open(last) == .opened(isQueued: false))
        #expect(try await store.finish(end(last, tokens: 30, at: now)))
        #expect(
            try await store.open(turn(limits: limits, at: now)) == .refused(.tokensAreSpent(used: 120, reserved: 0)))
        // The next day begins anew, and what was kept of this one goes.
        let tomorrow = now + Self.dayMS
        #expect(try await store.open(turn(limits: limits, at: tomorrow)) == .opened(isQueued: false))
        #expect(try await store.delete(fixture.other) == false)
    }

    @Test("a conversation or a user removed in mid-stream is charged once, and what was set aside holds until then")
    func removedInMidStream() async throws {
        let now = Timestamp.now().milliseconds
        let today = UTCDay(of: .now()).number
        let limits = UserLimits(streams: 10, tokensPerDay: 100)
        let first = turn(limits: limits, reply: 40, at: now)
        #expect(try await store.open(first) == .opened(isQueued: false))
        #expect(try await store.delete(fixture.session, of: fixture.user))
        let second = turn(session: "s2", limits: limits, reply: 500, at: now)
        #expect(try await store.open(second) == .opened(isQueued: false))
        #expect(try await store.delete(fixture.user))
        #expect(
            try await store.open(turn(session: "s3", limits: limits, at: now))
                == .refused(.tokensAreSpent(used: 0, reserved: 100)))
        let third = ephemeral(limits: UserLimits(streams: 10, tokensPerDay: 1_000))
        #expect(try await store.begin(third) == nil)
        #expect(try await store.delete(fixture.user))
        for _ in 1...2 {
            #expect(try await !store.finish(end(first, tokens: 30, at: now)))
            #expect(try await !store.finish(end(second, tokens: 40, at: now)))
        }
        #expect(try await used(on: today) == 70)
        try await store.record(
            UsageRecord(turn: third.id, user: fixture.user, endedAt: .now(), account: Self.account(7)))
        #expect(try await used(on: today) == 77)
        // Nothing but the count came back.
        #expect(try fixture.number("SELECT count(*) FROM users WHERE name = 'usr_ada'") == 0)
        #expect(try fixture.number("SELECT count(*) FROM unkept_turns") == 0)
    }

    @Test func `what a worker that is gone left under way is charged its prompt and holds nothing any more`()
        async throws
    {
        let limits = UserLimits(streams: 1, tokensPerDay: 1_000)
        #expect(try await store.begin(ephemeral(limits: limits, worker: "worker-9")) == nil)
        try await store.endEphemeralTurns(ofWorkersSilentSince: Timestamp(milliseconds: 1_000))
        #expect(try await store.begin(ephemeral(limits: limits)) == .tooManyTurns)
        try await store.endEphemeralTurns(ofWorkersSilentSince: Timestamp(milliseconds: 1_001))
        #expect(try await store.begin(ephemeral(limits: limits)) == nil)
        #expect(try await used(on: UTCDay(of: .now()).number) == 10)
    }

    @Test(
        arguments: [QuotaReached.Kind.conversations, .messages, .bytes])
    func `a quota that is used up refuses what would add to it, and only that, until something is removed`(
        _ kind: QuotaReached.Kind
    ) async throws {
        func turn(_ text: String, in session: String) -> NewTurn {
            var turn = self.turn(text, session: session, limits: UserLimits(streams: 100))
            turn.quotas =
                switch kind {
                case .conversations: StorageQuotas(conversations: 2)
                case .messages: StorageQuotas(messages: 4)
                case .bytes: StorageQuotas(bytes: 20)
                }
            return turn
        }
        // 10 bytes each with the reply, which may go beyond what is left.
        for session in ["s1", "s2"] {
            let one = turn("ninebytes", in: session)
            #expect(try await store.open(one) == .opened(isQueued: false))
            #expect(try await store.finish(end(one, tokens: 0)))
        }
        let allowed = kind == .bytes ? 20 : kind == .messages ? 4 : 2
        let reached = TurnOpening.quotaIsReached(QuotaReached(kind: kind, used: allowed, allowed: allowed))
        let before = try fixture.number("SELECT count(*) FROM messages")
        #expect(try await store.open(turn("x", in: "s3")) == reached)
        #expect(try fixture.number("SELECT count(*) FROM messages") == before)
        let goesOn = try await store.open(turn("x", in: "s1"))
        #expect(goesOn == (kind == .conversations ? .opened(isQueued: false) : reached))
        #expect(try await store.delete(SessionID(rawValue: "s2"), of: fixture.user))
        #expect(try await store.delete(SessionID(rawValue: "s1"), of: fixture.user))
        #expect(try await store.open(turn("x", in: "s3")) == .opened(isQueued: false))
        #expect(try fixture.number("SELECT sessions + messages + bytes FROM users WHERE name = 'usr_ada'") == 4)
    }

    @Test func `stores from before there were quotas are counted as they are`() async throws {
        for (session, text) in [("s1", "eins"), ("s1", "zwei"), ("s2", "äöü")] {
            let one = turn(text, session: session, limits: UserLimits(streams: 100))
            _ = try await store.open(one)
            #expect(try await store.finish(end(one, tokens: 0)))
        }
        let counted = try fixture.number("SELECT sessions * 10000 + messages * 100 + bytes FROM users")
        #expect(counted == 20_617)
        let computed = try fixture.number(
            """
            SELECT count(DISTINCT session) * 10000 + count(*) * 100 + sum(length(CAST(content AS BLOB))) FROM messages
            """)
        #expect(computed == counted)
    }
}

@Suite struct RetentionTests {
    private static let dayMS: Int64 = 86_400_000

    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }

    init() throws { fixture = try StoreFixture() }

    private func ended(_ user: String, _ session: String, onDay day: Int64) async throws {
        let turn = try await fixture.open(
            user: UserID(rawValue: user), session: SessionID(rawValue: session), at: day * Self.dayMS)
        #expect(try await store.finish(StoreFixture.end(turn.replyID, "x", from: 2, at: day * Self.dayMS + 1)))
    }

    private func apply(_ rules: RetentionRules, onDay day: Int64) async throws {
        while try await store.applyRetention(rules, at: Timestamp(milliseconds: day * Self.dayMS)) {}
    }

    private func sessions(of user: String) async throws -> [String] {
        try await store.sessions(of: UserID(rawValue: user), limit: 200, before: nil).sessions.map(\.id.rawValue)
    }

    @Test func `conversations go after their days, others stay, and nothing goes where nobody says so`() async throws {
        try await ended("alice", "old", onDay: 1)
        try await ended("alice", "new", onDay: 90)
        try await ended("bob", "old", onDay: 1)
        try await apply(RetentionRules(), onDay: 1_000)
        #expect(try await sessions(of: "alice") == ["new", "old"])
        try await apply(RetentionRules(conversationDays: 30), onDay: 100)
        #expect(try await sessions(of: "alice") == ["new"])
        #expect(try await sessions(of: "bob") == [])
        #expect(try fixture.number("SELECT count(*) FROM messages") == 2)
    }

    @Test func `a guest who never came back goes; who came back, reads now and then, or has a name stays`() async throws
    {
        for user in ["usr_never", "usr_back", "usr_reader", "carol"] { try await ended(user, "s", onDay: 1) }
        try await ended("usr_back", "s", onDay: 3)
        try await store.noteSeen([UserID(rawValue: "usr_reader")], at: Timestamp(milliseconds: 5 * Self.dayMS))
        let rules = RetentionRules(guestDays: 30)
        try await apply(rules, onDay: 30)
        #expect(try await sessions(of: "usr_never") == ["s"])
        try await apply(rules, onDay: 100)
        #expect(try await sessions(of: "usr_never") == [])
        for user in ["usr_back", "usr_reader", "carol"] { #expect(try await sessions(of: user) == ["s"], "\(user)") }
    }

    @Test func `a round is not made again within the hour, no matter who asks`() async throws {
        let other = try SQLiteChatStore(path: fixture.path)
        try await apply(RetentionRules(conversationDays: 1), onDay: 100)
        try await ended("alice", "old", onDay: 1)
        let rules = RetentionRules(conversationDays: 1)
        _ = try await other.applyRetention(rules, at: Timestamp(milliseconds: 100 * Self.dayMS + 3_599_999))
        #expect(try await sessions(of: "alice") == ["old"])
        _ = try await other.applyRetention(rules, at: Timestamp(milliseconds: 100 * Self.dayMS + 3_600_000))
        #expect(try await sessions(of: "alice") == [])
        await other.close()
    }
}

@Suite struct LargeUserTests {
    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }

    init() throws { fixture = try StoreFixture() }

    /// Conversations of a user's with some messages each, written at once.
    private func fill(_ sessions: Int, messages: Int, user: UserID) async throws {
        try await store.writer.write { connection in
            let id = try connection.idMakingUser(user, at: Timestamp(milliseconds: 1))
            for number in 0..<sessions {
                try connection.run(
                    """
                    INSERT INTO sessions (user, name, title, message_count, created_at, updated_at)
                    VALUES (?1, ?2, 't', ?3, 1, ?4)
                    """,
                    [.integer(id), .text("c\(number)"), DatabaseValue(messages), DatabaseValue(sessions - number)])
                let session = connection.lastInsertedRowID
                for message in 0..<messages {
                    try connection.run(
                        """
                        INSERT INTO messages (session, name, role, status, content, created_at)
                        VALUES (?1, ?2, 'user', 'complete', ?3, 1)
                        """, [.integer(session), .text("m\(session)-\(message)"), .text("word\(message)")])
                    try connection.index("word\(message)", message: connection.lastInsertedRowID, of: id)
                }
            }
            try connection.run(
                "UPDATE users SET sessions = sessions + ?2, messages = messages + ?3 WHERE id = ?1",
                [.integer(id), DatabaseValue(sessions), DatabaseValue(sessions * messages)])
        }
    }

    @Test func `others write while a long conversation is removed, which nobody sees from the first moment on`()
        async throws
    {
        try await fill(1, messages: 2_000, user: fixture.user)
        let session = SessionID(rawValue: "c0")
        let before = store.writer.statistics.writes
        async let removed = store.delete(session, of: fixture.user)
        // As soon as it is away it can be begun anew.
        while try await store.history(of: fixture.user, in: session, limit: 1, at: .latest) != nil {}
        #expect(try await store.search("word1", of: fixture.user, in: nil, limit: 5)?.count ?? 0 == 0)
        try await fixture.open("new", session: session)
        #expect(try await removed)
        // In pieces, between which others come.
        #expect(store.writer.statistics.writes - before > 20)
        #expect(try fixture.number("SELECT count(*) FROM messages") == 2)
        #expect(try fixture.number("SELECT count(*) FROM removed_sessions") == 0)
        #expect(try fixture.number("SELECT messages FROM users WHERE name = 'usr_ada'") == 2)
    }

    @Test func `a removal that was cut short is taken up by the next process`() async throws {
        try await fill(1, messages: 300, user: fixture.user)
        try await store.writer.write { [fixture] connection in
            let id = try #require(try connection.id(of: SessionID(rawValue: "c0"), of: fixture.user))
            try connection.detach(session: id)
        }
        #expect(try await store.sessions(of: fixture.user, limit: 10, before: nil).sessions == [])
        #expect(try fixture.number("SELECT count(*) FROM messages") == 300)
        let next = try SQLiteChatStore(path: fixture.path)
        try await next.resumeRemovals()
        #expect(try fixture.number("SELECT count(*) FROM messages") == 0)
        #expect(try fixture.number("SELECT count(*) FROM sessions") == 0)
        await next.close()
    }

    @Test func `an export of many small conversations is as few pieces as one of few, and looks at each once`()
        async throws
    {
        try await fill(1_000, messages: 2, user: fixture.user)
        var position: ExportPosition?
        var (pieces, sessions, messages) = (0, Set<String>(), Set<String>())
        repeat {
            let piece = try #require(try await store.records(of: fixture.user, from: position))
            for record in piece.records {
                switch record {
                case .session(let summary): sessions.insert(summary.id.rawValue)
                case .message(let message, _, _): messages.insert(message.id.rawValue)
                default: break
                }
            }
            pieces += 1
            position = piece.next
        } while position != nil
        #expect(sessions.count == 1_000 && messages.count == 2_000)
        #expect(pieces <= 3_001 / 100 + 2)
        let plan = try await store.read { connection in
            try connection.queryPlan("SELECT id FROM sessions WHERE user = ?1 AND id > ?2 ORDER BY id LIMIT 1")
        }
        #expect(plan.count == 1 && plan[0].contains("rowid>?"), "\(plan)")
    }

    @Test func `the list of conversations comes in pages, which have each once, latest first`() async throws {
        try await fill(450, messages: 0, user: fixture.user)
        var names: [String] = []
        var before: SessionID?
        var sizes: [Int] = []
        repeat {
            let page = try await store.sessions(of: fixture.user, limit: 200, before: before)
            #expect(page.hasMore == (page.nextBefore != nil))
            names += page.sessions.map(\.id.rawValue)
            sizes.append(page.sessions.count)
            before = page.nextBefore
        } while before != nil
        #expect(sizes == [200, 200, 50])
        #expect(names == (0..<450).map { "c\($0)" })
        let strange = try await store.sessions(of: fixture.user, limit: 10, before: SessionID(rawValue: "no"))
        #expect(strange.sessions == [] && !strange.hasMore)
        let exact = try await store.sessions(of: fixture.user, limit: 50, before: SessionID(rawValue: "c399"))
        #expect(exact.sessions.count == 50 && !exact.hasMore)
    }
}
