import Chat
import ProviderFaults
import Scheduling
import Testing

@testable import Providers

/// Two calls for one answer, over real sockets.
@Suite(.timeLimit(.minutes(5))) struct HedgingFaultTests {
    private let stage = Stage()

    /// The providers as "a", "b", …; the next one is asked when one has shown nothing for a millisecond.
    private func chain(
        _ providers: [FaultyProvider], after milliseconds: Int? = 1, percent: Int = 100, streams: Bool = true,
        _ change: (inout ModelChain.Route) -> Void = { _ in }
    ) -> ModelChain {
        let routes = zip(providers, ["a", "b", "c"]).map { provider, name in
            var route = ModelChain.Route(provider.model(stage.client, name: name, streams: streams))
            route.attempts = 1
            route.hedgeAfterMilliseconds = milliseconds
            change(&route)
            return route
        }
        return ModelChain(routes, timers: stage.timers, hedges: HedgeBudget(percent: percent))
    }

    /// Every kind, streamed and whole.
    static let forms = ProviderKind.allCases.flatMap { kind in [true, false].map { (kind, $0) } }

    private func silent(_ text: String, until signal: Signal) -> FaultyProvider {
        stage.provider(.answers(text).waiting(.signal(signal), beforeToken: 0))
    }

    private func called(_ provider: FaultyProvider) async { while provider.calls.isEmpty { await Task.yield() } }

    @Test(
        arguments: forms)
    func `is left for the next one, whose first word cancels its call at once; the call is recorded apart`(
        _ kind: ProviderKind, _ streams: Bool
    ) async throws {
        let first = stage.provider(kind, .inOrder([.breaks(.silence, at: .head)]))
        let second = stage.provider(kind, .inOrder([.answers("other ", "words")]))
        let breaker = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000)
        let sink = Recorder(supportsReset: false)
        let completion = try await chain([first, second], streams: streams) { $0.breaker = breaker }
            .respond(to: .question, into: sink)
        #expect(sink.text == "other words")
        #expect(completion.provider == "b" && completion.attempts == 2)
        #expect(await first.ended().ending == .clientLeft)
        #expect(sink.failures.map(\.kind) == [.superseded])
        #expect(sink.failures.map(\.provider) == ["a"])
        #expect(sink.asked == ["a", "b"])
        #expect(
            sink.switches == [
                ProviderSwitch(from: "a", to: "b", reason: "provider_superseded", attempt: 2, resetsText: false)
            ])
        // A slow answer is no failure.
        #expect(breaker.rest == nil)
    }

    @Test func `is heard when it speaks first after all, and the other call is cancelled`() async throws {
        let signal = Signal()
        let (first, second) = (silent("late but first", until: signal), stage.provider(.breaks(.silence, at: .head)))
        let sink = Recorder(supportsReset: false)
        let answer = Task { try await chain([first, second]).respond(to: .question, into: sink) }
        await called(second)
        signal.give()
        #expect(try await answer.value.provider == "a")
        #expect(sink.text == "late but first")
        #expect(await second.ended().ending == .clientLeft)
        #expect(sink.failures.map(\.provider) == ["b"])
        #expect(sink.failures.map(\.kind) == [.superseded])
        #expect(sink.switches == [])
    }

    @Test func `leaves the answer to the next one when it fails meanwhile, and is not asked again`() async throws {
        let (failing, speaking) = (Signal(), Signal())
        let first = stage.provider(.refuses(.serverError).waiting(beforeHead: .signal(failing)))
        let second = silent("whole", until: speaking)
        let sink = Recorder()
        let answer = Task { try await chain([first, second]).respond(to: .question, into: sink) }
        await called(second)
        failing.give()
        while sink.failures.isEmpty { await Task.yield() }
        speaking.give()
        #expect(try await answer.value.provider == "b")
        #expect(sink.text == "whole")
        #expect(sink.failures.map(\.kind) == [.unavailable])
        #expect(first.calls.count == 1 && second.calls.count == 1)
    }

    @Test func `has the one after the next asked when the next one refuses, and never more than two at a time`()
        async throws
    {
        let silent = stage.provider(.breaks(.silence, at: .head))
        let (refusing, third) = (stage.provider(.refuses(.badKey)), stage.provider(.answers("third")))
        let sink = Recorder()
        #expect(try await chain([silent, refusing, third]).respond(to: .question, into: sink).provider == "c")
        #expect(sink.text == "third")
        #expect(sink.failures.map(\.kind) == [.unauthorized, .superseded])

        let signal = Signal()
        let all = [self.silent("a", until: signal), stage.provider(.breaks(.silence)), stage.provider(.answers("c"))]
        let two = Recorder()
        let answer = Task { try await chain(all).respond(to: .question, into: two) }
        await called(all[1])
        signal.give()
        #expect(try await answer.value.provider == "a")
        #expect(all[2].connections == 0)
    }

    @Test func `and a next one that fails as well: the error is told, and both failures`() async {
        let signal = Signal()
        let first = stage.provider(.refuses(.badKey).waiting(beforeHead: .signal(signal)))
        let second = stage.provider(.refuses(.overloaded).waiting(beforeHead: .signal(signal)))
        let sink = Recorder()
        let answer = Task { await outcome(of: chain([first, second]), into: sink) }
        await called(second)
        signal.give()
        let error = await answer.value.modelError
        #expect(error?.provider == "b")
        #expect(error?.kind == .unavailable)
        #expect(sink.failures.count == 2)
    }

    @Test func `a judgement on the content by either of them is the answer, and ends the other's call`() async throws {
        for isFirst in [true, false] {
            let signal = Signal()
            let judging = stage.provider(.refuses(.contentPolicy).waiting(beforeHead: .signal(signal)))
            let silent = stage.provider(.breaks(.silence, at: .head))
            let sink = Recorder()
            let answer = Task {
                await outcome(of: chain(isFirst ? [judging, silent] : [silent, judging]), into: sink)
            }
            await called(judging)
            await called(silent)
            signal.give()
            #expect(await answer.value.modelError?.kind == .contentPolicy)
            #expect(await silent.ended().ending == .clientLeft)
            #expect(sink.failures.map(\.kind) == [.contentPolicy, .superseded])
        }
    }

    @Test func `a call that nobody could be asked for takes nothing of the budget`() async throws {
        let signal = Signal()
        let (first, second) = (silent("well", until: signal), stage.provider(.answers("other")))
        let hedges = HedgeBudget(percent: 1)
        let resting = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000)
        resting.failed(resting.ticket, .nobody, ModelError(kind: .unavailable, provider: "b", detail: ""))
        var routes = [first, second].map { ModelChain.Route($0.model(stage.client, name: "x")) }
        routes[0].hedgeAfterMilliseconds = 1
        routes[1].breaker = resting
        let chain = ModelChain(routes, timers: stage.timers, hedges: hedges)
        let answer = Task { try await chain.respond(to: .question, into: Recorder()) }
        await called(first)
        try await stage.timers.sleep(milliseconds: 50)
        signal.give()
        _ = try await answer.value
        #expect(second.connections == 0)
        let spent = (0..<100).count { _ in hedges.spend() }
        #expect(spent == HedgeCredit.maximum)
    }

    @Test func `goes on with what the other one had begun, when that breaks off`() async throws {
        let signal = Signal()
        let first = stage.provider(
            .answers("one ", "two ").waiting(.signal(signal), beforeToken: 0).breaking(.close, at: .afterTokens(1)))
        let second = stage.provider(
            .openai, .inOrder([.breaks(.silence, at: .head), .answers("one ", "two ", "three")]))
        let sink = Recorder(supportsReset: false)
        let answer = Task { try await chain([first, second]).respond(to: .question, into: sink) }
        await called(second)
        signal.give()
        #expect(try await answer.value.provider == "b")
        #expect(sink.text == "one two three")
        #expect(sink.failures.map(\.kind) == [.superseded, .interrupted])
    }

    @Test(
        arguments: [
            (nil, 100, "low"), (0, 100, nil), (1, 0, nil),
        ] as [(Int?, Int, String?)])
    func `is waited for alone where that is wanted`(_ milliseconds: Int?, _ percent: Int, _ effort: String?)
        async throws
    {
        let signal = Signal()
        let (first, second) = (silent("well", until: signal), stage.provider(.answers("other")))
        var request = ModelRequest.question
        request.options = ModelRequest.Options()
        request.options?.reasoningEffort = effort
        let sink = Recorder()
        let chain = chain([first, second], after: milliseconds, percent: percent)
        let answer = Task { [request] in try await chain.respond(to: request, into: sink) }
        await called(first)
        // The timers' thread has gone round.
        try await stage.timers.sleep(milliseconds: 50)
        signal.give()
        #expect(try await answer.value.provider == "a")
        #expect(second.connections == 0)
    }

    @Test func `with an effort that was asked for, where the configuration says so all the same`() async throws {
        let (first, second) = (stage.provider(.breaks(.silence)), stage.provider(.answers("other")))
        var request = ModelRequest.question
        request.options = ModelRequest.Options()
        request.options?.reasoningEffort = "high"
        #expect(try await chain([first, second]).respond(to: request, into: Recorder()).provider == "b")
    }

    @Test func `is never helped by the agent's own words`() async throws {
        let signal = Signal()
        let first = silent("well", until: signal)
        var route = ModelChain.Route(first.model(stage.client, name: "a"))
        route.hedgeAfterMilliseconds = 1
        let chain = ModelChain(
            [route, ModelChain.Route(EmbeddedModel(timers: stage.timers))], timers: stage.timers,
            hedges: HedgeBudget(percent: 100))
        let sink = Recorder()
        let answer = Task { try await chain.respond(to: .question, into: sink) }
        await called(first)
        signal.give()
        #expect(try await answer.value.provider == "a")
    }

    @Test func `leaving ends both calls`() async {
        let (first, second) = (stage.provider(.breaks(.silence)), stage.provider(.breaks(.silence)))
        let sink = Recorder()
        let answer = Task { await outcome(of: chain([first, second]), into: sink) }
        await called(second)
        answer.cancel()
        let result = await answer.value
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(await first.ended().ending == .clientLeft)
        #expect(await second.ended().ending == .clientLeft)
        #expect(sink.failures == [])
    }

    @Test func `a hundred at once have each word once, from one provider each`() async throws {
        let first = stage.provider(
            .openai, .inOrder([.answers(ScriptedAnswer.words(20)).waitingBetweenTokens(.milliseconds(1))]))
        let second = stage.provider(
            .openai, .inOrder([.answers(ScriptedAnswer.words(20)).waitingBetweenTokens(.milliseconds(1))]))
        let chain = chain([first, second])
        try await withThrowingTaskGroup(of: (String, String).self) { group in
            for _ in 0..<100 {
                group.addTask {
                    let sink = Recorder(supportsReset: false)
                    return (try await chain.respond(to: .question, into: sink).provider, sink.text)
                }
            }
            for try await (provider, text) in group {
                #expect(["a", "b"].contains(provider))
                #expect(text == ScriptedAnswer.words(20).text)
            }
        }
    }
}
