import Scheduling
import Testing

@testable import Chat
@testable import Ownership

/// What processes that share a store do for and to each other.
@Suite(.timeLimit(.minutes(5))) struct SharedStoreTests {
    private let store = FaultyStore()

    private func process(_ name: String, _ adjust: (inout ConversationEngine.Limits) -> Void = { _ in })
        -> EngineFixture
    {
        EngineFixture(on: store, worker: name, adjust)
    }

    private static func types(_ log: TurnLog) -> [String] {
        events(of: log).map { event in
            switch event {
            case .accepted: "accepted"
            case .text(let text): text
            case .recommendations: "recommendations"
            case .reasoning, .reasoningDetails, .toolCalls, .note: "other"
            case .providerSwitch(let change): change.reason
            case .completed(let completion): completion.wasStopped ? "stopped" : "complete"
            case .failed(let failure): failure.code
            }
        }
    }

    @Test func `a stop given to any process ends the turn where it runs`() async throws {
        let (first, second) = (process("w1"), process("w2"))
        let log = try await first.begin(.endless("text", timers: first.timers))
        await first.follow(log) { log.replyLength == 4 }
        #expect(try await !second.engine.stop(log.replyID, of: UserID(rawValue: "bob")))
        #expect(try await second.engine.stop(log.replyID, of: EngineFixture.user))
        _ = await first.end(of: log)
        #expect(Self.types(log) == ["accepted", "text", "stopped"])
        // Again, and to a turn that has ended: no error, and nothing changes.
        #expect(try await second.engine.stop(log.replyID, of: EngineFixture.user))
        #expect(try await first.engine.stop(log.replyID, of: EngineFixture.user))
        #expect(store.end(of: log.replyID)?.status == .stopped)
    }

    @Test(arguments: [(followedMinutesAgo: 0, ends: false), (followedMinutesAgo: 60, ends: true)])
    func `a turn that nobody follows here goes on as long as somebody follows it elsewhere`(
        followedMinutesAgo: Int, ends: Bool
    ) async throws {
        let process = process("w1") { $0.detachGraceMS = ends ? 1 : 600_000 }
        let log = try await process.begin(.endless("text", timers: process.timers))
        await process.follow(log) { log.replyLength == 4 }
        let then = Timestamp.now().milliseconds - Int64(followedMinutesAgo) * 60_000
        try await store.noteFollowed([log.replyID], at: Timestamp(milliseconds: then))
        if ends {
            process.engine.followerLeft(log)
            // Not by following it.
            while !log.isEnded { await Task.yield() }
            #expect(Self.types(log) == ["accepted", "text", "interrupted"])
        } else {
            await process.engine.endUnlessFollowed(log, since: log.followings)
            #expect(!log.isEnded)
            #expect(try await process.engine.stop(log.replyID, of: EngineFixture.user))
            _ = await process.end(of: log)
            #expect(Self.types(log) == ["accepted", "text", "stopped"])
        }
    }

    @Test func `who reads another process's turn says so`() async throws {
        let (first, second) = (process("w1"), process("w2"))
        let log = try await first.begin(.endless("text", timers: first.timers))
        let copy = try #require(try await second.engine.log(of: log.replyID, for: EngineFixture.user))
        let reader = Waker()
        copy.follow(reader)
        while try await store.lastFollowed(log.replyID) == nil { await Task.yield() }
        copy.unfollow(reader)
        _ = try await first.engine.stop(log.replyID, of: EngineFixture.user)
        _ = await first.end(of: log)
    }

    @Test func `who reads another process's turn is told when it or its events are gone`() async throws {
        let (first, second) = (process("w1"), process("w2"))
        let removed = try await first.begin(.endless("text", timers: first.timers))
        let copy = try #require(try await second.engine.log(of: removed.replyID, for: EngineFixture.user))
        try await store.removeConversation(of: removed.replyID)
        _ = await second.end(of: copy)
        #expect(Self.types(copy).last == "interrupted")
        _ = try await first.engine.stop(removed.replyID, of: EngineFixture.user)

        let ended = try await first.begin(.endless("text", timers: first.timers))
        await first.follow(ended) { ended.replyLength == 4 }
        store.hold(.batches)
        let late = Task { try await second.engine.log(of: ended.replyID, for: EngineFixture.user) }
        await store.next(.batches)
        store.letGo(.batches)
        let other = try #require(try await late.value)
        store.hold(.batches)
        await store.next(.batches)
        #expect(try await first.engine.stop(ended.replyID, of: EngineFixture.user))
        _ = await first.end(of: ended)
        _ = try await store.dropEvents(endedBefore: Timestamp(milliseconds: .max), among: 100)
        store.letGo(.batches)
        _ = await second.end(of: other)
        #expect(other.replyText == ended.replyText)
        #expect(Self.types(other).suffix(3) == ["text_lost", "text", "stopped"])
    }

    @Test func `those who read another process's turn share a copy; it goes with the last`() async throws {
        let (first, second) = (process("w1"), process("w2"))
        let log = try await first.begin(.endless("text", timers: first.timers))
        var copies = [TurnLog]()
        for _ in 1...3 {
            copies.append(try #require(try await second.engine.log(of: log.replyID, for: EngineFixture.user)))
        }
        #expect(copies.allSatisfy { $0 === copies[0] })
        weak let last = copies[0]
        copies = []
        // The look that is under way may still hold it.
        while last != nil { await Task.yield() }
        #expect(try await second.engine.log(of: log.replyID, for: EngineFixture.user) != nil)
        #expect(try await second.engine.log(of: log.replyID, for: UserID(rawValue: "bob")) == nil)
        _ = try await first.engine.stop(log.replyID, of: EngineFixture.user)
        _ = await first.end(of: log)
    }

    @Test func `messages to one conversation are answered one after the other, in whatever process`() async throws {
        let (first, second) = (process("w1"), process("w2"))
        let (more, goOn) = AsyncStream.makeStream(of: Void.self)
        let earlier = try await first.begin(
            ScriptedAgent { sink in
                for await _ in more { break }
                sink.text(TextBatch("one"))
            }, session: "s")
        let store = store
        let later = try await second.begin(
            ScriptedAgent { sink in
                sink.text(TextBatch(store.end(of: earlier.replyID) == nil ? "too soon" : "two"))
            }, session: "s")
        // Other conversations do not wait.
        _ = await second.end(of: try await second.begin(.brief("x"), session: "t"))
        #expect(later.replyLength == 0)
        goOn.yield()
        _ = await second.end(of: later)
        #expect(Self.types(later) == ["accepted", "two", "complete"])
        #expect(Self.types(earlier) == ["accepted", "one", "complete"])
    }

    @Test func `who waits for a turn of the same process asks when it begins to wait and when told, not in between`()
        async throws
    {
        let process = process("w1") { $0.turnsPerUser = 10 }
        let first = try await process.begin(.endless("a", timers: process.timers), session: "s")
        var waiting: [TurnLog] = []
        for _ in 1...3 { waiting.append(try await process.begin(.brief("b"), session: "s")) }
        while store.queueQuestions < 3 { await Task.yield() }
        // Whatever is written meanwhile.
        for _ in 1...20 {
            let looks = store.looks
            try await store.heartbeat(of: WorkerID(rawValue: "w2"), at: .now())
            while store.looks == looks { await Task.yield() }
        }
        #expect(store.queueQuestions == 3)
        #expect(try await process.engine.stop(first.replyID, of: EngineFixture.user))
        for log in waiting {
            _ = await process.end(of: log)
            #expect(Self.types(log) == ["accepted", "b", "complete"])
        }
    }

    @Test func `an engine that has ended asks the store for nothing more`() async throws {
        let (process, steps) = (process("w1"), EngineFixture.Lines())
        // Its question of what others do is not answered before the last turn has ended.
        store.hold(.batches)
        let log = try await process.begin(.endless("text", timers: process.timers))
        await store.next(.batches)
        let drain = Task {
            await process.engine.drain(deadlineMS: 0)
            steps.add("ended")
        }
        _ = await process.end(of: log)
        for _ in 0..<1_000 { await Task.yield() }
        steps.add("answered")
        store.letGo(.batches)
        await drain.value
        #expect(steps.all == ["answered", "ended"])
        #expect(process.lines.all == [])
    }

    @Test func `a conversation's queue is bounded, and who waits in it can be stopped`() async throws {
        let process = process("w1") {
            $0.turnsPerSession = 2
            $0.turnsPerUser = 10
        }
        let first = try await process.begin(.endless("a", timers: process.timers), session: "s")
        let waiting = try await process.begin(.brief("b"), session: "s")
        await #expect(throws: EngineError(kind: .conversationIsBusy)) {
            _ = try await process.begin(.brief("c"), session: "s")
        }
        #expect(process.engine.liveTurns == 2)
        #expect(try await process.engine.stop(waiting.replyID, of: EngineFixture.user))
        _ = await process.end(of: waiting)
        #expect(Self.types(waiting) == ["accepted", "stopped"])
        #expect(!first.isEnded)
        #expect(try await process.engine.stop(first.replyID, of: EngineFixture.user))
        _ = await process.end(of: first)
    }

    @Test func `a worker that was taken for dead shows what is kept, and writes nothing more`() async throws {
        let (frozen, other) = (process("w1"), process("w2"))
        store.hold(.append)
        let (more, goOn) = AsyncStream.makeStream(of: Void.self)
        let log = try await frozen.begin(
            ScriptedAgent { sink in
                sink.text(TextBatch("seen by those who follow, "))
                for await _ in more { break }
                sink.text(TextBatch("and more"))
            })
        await store.next(.append)
        try await other.engine.endAbandonedTurns(since: EngineFixture.later)
        let end = try #require(store.end(of: log.replyID))
        #expect(end.status == .interrupted)
        goOn.yield()
        _ = await frozen.end(of: log)
        store.letGo(.append)
        #expect(
            Self.types(log) == ["accepted", "seen by those who follow, ", "and more", "text_lost", "interrupted"])
        #expect(log.replyText == end.content)
        #expect(try await Self.types(store.recordedLog(of: log.replyID)) == ["accepted", "interrupted"])
        #expect(store.ends == 1)
    }

    @Test func `a turn is told from its message when its events are kept no longer`() async throws {
        let process = process("w1")
        let log = try await process.begin(.brief("a ", "b ", "c"))
        _ = await process.end(of: log)
        _ = try await store.dropEvents(endedBefore: Timestamp(milliseconds: .max), among: 100)
        let later = try #require(try await process.engine.log(of: log.replyID, for: EngineFixture.user))
        #expect(later.isCondensed)
        #expect(later.replyText == log.replyText)
        #expect(events(of: later).first == events(of: log).first)
        #expect(events(of: later).last == events(of: log).last)
    }

    @Test func `a further reply answers the same message`() async throws {
        let process = process("w1")
        let log = try await process.begin(.brief("one"), session: "s")
        _ = await process.end(of: log)
        let again = try await process.engine.regenerate(
            log.replyID, of: EngineFixture.user, idempotencyKey: nil, agent: ScriptedAgent.brief("two"))
        _ = await process.end(of: again)
        #expect(Self.types(again) == ["accepted", "two", "complete"])
        let (first, second) = (store.opened(log.replyID), store.opened(again.replyID))
        #expect(second?.userMessageID == first?.userMessageID)
        #expect(second?.session == first?.session)
        #expect(second?.isRegeneration == true)
        await #expect(throws: EngineError(kind: .noSuchMessage)) {
            _ = try await process.engine.regenerate(
                log.replyID, of: UserID(rawValue: "bob"), idempotencyKey: nil, agent: ScriptedAgent.brief("x"))
        }
    }

    @Test func `a reply goes on from an earlier one's text, also when what follows is taken back`() async throws {
        let process = process("w1")
        let log = try await process.begin(.brief("one"), session: "s")
        _ = await process.end(of: log)
        let agent = ScriptedAgent { sink in
            sink.text(TextBatch(" two"))
            sink.providerSwitch(
                ProviderSwitch(from: "p", to: "q", reason: "timeout", attempt: 2, resetsText: true))
            sink.text(TextBatch(" three"))
        }
        let rest = try await process.engine.regenerate(
            log.replyID, of: EngineFixture.user, idempotencyKey: nil, beginning: "one", agent: agent)
        _ = await process.end(of: rest)
        #expect(rest.replyText == Array("one three".utf8))
        #expect(
            events(of: rest).compactMap { if case .text(let piece) = $0 { piece } else { nil } } == [
                "one", " two", "one", " three",
            ])
        #expect(store.end(of: rest.replyID)?.content == Array("one three".utf8))
    }

    @Test func `clients of the same user can be told of a turn's beginning and end`() async throws {
        let told = EngineFixture.Lines()
        let timers = TimerQueue()
        let engine = ConversationEngine(
            store: store, recorder: TurnRecorder(store: store, timers: timers, intervalMS: 1) { _ in },
            worker: WorkerID(rawValue: "w9"), timers: timers, log: { _ in },
            changed: { user, change in told.add("\(change.word) of \(user)") })
        let log = try await engine.begin(
            TurnRequest(user: EngineFixture.user, session: SessionID(rawValue: "s"), text: "hello"),
            agent: ScriptedAgent.brief("one"))
        await log.waitForEnd()
        while told.count("reply_ended of ann") < 1 { await Task.yield() }
        #expect(told.count("question of ann") == 1)
        #expect(told.count("") == 2)
    }

    @Test func `an agent is given as much of a long conversation as its limit allows, the latest`() {
        let history = (1...9).map { number in
            Message(
                id: MessageID(rawValue: "m\(number)"), role: .user, content: String(repeating: "x", count: number),
                status: .complete, createdAt: .now())
        }
        #expect(history.latest(within: 24).map(\.content.count) == [7, 8, 9])
        #expect(history.latest(within: 23).map(\.content.count) == [8, 9])
        #expect(history.latest(within: 8).isEmpty)
        #expect(history.latest(within: 100).count == 9)
    }

    @Test func `of several replies to a message an agent is given the latest, after its message`() {
        func message(_ id: String, _ role: Role, _ question: String? = nil) -> Message {
            Message(
                id: MessageID(rawValue: id), role: role, content: id, status: .complete, createdAt: .now(),
                inReplyTo: question.map(MessageID.init(rawValue:)))
        }
        let history = [
            message("r0", .assistant, "gone"), message("u1", .user), message("r1", .assistant, "u1"),
            message("u2", .user), message("r2", .assistant, "u2"), message("r1b", .assistant, "u1"),
        ]
        #expect(history.withLatestReplies.map(\.content) == ["r0", "u1", "r1b", "u2", "r2"])
    }
}
