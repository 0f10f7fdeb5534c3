import Dispatch
import Scheduling
import Synchronization
import Testing

@testable import Chat
@testable import Ownership

@Suite(.timeLimit(.minutes(5))) struct ConversationEngineTests {
    private static func failure(_ event: ChatEvent?) -> String? {
        if case .failed(let failure) = event { failure.code } else { nil }
    }

    // MARK: - What is stored

    @Test func `a turn is stored as it was streamed`() async throws {
        let fixture = EngineFixture()
        let log = try await fixture.begin(.brief("Grüße, ", "东京", "!"))
        _ = await fixture.end(of: log)
        #expect(try await events(of: fixture.store.recordedLog(of: log.replyID)) == events(of: log))
        let end = try #require(fixture.store.end(of: log.replyID))
        #expect(String(decoding: end.content, as: UTF8.self) == "Grüße, 东京!")
        #expect(end.status == .complete)
        #expect(fixture.store.ends == 1)
    }

    @Test func `the recorder's writing and the turn's end do not lose or double an event`() async throws {
        let fixture = EngineFixture { $0.turnsPerUser = 100 }
        let timers = fixture.timers
        var logs: [TurnLog] = []
        for number in 0..<20 {
            logs.append(
                try await fixture.begin(
                    ScriptedAgent { sink in
                        for piece in 0..<50 {
                            sink.text(TextBatch("\(number).\(piece) "))
                            if piece % 10 == number % 10 { try await timers.sleep(milliseconds: 1) }
                        }
                    }))
        }
        for log in logs {
            _ = await fixture.end(of: log)
            #expect(try await events(of: fixture.store.recordedLog(of: log.replyID)) == events(of: log))
        }
        #expect(fixture.store.ends == 20)
    }

    @Test func `the terminal event is shown only when the end is stored`() async throws {
        let fixture = EngineFixture()
        fixture.store.hold(.close)
        let log = try await fixture.begin(.brief("a"))
        await fixture.store.next(.close)
        #expect(!log.isEnded)
        fixture.store.letGo(.close)
        _ = await fixture.end(of: log)
        #expect(fixture.store.end(of: log.replyID) != nil)
    }

    @Test func `a batch on its way to the store does not undo the turn's end`() async throws {
        let fixture = EngineFixture()
        fixture.store.hold(.append)
        let (more, goOn) = AsyncStream.makeStream(of: Void.self)
        let log = try await fixture.begin(
            ScriptedAgent { sink in
                sink.text(TextBatch("early "))
                for await _ in more { break }
                sink.text(TextBatch("late"))
            })
        await fixture.store.next(.append)
        goOn.yield()
        _ = await fixture.end(of: log)
        fixture.store.letGo(.append)
        #expect(try await events(of: fixture.store.recordedLog(of: log.replyID)) == events(of: log))
    }

    @Test func `while the store cannot append, nothing is lost and the operator is told once`() async throws {
        let fixture = EngineFixture()
        fixture.store.fail(.append, times: 5)
        let log = try await fixture.begin(.endless("a", "b", timers: fixture.timers))
        for _ in 1...6 { await fixture.store.next(.append) }
        log.append(TextBatch("c"))
        await fixture.store.next(.append)
        #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
        _ = await fixture.end(of: log)
        #expect(try await events(of: fixture.store.recordedLog(of: log.replyID)) == events(of: log))
        #expect(fixture.lines.count("recorder:") == 2)
    }

    @Test func `a turn that the store does not open is none`() async throws {
        let fixture = EngineFixture()
        fixture.store.fail(.open, times: 1)
        await #expect(throws: StoreError.self) { _ = try await fixture.begin(.brief("a")) }
        #expect(fixture.engine.liveTurns == 0)
    }

    @Test func `a turn is answered while the disk writes, and is not ended before that is done`() async throws {
        let fixture = EngineFixture()
        let answered = Waker()
        let agent = ScriptedAgent { sink in
            sink.text(TextBatch("a"))
            answered.wake(.data)
        }
        fixture.store.hold(.sync)
        async let opening = fixture.begin(agent)
        _ = await answered.wait()
        #expect(fixture.store.turnCount == 0 && fixture.store.ends == 0)
        fixture.store.letGo(.sync)
        let log = try await opening
        guard case .completed = await fixture.end(of: log) else { throw CancellationError() }
        #expect(log.replyText == Array("a".utf8))
        #expect(events(of: try await fixture.store.recordedLog(of: log.replyID)) == events(of: log))
    }

    @Test func `a later message of a conversation is answered with what was said before it`() async throws {
        let fixture = EngineFixture()
        let agent = ListeningAgent()
        for text in ["one", "two", "three"] {
            let request = TurnRequest(
                user: EngineFixture.user, session: SessionID(rawValue: "s"), text: text)
            let log = try await fixture.engine.begin(request, agent: agent)
            _ = await fixture.end(of: log)
        }
        #expect(agent.heard.withLock { $0 } == [[], ["one", "yes"], ["one", "yes", "two", "yes"]])
    }

    @Test func `what was begun of a turn ends where the disk does not take it, and nobody is told`() async throws {
        let told = Mutex(0)
        let fixture = EngineFixture(whenTurnEnded: { _ in told.withLock { $0 += 1 } })
        let cancelled = Waker()
        let timers = fixture.timers
        let agent = ScriptedAgent { sink in
            sink.text(TextBatch("a"))
            defer { cancelled.wake(.data) }
            try await timers.sleep(milliseconds: 3_600_000)
        }
        fixture.store.fail(.sync, times: 1)
        await #expect(throws: StoreError.self) { _ = try await fixture.begin(agent) }
        _ = await cancelled.wait()
        await fixture.engine.drain(deadlineMS: 60_000)
        #expect(fixture.engine.liveTurns == 0 && fixture.store.ends == 0 && told.withLock { $0 } == 0)
    }

    @Test func `a turn that the store refuses asks no agent`() async throws {
        let fixture = EngineFixture { $0.turnsPerSession = 1 }
        let first = try await fixture.begin(.endless("a", timers: fixture.timers), session: "s")
        let asked = Mutex(false)
        let agent = ScriptedAgent { _ in asked.withLock { $0 = true } }
        await #expect(throws: EngineError(kind: .conversationIsBusy)) {
            _ = try await fixture.begin(agent, session: "s")
        }
        _ = try await fixture.engine.stop(first.replyID, of: EngineFixture.user)
        await fixture.engine.drain(deadlineMS: 60_000)
        #expect(!asked.withLock { $0 })
    }

    // Else it would be streaming for ever: no other process ends a turn whose worker lives.
    @Test func `an end that the store did not take is stored when it can`() async throws {
        let fixture = EngineFixture()
        fixture.store.fail(.close, times: 3)
        let log = try await fixture.begin(.brief("text"))
        #expect(Self.failure(await fixture.end(of: log)) == "store_unavailable")
        for _ in 1...4 { await fixture.store.next(.close) }
        while fixture.store.end(of: log.replyID) == nil { await Task.yield() }
        let end = try #require(fixture.store.end(of: log.replyID))
        #expect(end.status == .failed)
        #expect(String(decoding: end.content, as: UTF8.self) == "text")
        #expect(try await events(of: fixture.store.recordedLog(of: log.replyID)) == events(of: log))
    }

    // MARK: - Stopping

    @Test func `a stop keeps the text so far`() async throws {
        let fixture = EngineFixture()
        let log = try await fixture.begin(.endless("one ", "two", timers: fixture.timers))
        await fixture.follow(log) { log.replyLength == 7 }
        #expect(try await !fixture.engine.stop(log.replyID, of: UserID(rawValue: "bob")))
        #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
        guard case .completed(let completion) = await fixture.end(of: log) else {
            Issue.record("a stopped turn has to end in completed")
            return
        }
        #expect(completion.wasStopped)
        #expect(fixture.store.end(of: log.replyID)?.status == .stopped)
        #expect(fixture.store.end(of: log.replyID).map { String(decoding: $0.content, as: UTF8.self) } == "one two")
    }

    @Test func `a stop right after the beginning is not missed`() async throws {
        let fixture = EngineFixture { $0.turnsPerUser = 1000 }
        for _ in 1...200 {
            let log = try await fixture.begin(.endless(timers: fixture.timers))
            #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
            _ = await fixture.end(of: log)
        }
    }

    // MARK: - Departure

    @Test func `a turn that everybody left is ended after the grace period`() async throws {
        let fixture = EngineFixture { $0.detachGraceMS = 1 }
        let log = try await fixture.begin(.endless("a", timers: fixture.timers))
        let waker = Waker()
        log.follow(waker)
        log.unfollow(waker)
        fixture.engine.followerLeft(log)
        while !log.isEnded { await Task.yield() }
        #expect(fixture.store.end(of: log.replyID)?.status == .interrupted)
    }

    @Test func `anyone who comes back has the whole grace period again`() async throws {
        let fixture = EngineFixture { $0.detachGraceMS = 20 }
        let log = try await fixture.begin(.endless("a", timers: fixture.timers))
        let waker = Waker()
        log.follow(waker)
        log.unfollow(waker)
        fixture.engine.followerLeft(log)
        // Back, and away again; the first period ends, the second one is not begun here.
        log.follow(waker)
        log.unfollow(waker)
        try await fixture.timers.sleep(milliseconds: 60)
        #expect(!log.isEnded)
        #expect(fixture.engine.liveTurns == 1)
        _ = try await fixture.engine.stop(log.replyID, of: EngineFixture.user)
    }

    // MARK: - Idempotency and limits

    @Test func `a repeated request attaches to the turn of the first, while it runs and after it`() async throws {
        let fixture = EngineFixture()
        let first = try await fixture.begin(.endless("a", timers: fixture.timers), key: "k")
        #expect(try await fixture.begin(.brief("b"), key: "k") === first)
        #expect(try await fixture.begin(.brief("b"), user: UserID(rawValue: "bob"), key: "k") !== first)
        _ = try await fixture.engine.stop(first.replyID, of: EngineFixture.user)
        _ = await fixture.end(of: first)
        while fixture.engine.liveTurns > 0 { await Task.yield() }
        let again = try await fixture.begin(.brief("b"), key: "k")
        #expect(again !== first)
        #expect(events(of: again) == events(of: first))
        #expect(fixture.store.turnCount == 2)
    }

    @Test func `another request with a key that was used is refused, while the first one's turn runs and after it`()
        async throws
    {
        let fixture = EngineFixture { $0.turnsPerUser = 2 }
        let reused = EngineError(kind: .idempotencyKeyReused)
        let first = try await fixture.begin(.endless("a", timers: fixture.timers), key: "k")
        await #expect(throws: reused) { _ = try await fixture.begin(.brief("b"), key: "k", text: "other") }
        let second = try await fixture.begin(.endless("a", timers: fixture.timers))
        // As many turns run as may, and the mistake is told all the same.
        await #expect(throws: reused) { _ = try await fixture.begin(.brief("b"), key: "k", text: "other") }
        for log in [first, second] { _ = try await fixture.engine.stop(log.replyID, of: EngineFixture.user) }
        _ = await fixture.end(of: first)
        while fixture.engine.liveTurns > 0 { await Task.yield() }
        await #expect(throws: reused) { _ = try await fixture.begin(.brief("b"), key: "k", text: "other") }
        #expect(fixture.store.turnCount == 2)
    }

    @Test func `a repeated request attaches even when no further turn would be allowed`() async throws {
        let fixture = EngineFixture { $0.turnsPerUser = 1 }
        let first = try await fixture.begin(.endless("a", timers: fixture.timers), key: "k")
        await #expect(throws: EngineError(kind: .tooManyTurnsOfUser)) {
            _ = try await fixture.begin(.brief("b"), key: "other")
        }
        #expect(try await fixture.begin(.brief("b"), key: "k") === first)
        _ = try await fixture.engine.stop(first.replyID, of: EngineFixture.user)
    }

    @Test func `what a provider sends over the limit is left out from there on, without a gap`() async throws {
        let fixture = EngineFixture { $0.replyBytes = 10 }
        let log = try await fixture.begin(.brief("12345678", "too long", "90"))
        _ = await fixture.end(of: log)
        #expect(String(decoding: log.replyText, as: UTF8.self) == "12345678")
    }

    // MARK: - Draining

    @Test func `draining refuses new turns and interrupts what is not done in time`() async throws {
        let fixture = EngineFixture()
        let log = try await fixture.begin(.endless("a", timers: fixture.timers))
        await fixture.engine.drain(deadlineMS: 1)
        #expect(Self.failure(await fixture.end(of: log)) == ReplyFailure.interruptedCode)
        #expect(fixture.store.end(of: log.replyID)?.status == .interrupted)
        await #expect(throws: EngineError(kind: .shuttingDown)) { _ = try await fixture.begin(.brief("b")) }
    }

    @Test func `draining interrupts a turn that the store has not opened yet`() async throws {
        let fixture = EngineFixture()
        fixture.store.hold(.open)
        async let opening = fixture.begin(.endless("a", timers: fixture.timers))
        await fixture.store.next(.open)
        async let drained: Void = fixture.engine.drain(deadlineMS: 0)
        try await fixture.timers.sleep(milliseconds: 5)
        fixture.store.letGo(.open)
        #expect(Self.failure(await fixture.end(of: try await opening)) == ReplyFailure.interruptedCode)
        await drained
    }

    // MARK: - Other processes

    private static func foreign(_ store: FaultyStore) async throws -> TurnLog {
        let log = TurnLog(replyID: Identifiers.message())
        let acceptance = Acceptance(
            userMessageID: Identifiers.message(), sessionID: Identifiers.session(), replyID: log.replyID,
            createdAt: .now())
        log.append(.accepted(acceptance))
        _ = try await store.open(
            NewTurn(
                user: EngineFixture.user, session: acceptance.sessionID, userMessageID: acceptance.userMessageID,
                replyID: log.replyID, text: "hello", metadata: nil, agent: "test", idempotencyKey: nil,
                worker: WorkerID(rawValue: "other"), createdAt: .now(), firstBatch: log.unrecorded()!))
        log.confirmRecorded(upTo: 1)
        return log
    }

    @Test func `a turn of another process is followed to its end`() async throws {
        let fixture = EngineFixture()
        let theirs = try await Self.foreign(fixture.store)
        #expect(try await fixture.engine.log(of: theirs.replyID, for: UserID(rawValue: "bob")) == nil)
        let ours = try #require(try await fixture.engine.log(of: theirs.replyID, for: EngineFixture.user))
        theirs.append(TextBatch("a", "b"))
        try await fixture.store.append([#require(theirs.unrecorded())])
        await fixture.follow(ours) { ours.replyLength == 2 }
        theirs.append(.failed(.interrupted(isPartial: true)))
        try await fixture.store.append([#require(theirs.unrecorded())])
        _ = await fixture.end(of: ours)
        #expect(events(of: ours) == events(of: theirs))
    }

    @Test func `a turn of another process is looked at no longer than somebody wants it`() async throws {
        let fixture = EngineFixture()
        let theirs = try await Self.foreign(fixture.store)
        weak var left: TurnLog?
        do {
            let ours = try await fixture.engine.log(of: theirs.replyID, for: EngineFixture.user)
            left = ours
            // Gone again before the engine looked for the first time.
            let waker = Waker()
            ours?.follow(waker)
            ours?.unfollow(waker)
        }
        while left != nil { await Task.yield() }
    }

    @Test(arguments: [(10, true), (4_096, true), (4_097, false)])
    func `a turn runs where the engine was told, unless its message is long`(bytes: Int, expected: Bool) async throws {
        let executor = OwnThread()
        let fixture = EngineFixture(executor: executor)
        let agent = ScriptedAgent { sink in
            let isThere = withUnsafeCurrentTask { $0?.unownedTaskExecutor == executor.asUnownedTaskExecutor() }
            sink.text(TextBatch("\(isThere)"))
        }
        for session in [nil, "s1"] {
            let text = String(repeating: "a", count: bytes)
            let log = try await fixture.begin(agent, session: session, text: text)
            _ = await fixture.end(of: log)
            #expect(String(decoding: log.replyText, as: UTF8.self) == "\(expected)")
        }
    }

    @Test func `a turn whose worker is gone is ended with the text that was recorded`() async throws {
        let fixture = EngineFixture()
        let theirs = try await Self.foreign(fixture.store)
        theirs.append(TextBatch("half"))
        try await fixture.store.append([#require(theirs.unrecorded())])
        try await fixture.engine.endAbandonedTurns(since: EngineFixture.later)
        let end = try #require(fixture.store.end(of: theirs.replyID))
        #expect(end.status == .interrupted)
        #expect(String(decoding: end.content, as: UTF8.self) == "half")
        #expect(try await fixture.store.recordedLog(of: theirs.replyID).isEnded)
    }
}

/// Says yes, and keeps what each conversation was when it was asked.
private final class ListeningAgent: Agent {
    let name = "test"
    let heard = Mutex<[[String]]>([])

    func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        heard.withLock { $0.append(turn.history.map(\.content)) }
        sink.text(TextBatch("yes"))
        return ModelCompletion(
            finishReason: "stop", provider: "test", model: "m",
            usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: false))
    }
}

/// Runs tasks one step after another.
private final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "own thread")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
