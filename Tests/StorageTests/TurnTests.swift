import Chat
import Foundation
import Testing

@testable import Storage

/// Turns in the store.
@Suite struct TurnTests {
    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }

    init() throws {
        fixture = try StoreFixture()
    }

    func messages() async throws -> [Message] {
        try await store.history(of: fixture.user, in: fixture.session, limit: 50, at: .latest)?.messages ?? []
    }

    @Test func `an opened turn is the user's message and the place of its reply`() async throws {
        let turn = try await fixture.open("I loved Dune.")
        let messages = try await messages()
        #expect(messages.map(\.id) == [turn.userMessageID, turn.replyID])
        #expect(messages.map(\.role) == [.user, .assistant])
        #expect(messages.map(\.status) == [.complete, .streaming])
        #expect(messages.map(\.content) == ["I loved Dune.", ""])
        let stored = try await store.turn(turn.replyID, of: fixture.user)
        #expect(
            stored
                == StoredTurn(replyID: turn.replyID, agent: "noah", worker: fixture.worker))
    }

    @Test func `a growing reply is read from its batches, byte for byte, while its message is not rewritten`()
        async throws
    {
        let turn = try await fixture.open()
        let pieces = ["If Arrakis ", "🐉", "e\u{301}\r\n", "\u{0}end"]
        for (index, piece) in pieces.enumerated() {
            try await store.append([StoreFixture.batch(turn.replyID, from: 2 + index, [.text(piece)])])
            let content = try await messages().last?.content ?? ""
            #expect(Array(content.utf8) == Array(pieces[0...index].joined().utf8))
        }
        #expect(try fixture.number("SELECT sum(length(content)) FROM messages WHERE role = 'assistant'") == 0)
        #expect(try await store.batches(of: turn.replyID, after: 0).last?.lastEvent == 5)
    }

    @Test func `a growing reply begins again after a switch that resets it, and shows its cards`() async throws {
        let turn = try await fixture.open()
        let change = ProviderSwitch(from: "a", to: "b", reason: "timeout", attempt: 2, resetsText: true)
        let book = Book(
            id: BookID(rawValue: "pg:35"), title: "The Time Machine", authors: ["H. G. Wells"], year: 1895,
            subjects: [], rating: nil, score: 1, reasons: [])
        try await store.append([
            StoreFixture.batch(
                turn.replyID, from: 2,
                [.text("gone"), .providerSwitch(change), .text("kept"), .recommendations([book])])
        ])
        let reply = try #require(try await messages().last)
        #expect(reply.content == "kept")
        #expect(reply.recommendations == [book])
    }

    @Test func `a closed turn is its message as it stays`() async throws {
        let turn = try await fixture.open()
        var end = StoreFixture.end(turn.replyID, "Try Hyperion.", from: 2)
        end.recommendations = [
            Book(
                id: BookID(rawValue: "gr:1"), title: "Hyperion", authors: ["Dan Simmons"], year: nil,
                subjects: ["space"], rating: 4.2, score: 0.5,
                reasons: [Reason(kind: .similarTo, text: "like Dune", weight: 0.5)])
        ]
        end.status = .failed
        end.error = ReplyFailure(code: "timeout", message: "Too slow.", isRetryable: true, isPartial: true)
        #expect(try await store.finish(end))
        let reply = try #require(try await messages().last)
        #expect(
            reply
                == Message(
                    id: turn.replyID, role: .assistant, content: "Try Hyperion.", status: .failed,
                    createdAt: turn.createdAt, inReplyTo: turn.userMessageID,
                    recommendations: end.recommendations, provider: "builtin", model: "m1", usage: end.usage,
                    error: end.error))
        let log = try TurnLog(replyID: turn.replyID, batches: try await store.batches(of: turn.replyID, after: 0))
        #expect(log.isEnded && log.lastEvent == 2)
    }

    @Test func `what comes after the end is left out, and only one call ends a turn`() async throws {
        let turn = try await fixture.open()
        #expect(try await store.finish(StoreFixture.end(turn.replyID, "first", from: 2)))
        try await store.append([StoreFixture.batch(turn.replyID, from: 3, [.text("late")])])
        #expect(try await store.finish(StoreFixture.end(turn.replyID, "second", from: 3)) == false)
        #expect(try await messages().last?.content == "first")
        #expect(try await store.batches(of: turn.replyID, after: 0).map(\.lastEvent) == [1, 2])
    }

    @Test func `batches of turns that are not there are left out, and those beside them kept`() async throws {
        let turn = try await fixture.open()
        let unknown = MessageID(rawValue: "msg_none")
        try await store.append([
            StoreFixture.batch(unknown, from: 2, [.text("x")]),
            StoreFixture.batch(turn.userMessageID, from: 2, [.text("x")]),
            StoreFixture.batch(turn.replyID, from: 2, [.text("y")]),
        ])
        #expect(try await store.batches(of: turn.replyID, after: 0).map(\.lastEvent) == [1, 2])
        #expect(try await store.finish(StoreFixture.end(unknown, "", from: 2)) == false)
        #expect(try await store.batches(of: unknown, after: 0) == [])
        #expect(try await store.turn(turn.userMessageID, of: fixture.user) == nil)
    }

    @Test func `a batch recorded again with more events replaces the first, and nothing is doubled`() async throws {
        let turn = try await fixture.open()
        let short = StoreFixture.batch(turn.replyID, from: 2, [.text("a"), .text("b")])
        let long = StoreFixture.batch(turn.replyID, from: 2, [.text("a"), .text("b"), .text("c")])
        try await store.append([short])
        try await store.append([long])
        try await store.append([short])
        #expect(try await store.batches(of: turn.replyID, after: 1) == [long])
        #expect(try await messages().last?.content == "abc")
    }

    @Test func `a follower gets the batches that reach beyond what it has`() async throws {
        let turn = try await fixture.open()
        let batches = [
            turn.firstBatch, StoreFixture.batch(turn.replyID, from: 2, [.text("a"), .text("b"), .text("c")]),
            StoreFixture.batch(turn.replyID, from: 5, [.text("d")]),
        ]
        try await store.append(Array(batches.dropFirst()))
        for (after, expected) in [(-1, 0), (0, 0), (1, 1), (2, 1), (3, 1), (4, 2), (5, 3), (99, 3)] {
            #expect(
                try await store.batches(of: turn.replyID, after: after) == Array(batches[expected...]), "\(after)")
        }
    }

    @Test func `an idempotency key finds its turn again for its user alone, and nothing is written`() async throws {
        let turn = try await fixture.open(key: "k1")
        let again = StoreFixture.turn(
            "What next?", user: fixture.user, session: SessionID(rawValue: "s2"), key: "k1", worker: fixture.worker,
            at: 2_000)
        #expect(try await store.open(again) == .exists(replyID: turn.replyID))
        #expect(
            try await store.sessions(of: fixture.user, limit: 10, before: nil).sessions.map(\.id) == [fixture.session])
        #expect(try await store.turn(again.replyID, of: fixture.user) == nil)
        let theirs = StoreFixture.turn(
            "What next?", user: fixture.other, session: fixture.session, key: "k1", worker: fixture.worker, at: 3_000)
        #expect(try await store.open(theirs) == .opened(isQueued: false))
    }

    @Test func `another request with a key that was used is told, and nothing is written`() async throws {
        _ = try await fixture.open(key: "k1")
        let other = StoreFixture.turn(
            "And then?", user: fixture.user, session: SessionID(rawValue: "s2"), key: "k1", worker: fixture.worker,
            at: 2_000)
        #expect(try await store.open(other) == .keyIsOfAnotherRequest)
        #expect(
            try await store.sessions(of: fixture.user, limit: 10, before: nil).sessions.map(\.id) == [fixture.session])
        #expect(try await store.turn(other.replyID, of: fixture.user) == nil)
    }

    @Test func `of requests that come at once with one key, one makes the turn`() async throws {
        let (store, fixture) = (store, fixture)
        let openings = try await withThrowingTaskGroup(of: TurnOpening.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await store.open(
                        StoreFixture.turn(
                            "?", user: fixture.user, session: fixture.session, key: "k", worker: fixture.worker,
                            at: Int64(number)))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(openings.count(where: { $0 == .opened(isQueued: false) }) == 1)
        #expect(try await messages().count == 2)
    }

    @Test func `a turn is queued while an earlier one of its conversation is open, no matter who runs that`()
        async throws
    {
        let first = try await fixture.open()
        let second = StoreFixture.turn(
            "and?", user: fixture.user, session: fixture.session, openTurns: 2, worker: WorkerID(rawValue: "w2"), at: 2)
        #expect(try await store.open(second) == .opened(isQueued: true))
        #expect(try await store.isQueued(second.replyID))
        #expect(try await !store.isQueued(first.replyID))
        let third = StoreFixture.turn(
            "hm?", user: fixture.user, session: fixture.session, openTurns: 2, worker: fixture.worker, at: 3)
        #expect(try await store.open(third) == .queueIsFull)
        #expect(try await messages().count == 4)
        // Neither the user's other conversations nor other users wait.
        for (user, session) in [(fixture.user, "elsewhere"), (fixture.other, fixture.session.rawValue)] {
            let turn = StoreFixture.turn(
                "?", user: user, session: SessionID(rawValue: session), openTurns: 1, worker: fixture.worker, at: 4)
            #expect(try await store.open(turn) == .opened(isQueued: false))
        }
        _ = try await store.finish(StoreFixture.end(first.replyID, "x", from: 2))
        #expect(try await !store.isQueued(second.replyID))
    }

    @Test func `a further reply belongs to the same message, and both are kept`() async throws {
        let first = try await fixture.open("What next?")
        _ = try await store.finish(StoreFixture.end(first.replyID, "one", from: 2))
        let question = StoredQuestion(
            messageID: first.userMessageID, session: fixture.session, text: "What next?")
        for name in [first.userMessageID, first.replyID] {
            #expect(try await store.question(of: name, user: fixture.user) == question)
            #expect(try await store.question(of: name, user: fixture.other) == nil)
        }
        var again = StoreFixture.turn(
            "", user: fixture.user, session: fixture.session, worker: fixture.worker, at: 3_000)
        again.userMessageID = first.userMessageID
        again.isRegeneration = true
        #expect(try await store.open(again) == .opened(isQueued: false))
        _ = try await store.finish(StoreFixture.end(again.replyID, "two", from: 2))
        #expect(try await messages().map(\.content) == ["What next?", "one", "two"])
        #expect(try await messages().map(\.inReplyTo) == [nil, first.userMessageID, first.userMessageID])
        #expect(try await store.sessions(of: fixture.user, limit: 1, before: nil).sessions.map(\.messageCount) == [3])
        // Somebody else's message cannot be answered anew.
        again.user = fixture.other
        again.replyID = Identifiers.message()
        #expect(try await store.open(again) == .questionIsGone)
    }

    @Test func `a stop reaches the worker that runs the turn, once, and no turn of another user's`() async throws {
        let turn = try await fixture.open()
        #expect(try await !store.requestStop(of: turn.replyID, user: fixture.other))
        #expect(try await store.stopRequests(to: fixture.worker) == [])
        for _ in 1...2 { #expect(try await store.requestStop(of: turn.replyID, user: fixture.user)) }
        #expect(try await store.stopRequests(to: fixture.worker) == [turn.replyID])
        #expect(try await store.stopRequests(to: WorkerID(rawValue: "another")) == [])
        try await store.forgetStopRequests([turn.replyID])
        #expect(try await store.stopRequests(to: fixture.worker) == [])
        _ = try await store.finish(StoreFixture.end(turn.replyID, "x", from: 2))
        #expect(try await store.requestStop(of: turn.replyID, user: fixture.user))
        #expect(try await store.stopRequests(to: fixture.worker) == [])
        // Who removes a conversation stops its turns.
        let live = try await fixture.open()
        #expect(try await store.delete(fixture.session, of: fixture.user))
        #expect(try await store.stopRequests(to: fixture.worker) == [live.replyID])
    }

    @Test func `who follows a turn elsewhere is noted, the latest time counting, as long as it is open`() async throws {
        let turn = try await fixture.open()
        #expect(try await store.lastFollowed(turn.replyID) == nil)
        for milliseconds in [2_000, 1_000] as [Int64] {
            try await store.noteFollowed([turn.replyID], at: Timestamp(milliseconds: milliseconds))
            #expect(try await store.lastFollowed(turn.replyID) == Timestamp(milliseconds: 2_000))
        }
        _ = try await store.finish(StoreFixture.end(turn.replyID, "x", from: 2))
        try await store.noteFollowed([turn.replyID], at: Timestamp(milliseconds: 3_000))
        #expect(try await store.lastFollowed(turn.replyID) == Timestamp(milliseconds: 2_000))
    }

    @Test func `a turn is not ended from an old view of it: what its worker recorded since is in the way`() async throws
    {
        let turn = try await fixture.open()
        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.text("a"), .text("b")])])
        await #expect(throws: StoreError.self) {
            _ = try await store.finish(StoreFixture.end(turn.replyID, "", from: 2))
        }
        #expect(try await store.isOpen(turn.replyID))
        #expect(try await store.finish(StoreFixture.end(turn.replyID, "ab", from: 4)))
        #expect(try await !store.isOpen(turn.replyID))
    }

    @Test func `events go when they have been kept for long enough; what they told stays`() async throws {
        let old = try await fixture.open("old")
        let young = try await fixture.open("young")
        let open = try await fixture.open("open")
        _ = try await store.finish(StoreFixture.end(old.replyID, "old text", from: 2, at: 1_000))
        _ = try await store.finish(StoreFixture.end(young.replyID, "young text", from: 2, at: 3_000))
        #expect(try await store.dropEvents(endedBefore: Timestamp(milliseconds: 2_000), among: 100) == 2)
        #expect(try await store.dropEvents(endedBefore: Timestamp(milliseconds: 2_000), among: 100) == 0)
        #expect(try await store.batches(of: old.replyID, after: 0) == [])
        #expect(try await store.batches(of: young.replyID, after: 0).count == 2)
        #expect(try await store.batches(of: open.replyID, after: 0).count == 1)
        let condensed = try #require(try await store.condensed(old.replyID))
        #expect(String(decoding: condensed.content, as: UTF8.self) == "old text")
        #expect(condensed.summary == StoreFixture.end(old.replyID, "", from: 2).summary)
        #expect(try await store.condensed(open.replyID) == nil)
    }

    @Test func `recording a batch costs the same for a long reply in a long chat as at its beginning`() async throws {
        let first = try await fixture.open(String(repeating: "long ", count: 6_000))
        let cost = { (event: Int, reply: MessageID) async throws -> Int in
            try await fixture.store.writer.withoutTransaction { connection in try connection.truncateLog() }
            try await fixture.store.append([StoreFixture.batch(reply, from: event, [.text("token")])])
            return try fixture.logSize()
        }
        let atFirst = try await cost(2, first.replyID)
        for number in 0..<50 {
            let turn = try await fixture.open("question \(number)")
            _ = try await store.finish(
                StoreFixture.end(turn.replyID, String(repeating: "answer ", count: 1_000), from: 2))
        }
        let events = (0..<500).map { StoreFixture.batch(first.replyID, from: 3 + $0, [.text("some more of it ")]) }
        for event in events { try await store.append([event]) }
        let later = try await cost(503, first.replyID)
        #expect(atFirst > 0)
        // A tree that has grown by a level, and a page that was split: 4,120 bytes a page in the log.
        #expect(later <= atFirst + 4 * 4_120, "\(atFirst) to \(later)")
    }
}
