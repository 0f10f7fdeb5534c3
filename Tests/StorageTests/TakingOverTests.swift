import Chat
import Foundation
import Testing

@testable import Ownership
@testable import Storage

/// A guest's data taken over.
@Suite struct TakingOverTests {
    private let now = Timestamp(milliseconds: 2_000)
    private let fixture: StoreFixture

    init() throws { fixture = try StoreFixture() }

    /// A whole turn.
    private func answer(
        _ question: String, _ answer: String, _ user: UserID, session: SessionID? = nil, key: String? = nil
    ) async throws {
        let turn = try await fixture.open(question, user: user, session: session, key: key)
        var end = StoreFixture.end(turn.replyID, answer, from: 2)
        end.account = StoreFixture.account()
        #expect(try await fixture.store.finish(end))
    }

    @Test func `conversations, their words, keys and preferences become the user's, and the guest is gone`()
        async throws
    {
        let (store, guest, ada) = (fixture.store, fixture.other, fixture.user)
        // Both have a conversation of the same name and a request with the same key.
        try await answer("I like xylophones", "Marimbas as well", guest, key: "k")
        try await answer("What of drums?", "None", ada, key: "k")
        let second = SessionID(rawValue: "s2")
        try await answer("And xylophones?", "Yes", guest, session: second)
        _ = try await store.apply(
            PreferenceOverride(type: .topic, value: "horror", weight: 1, timestamp: Timestamp(milliseconds: 9)),
            of: guest)
        _ = try await store.apply(
            PreferenceOverride(type: .topic, value: "horror", weight: -1, timestamp: Timestamp(milliseconds: 8)),
            of: ada)

        #expect(try await store.takeOver(guest, by: ada, at: now) == .done(conversations: 2))
        let sessions = try await store.sessions(of: ada, limit: 10, before: nil).sessions
        #expect(sessions.count == 3 && Set(sessions.map(\.id)).count == 3)
        #expect(sessions.contains { $0.id == second })
        // Each keeps its own messages.
        #expect(
            try await store.history(of: ada, in: fixture.session, limit: 10, at: .latest)?.messages.first?.content
                == "What of drums?")
        let found = try #require(try await store.search("xylophones", of: ada, in: nil, limit: 10))
        #expect(found.count == 2)
        #expect(try await store.search("xylophones", of: guest, in: nil, limit: 10)?.isEmpty ?? true)
        #expect(try await store.preferences(of: ada).first { $0.value == "horror" }?.weight == 1)
        #expect(try await store.records(of: guest, from: nil) == nil)
        #expect(try await store.sessions(of: guest, limit: 10, before: nil).sessions.isEmpty)
        #expect(try fixture.number("SELECT count(*) FROM pragma_foreign_key_check") == 0)
        // The quotas count what is there.
        #expect(try fixture.number("SELECT sessions FROM users WHERE name = 'usr_ada'") == 3)
        #expect(try fixture.number("SELECT messages FROM users WHERE name = 'usr_ada'") == 6)
        // The index holds what the messages say, and nothing else.
        #expect(try fixture.number("SELECT count(*) FROM message_search WHERE message_search MATCH 'xylophones'") == 0)
        #expect(try await store.takeOver(guest, by: ada, at: now) == .done(conversations: 0))
    }

    @Test func `what is kept of a taste is bounded however many guests are taken over`() async throws {
        let (store, ada) = (fixture.store, fixture.user)
        let each = SQLiteChatStore.maximumMarks / 2 + 1
        for guest in [UserID(rawValue: "usr_g1"), UserID(rawValue: "usr_g2")] {
            for number in 0..<each {
                let word = "\(guest) \(number)"
                _ = try await store.apply(
                    PreferenceOverride(type: .topic, value: word, weight: 1, timestamp: Timestamp(milliseconds: 9)),
                    of: guest)
                try await store.mark(MarkedBook(id: BookID(rawValue: word), mark: .read, markedAt: now), of: guest)
            }
            #expect(try await store.takeOver(guest, by: ada, at: now) == .done(conversations: 0))
        }
        #expect(try fixture.number("SELECT count(*) FROM book_marks") == SQLiteChatStore.maximumMarks)
        #expect(try fixture.number("SELECT count(*) FROM preference_overrides") == SQLiteChatStore.maximumOverrides)
    }

    @Test func `sums of a day are added up`() async throws {
        let (store, guest, ada) = (fixture.store, fixture.other, fixture.user)
        let day = UTCDay(of: now)
        for user in [guest, ada] {
            try await answer("Hello", "Hello", user)
        }
        let before = try await store.tokens(of: guest, on: day)
        #expect(before > 0)
        _ = try await store.takeOver(guest, by: ada, at: now)
        #expect(try await store.tokens(of: ada, on: day) == 2 * before)
    }

    @Test func `a guest who is being answered is not taken over`() async throws {
        try await fixture.open("Hello", user: fixture.other)
        #expect(try await fixture.store.takeOver(fixture.other, by: fixture.user, at: now) == .busy)
        #expect(try await fixture.store.sessions(of: fixture.other, limit: 10, before: nil).sessions.count == 1)
    }

    /// A guest's conversation of 120 turns, of which one piece has been moved.
    private func halfMoved() async throws -> Int64 {
        let (store, guest, ada) = (fixture.store, fixture.other, fixture.user)
        for number in 0..<120 { try await answer("xylophone \(number)", "marimba", guest) }
        try await store.searchIndexer.run()
        let now = now
        let step = try await store.writer.write { connection in try connection.takeOver(guest, by: ada, at: now) }
        guard case .moves(let session) = step else { throw NotMoved() }
        let outcome = try await store.writer.write { connection in try connection.movePiece(of: session) }
        #expect(outcome == .more)
        #expect(try fixture.number("SELECT count(DISTINCT user) FROM turns") == 2)
        return session
    }

    private struct NotMoved: Error {}

    @Test func `a move whose process is killed in the middle goes on in the next`() async throws {
        let session = try await halfMoved()
        // What comes meanwhile is the new user's.
        try await answer("xylophone late", "marimba", fixture.user)
        let next = try SQLiteChatStore(path: fixture.path)
        try await next.resumeRemovals()
        for word in ["xylophone", "marimba"] {
            let found = try await next.search(word, of: fixture.user, in: nil, limit: 50)
            #expect(found?.count == 50)
        }
        #expect(try fixture.number("SELECT count(DISTINCT user) FROM turns") == 1)
        #expect(try fixture.number("SELECT count(*) FROM moved_sessions") == 0)
        #expect(try await next.takeOver(fixture.other, by: fixture.user, at: now) == .done(conversations: 0))
        // Every word is under the new user, once.
        let user = try #require(try fixture.number("SELECT user FROM sessions WHERE id = \(session)"))
        let count = "SELECT count(*) FROM message_search WHERE message_search MATCH"
        #expect(try fixture.number("\(count) '\(user)xxylophone'") == 121)
        #expect(try fixture.number("\(count) '\(user)xlate'") == 1)
        await next.close()
    }

    @Test func `a conversation that is removed while it is moved leaves no words`() async throws {
        let session = try await halfMoved()
        try await answer("xylophone late", "marimba", fixture.user)
        #expect(try await fixture.store.delete(fixture.session, of: fixture.user))
        await fixture.store.finishRemovals()
        let outcome = try await fixture.store.writer.write { connection in try connection.movePiece(of: session) }
        #expect(outcome == .done)
        #expect(fixture.bytes().range(of: Data("xylophone".utf8)) == nil)
        #expect(fixture.bytes().range(of: Data("marimb".utf8)) == nil)
        #expect(try await fixture.store.takeOver(fixture.other, by: fixture.user, at: now) == .done(conversations: 0))
    }
}
