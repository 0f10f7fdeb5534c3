import Chat
import Testing

@testable import Storage

/// Workers in the store.
@Suite struct WorkerTests {
    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }
    let dead = WorkerID(rawValue: "worker-dead")

    init() throws {
        fixture = try StoreFixture()
    }

    func abandoned(since milliseconds: Int64) async throws -> [MessageID] {
        try await store.abandonedTurns(since: Timestamp(milliseconds: milliseconds)).map(\.replyID)
    }

    @Test func `open turns of a worker that fell silent are abandoned; those of a living one and ended ones are not`()
        async throws
    {
        let lost = try await fixture.open("lost", worker: dead, at: 1_000)
        let ended = try await fixture.open("ended", worker: dead, at: 1_000)
        _ = try await store.finish(StoreFixture.end(ended.replyID, "x", from: 2))
        let living = try await fixture.open("living", at: 1_000)
        try await store.heartbeat(of: fixture.worker, at: Timestamp(milliseconds: 9_000))
        try await store.heartbeat(of: dead, at: Timestamp(milliseconds: 2_000))
        #expect(try await abandoned(since: 2_000) == [])
        #expect(try await abandoned(since: 2_001) == [lost.replyID])
        #expect(try await Set(abandoned(since: 10_000)) == [lost.replyID, living.replyID])
    }

    @Test func `a worker that is known to be gone is not waited for; one that lives after all is heard again`()
        async throws
    {
        let turn = try await fixture.open(worker: dead, at: 5_000)
        try await store.heartbeat(of: dead, at: Timestamp(milliseconds: 6_000))
        try await store.noteGone(dead)
        #expect(try await abandoned(since: 1) == [turn.replyID])
        try await store.heartbeat(of: dead, at: Timestamp(milliseconds: 7_000))
        #expect(try await abandoned(since: 7_000) == [])
    }

    @Test func `of a worker that ended in good order nothing is left, and a turn it left open is abandoned`()
        async throws
    {
        let turn = try await fixture.open(at: 5_000)
        try await store.forget(fixture.worker)
        #expect(try fixture.number("SELECT count(*) FROM workers") == 0)
        #expect(try await abandoned(since: 1) == [turn.replyID])
    }

    @Test func `a worker that opened a turn and never spoke again counts from then`() async throws {
        let turn = try await fixture.open(worker: dead, at: 1_000)
        #expect(try await abandoned(since: 1_000) == [])
        #expect(try await abandoned(since: 1_001) == [turn.replyID])
    }

    @Test func `an abandoned turn is ended once, with what is recorded of it, by anyone who notices first`()
        async throws
    {
        let turn = try await fixture.open(worker: dead)
        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.text("as far as "), .text("this")])])
        let (store, fixture) = (store, fixture)
        let ends = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let log = try TurnLog(
                        replyID: turn.replyID, batches: try await store.batches(of: turn.replyID, after: 0))
                    let failure = ReplyFailure(code: "interrupted", message: "", isRetryable: true, isPartial: true)
                    var end = StoreFixture.end(turn.replyID, "", from: log.lastEvent + 1)
                    end.content = log.replyText
                    end.status = .interrupted
                    end.lastBatch = StoreFixture.batch(turn.replyID, from: log.lastEvent + 1, [.failed(failure)])
                    return try await store.finish(end)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ends.count(where: { $0 }) == 1)
        let page = try await store.history(of: fixture.user, in: fixture.session, limit: 9, at: .latest)
        let reply = page?.messages.last
        #expect(reply?.status == .interrupted)
        #expect(reply?.content == "as far as this")
        #expect(try await abandoned(since: 1 << 40) == [])
    }

    @Test func `workers silent for a week are forgotten, unless a turn of theirs is open`() async throws {
        let week: Int64 = 7 * 86_400_000
        try await fixture.open(worker: dead, at: 1)
        try await store.heartbeat(of: WorkerID(rawValue: "worker-gone"), at: Timestamp(milliseconds: 1))
        try await store.heartbeat(of: fixture.worker, at: Timestamp(milliseconds: week + 1))
        #expect(try fixture.number("SELECT count(*) FROM workers") == 3)
        try await store.heartbeat(of: fixture.worker, at: Timestamp(milliseconds: week + 2))
        #expect(try fixture.number("SELECT count(*) FROM workers") == 2)
        #expect(try fixture.number("SELECT count(*) FROM workers WHERE name = 'worker-gone'") == 0)
    }

    @Test func `a store that can be written says so`() async throws {
        try await store.checkWritable()
        try await store.checkWritable()
        #expect(try fixture.number("SELECT count(*) FROM writable_check") == 1)
    }
}
