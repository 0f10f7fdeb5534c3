import Chat
import Foundation
import Testing

@testable import Ownership
@testable import Storage

/// Conversations in the store.
@Suite struct ConversationTests {
    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }

    init() throws {
        fixture = try StoreFixture()
    }

    func closedTurn(_ text: String, session: SessionID? = nil, at time: Int64 = 1_000) async throws -> NewTurn {
        let turn = try await fixture.open(text, session: session, at: time)
        _ = try await store.finish(StoreFixture.end(turn.replyID, "re: " + text, from: 2, at: time))
        return turn
    }

    @Test func `history is paged backwards without gaps or repetitions`() async throws {
        var ids: [MessageID] = []
        for number in 0..<7 {
            let turn = try await closedTurn("\(number)")
            ids += [turn.userMessageID, turn.replyID]
        }
        for limit in [1, 2, 3, 5, 13, 14, 15, 200] {
            var seen: [MessageID] = []
            var before: MessageID?
            repeat {
                let page = try #require(
                    try await store.history(
                        of: fixture.user, in: fixture.session, limit: limit, at: before.map { .before($0) } ?? .latest))
                #expect(page.messages.count <= limit && !page.messages.isEmpty)
                #expect(page.hasMore == (page.nextBefore != nil))
                seen = page.messages.map(\.id) + seen
                before = page.nextBefore
            } while before != nil
            #expect(seen == ids, "limit \(limit)")
        }
    }

    @Test func `a page around a message has what stands before and after it, and is read on both ways to the ends`()
        async throws
    {
        var ids: [MessageID] = []
        for number in 0..<7 {
            let turn = try await closedTurn("\(number)")
            ids += [turn.userMessageID, turn.replyID]
        }
        func page(_ cursor: HistoryCursor, _ limit: Int) async throws -> HistoryPage {
            try #require(try await store.history(of: fixture.user, in: fixture.session, limit: limit, at: cursor))
        }
        for limit in [1, 2, 3, 6, 13, 14, 200] {
            for (index, id) in ids.enumerated() {
                var whole = try await page(.around(id), limit)
                #expect(whole.messages.count <= limit && whole.messages.contains { $0.id == id }, "\(limit) \(index)")
                #expect(whole.hasMore == (whole.nextBefore != nil))
                while let after = whole.nextAfter {
                    let next = try await page(.after(after), limit)
                    #expect(next.nextBefore == next.messages.first?.id && !next.messages.isEmpty)
                    whole.messages += next.messages
                    whole.nextAfter = next.nextAfter
                }
                while let before = whole.nextBefore {
                    let next = try await page(.before(before), limit)
                    #expect(next.nextAfter == next.messages.last?.id)
                    whole.messages = next.messages + whole.messages
                    whole.nextBefore = next.nextBefore
                }
                #expect(whole.messages.map(\.id) == ids, "\(limit) \(index)")
            }
        }
        #expect(try await page(.around(ids[6]), 6).messages.map(\.id) == Array(ids[3..<9]))
        #expect(try await page(.around(ids[13]), 6).messages.map(\.id) == Array(ids[8...]))
        #expect(try await page(.after(ids[13]), 6).messages.isEmpty)
        #expect(try await page(.latest, 3).nextAfter == nil)
    }

    @Test("an edited question is asked with what stands before its first version; all versions stay in the history")
    func edits() async throws {
        func ask(_ text: String, edits: NewTurn? = nil, after: NewTurn? = nil) async throws -> NewTurn {
            var turn = StoreFixture.turn(
                text, user: fixture.user, session: fixture.session, worker: fixture.worker, at: 1_000)
            turn.place = edits.map { .inPlaceOf($0.userMessageID) } ?? after.map { .after($0.userMessageID) }
            #expect(try await store.open(turn) == .opened(isQueued: false))
            _ = try await store.finish(StoreFixture.end(turn.replyID, "re: " + text, from: 2, at: 1_000))
            return turn
        }
        func leading(to turn: NewTurn, limit: Int = 50) async throws -> [String] {
            let page = try await store.history(
                of: fixture.user, in: fixture.session, limit: limit, at: .leading(to: turn.userMessageID))
            return try #require(page).messages.filter { $0.role == .user }.map(\.content)
        }
        _ = try await ask("a")
        let b = try await ask("b")
        let c = try await ask("c")
        #expect(try await leading(to: c) == ["a", "b"])
        let b2 = try await ask("b2", edits: b)
        #expect(try await leading(to: b2) == ["a"])
        let d = try await ask("d")
        #expect(try await leading(to: d) == ["a", "b2"])
        #expect(try await leading(to: d, limit: 3) == ["b2"])
        // A version of a version takes the same place; an earlier version is answered anew with what led to it.
        let b3 = try await ask("b3", edits: b2)
        let e = try await ask("e")
        #expect(try await leading(to: e) == ["a", "b3"])
        #expect(try await leading(to: c) == ["a", "b"])
        // A question of an earlier version is edited in that version.
        let c2 = try await ask("c2", edits: c)
        #expect(try await leading(to: c2) == ["a", "b"])
        #expect(try await leading(to: try await ask("f")) == ["a", "b", "c2"])
        let all = try #require(
            try await store.history(of: fixture.user, in: fixture.session, limit: 50, at: .latest)
        ).messages.filter { $0.role == .user }
        #expect(all.map(\.content) == ["a", "b", "c", "b2", "d", "b3", "e", "c2", "f"])
        let edited = all.filter { $0.edits != nil }
        #expect(edited.map(\.id) == [b2, b3, c2].map(\.userMessageID))
        #expect(edited.map(\.edits) == [b, b, c].map(\.userMessageID))
        // One goes on from an earlier version, also from where that was gone on from, and edits what was asked there.
        let g = try await ask("g", after: d)
        #expect(try await leading(to: g) == ["a", "b2", "d"])
        #expect(try await leading(to: try await ask("h")) == ["a", "b2", "d", "g"])
        #expect(try await leading(to: try await ask("i", after: e)) == ["a", "b3", "e"])
        let g2 = try await ask("g2", edits: g)
        #expect(try await leading(to: g2) == ["a", "b2", "d"])
        #expect(try await leading(to: try await ask("j", after: c)) == ["a", "b", "c"])
        #expect(try await leading(to: try await ask("k", after: g2)) == ["a", "b2", "d", "g2"])
        let last = try await ask("l")
        #expect(try await leading(to: try await ask("m", after: last)) == ["a", "b2", "d", "g2", "k", "l"])
    }

    @Test func `a question of another conversation, or of another user, is not edited`() async throws {
        let elsewhere = try await closedTurn("there", session: SessionID(rawValue: "s2"))
        let here = try await closedTurn("here")
        let theirs = try await fixture.open("theirs", user: fixture.other)
        for edited in [elsewhere.userMessageID, theirs.userMessageID, here.replyID, MessageID(rawValue: "msg_none")] {
            var turn = StoreFixture.turn(
                "new", user: fixture.user, session: fixture.session, worker: fixture.worker, at: 1_000)
            for place in [QuestionPlace.inPlaceOf(edited), .after(edited)] {
                turn.place = place
                #expect(try await store.open(turn) == .questionIsGone)
            }
        }
        #expect(try fixture.number("SELECT count(*) FROM messages") == 6)
    }

    @Test func `a cursor that is no message of the session gives an empty page; no session gives none`() async throws {
        _ = try await closedTurn("here")
        let elsewhere = try await closedTurn("there", session: SessionID(rawValue: "s2"))
        let theirs = try await fixture.open("theirs", user: fixture.other)
        for cursor in [elsewhere.replyID, theirs.replyID, MessageID(rawValue: "msg_none")] {
            for place in [HistoryCursor.before(cursor), .after(cursor), .around(cursor), .leading(to: cursor)] {
                let page = try await store.history(of: fixture.user, in: fixture.session, limit: 10, at: place)
                #expect(page == HistoryPage(messages: [], hasMore: false, nextBefore: nil))
            }
        }
        let none = SessionID(rawValue: "none")
        #expect(try await store.history(of: fixture.user, in: none, limit: 10, at: .latest) == nil)
        let nobody = UserID(rawValue: "nobody")
        #expect(try await store.history(of: nobody, in: fixture.session, limit: 10, at: .latest) == nil)
    }

    @Test func `conversations are listed latest first with title, times and count`() async throws {
        _ = try await closedTurn("  A first\n\tquestion ", at: 1_000)
        _ = try await closedTurn("Another", session: SessionID(rawValue: "s2"), at: 2_000)
        _ = try await closedTurn("Again", at: 3_000)
        let list = try await store.sessions(of: fixture.user, limit: 10, before: nil).sessions
        #expect(
            list == [
                SessionSummary(
                    id: fixture.session, title: "A first question", createdAt: Timestamp(milliseconds: 1_000),
                    updatedAt: Timestamp(milliseconds: 3_000), messageCount: 4, agent: "noah"),
                SessionSummary(
                    id: SessionID(rawValue: "s2"), title: "Another", createdAt: Timestamp(milliseconds: 2_000),
                    updatedAt: Timestamp(milliseconds: 2_000), messageCount: 2, agent: "noah"),
            ])
        #expect(
            try await store.sessions(of: fixture.user, limit: 1, before: nil).sessions.map(\.id) == [fixture.session])
        #expect(try await store.sessions(of: fixture.other, limit: 10, before: nil).sessions == [])
    }

    @Test(
        arguments: [
            ("short", "short"),
            ("", ""),
            (" \n ", ""),
            (String(repeating: "word ", count: 30), String(repeating: " word", count: 12).dropFirst() + "…"),
            (String(repeating: "x", count: 100), String(repeating: "x", count: 60) + "…"),
            ("a " + String(repeating: "x", count: 100), "a…"),
        ])
    func `a title is the first message's beginning, cut at a word`(text: String, title: String) {
        #expect(SessionTitle.of(text) == title)
    }

    @Test func `a title is bounded in bytes even when one letter has a thousand marks`() {
        let heavy = "e" + String(repeating: "\u{301}", count: 1_000)
        #expect(SessionTitle.of(heavy + " word").utf8.count <= SessionTitle.maximumBytes + 3)
        #expect(SessionTitle.of("word " + heavy) == "word…")
    }

    @Test func `a renamed conversation keeps its name when it goes on`() async throws {
        _ = try await closedTurn("first")
        let renamed = try await store.change(fixture.session, of: fixture.user, title: "Deserts", isPinned: nil)
        #expect(renamed?.title == "Deserts")
        _ = try await closedTurn("second")
        #expect(try await store.sessions(of: fixture.user, limit: 10, before: nil).sessions.map(\.title) == ["Deserts"])
        #expect(
            try await store.change(SessionID(rawValue: "none"), of: fixture.user, title: "x", isPinned: true) == nil)
    }

    @Test func `a conversation is of the agent that was asked first, and a reply that is written can be found`()
        async throws
    {
        var first = StoreFixture.turn(
            "Compare them", user: fixture.user, session: fixture.session, worker: fixture.worker, at: 1)
        first.agent = "desk.analyst"
        _ = try await store.open(first)
        _ = try await store.finish(StoreFixture.end(first.replyID, "so", from: 2))
        let second = try await fixture.open("Thanks", at: 2)
        let list = try await store.sessions(of: fixture.user, limit: 10, before: nil).sessions
        #expect(list.map(\.agent) == ["desk.analyst"])
        #expect(list.map(\.writing) == [second.replyID])
        _ = try await store.finish(StoreFixture.end(second.replyID, "welcome", from: 2))
        #expect(try await store.sessions(of: fixture.user, limit: 10, before: nil).sessions.map(\.writing) == [nil])
    }

    @Test func `a conversation is pinned and let go without becoming a later one`() async throws {
        _ = try await closedTurn("first", at: 1_000)
        _ = try await closedTurn("second", session: SessionID(rawValue: "s2"), at: 2_000)
        let pinned = try await store.change(fixture.session, of: fixture.user, title: nil, isPinned: true)
        #expect(pinned?.isPinned == true)
        #expect(pinned?.title == "first")
        #expect(pinned?.updatedAt == Timestamp(milliseconds: 1_000))
        #expect(try await store.pinnedSessions(of: fixture.user).map(\.id) == [fixture.session])
        #expect(try await store.pinnedSessions(of: fixture.other) == [])
        // Another title leaves the pin.
        #expect(try await store.change(fixture.session, of: fixture.user, title: "x", isPinned: nil)?.isPinned == true)
        _ = try await store.change(fixture.session, of: fixture.user, title: nil, isPinned: false)
        #expect(try await store.pinnedSessions(of: fixture.user) == [])
    }

    @Test func `what an agent told is behind its reply, while it is written and afterwards, for its user alone`()
        async throws
    {
        let turn = try await fixture.open("What next?")
        let note = AgentNote(kind: "step", json: Array(#"{"id":1}"#.utf8))
        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.note(note)])])
        let growing = try await store.details(of: [turn.replyID, MessageID(rawValue: "msg_none")], of: fixture.user)
        #expect(growing == [turn.replyID: ReplyDetails(agent: "noah", notes: [note])])
        var end = StoreFixture.end(turn.replyID, "so", from: 3)
        var summary = EventArchive()
        summary.append(.event(.note(note)))
        end.summary = summary.bytes + end.summary
        _ = try await store.finish(end)
        _ = try await store.dropEvents(endedBefore: .now(), among: 100)
        let details = try #require(try await store.details(of: [turn.replyID], of: fixture.user)[turn.replyID])
        #expect(details.notes == [note])
        #expect(details.metrics?.durationMS == 2)
        #expect(try await store.details(of: [turn.replyID], of: fixture.other) == [:])
    }

    @Test func `the reply to a message is found by either, with what came along with the question`() async throws {
        var turn = StoreFixture.turn(
            "Compare", user: fixture.user, session: fixture.session, worker: fixture.worker, at: 1)
        turn.metadata = Array(#"{"timeframe":"1Y"}"#.utf8)
        _ = try await store.open(turn)
        _ = try await store.finish(StoreFixture.end(turn.replyID, "so", from: 2))
        for id in [turn.userMessageID, turn.replyID] {
            let given = try #require(try await store.givenReply(id, of: fixture.user))
            #expect(given.replyID == turn.replyID)
            #expect(given.content == "so")
            #expect(given.metadata == turn.metadata)
            #expect(given.provider == "builtin")
        }
        #expect(try await store.givenReply(turn.replyID, of: fixture.other) == nil)
    }

    @Test func `a deleted conversation is in no table and in no file`() async throws {
        let secret = "the-secret-\(UUID().uuidString)"
        let turn = try await fixture.open("question " + secret, key: "k")
        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.text("event " + secret)])])
        _ = try await store.finish(StoreFixture.end(turn.replyID, "answer " + secret, from: 3))
        try await store.noteAndWrite(
            [
                InferredPreference(
                    type: .topic, value: "deserts", weight: 1,
                    evidence: Evidence(
                        messageID: turn.userMessageID, excerpt: secret, createdAt: Timestamp(milliseconds: 1)))
            ], of: fixture.user)
        _ = try await closedTurn("stays", session: SessionID(rawValue: "s2"))
        #expect(fixture.bytes().range(of: Data(secret.utf8)) != nil)

        #expect(try await store.delete(fixture.session, of: fixture.user))
        #expect(fixture.bytes().range(of: Data(secret.utf8)) == nil)
        #expect(try await store.history(of: fixture.user, in: fixture.session, limit: 9, at: .latest) == nil)
        #expect(try await store.turn(turn.replyID, of: fixture.user) == nil)
        #expect(try await store.batches(of: turn.replyID, after: 0) == [])
        #expect(try await store.preferences(of: fixture.user) == [])
        for (table, count) in [("messages", 2), ("turns", 1), ("turn_events", 2), ("sessions", 1)] {
            #expect(try fixture.number("SELECT count(*) FROM \(table)") == count, "\(table)")
        }
        #expect(try await store.delete(fixture.session, of: fixture.user) == false)
        // Its key is free again.
        #expect(
            try await store.open(
                StoreFixture.turn(
                    "new", user: fixture.user, session: fixture.session, key: "k", worker: fixture.worker, at: 9))
                == .opened(isQueued: false))
    }

    @Test func `a turn whose conversation is deleted while it streams is gone, without an error`() async throws {
        let turn = try await fixture.open()
        #expect(try await store.delete(fixture.session, of: fixture.user))
        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.text("late")])])
        #expect(try await store.finish(StoreFixture.end(turn.replyID, "late", from: 3)) == false)
        #expect(try fixture.number("SELECT count(*) FROM turn_events") == 0)
    }

    @Test func `what is another user's is as what does not exist`() async throws {
        let mine = try await closedTurn("mine")
        let theirs = try await fixture.open("theirs", user: fixture.other)
        #expect(try await store.turn(theirs.replyID, of: fixture.user) == nil)
        #expect(try await store.turn(mine.replyID, of: fixture.other) == nil)
        let page = try await store.history(of: fixture.other, in: fixture.session, limit: 10, at: .latest)
        #expect(page?.messages.map(\.content) == ["theirs", ""])
        let only = SessionID(rawValue: "only-mine")
        _ = try await closedTurn("private", session: only)
        #expect(try await store.history(of: fixture.other, in: only, limit: 10, at: .latest) == nil)
        #expect(try await store.change(only, of: fixture.other, title: "x", isPinned: nil) == nil)
        #expect(try await store.delete(only, of: fixture.other) == false)
        #expect(try await store.delete(fixture.session, of: fixture.other))
        #expect(
            try await store.history(of: fixture.user, in: fixture.session, limit: 9, at: .latest)?.messages.count == 2)
    }
}
