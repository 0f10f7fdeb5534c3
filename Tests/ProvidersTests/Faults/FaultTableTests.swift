import Chat
import HTTPClient
import ProviderFaults
import Testing

@testable import Providers

/// Every fault with every kind of provider, over real sockets, asked once: what the caller gets, and what the provider sees.
@Suite("One call of a provider that fails", .timeLimit(.minutes(5)))
struct FaultTableTests {
    static let kinds: [ProviderKind] = [.openai]

    private let client = HTTPClient()

    @Test("the caller gets what came, and why there is no more", arguments: FaultOfKind.all(kinds))
    func faults(_ row: FaultOfKind) async throws {
        let fault = row.fault
        let provider = FaultyProvider(row.kind, [fault.behaviour])
        let sink = Recorder()
        let result = await outcome(of: provider.model(client, clocks: fault.clocks), into: sink)
        #expect(Array(sink.text.utf8) == Array(fault.text.utf8))
        switch fault.outcome {
        case .answer(let finish, let counted):
            let completion = try result.get()
            #expect(completion.finishReason == finish)
            #expect(completion.provider == "up")
            #expect(completion.model == "m-1")
            let isEstimated = counted == .estimatedWithOpenAI && [.openai, .azure].contains(row.kind)
            #expect(completion.usage.isEstimated == isEstimated)
            if !isEstimated {
                #expect(completion.usage.promptTokens == 11)
                #expect(completion.usage.completionTokens == fault.behaviour.completionTokens)
            }
        case .failure(let kind):
            let error = try #require(result.modelError)
            #expect(error.kind == kind, "\(error)")
            #expect(error.provider == "up")
            #expect(!error.detail.contains("verysecret"))
        }
        #expect(provider.calls.count == 1)
        if fault.closes { #expect(await provider.ended().ending == .clientLeft) }
    }

    @Test(
        "waits before the head, the first token and each further one hold up nothing but themselves", arguments: kinds)
    func held(_ kind: ProviderKind) async throws {
        let signals = (0..<4).map { _ in Signal() }
        let behaviour = Behaviour.answers("a", "b", "c").waiting(beforeHead: .signal(signals[0]))
            .waiting(.signal(signals[1]), beforeToken: 0).waiting(.signal(signals[2]), beforeToken: 1)
            .waiting(.signal(signals[3]), beforeToken: 2)
        let provider = FaultyProvider(kind, [behaviour])
        let (texts, telling) = AsyncStream.makeStream(of: Void.self)
        let sink = Recorder { telling.yield() }
        async let result = outcome(of: provider.model(client), into: sink)
        await provider.isCalled(times: 1)
        #expect(sink.text == "")
        var told = texts.makeAsyncIterator()
        for (number, signal) in signals.enumerated() {
            signal.give()
            guard number > 0 else { continue }
            // What waits behind the next signal has not come, what waited for this one has.
            await told.next()
            #expect(sink.text == String("abc".prefix(number)))
        }
        #expect(try await result.get().usage.completionTokens == 3)
    }

    @Test("a redirect is not followed: the key goes to nobody else", arguments: kinds)
    func redirected(_ kind: ProviderKind) async {
        let other = FaultyProvider(kind, [.answers("stolen")])
        let provider = FaultyProvider(kind, [.redirects(to: other.url("/v1/chat/completions"))])
        let sink = Recorder()
        #expect(await outcome(of: provider.model(client), into: sink).modelError?.kind == .malformed)
        #expect(sink.text == "")
        #expect(provider.calls.count == 1)
        #expect(other.connections == 0)
    }

    @Test("a caller that leaves closes the provider's connection, wherever the answer is", arguments: kinds)
    func cancelled(_ kind: ProviderKind) async {
        let silences: [Behaviour] = [
            .breaks(.silence), .breaks(.silence, at: .head),
            .answers("a", "b").breaking(.silence, at: .afterTokens(1)),
            .answers("a", "b").breaking(.silence, at: .midEvent(afterTokens: 1)),
            .answers("a", "b").breaking(.pings(everyMilliseconds: 5), at: .afterTokens(1)),
        ]
        for behaviour in silences {
            let provider = FaultyProvider(kind, [behaviour])
            let task = Task { await outcome(of: provider.model(client), into: Recorder()) }
            await provider.isCalled(times: 1)
            task.cancel()
            let result = await task.value
            #expect(throws: CancellationError.self) { try result.get() }
            #expect(await provider.ended().ending == .clientLeft)
            #expect(provider.calls.count == 1)
        }
    }

    @Test(
        "how long the provider asks to wait is told, in seconds or as a date",
        arguments: kinds,
        [RetryAfterHeader?.none, .seconds(7), .date(secondsFromNow: 7), .date(secondsFromNow: -60), .literal("soon")])
    func retryAfter(_ kind: ProviderKind, _ header: RetryAfterHeader?) async throws {
        let provider = FaultyProvider(kind, [.refuses(.rateLimited, retryAfter: header)])
        let error = try #require(await outcome(of: provider.model(client), into: Recorder()).modelError)
        #expect(error.kind == .rateLimited)
        switch header {
        case .seconds: #expect(error.retryAfterSeconds == 7)
        // The date has whole seconds, and some time has passed.
        case .date(7): #expect(error.retryAfterSeconds.map { $0 > 0 && $0 <= 7 } == true)
        case .date: #expect(error.retryAfterSeconds == 0)
        default: #expect(error.retryAfterSeconds == nil)
        }
    }

    @Test("a connection that served before and breaks before a word is replaced by a new one", arguments: kinds)
    func keptAlive(_ kind: ProviderKind) async throws {
        let provider = FaultyProvider(kind, [.answers("first"), .breaks(.reset), .answers("third")])
        let model = provider.model(client)
        _ = try await model.respond(to: .question, into: Recorder())
        // The server may have closed it before it read the request, so libcurl asks once more by itself.
        let sink = Recorder()
        _ = try await model.respond(to: .question, into: sink)
        #expect(sink.text == "third")
        #expect(provider.calls.map(\.connection) == [0, 0, 1])
    }
}
