import Chat
import Foundation
import Testing

@testable import Storage

/// Answers that are given again.
@Suite struct StoredAnswerTests {
    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }
    private let now = Timestamp.now()

    init() throws { fixture = try StoreFixture() }

    private func answer(
        _ key: UInt8, _ question: String = "What is rain?", context: [UInt8]? = [9], seconds: Int64 = 86_400,
        text: String = "Water."
    )
        -> StoredAnswer
    {
        StoredAnswer(
            key: [key], context: context, question: question, text: TextBatch("It ", text), reasoning: TextBatch("hm"),
            completion: ModelCompletion(
                finishReason: "stop", provider: "p", model: "m",
                usage: Usage(promptTokens: 3, completionTokens: 4, isEstimated: false)),
            expiresAt: Timestamp(milliseconds: now.milliseconds + seconds * 1000))
    }

    private func keys(in context: [UInt8] = [9]) async throws -> [[UInt8]] {
        try await store.questions(in: context, limit: 10, at: now).map(\.key)
    }

    @Test func `come back as they were, until their time is over`() async throws {
        let turn = try await fixture.open()
        let kept = answer(1)
        #expect(try await store.keep(kept, of: turn.replyID, within: 1 << 20))
        #expect(try await store.answer(to: [1], at: now) == kept)
        #expect(try await store.answer(to: [2], at: now) == nil)
        #expect(try await store.answer(to: [1], at: kept.expiresAt) == nil)
        #expect(try await store.questions(in: [9], limit: 10, at: now).map(\.text) == ["What is rain?"])
        #expect(try await store.questions(in: [9], limit: 10, at: kept.expiresAt).isEmpty)
        #expect(try await keys(in: [8]).isEmpty)
    }

    @Test func `a later one takes the place of the earlier one, and what is over goes`() async throws {
        let turn = try await fixture.open()
        _ = try await store.keep(answer(1, seconds: -1), of: turn.replyID, within: 1 << 20)
        _ = try await store.keep(answer(2), of: turn.replyID, within: 1 << 20)
        _ = try await store.keep(answer(2, text: "Snow."), of: turn.replyID, within: 1 << 20)
        #expect(try await store.answer(to: [2], at: now)?.text == TextBatch("It ", "Snow."))
        #expect(try fixture.number("SELECT count(*) FROM answers") == 1)
    }

    @Test func `the latest questions are told, the oldest of them first`() async throws {
        let turn = try await fixture.open()
        for key: UInt8 in 1...4 {
            _ = try await store.keep(answer(key, context: key == 3 ? nil : [9]), of: turn.replyID, within: 1 << 20)
        }
        #expect(try await store.questions(in: [9], limit: 2, at: now).map(\.key) == [[2], [4]])
    }

    @Test func `go with their conversation, and with their user`() async throws {
        let first = try await fixture.open(session: SessionID(rawValue: "a"))
        let second = try await fixture.open(session: SessionID(rawValue: "b"))
        let others = try await fixture.open(user: fixture.other)
        for (key, turn) in [(1, first), (2, second), (3, others)] as [(UInt8, NewTurn)] {
            _ = try await store.keep(answer(key, "Where is Xanadu\(key)?"), of: turn.replyID, within: 1 << 20)
        }
        #expect(try await store.delete(SessionID(rawValue: "a"), of: fixture.user))
        #expect(try await keys() == [[2], [3]])
        #expect(try await store.delete(fixture.user))
        #expect(try await keys() == [[3]])
        await store.finishRemovals()
        #expect(fixture.bytes().range(of: Data("Xanadu1".utf8)) == nil)
        #expect(fixture.bytes().range(of: Data("Xanadu3".utf8)) != nil)
    }

    @Test func `an answer of a conversation that is not here is not kept`() async throws {
        #expect(try await !store.keep(answer(1), of: Identifiers.message(), within: 1 << 20))
        let turn = try await fixture.open()
        _ = try await store.delete(fixture.session, of: fixture.user)
        #expect(try await !store.keep(answer(1), of: turn.replyID, within: 1 << 20))
        #expect(try await store.answer(to: [1], at: now) == nil)
    }

    @Test func `all together stay within their bytes; the oldest go`() async throws {
        let turn = try await fixture.open()
        let text = String(repeating: "x", count: 10_000)
        for key: UInt8 in 1...160 {
            _ = try await store.keep(answer(key, text: text), of: turn.replyID, within: 200_000)
        }
        let bytes = try #require(try fixture.number("SELECT sum(length(answer)) FROM answers"))
        // It is looked at now and then.
        #expect(bytes < 200_000 + 17 * 10_300)
        #expect(try await store.answer(to: [160], at: now) != nil)
        #expect(try await store.answer(to: [1], at: now) == nil)
    }
}
