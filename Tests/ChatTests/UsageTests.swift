import Scheduling
import Testing

@testable import Chat
@testable import Ownership

/// What each way out of a turn comes to.
@Suite(.timeLimit(.minutes(5))) struct UsageTests {
    private let fixture = EngineFixture()

    /// Is asked with a prompt of 400 bytes, says `text`, and waits to be ended.
    private func waiting(_ text: String, free: Set<String> = []) -> ScriptedAgent {
        let timers = fixture.timers
        return ScriptedAgent(freeProviders: free) { sink in
            sink.prompt(bytes: 400)
            sink.answering(provider: "groq", model: "llama")
            if !text.isEmpty { sink.text(TextBatch(text)) }
            try await timers.sleep(milliseconds: 3_600_000)
        }
    }

    /// Is asked with a prompt of 400 bytes, says `text`, and fails.
    private func failing(_ text: String, _ kind: ModelError.Kind) -> ScriptedAgent {
        ScriptedAgent { sink in
            sink.prompt(bytes: 400)
            sink.answering(provider: "groq", model: "llama")
            if !text.isEmpty { sink.text(TextBatch(text)) }
            throw ModelError(kind: kind, provider: "groq", detail: "")
        }
    }

    private func completion(_ event: ChatEvent?) throws -> Completion {
        guard case .completed(let completion) = event else { throw Unexpected() }
        return completion
    }

    private func failure(_ event: ChatEvent?) throws -> ReplyFailure {
        guard case .failed(let failure) = event else { throw Unexpected() }
        return failure
    }

    private struct Unexpected: Error {}

    private func estimate(_ prompt: Int, _ completion: Int) -> Usage {
        Usage(promptTokens: prompt, completionTokens: completion, isEstimated: true)
    }

    // The numbers are a provider's word.
    @Test func `counts beyond any sense do not stop the program`() {
        #expect(Usage(promptTokens: .max, completionTokens: 1, isEstimated: false).totalTokens == .max)
    }

    @Test(
        arguments: [
            (-1, -1, "1969-12-31", 1), (0, 0, "1970-01-01", 86_400), (86_399_999, 0, "1970-01-01", 1),
            (86_400_000, 1, "1970-01-02", 86_400), (1_795_219_200_000 - 1_500, 20_777, "2026-11-20", 2),
        ] as [(Int64, Int64, String, Int)])
    func `a day begins and ends in UTC`(time: Int64, number: Int64, text: String, left: Int) {
        let time = Timestamp(milliseconds: time)
        let day = UTCDay(of: time)
        #expect(day.number == number)
        #expect(day.text == text)
        #expect(day.secondsLeft(at: time) == left)
        #expect(day.start <= time && time < day.end)
    }

    // MARK: - Ways out

    @Test func `a whole answer counts as its provider reports it`() async throws {
        _ = await fixture.end(of: try await fixture.begin(.brief("a")))
        let usage = Usage(promptTokens: 1, completionTokens: 1, isEstimated: false)
        #expect(
            fixture.store.accounts == [TurnAccount(provider: "test", model: "m", usage: usage, outcome: .completed)])
    }

    @Test func `a cached answer counts as a completion that is charged to nobody`() async throws {
        var agent = ScriptedAgent.brief("a")
        agent.completion.isCached = true
        let end = await fixture.end(of: try await fixture.begin(agent))
        #expect(try completion(end).metrics.isCached)
        let account = try #require(fixture.store.accounts.first)
        #expect(account.isCached && !account.isCharged && account.outcome == .completed)
    }

    @Test func `what an agent composes itself, or a free provider says, is not charged`() async throws {
        var embedded = ScriptedAgent.brief("a")
        embedded.completion.isEmbedded = true
        var free = ScriptedAgent.brief("a")
        free.freeProviders = ["test"]
        for agent in [embedded, free] { _ = await fixture.end(of: try await fixture.begin(agent)) }
        #expect(fixture.store.accounts.map(\.isCharged) == [false, false])
        #expect(fixture.store.accounts.map(\.usage.totalTokens) == [2, 2])
    }

    @Test func `paid calls before the one that a free provider ends the reply with are charged`() async throws {
        let paid = ModelCompletion(
            finishReason: "tool_calls", provider: "groq", model: "llama",
            usage: Usage(promptTokens: 100, completionTokens: 10, isEstimated: false))
        var whole = ScriptedAgent { sink in
            sink.answering(provider: "groq", model: "llama")
            sink.callEnded(paid)
            sink.answering(provider: "test", model: "m")
        }
        whole.freeProviders = ["test"]
        whole.completion.usage = paid.usage
        _ = await fixture.end(of: try await fixture.begin(whole))
        let timers = fixture.timers
        let stopped = ScriptedAgent(freeProviders: ["test"]) { sink in
            sink.answering(provider: "groq", model: "llama")
            sink.callEnded(paid)
            sink.answering(provider: "test", model: "m")
            sink.text(TextBatch("12345678"))
            try await timers.sleep(milliseconds: 3_600_000)
        }
        let log = try await fixture.begin(stopped)
        await fixture.follow(log) { log.replyLength == 8 }
        #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
        _ = await fixture.end(of: log)
        #expect(fixture.store.accounts.map(\.isCharged) == [true, true])
        #expect(fixture.store.accounts.map(\.usage.totalTokens) == [110, 110])
    }

    @Test func `a stopped answer says who was answering and is estimated`() async throws {
        let log = try await fixture.begin(waiting("12345678"))
        await fixture.follow(log) { log.replyLength == 8 }
        #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
        let completion = try completion(await fixture.end(of: log))
        #expect(completion.wasStopped)
        #expect([completion.provider, completion.model] == ["groq", "llama"])
        #expect(completion.usage == estimate(100, 2))
        let end = try #require(fixture.store.end(of: log.replyID))
        #expect([end.provider, end.model] == ["groq", "llama"])
        #expect(end.usage == estimate(100, 2))
        #expect(
            fixture.store.accounts == [
                TurnAccount(provider: "groq", model: "llama", usage: estimate(100, 2), outcome: .stopped)
            ])
    }

    @Test func `a stopped answer of a free provider is not charged`() async throws {
        let log = try await fixture.begin(waiting("12345678", free: ["groq"]))
        await fixture.follow(log) { log.replyLength == 8 }
        #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
        _ = await fixture.end(of: log)
        #expect(fixture.store.accounts.map(\.isCharged) == [false])
        #expect(fixture.store.accounts.map(\.usage) == [estimate(100, 2)])
    }

    @Test func `what was thought before the stop is paid for, of the call under way`() async throws {
        let timers = fixture.timers
        let log = try await fixture.begin(
            ScriptedAgent { sink in
                sink.answering(provider: "far", model: "a")
                sink.reasoning(TextBatch(String(repeating: "x", count: 4_000)))
                sink.answering(provider: "groq", model: "llama")
                sink.reasoning(TextBatch(String(repeating: "x", count: 40)))
                sink.text(TextBatch("1234"))
                try await timers.sleep(milliseconds: 3_600_000)
            })
        await fixture.follow(log) { log.replyLength == 4 }
        #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
        #expect(try completion(await fixture.end(of: log)).usage.completionTokens == 11)
    }

    @Test func `a turn that is stopped before anybody was asked took nothing`() async throws {
        let log = try await fixture.begin(.endless(timers: fixture.timers))
        #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
        #expect(try completion(await fixture.end(of: log)).usage == estimate(0, 0))
        #expect(fixture.store.accounts.map(\.outcome) == [nil])
    }

    @Test func `text that no provider was asked for took nothing`() async throws {
        let log = try await fixture.begin(.endless("replayed", timers: fixture.timers))
        await fixture.follow(log) { log.replyLength == 8 }
        #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
        #expect(try completion(await fixture.end(of: log)).usage == estimate(0, 0))
        #expect(fixture.store.accounts.map(\.outcome) == [nil])
    }

    @Test func `an answer that fails after some text is estimated, in its error and in the history`() async throws {
        let log = try await fixture.begin(failing("12345678", .interrupted))
        let failure = try failure(await fixture.end(of: log))
        #expect(failure.isPartial && failure.usage == estimate(100, 2))
        let end = try #require(fixture.store.end(of: log.replyID))
        #expect(end.usage == estimate(100, 2))
        #expect(end.provider == "groq")
        #expect(end.error != nil && end.error?.usage == nil)
        #expect(
            fixture.store.accounts == [
                TurnAccount(provider: "groq", model: "llama", usage: estimate(100, 2), outcome: .failed)
            ])
        // Who comes later reads it from the archive.
        #expect(try await self.failure(events(of: fixture.store.recordedLog(of: log.replyID)).last) == failure)
    }

    // A user cannot know that the operator's key has expired; a provider that answered nothing for a while may have thought.
    @Test(
        arguments: [
            (.unavailable, false), (.rateLimited, false), (.unauthorized, false), (.invalidRequest, false),
            (.contextLengthExceeded, false), (.timeout, true), (.contentPolicy, true),
        ] as [(ModelError.Kind, Bool)])
    func `an answer refused without text is a failure, charged when the prompt may have been read`(
        kind: ModelError.Kind, isCharged: Bool
    ) async throws {
        let end = await fixture.end(of: try await fixture.begin(failing("", kind)))
        #expect(try failure(end).usage == estimate(100, 0))
        #expect(fixture.store.accounts.map(\.outcome) == [.failed])
        #expect(fixture.store.accounts.map(\.isCharged) == [isCharged])
    }

    @Test func `a turn that fails before anybody was asked took nothing`() async throws {
        let end = await fixture.end(
            of: try await fixture.begin(
                ScriptedAgent { _ in throw StoreError(kind: .unavailable, detail: "the catalogue") }))
        #expect(try failure(end).usage == estimate(0, 0))
        #expect(fixture.store.accounts.map(\.outcome) == [nil])
    }

    @Test func `leaving does not spare a user the answer's tokens`() async throws {
        let fixture = EngineFixture { $0.detachGraceMS = 1 }
        let log = try await fixture.begin(waiting("12345678"))
        await fixture.follow(log) { log.replyLength == 8 }
        fixture.engine.followerLeft(log)
        while !log.isEnded { await Task.yield() }
        #expect(fixture.store.end(of: log.replyID)?.status == .interrupted)
        #expect(
            fixture.store.accounts == [
                TurnAccount(provider: "groq", model: "llama", usage: estimate(100, 2), outcome: .failed)
            ])
    }

    // It can be read to its last word before.
    @Test func `removing the conversation does not spare a user the tokens of the answer under way`() async throws {
        let log = try await fixture.begin(waiting("12345678"))
        await fixture.follow(log) { log.replyLength == 8 }
        try await fixture.store.removeConversation(of: log.replyID)
        // The store asks for the end of what it removes.
        fixture.engine.end(log.replyID, .stop)
        #expect(try failure(await fixture.end(of: log)).code == ReplyFailure.interruptedCode)
        #expect(fixture.store.ends == 0)
        #expect(try await fixture.store.tokens(of: EngineFixture.user, on: UTCDay(of: .now())) == 102)
    }

    @Test func `an answer that the process's end cuts is accounted`() async throws {
        let log = try await fixture.begin(waiting("12345678"))
        await fixture.follow(log) { log.replyLength == 8 }
        await fixture.engine.drain(deadlineMS: 1)
        #expect(try failure(await fixture.end(of: log)).usage == estimate(100, 2))
        #expect(fixture.store.accounts.map(\.outcome) == [.failed])
    }

    @Test func `a turn whose worker died is estimated from what was recorded, and only once`() async throws {
        let change = ProviderSwitch(from: "far", to: "groq", reason: "timeout", attempt: 2, resetsText: false)
        let timers = fixture.timers
        let log = try await fixture.begin(
            ScriptedAgent { sink in
                sink.providerSwitch(change)
                sink.text(TextBatch("12345678"))
                try await timers.sleep(milliseconds: 3_600_000)
            })
        while try await fixture.store.recordedLog(of: log.replyID).replyLength < 8 { await Task.yield() }
        let other = EngineFixture(on: fixture.store, worker: "w2")
        #expect(try await other.engine.endAbandonedTurns(since: EngineFixture.later) == 1)
        let account = TurnAccount(provider: "groq", model: "", usage: estimate(2, 2), outcome: .failed)
        #expect(fixture.store.accounts == [account])
        // Its worker lives after all: what it ends has been ended, and counted.
        #expect(try await fixture.engine.stop(log.replyID, of: EngineFixture.user))
        _ = await fixture.end(of: log)
        #expect(fixture.store.accounts == [account])
    }

    @Test func `a turn whose worker died before any text took nothing that is known`() async throws {
        let log = try await fixture.begin(.endless(timers: fixture.timers))
        let other = EngineFixture(on: fixture.store, worker: "w2")
        #expect(try await other.engine.endAbandonedTurns(since: EngineFixture.later) == 1)
        #expect(fixture.store.accounts.map(\.outcome) == [nil])
        #expect(fixture.store.accounts.map(\.usage) == [estimate(0, 0)])
        _ = try await fixture.engine.stop(log.replyID, of: EngineFixture.user)
    }

    @Test func `an end that is stored late counts once, as the failure that it is`() async throws {
        fixture.store.fail(.close, times: 3)
        let log = try await fixture.begin(.brief("text"))
        let shown = try failure(await fixture.end(of: log))
        #expect(shown.code == "store_unavailable" && shown.usage?.totalTokens == 2)
        while fixture.store.accounts.isEmpty { await Task.yield() }
        let usage = Usage(promptTokens: 1, completionTokens: 1, isEstimated: false)
        #expect(fixture.store.accounts == [TurnAccount(provider: "test", model: "m", usage: usage, outcome: .failed)])
    }

    // MARK: - Attempts

    @Test func `failed calls go with the turn's end, whichever it is`() async throws {
        let attempt = FailedAttempt(provider: "far", model: "a", kind: .timeout, textBytes: 40, durationMS: 7)
        let well = ScriptedAgent { sink in
            sink.answering(provider: "far", model: "a")
            sink.attemptFailed(attempt)
            sink.answering(provider: "test", model: "m")
            sink.text(TextBatch("a"))
        }
        let badly = ScriptedAgent { sink in
            for _ in 1...1_000 { sink.attemptFailed(attempt) }
            throw ModelError(kind: .timeout, provider: "far", detail: "")
        }
        for agent in [well, badly] { _ = await fixture.end(of: try await fixture.begin(agent)) }
        #expect(fixture.store.accounts.map(\.provider) == ["test", ""])
        #expect(fixture.store.accounts.first?.failedAttempts == [attempt])
        // However often a chain tries.
        #expect(fixture.store.accounts.last?.failedAttempts.count == 100)
    }

    @Test func `a failed call is reported once, be it the turn's end, and another error too`() async throws {
        func agent(_ detail: String) -> ScriptedAgent {
            ScriptedAgent { sink in
                sink.attemptFailed(
                    FailedAttempt(
                        provider: "far", model: "a", kind: .timeout, textBytes: 0, durationMS: 7, detail: "first token")
                )
                throw ModelError(kind: .timeout, provider: "far", detail: detail)
            }
        }
        for (detail, lines) in [("first token", 1), ("another", 3)] {
            _ = await fixture.end(of: try await fixture.begin(agent(detail)))
            #expect(fixture.lines.count("turn ") == lines)
        }
    }

    @Test func `a prompt is as long as all that a provider reads of it`() {
        let nothing = ModelRequest(instructions: "", messages: [])
        var assistant = ModelMessage(role: .assistant, content: "")
        assistant.toolCalls = [ToolCall(id: "12", name: "345", arguments: "6789", extraContent: [1, 2, 3, 4, 5])]
        var thinking = ModelMessage(role: .assistant, content: "")
        thinking.reasoning = Reasoning(text: "123", details: [[1, 2], [3]])
        var marked = ModelMessage(role: .user, content: "é", name: "123")
        marked.cacheMarks = [CacheMark(end: 2, control: [1, 2, 3, 4])]
        var tools = ModelRequest.Options()
        tools.tools = [Tool(name: "12", description: "345", parameters: [1, 2, 3, 4])]
        var format = ModelRequest.Options()
        format.responseFormat = .jsonSchema(name: "12", schema: [1, 2, 3], isStrict: nil)
        for (change, bytes) in [
            ({ $0.instructions = "1234567890" }, 10), ({ $0.messages = [marked] }, 2 + 3 + 4),
            ({ $0.messages = [assistant] }, 2 + 3 + 4 + 5), ({ $0.messages = [thinking] }, 3 + 2 + 1),
            ({ $0.messages = [ModelMessage(role: .tool, content: "1", toolCallID: "23")] }, 1 + 2),
            ({ $0.options = tools }, 2 + 3 + 4), ({ $0.options = format }, 2 + 3),
        ] as [((inout ModelRequest) -> Void, Int)] {
            var request = nothing
            change(&request)
            #expect(request.promptBytes == bytes)
        }
    }

    @Test(
        arguments: [
            (400, 1, nil, 100, 4_096), (400, 6, nil, 600, 24_576), (400, 1, 65_536, 100, 65_536), (400, 2, 10, 200, 10),
            (400, 1, 0, 100, 1), (400, 1, .max, 100, 1_000_000_000),
        ] as [(Int, Int, Int?, Int, Int)])
    func `as many tokens are set aside as the answer may take`(
        promptBytes: Int, calls: Int, maximum: Int?, prompt: Int, reply: Int
    ) {
        let reservation = TokenReservation(
            promptBytes: promptBytes, calls: calls, maximum: maximum,
            from: [ModelAvailability(provider: "groq", kind: "openai", model: "m", isAvailable: true, reason: "")])
        #expect(reservation == TokenReservation(promptTokens: prompt, replyTokens: reply))
    }

    // MARK: - The limit

    @Test func `no turn is begun when the day's tokens are spent, however the turns before ended`() async throws {
        let fixture = EngineFixture { $0.tokensPerDay = 104 }
        let stopped = try await fixture.begin(waiting("12345678"), key: "first")
        await fixture.follow(stopped) { stopped.replyLength == 8 }
        #expect(try await fixture.engine.stop(stopped.replyID, of: EngineFixture.user))
        _ = await fixture.end(of: stopped)
        _ = await fixture.end(of: try await fixture.begin(.brief("a")))
        await #expect(throws: EngineError(kind: .tokensAreSpent(used: 104, reserved: 0, allowed: 104))) {
            _ = try await fixture.begin(.brief("b"))
        }
        while fixture.engine.liveTurns > 0 { await Task.yield() }
        // A repeated request begins nothing, and another user has tokens of their own.
        #expect(events(of: try await fixture.begin(.brief("b"), key: "first")) == events(of: stopped))
        _ = await fixture.end(of: try await fixture.begin(.brief("b"), user: UserID(rawValue: "bob")))
    }

    // MARK: - Answers that are not kept

    /// A model that does what the test says.
    private struct ScriptedModel: LanguageModel {
        var kind = "openai"
        let script: @Sendable (any ModelSink) async throws -> Void

        var availability: [ModelAvailability] {
            [ModelAvailability(provider: "groq", kind: kind, model: "llama", isAvailable: true, reason: "")]
        }

        func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
            sink.answering(provider: "groq", model: "llama")
            try await script(sink)
            return ModelCompletion(
                finishReason: "stop", provider: "groq", model: "llama",
                usage: Usage(promptTokens: 3, completionTokens: 1, isEstimated: false))
        }
    }

    private let request = ModelRequest(
        instructions: String(repeating: "x", count: 36), messages: [ModelMessage(role: .user, content: "1234")])

    private func answer(
        _ model: ScriptedModel, _ fixture: EngineFixture, user: UserID = EngineFixture.user
    ) async throws -> TurnLog {
        try await fixture.engine.answer(request, by: model, for: user, accountingTo: fixture.store)
    }

    @Test func `an answer that is not kept is counted before its end is shown`() async throws {
        let attempt = FailedAttempt(provider: "far", model: "a", kind: .timeout, textBytes: 0, durationMS: 7)
        for kind in ["openai", "builtin"] {
            let model = ScriptedModel(kind: kind) { sink in sink.attemptFailed(attempt) }
            let log = try await answer(model, fixture)
            _ = await fixture.end(of: log)
        }
        let usage = Usage(promptTokens: 3, completionTokens: 1, isEstimated: false)
        #expect(
            fixture.store.accounts
                == [true, false].map { isCharged in
                    TurnAccount(
                        provider: "groq", model: "llama", usage: usage, outcome: .completed, isCharged: isCharged,
                        failedAttempts: [attempt])
                })
        #expect(fixture.store.turnCount == 0)
    }

    @Test func `who leaves an answer that is not kept has taken its tokens, thoughts and calls included`() async throws
    {
        let timers = fixture.timers
        let model = ScriptedModel { sink in
            sink.reasoning(TextBatch("12345678"))
            sink.toolCalls([ToolCallPiece(index: 0, id: "i", name: "1234", arguments: "12345678")])
            sink.text(TextBatch("1234"))
            try await timers.sleep(milliseconds: 3_600_000)
        }
        let log = try await answer(model, fixture)
        await fixture.follow(log) { log.replyLength == 4 }
        fixture.engine.cancelForDisconnect(log)
        #expect(try failure(await fixture.end(of: log)).usage == estimate(10, 6))
        #expect(
            fixture.store.accounts == [
                TurnAccount(provider: "groq", model: "llama", usage: estimate(10, 6), outcome: .failed)
            ])
    }

    @Test func `a store that takes nothing is no reason to refuse an answer that is not kept, spent tokens are`()
        async throws
    {
        let fixture = EngineFixture { $0.tokensPerDay = 6 }
        let model = ScriptedModel { sink in sink.text(TextBatch("1234")) }
        fixture.store.fail(.begin, times: 2)
        _ = await fixture.end(of: try await answer(model, fixture))
        _ = await fixture.end(of: try await fixture.begin(.brief("a")))
        await #expect(throws: EngineError(kind: .tokensAreSpent(used: 6, reserved: 0, allowed: 6))) {
            _ = try await answer(model, fixture)
        }
    }

    @Test func `the limit is one for all answers, kept or not`() async throws {
        let fixture = EngineFixture { $0.tokensPerDay = 6 }
        let model = ScriptedModel { sink in sink.text(TextBatch("1234")) }
        _ = await fixture.end(of: try await answer(model, fixture))
        _ = await fixture.end(of: try await fixture.begin(.brief("a")))
        await #expect(throws: EngineError(kind: .tokensAreSpent(used: 6, reserved: 0, allowed: 6))) {
            _ = try await answer(model, fixture)
        }
        await #expect(throws: EngineError(kind: .tokensAreSpent(used: 6, reserved: 0, allowed: 6))) {
            _ = try await fixture.begin(.brief("b"))
        }
        _ = await fixture.end(of: try await answer(model, fixture, user: UserID(rawValue: "bob")))
    }
}
