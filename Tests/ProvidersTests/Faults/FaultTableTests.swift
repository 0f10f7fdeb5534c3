import Chat
import HTTPClient
import JSON
import ProviderFaults
import Testing

@testable import Providers

/// Every fault with every kind of provider, over real sockets, asked once: what the caller gets, and what the provider sees.
@Suite(.timeLimit(.minutes(5))) struct FaultTableTests {
    static let kinds = ProviderKind.allCases

    private let client = HTTPClient()

    @Test(arguments: FaultOfKind.all(kinds))
    func `the caller gets what came, and why there is no more`(_ row: FaultOfKind) async throws {
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
        let call = provider.calls[0]
        #expect(call.headers.values.contains { $0.hasSuffix(FaultyProvider.key) })
        #expect(!call.target.contains(FaultyProvider.key))
        if fault.closes { #expect(await provider.ended().ending == .clientLeft) }
    }

    @Test(arguments: kinds)
    func `waits before the head, the first token and each further one hold up nothing but themselves`(
        _ kind: ProviderKind
    ) async throws {
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

    @Test(arguments: kinds)
    func `a redirect is not followed: the key goes to nobody else`(_ kind: ProviderKind) async {
        let other = FaultyProvider(kind, [.answers("stolen")])
        let provider = FaultyProvider(kind, [.redirects(to: other.url("/somewhere/else"))])
        let sink = Recorder()
        #expect(await outcome(of: provider.model(client), into: sink).modelError?.kind == .malformed)
        #expect(sink.text == "")
        #expect(provider.calls.count == 1)
        #expect(other.connections == 0)
    }

    @Test(arguments: kinds)
    func `a caller that leaves closes the provider's connection, wherever the answer is`(_ kind: ProviderKind) async {
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

    @Test(arguments: kinds)
    func `a tool's call comes in pieces or whole, with its name, its arguments, and its reason`(_ kind: ProviderKind)
        async throws
    {
        var answer = ScriptedAnswer([], finish: .toolCalls, completionTokens: 9)
        answer.toolCalls = [
            ScriptedAnswer.ToolCall(id: "call_1", name: "find", arguments: [#"{"title":"#, #""Dü"#, #"ne","n":2}"#]),
            ScriptedAnswer.ToolCall(id: "call_2", name: "look", arguments: ["{}"]),
        ]
        for streams in [true, false] {
            let provider = FaultyProvider(kind, [.answers(answer).delivered(.bytes)])
            let sink = Recorder()
            let completion = try await provider.model(client, streams: streams).respond(to: .question, into: sink)
            #expect(completion.finishReason == "tool_calls")
            #expect(completion.usage.completionTokens == 9)
            #expect(sink.text == "")
            let pieces = sink.toolCalls
            #expect(Set(pieces.map(\.index)) == [0, 1])
            #expect(pieces.compactMap(\.name) == ["find", "look"])
            #expect(Set(pieces.compactMap(\.id)).count == 2)
            let arguments = [0, 1].map { index in
                pieces.filter { $0.index == index }.map(\.arguments).joined()
            }
            #expect(try JSONValue(parsing: Array(arguments[0].utf8)) == ["title": "Düne", "n": 2])
            #expect(try JSONValue(parsing: Array(arguments[1].utf8)) == [:])
        }
    }

    @Test(arguments: kinds)
    func `what a model thinks before it answers is no part of the answer`(_ kind: ProviderKind) async throws {
        var answer = FaultCase.answer
        answer.reasoning = ["Let me ", "think."]
        for streams in [true, false] {
            let provider = FaultyProvider(kind, [.answers(answer)])
            let sink = Recorder()
            _ = try await provider.model(client, streams: streams).respond(to: .question, into: sink)
            #expect(sink.reasoning.joined() == "Let me think.")
            #expect(sink.text == answer.text)
        }
    }

    @Test(arguments: [ProviderKind.openai])
    func `an answer slower than the least speed is given up`(_ kind: ProviderKind) async throws {
        // Some two hundred bytes a token, so a token in two seconds.
        let provider = FaultyProvider(kind, [.answers(.words(1000)).delivered(.trickle(everyMilliseconds: 10))])
        let sink = Recorder()
        let model = provider.model(client, clocks: Clocks(minimumTokensPerSecond: 3))
        #expect(await outcome(of: model, into: sink).modelError?.kind == .timeout)
        #expect(sink.text.hasPrefix("w0 "))
        #expect(await provider.ended().ending == .clientLeft)
        #expect(provider.calls.count == 1)
    }

    @Test(
        arguments: kinds,
        [
            RetryAfterHeader?.none, .seconds(7), .date(secondsFromNow: 3600), .date(secondsFromNow: -60),
            .literal("soon"),
        ])
    func `how long the provider asks to wait is told, in seconds or as a date`(
        _ kind: ProviderKind, _ header: RetryAfterHeader?
    ) async throws {
        let provider = FaultyProvider(kind, [.refuses(.rateLimited, retryAfter: header)])
        let error = try #require(await outcome(of: provider.model(client), into: Recorder()).modelError)
        #expect(error.kind == .rateLimited)
        switch header {
        case .seconds: #expect(error.retryAfterSeconds == 7)
        // The date has whole seconds, and some time has passed.
        case .date(3600): #expect(error.retryAfterSeconds.map { $0 > 3000 && $0 <= 3600 } == true)
        case .date: #expect(error.retryAfterSeconds == 0)
        default: #expect(error.retryAfterSeconds == nil)
        }
    }

    @Test(arguments: kinds)
    func `a connection that served before and breaks before a word is replaced by a new one`(_ kind: ProviderKind)
        async throws
    {
        let provider = FaultyProvider(kind, [.answers("first"), .breaks(.reset), .answers("third")])
        // Of its own: a client keeps so many idle connections, and the other tests' might push this one out.
        let client = HTTPClient()
        // Whole: a streamed answer has all it needs a moment before its connection is free for the next call.
        _ = try await provider.model(client, streams: false).respond(to: .question, into: Recorder())
        // The server may have closed it before it read the request, so libcurl asks once more by itself.
        let sink = Recorder()
        _ = try await provider.model(client).respond(to: .question, into: sink)
        #expect(sink.text == "third")
        #expect(provider.calls.map(\.connection) == [0, 0, 1])
    }
}
