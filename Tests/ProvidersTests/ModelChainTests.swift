import Chat
import Scheduling
import Synchronization
import Testing

@testable import Providers

/// A chain of models.
@Suite struct ModelChainTests {
    struct Scripted: LanguageModel {
        var name: String
        var model = "m"
        var text = ""
        var failure: (any Error)?
        var isAvailable = true

        func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
            if !text.isEmpty { sink.text(TextBatch(text)) }
            if let failure { throw failure }
            return ModelCompletion(
                finishReason: "stop", provider: name, model: "m",
                usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: true))
        }

        var availability: [ModelAvailability] {
            [
                ModelAvailability(
                    provider: name, kind: "test", model: model, isAvailable: isAvailable, reason: "because")
            ]
        }
    }

    private let timers = TimerQueue()

    /// A chain that does not wait long between calls.
    private func chain(_ models: [any LanguageModel], attempts: Int = 1) -> ModelChain {
        ModelChain(
            models.map {
                var route = ModelChain.Route($0)
                route.attempts = attempts
                route.backoffMilliseconds = 1
                // However busy the machine is.
                route.patienceMilliseconds = .max
                route.hedgeAfterMilliseconds = 0
                return route
            }, timers: timers)
    }

    private func failing(_ name: String, _ kind: ModelError.Kind, text: String = "") -> Scripted {
        Scripted(name: name, text: text, failure: ModelError(kind: kind, provider: name, detail: "no"))
    }

    @Test func `the first available route answers`() async throws {
        let sink = Recorder()
        let chain = chain([
            Scripted(name: "a", isAvailable: false), Scripted(name: "b", text: "hi"), Scripted(name: "c", text: "no"),
        ])
        let completion = try await chain.respond(to: .question, into: sink)
        #expect(completion.provider == "b")
        #expect(completion.attempts == 1)
        #expect(sink.text == "hi")
        #expect(sink.switches == [])
        #expect(sink.failures == [])
        #expect(chain.availability.map(\.provider) == ["a", "b", "c"])
    }

    @Test func `who is about to be asked is told before each call, and nobody who is passed over`() async throws {
        let sink = Recorder()
        let chain = chain(
            [Scripted(name: "a", isAvailable: false), failing("b", .unavailable), Scripted(name: "c", text: "hi")],
            attempts: 2)
        let completion = try await chain.respond(to: .question, into: sink)
        #expect(completion.provider == "c")
        #expect(sink.asked.count == completion.attempts)
        #expect(sink.asked.last == "c")
        #expect(sink.asked.dropLast() == sink.failures.map(\.provider)[...])
        #expect(!sink.failures.isEmpty)
    }

    @Test func `a route that fails before any text gives way to the next, and each switch and failure is told`()
        async throws
    {
        let sink = Recorder()
        let chain = chain([failing("a", .unauthorized), failing("b", .timeout), Scripted(name: "c", text: "hi")])
        let completion = try await chain.respond(to: .question, into: sink)
        #expect(completion.provider == "c")
        #expect(completion.attempts == 3)
        #expect(sink.text == "hi")
        #expect(
            sink.switches == [
                ProviderSwitch(
                    from: "a", to: "b", reason: "provider_unauthorized", attempt: 2, resetsText: false),
                ProviderSwitch(from: "b", to: "c", reason: "provider_timeout", attempt: 3, resetsText: false),
            ])
        #expect(sink.failures.map(\.kind) == [.unauthorized, .timeout])
        #expect(sink.failures.map(\.provider) == ["a", "b"])
        #expect(sink.failures.map(\.model) == ["m", "m"])
    }

    @Test func `a route that fails in passing is asked again, which is no switch`() async throws {
        let flapping = Flapping(name: "a", failures: 2)
        let sink = Recorder()
        let completion = try await chain([flapping], attempts: 3).respond(to: .question, into: sink)
        #expect(completion.attempts == 3)
        #expect(sink.text == "well")
        #expect(sink.switches == [])
        #expect(sink.failures.count == 2)
    }

    @Test func `an answer that broke off is gone on with by a route that says the same`() async throws {
        let sink = Recorder(supportsReset: false)
        let chain = chain([failing("a", .interrupted, text: "one two "), Scripted(name: "b", text: "one two three")])
        let completion = try await chain.respond(to: .question, into: sink)
        #expect(completion.provider == "b")
        #expect(sink.text == "one two three")
        #expect(sink.switches.map(\.resetsText) == [false])
        #expect(sink.failures.map(\.textBytes) == [8])
    }

    @Test func `an answer that broke off is replaced by a route that says something else, where it can be`()
        async throws
    {
        let sink = Recorder()
        let chain = chain([failing("a", .interrupted, text: "half"), Scripted(name: "b", text: "whole")])
        let completion = try await chain.respond(to: .question, into: sink)
        #expect(completion.provider == "b")
        #expect(sink.shown == "whole")
        #expect(
            sink.switches == [
                ProviderSwitch(from: "a", to: "b", reason: "provider_interrupted", attempt: 2, resetsText: true)
            ])
    }

    @Test func `where text cannot be taken back, the error of the answer that broke off is the end`() async {
        let sink = Recorder(supportsReset: false)
        let chain = chain([failing("a", .interrupted, text: "half"), Scripted(name: "b", text: "whole")])
        let error = await outcome(of: chain, into: sink).modelError
        #expect(error?.provider == "a")
        #expect(error?.kind == .interrupted)
        #expect(sink.text == "half")
        #expect(sink.switches == [])
    }

    @Test("a route with another answer, where text cannot be taken back, gives way to one that goes on with the text")
    func thirdGoesOn() async throws {
        let sink = Recorder(supportsReset: false)
        let chain = chain([
            failing("a", .interrupted, text: "one two "), Scripted(name: "b", text: "another"),
            Scripted(name: "c", text: "one two three"),
        ])
        let completion = try await chain.respond(to: .question, into: sink)
        #expect(completion.provider == "c")
        #expect(completion.attempts == 3)
        #expect(sink.text == "one two three")
        #expect(sink.switches.map(\.from) == ["a"])
        #expect(sink.switches.map(\.to) == ["c"])
    }

    @Test("a request that needs a model is not answered by what an agent composed, and ends in the model's own failure")
    func needsModel() async throws {
        var request = ModelRequest.question
        request.needsModel = true
        let embedded = EmbeddedModel(timers: timers)
        let sink = Recorder()
        let error = await outcome(of: chain([failing("a", .rateLimited), embedded]), request, into: sink).modelError
        #expect(error?.kind == .rateLimited)
        #expect(error?.provider == "a")
        #expect(sink.text == "" && sink.switches == [])
        #expect(await outcome(of: chain([embedded]), request, into: Recorder()).modelError?.kind == .unavailable)
        request.needsModel = false
        let completion = try await chain([failing("a", .rateLimited), embedded]).respond(to: request, into: sink)
        #expect(completion.isEmbedded)
    }

    @Test func `a judgement on the content is not taken to the next provider`() async {
        let sink = Recorder()
        let chain = chain([failing("a", .contentPolicy), Scripted(name: "b", text: "hi")], attempts: 3)
        #expect(await outcome(of: chain, into: sink).modelError?.kind == .contentPolicy)
        #expect(sink.text == "")
        #expect(sink.failures.count == 1)
    }

    @Test func `when all routes fail, the last error is the chain's`() async {
        let chain = chain([failing("a", .timeout), failing("b", .rateLimited)])
        let error = await outcome(of: chain, into: Recorder()).modelError
        #expect(error?.provider == "b")
        #expect(error?.kind == .rateLimited)
    }

    @Test func `when no route is available, the reasons are told`() async {
        let chain = chain([Scripted(name: "a", isAvailable: false), Scripted(name: "b", isAvailable: false)])
        let error = await outcome(of: chain, into: Recorder()).modelError
        #expect(error?.kind == .unavailable)
        #expect(error?.detail == "a: because; b: because")
    }

    @Test func `a cancelled route, and one that fails otherwise than a model, is not followed by the next`() async {
        struct Fault: Error {}
        for failure in [CancellationError() as any Error, Fault()] {
            let sink = Recorder()
            let chain = chain([Scripted(name: "a", failure: failure), Scripted(name: "b", text: "hi")], attempts: 3)
            let result = await outcome(of: chain, into: sink)
            #expect(result.success == nil)
            #expect(result.modelError == nil)
            #expect(sink.text == "")
        }
    }

    @Test("a route that fails for everybody rests, is tried by one request, and is well again when that succeeds")
    func benched() async throws {
        let flapping = Flapping(name: "a", failures: 2)
        let breaker = SharedCircuitBreaker(benchAfter: 2, benchMilliseconds: 1)
        var route = ModelChain.Route(flapping, breaker: breaker)
        route.attempts = 1
        let chain = ModelChain([route, ModelChain.Route(Scripted(name: "b", text: "other"))], timers: timers)
        #expect(try await chain.respond(to: .question, into: Recorder()).provider == "b")
        #expect(chain.availability.map(\.isAvailable) == [true, true])
        breaker.configure(benchAfter: 2, benchMilliseconds: 3_600_000)
        #expect(try await chain.respond(to: .question, into: Recorder()).provider == "b")
        #expect(chain.availability.map(\.isAvailable) == [false, true])
        #expect(chain.availability[0].reason.contains("resting after failures"))
        #expect(chain.availability[0].rest == .afterFailures)
        // Not asked any more: it would answer now.
        let spared = Recorder()
        #expect(try await chain.respond(to: .question, into: spared).provider == "b")
        #expect(spared.failures == [])
        #expect(flapping.calls == 2)
    }

    @Test func `what a request asked for says nothing of a route's health`() async throws {
        let breaker = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000)
        let kinds: [ModelError.Kind] = [.invalidRequest, .notFound, .contextLengthExceeded, .contentPolicy, .tooLarge]
        for kind in kinds {
            let chain = ModelChain([ModelChain.Route(failing("a", kind), breaker: breaker)], timers: timers)
            #expect(await outcome(of: chain, into: Recorder()).modelError?.kind == kind)
        }
        #expect(breaker.rest == nil)
    }

    @Test func `a call that failed for want of something here says nothing of a route's health`() async throws {
        let breaker = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000)
        var failure = ModelError(kind: .unavailable, provider: "a", detail: "no descriptor")
        failure.isLocal = true
        var route = ModelChain.Route(Scripted(name: "a", failure: failure), breaker: breaker)
        route.attempts = 1
        let chain = ModelChain([route], timers: timers)
        #expect(await outcome(of: chain, into: Recorder()).modelError?.kind == .unavailable)
        #expect(breaker.rest == nil)
    }

    @Test func `a key that is refused for a model of the client's own choice says nothing of the route`() async throws {
        var model = failing("a", .unauthorized)
        model.model = ""
        let breaker = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 3_600_000)
        let chain = ModelChain([ModelChain.Route(model, breaker: breaker)], timers: timers)
        #expect(await outcome(of: chain, into: Recorder()).modelError?.kind == .unauthorized)
        #expect(breaker.rest == nil)
    }

    @Test func `cancelling while the chain waits before the next call ends it`() async {
        var route = ModelChain.Route(failing("a", .unavailable))
        route.backoffMilliseconds = 3_600_000
        route.backoffMaximumMilliseconds = 3_600_000
        let chain = ModelChain([route], timers: timers)
        let sink = Recorder()
        let task = Task { await outcome(of: chain, into: sink) }
        while sink.failures.isEmpty { await Task.yield() }
        task.cancel()
        let result = await task.value
        #expect(throws: CancellationError.self) { try result.get() }
    }

    /// Fails some times, then is well.
    private final class Flapping: LanguageModel {
        private let name: String
        private let failures: Int
        private let made = Mutex(0)

        init(name: String, failures: Int) {
            self.name = name
            self.failures = failures
        }

        var calls: Int { made.withLock { $0 } }

        func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
            let call = made.withLock { made in
                made += 1
                return made
            }
            if call <= failures { throw ModelError(kind: .unavailable, provider: name, detail: "down") }
            sink.text(TextBatch("well"))
            return ModelCompletion(
                finishReason: "stop", provider: name, model: "m",
                usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: true))
        }

        var availability: [ModelAvailability] {
            [ModelAvailability(provider: name, kind: "test", model: "m", isAvailable: true, reason: "")]
        }
    }
}
