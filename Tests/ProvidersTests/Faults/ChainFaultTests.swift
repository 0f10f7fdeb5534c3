import Chat
import HTTPClient
import ProviderFaults
import Scheduling
import Testing

@testable import Ownership
@testable import Providers

/// The loop over the routes of a chain, over real sockets: whom it asks, how often, and in which order.
@Suite(.timeLimit(.minutes(5))) struct ChainFaultTests {
    private let stage = Stage()

    @Test(
        arguments: [Cause.rateLimited, .serverError, .badGateway, .unavailable, .overloaded])
    func `what may pass is asked for again, and each failure is told`(_ cause: Cause) async throws {
        let (first, second) = (
            stage.provider(.refuses(cause), .refuses(cause), .answers("well")), stage.provider(.answers("other"))
        )
        let sink = Recorder()
        let completion = try await stage.chain(first, second).respond(to: .question, into: sink)
        #expect(sink.text == "well")
        #expect(completion.provider == "a")
        #expect(completion.attempts == 3)
        #expect(sink.failures.map(\.kind) == [FaultCase.kind(of: cause), FaultCase.kind(of: cause)])
        #expect(sink.failures.map(\.provider) == ["a", "a"])
        #expect(sink.switches == [])
        #expect(first.calls.count == 3)
        #expect(second.connections == 0)
    }

    @Test(
        arguments: [
            Behaviour.breaks(.reset), .breaks(.close), .breaks(.reset, at: .head), .breaks(.close, at: .head),
            .answers("x").breaking(.close, at: .midEvent(afterTokens: 0)),
            .answers("x").breaking(.error(.overloaded), at: .afterTokens(0)),
        ])
    func `a line that breaks before any text is asked for again`(_ behaviour: Behaviour) async throws {
        let (first, second) = (stage.provider(behaviour, .answers("well")), stage.provider(.answers("other")))
        let sink = Recorder()
        #expect(try await stage.chain(first, second).respond(to: .question, into: sink).attempts == 2)
        #expect(sink.text == "well")
        #expect(second.connections == 0)
    }

    @Test func `each route is asked as often as it may be, then the next one, and no more in all than may be`()
        async throws
    {
        let down = Behaviour.refuses(.unavailable)
        let all = [stage.provider(down), stage.provider(down), stage.provider(.answers("c"))]
        let sink = Recorder()
        let completion = try await stage.chain(all[0], all[1], all[2]).respond(to: .question, into: sink)
        #expect(completion.provider == "c")
        #expect(completion.attempts == 7)
        #expect(all.map(\.calls.count) == [3, 3, 1])
        let order = all.enumerated().flatMap { index, provider in provider.calls.map { (index, $0.arrivedAt) } }
            .sorted { $0.1 < $1.1 }.map(\.0)
        #expect(order == [0, 0, 0, 1, 1, 1, 2])
        #expect(sink.switches.map { [$0.from, $0.to] } == [["a", "b"], ["b", "c"]])

        let some = [stage.provider(down), stage.provider(down), stage.provider(.answers("c"))]
        let result = await outcome(of: stage.chain(some[0], some[1], some[2], attemptsInAll: 4), into: Recorder())
        #expect(result.modelError?.provider == "b")
        #expect(some.map(\.calls.count) == [3, 1, 0])
    }

    @Test(
        arguments: [Cause.badKey, .contextLength, .invalidRequest, .unknownModel])
    func `what will not change is not asked twice of the same model`(_ cause: Cause) async throws {
        let (first, second) = (stage.provider(.refuses(cause)), stage.provider(.answers("other")))
        let sink = Recorder()
        let completion = try await stage.chain(first, second).respond(to: .question, into: sink)
        #expect(sink.text == "other")
        #expect(completion.attempts == 2)
        #expect(sink.switches.map(\.reason) == [FaultCase.kind(of: cause).rawValue])
        #expect(first.calls.count == 1)
        let alone = stage.provider(.refuses(cause))
        #expect(await outcome(of: stage.chain(alone), into: Recorder()).modelError?.kind == FaultCase.kind(of: cause))
        #expect(alone.calls.count == 1)
    }

    @Test(
        arguments: [
            Behaviour.showsPage(), .sendsGzipBomb(mebibytes: 4), .breaks(.endOfBody, at: .head),
            .redirects(to: "http://127.0.0.1:1/"),
            .answers("x").inserting(.longLine(bytes: 2_000_000), beforeToken: 0),
        ])
    func `what is no answer is not asked for twice`(_ behaviour: Behaviour) async throws {
        let (first, second) = (stage.provider(behaviour), stage.provider(.answers("other")))
        let sink = Recorder()
        #expect(try await stage.chain(first, second).respond(to: .question, into: sink).provider == "b")
        #expect(sink.text == "other")
        #expect(first.calls.count == 1)
    }

    @Test func `a judgement on the content goes to the caller and to nobody else`() async {
        let (first, second) = (stage.provider(.refuses(.contentPolicy)), stage.provider(.answers("other")))
        let sink = Recorder()
        let error = await outcome(of: stage.chain(first, second), into: sink).modelError
        #expect(error?.kind == .contentPolicy)
        #expect(sink.text == "")
        #expect(first.calls.count == 1)
        #expect(second.connections == 0)
    }

    @Test(
        arguments: [
            Behaviour.breaks(.silence), .breaks(.silence, at: .head),
            .answers("one ", "two ").breaking(.silence, at: .afterTokens(1)),
        ])
    func `a silent route is not asked twice, whether it was silent at once or after some text`(_ behaviour: Behaviour)
        async throws
    {
        let (first, second) = (stage.provider(behaviour), stage.provider(.answers("one ", "two ")))
        let sink = Recorder()
        let clocks = Clocks(firstTokenMilliseconds: 50, idleMilliseconds: 50)
        let completion = try await stage.chain(first, second, clocks: clocks).respond(to: .question, into: sink)
        #expect(completion.provider == "b")
        #expect(sink.text == "one two ")
        #expect(await first.ended().ending == .clientLeft)
        #expect(first.calls.count == 1)
        #expect(sink.failures.map(\.kind) == [.timeout])
    }

    // MARK: - Retry-After

    @Test(
        arguments: [RetryAfterHeader.seconds(1), .milliseconds(300)])
    func `the next call does not come before the time that the provider named`(_ header: RetryAfterHeader) async throws
    {
        let first = stage.provider(.refuses(.rateLimited, retryAfter: header), .answers("well"))
        let sink = Recorder()
        _ = try await stage.chain(first).respond(to: .question, into: sink)
        #expect(sink.text == "well")
        let calls = first.calls
        #expect(calls.count == 2)
        let least = if case .seconds = header { 1000 } else { 300 }
        let ended = try #require(calls[0].endedAt)
        #expect(calls[1].arrivedAt.milliseconds(since: calls[0].arrivedAt) >= least)
        #expect(calls[1].arrivedAt > ended)
    }

    @Test("a wait longer than the patience is none: the next route is asked at once, and without one the error is told")
    func tooLongAWait() async throws {
        let (first, second) = (
            stage.provider(.refuses(.rateLimited, retryAfter: .seconds(3600))), stage.provider(.answers("other"))
        )
        #expect(try await stage.chain(first, second).respond(to: .question, into: Recorder()).provider == "b")
        #expect(first.calls.count == 1)
        let alone = stage.provider(.refuses(.rateLimited, retryAfter: .seconds(3600)))
        let error = await outcome(of: stage.chain(alone), into: Recorder()).modelError
        #expect(error?.kind == .rateLimited)
        #expect(error?.retryAfterSeconds == 3600)
        #expect(alone.calls.count == 1)
    }

    @Test func `leaving while the chain waits for a provider's time asks nobody any more`() async {
        let first = stage.provider(.refuses(.rateLimited, retryAfter: .seconds(15)))
        let sink = Recorder()
        let task = Task { await outcome(of: stage.chain(first), into: sink) }
        _ = await first.ended()
        task.cancel()
        let result = await task.value
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(first.calls.count == 1)
    }

    // MARK: - Benching

    @Test("a route that fails for everybody is benched, probed by one request, and asked by all when that is answered")
    func benched() async throws {
        let signal = Signal()
        let up = Behaviour.answers("a").waiting(.signal(signal), beforeToken: 0)
        let first = stage.provider(.openai, .health(up: up, down: .refuses(.unavailable)))
        let second = stage.provider(.answers("b"))
        let breaker = SharedCircuitBreaker(benchAfter: 3, benchMilliseconds: 100)
        let chain = stage.chain(first, second) { route in
            if route.model.availability[0].provider == "a" { route.breaker = breaker }
            route.attempts = 1
        }
        func ask() async throws -> String {
            let sink = Recorder()
            _ = try await chain.respond(to: .question, into: sink)
            return sink.text
        }
        first.isUp = false
        for _ in 0..<5 {
            let text = try await ask()
            #expect(text == "b")
        }
        // The fourth and the fifth were spared, unless the bench was over before; then one of them was the probe.
        let whileDown = first.calls.count
        #expect(whileDown >= 3)
        first.isUp = true
        while breaker.rest != nil { await Task.yield() }
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await ask() } }
            // Nineteen are answered while the probe is still waiting.
            for _ in 0..<19 {
                let text = try await group.next()
                #expect(text == "b")
            }
            #expect(first.calls.count == whileDown + 1)
            signal.give()
            let probe = try await group.next()
            #expect(probe == "a")
        }
        let before = second.calls.count
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await ask() } }
            for try await text in group { #expect(text == "a") }
        }
        #expect(second.calls.count == before)
    }

    @Test func `a benched route is not asked, and a failed probe benches it anew`() async throws {
        let first = stage.provider(.openai, .health(up: .answers("a"), down: .breaks(.reset)))
        let second = stage.provider(.answers("b"))
        first.isUp = false
        let breaker = SharedCircuitBreaker(benchAfter: 2, benchMilliseconds: 1)
        let chain = stage.chain(first, second) { route in
            if route.model.availability[0].provider == "a" { route.breaker = breaker }
            route.attempts = 1
        }
        for _ in 0..<2 { _ = try await chain.respond(to: .question, into: Recorder()) }
        breaker.configure(benchAfter: 2, benchMilliseconds: 3_600_000)
        while breaker.rest != nil { await Task.yield() }
        _ = try await chain.respond(to: .question, into: Recorder())
        #expect(first.calls.count == 3)
        first.isUp = true
        for _ in 0..<5 { #expect(try await chain.respond(to: .question, into: Recorder()).provider == "b") }
        #expect(first.calls.count == 3)
        #expect(chain.availability.map(\.isAvailable) == [false, true])
    }

    @Test func `the only language model is asked by everybody, however often it failed; the embedded one is no other`()
        async throws
    {
        let first = stage.provider(.openai, .health(up: .answers("a"), down: .refuses(.serverError)))
        let breaker = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000)
        var route = ModelChain.Route(first.model(stage.client, name: "a"), breaker: breaker)
        route.backoffMilliseconds = 1
        let chains = [
            ModelChain([route], timers: stage.timers),
            ModelChain([route, ModelChain.Route(EmbeddedModel(timers: stage.timers))], timers: stage.timers),
        ]
        for chain in chains {
            for needsModel in [true, false] {
                var request = ModelRequest.question
                request.needsModel = needsModel
                first.isUp = false
                for number in 0..<4 {
                    let caller = Caller(turn: MessageID(rawValue: "\(number)"), user: UserID(rawValue: "one"))
                    _ = await Caller.$current.withValue(caller) { await outcome(of: chain, request, into: Recorder()) }
                }
                #expect(breaker.rest != nil)
                first.isUp = true
                let other = Caller(turn: MessageID(rawValue: "5"), user: UserID(rawValue: "other"))
                let completion = try await Caller.$current.withValue(other) {
                    try await chain.respond(to: request, into: Recorder())
                }
                #expect(completion.provider == "a")
                // It answered, so it rests no more.
                #expect(breaker.rest == nil)
            }
        }
    }

    @Test(
        "a provider that names a time is left for it while there is another, and everybody is told that time by it alone"
    )
    func parked() async throws {
        let limited = Behaviour.refuses(.rateLimited, retryAfter: .seconds(3600))
        let (first, second) = (stage.provider(limited), stage.provider(.answers("b")))
        let chain = stage.chain(first, second) { route in
            route.breaker = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000)
        }
        for _ in 0..<3 { #expect(try await chain.respond(to: .question, into: Recorder()).provider == "b") }
        #expect(first.calls.count == 1)
        #expect(chain.availability.map(\.rest) == [.asAsked, nil])
        let alone = stage.provider(.openai, .health(up: .answers("a"), down: limited))
        let breaker = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000)
        let only = stage.chain(alone) { $0.breaker = breaker }
        alone.isUp = false
        for _ in 0..<2 {
            let error = await outcome(of: only, into: Recorder()).modelError
            #expect(error?.kind == .rateLimited)
            #expect(error?.retryAfterSeconds == 3600)
        }
        alone.isUp = true
        #expect(try await only.respond(to: .question, into: Recorder()).provider == "a")
        #expect(breaker.rest == nil)
    }

    @Test func `who is told of a failing provider is told when it is asked again`() async {
        let first = stage.provider(.refuses(.unavailable))
        let chain = stage.chain(first) {
            $0.breaker = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000)
        }
        let error = await outcome(of: chain, into: Recorder()).modelError
        #expect((3_000...3_600).contains(error?.retryAfterSeconds ?? 0))
    }

    @Test func `a later route's want of a key or a model does not hide the first one's error`() async {
        for cause in [Cause.badKey, .unknownModel] {
            let (first, second) = (stage.provider(.refuses(.overloaded)), stage.provider(.refuses(cause)))
            let error = await outcome(of: stage.chain(first, second), into: Recorder()).modelError
            #expect(error?.provider == "a")
            #expect(error?.kind == .unavailable)
        }
    }
}
