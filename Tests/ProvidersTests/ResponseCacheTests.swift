import Chat
import Scheduling
import Synchronization
import Testing

@testable import Ownership
@testable import Providers

/// The response cache.
@Suite struct ResponseCacheTests {
    /// Answers each call differently, so that a replay can be told from an answer.
    private final class Counting: LanguageModel {
        let reason: String
        let isEmbedded: Bool
        let failsAfter: Bool
        private let made = Mutex(0)

        init(reason: String = "stop", isEmbedded: Bool = false, failsAfter: Bool = false) {
            self.reason = reason
            self.isEmbedded = isEmbedded
            self.failsAfter = failsAfter
        }

        var calls: Int { made.withLock { $0 } }
        var availability: [ModelAvailability] { [] }

        func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
            let call = made.withLock { made in
                made += 1
                return made
            }
            sink.reasoning(TextBatch("hm"))
            sink.text(TextBatch("answer ", "\(call)"))
            sink.text(TextBatch(" …"))
            if reason == "tool_calls" { sink.toolCalls([ToolCallPiece(index: 0, id: "c", name: "f", arguments: "{}")]) }
            if failsAfter { throw ModelError(kind: .interrupted, provider: "p", detail: "gone") }
            var completion = ModelCompletion(
                finishReason: reason, provider: "p", model: "m",
                usage: Usage(promptTokens: 3, completionTokens: 4, isEstimated: false))
            completion.isEmbedded = isEmbedded
            return completion
        }
    }

    private let timers = TimerQueue()

    private func cached(
        _ base: Counting, name: String = "r", seconds: Int = 60, pace: Int = 0, isShared: Bool = true,
        cache: ResponseCache = ResponseCache(maximumBytes: 1 << 20)
    ) -> CachedModel {
        CachedModel(
            base, cache: cache,
            options: .init(name: name, lifetimeSeconds: seconds, paceMilliseconds: pace, isShared: isShared),
            timers: timers)
    }

    @Test(arguments: [false, true])
    func `a user gets no answer that another got, unless answers are shared`(_ isShared: Bool) async throws {
        let base = Counting()
        let model = cached(base, isShared: isShared)
        func isCached(for user: String?) async throws -> Bool {
            let caller = user.map { Caller(turn: Identifiers.message(), user: UserID(rawValue: $0)) }
            return try await Caller.$current.withValue(caller) {
                try await model.respond(to: .question, into: Recorder()).isCached
            }
        }
        #expect(try await isCached(for: "a") == false)
        #expect(try await isCached(for: "a"))
        #expect(try await isCached(for: "b") == isShared)
        #expect(try await isCached(for: "b"))
        // A request that is no user's is answered anew each time.
        #expect(try await isCached(for: nil) == isShared)
        #expect(try await isCached(for: nil) == isShared)
    }

    @Test(arguments: [0, 1])
    func `the same request is answered again with every piece, and says that it is a replay`(_ pace: Int) async throws {
        let base = Counting(reason: "tool_calls")
        let model = cached(base, pace: pace)
        let (first, second) = (Recorder(), Recorder())
        let answered = try await model.respond(to: .question, into: first)
        let replayed = try await model.respond(to: .question, into: second)
        #expect(base.calls == 1)
        #expect(second.pieces == first.pieces)
        #expect(second.pieces == ["answer ", "1", " …"])
        #expect(second.reasoning == ["hm"])
        #expect(second.toolCalls == first.toolCalls)
        #expect(!answered.isCached && replayed.isCached)
        #expect(replayed.usage == answered.usage)
        #expect(replayed.attempts == 0)
        #expect(second.batches == (pace == 0 ? 1 : 3))
    }

    @Test func `only whole answers of models are kept`() async throws {
        for base in [
            Counting(reason: "length"), Counting(reason: "content_filter"), Counting(isEmbedded: true),
            Counting(failsAfter: true),
        ] {
            let cache = ResponseCache(maximumBytes: 1 << 20)
            let model = cached(base, cache: cache)
            for _ in 0..<2 { _ = await outcome(of: model, into: Recorder()) }
            #expect(base.calls == 2)
            #expect(cache.bytes == 0)
        }
    }

    @Test func `what was taken back is no part of what is kept`() async throws {
        struct Switching: LanguageModel {
            var availability: [ModelAvailability] { [] }
            func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
                sink.text(TextBatch("old"))
                sink.providerSwitch(ProviderSwitch(from: "a", to: "b", reason: "r", attempt: 2, resetsText: true))
                sink.text(TextBatch("new"))
                return ModelCompletion(
                    finishReason: "stop", provider: "b", model: "m",
                    usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: true))
            }
        }
        let model = CachedModel(
            Switching(), cache: ResponseCache(maximumBytes: 1 << 20),
            options: .init(name: "r", lifetimeSeconds: 60, isShared: true), timers: timers)
        _ = try await model.respond(to: .question, into: Recorder())
        let replay = Recorder()
        _ = try await model.respond(to: .question, into: replay)
        #expect(replay.pieces == ["new"])
        #expect(replay.switches == [])
    }

    @Test func `every parameter that a provider is sent tells requests apart, and the end user's name does not`() {
        var requests = [ModelRequest.question]
        func add(_ change: (inout ModelRequest) -> Void) {
            var request = ModelRequest.question
            change(&request)
            requests.append(request)
        }
        func addOption(_ change: (inout ModelRequest.Options) -> Void) {
            add { request in
                var options = ModelRequest.Options()
                change(&options)
                request.options = options
            }
        }
        add { $0.model = "m" }
        add { $0.instructions = "Be long." }
        add { $0.messages[0].content += " now" }
        add { $0.messages[0].role = .system }
        add { $0.messages.append(ModelMessage(role: .assistant, content: "")) }
        add { $0.messages[0].toolCalls = [ToolCall(id: "a", name: "b", arguments: "c")] }
        add { $0.messages[0].toolCallID = "a" }
        add { $0.messages[0].name = "a" }
        add { $0.maximumOutputTokens = 5 }
        add { $0.temperature = 0 }
        addOption { $0.topP = 1 }
        addOption { $0.presencePenalty = 1 }
        addOption { $0.frequencyPenalty = 1 }
        addOption { $0.seed = 1 }
        addOption { $0.stop = ["a"] }
        addOption { $0.stop = ["a", ""] }
        addOption { $0.reasoningEffort = "low" }
        addOption { $0.allowsParallelToolCalls = false }
        addOption { $0.tools = [Tool(name: "f")] }
        addOption { $0.tools = [Tool(name: "f", parameters: Array("{}".utf8))] }
        addOption { $0.toolChoice = .automatic }
        addOption { $0.toolChoice = .required }
        addOption { $0.responseFormat = .jsonObject }
        addOption { $0.responseFormat = .jsonSchema(name: "n", schema: Array("{}".utf8), isStrict: true) }
        let keys = requests.map { CacheKey($0, route: "r", user: nil) } + [CacheKey(.question, route: "s", user: nil)]
        #expect(Set(keys).count == keys.count)
        var named = ModelRequest.question
        var options = ModelRequest.Options()
        options.seed = 1
        named.options = options
        let nobody = CacheKey(named, route: "r", user: nil)
        options.user = "somebody"
        named.options = options
        #expect(CacheKey(named, route: "r", user: nil) == nobody)
    }

    @Test func `an answer that is wanted anew is asked for, and is the one kept from then on`() async throws {
        let base = Counting()
        let model = cached(base)
        var fresh = ModelRequest.question
        fresh.isFresh = true
        _ = try await model.respond(to: .question, into: Recorder())
        _ = try await model.respond(to: fresh, into: Recorder())
        let replay = Recorder()
        _ = try await model.respond(to: .question, into: replay)
        #expect(base.calls == 2)
        #expect(replay.text == "answer 2 …")
    }

    private static func answer(_ bytes: Int) -> CachedAnswer {
        CachedAnswer(
            text: TextBatch(String(repeating: "x", count: bytes)), reasoning: TextBatch(), reasoningDetails: [],
            toolCalls: [],
            completion: ModelCompletion(
                finishReason: "stop", provider: "p", model: "m",
                usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: true)))
    }

    private static func key(_ number: Int) -> CacheKey { CacheKey(.question, route: "\(number)", user: nil) }

    @Test func `an answer is given until its time is over`() {
        let cache = ResponseCache(maximumBytes: 1 << 20)
        let now = MonotonicTime.now()
        cache.keep(Self.answer(10), for: Self.key(1), until: now.advanced(byMilliseconds: 1_000))
        #expect(cache.answer(to: Self.key(1), at: now.advanced(byMilliseconds: 999)) != nil)
        #expect(cache.answer(to: Self.key(1), at: now.advanced(byMilliseconds: 1_000)) == nil)
        #expect(cache.bytes == 0)
    }

    @Test func `the cache is bounded, and what was used longest ago goes first`() {
        let cache = ResponseCache(maximumBytes: 80_000)
        let later = MonotonicTime.now().advanced(byMilliseconds: 60_000)
        for number in 0..<200 {
            cache.keep(Self.answer(5_000), for: Self.key(number), until: later)
            #expect(cache.bytes <= 80_000)
            // In use all the time.
            #expect(cache.answer(to: Self.key(0)) != nil)
        }
        #expect(cache.answer(to: Self.key(199)) != nil)
        #expect(cache.answer(to: Self.key(1)) == nil)
        cache.keep(Self.answer(20_000), for: Self.key(500), until: later)
        #expect(cache.answer(to: Self.key(500)) == nil, "one answer must not drive out all others")
        cache.removeAll()
        #expect(cache.bytes == 0)
        #expect(cache.answer(to: Self.key(199)) == nil)
        cache.keep(Self.answer(5_000), for: Self.key(1), until: later)
        cache.limit(toBytes: 0)
        #expect(cache.bytes == 0)
    }
}
