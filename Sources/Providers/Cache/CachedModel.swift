public import Chat
public import Scheduling
import Synchronization

/// A model that gives the same answer to the same request for some time, without asking anybody.
///
/// Only whole answers are kept. A replay has every piece that the answer came in, and says that it is one.
public struct CachedModel: LanguageModel {
    public struct Options: Sendable {
        /// The name under which the model stands in the configuration; answers of different names are kept apart.
        public var name: String
        /// Seconds that an answer is given again.
        public var lifetimeSeconds: Int
        /// Milliseconds between the pieces of a replay; 0 gives them all at once.
        public var paceMilliseconds: Int
        /// Whether a user gets the answers that others got.
        public var isShared: Bool

        /// How similar a user's earlier question must be for its answer to be given again, from 0 to 1; nil: none is.
        public var similarity: Double?
        /// Keeps the answers of stored conversations for all workers; nil: this process keeps all that it keeps.
        public var store: (any AnswerStore)?
        /// Bytes of all answers in the store.
        public var maximumStoredBytes = 0

        public init(
            name: String, lifetimeSeconds: Int, paceMilliseconds: Int = 0, isShared: Bool = false,
            similarity: Double? = nil, store: (any AnswerStore)? = nil, maximumStoredBytes: Int = 0
        ) {
            self.isShared = isShared
            self.similarity = similarity
            self.store = store
            self.maximumStoredBytes = maximumStoredBytes
            self.name = name
            self.lifetimeSeconds = lifetimeSeconds
            self.paceMilliseconds = paceMilliseconds
        }
    }

    private let base: any LanguageModel
    private let cache: ResponseCache
    private let options: Options
    private let timers: TimerQueue

    public init(_ base: any LanguageModel, cache: ResponseCache, options: Options, timers: TimerQueue) {
        self.base = base
        self.cache = cache
        self.options = options
        self.timers = timers
    }

    public var availability: [ModelAvailability] { base.availability }
    public var readsConversation: Bool { base.readsConversation }
    public func canAnswer(_ request: ModelRequest) -> Bool { base.canAnswer(request) }

    public func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        let user = Caller.current?.user
        // Nobody's answers are nobody's to get again.
        guard options.isShared || user != nil else { return try await base.respond(to: request, into: sink) }
        let key = CacheKey(request, route: options.name, user: options.isShared ? nil : user)
        // Of the user's own: with the answer comes the question that it was given to.
        let question = user.flatMap { user in
            options.similarity == nil ? nil : CachedQuestion(request, route: options.name, user: user)
        }
        if !request.isFresh, let (answer, asked) = await earlier(key, question) {
            return try await replay(answer, givenTo: asked, into: sink)
        }
        let keeper = AnswerKeeper(sink)
        let completion = try await base.respond(to: request, into: keeper)
        if CachedAnswer.isKept(completion) {
            await keep(keeper.answer(completion), for: key, question, of: request)
        }
        return completion
    }

    /// An earlier answer to this request, or to a similar question, and then that question. A store that fails has none.
    private func earlier(
        _ key: CacheKey, _ question: CachedQuestion?
    ) async -> (answer: CachedAnswer, question: String?)? {
        if let answer = cache.answer(to: key) { return (answer, nil) }
        let now = Timestamp.now()
        if let stored = try? await options.store?.answer(to: key.digest, at: now) { return (CachedAnswer(stored), nil) }
        guard let question, let minimum = options.similarity else { return nil }
        if let (answer, asked) = cache.answer(similarTo: question, atLeast: minimum) { return (answer, asked) }
        guard let store = options.store,
            let known = try? await store.questions(in: question.context, limit: CachedQuestion.compared, at: now)
        else { return nil }
        let questions = known.compactMap { known in
            CachedQuestion(known.text, context: question.context).map { (known.key, $0) }
        }
        guard let (key, asked) = question.mostSimilar(of: questions, atLeast: minimum),
            let stored = try? await store.answer(to: key, at: now)
        else { return nil }
        return (CachedAnswer(stored), asked)
    }

    /// In the store, or, where that does not have the conversation or cannot keep such an answer, in this process.
    private func keep(
        _ answer: CachedAnswer, for key: CacheKey, _ question: CachedQuestion?, of request: ModelRequest
    ) async {
        if let store = options.store, let turn = Caller.current?.turn, answer.isPlain {
            let stored = StoredAnswer(
                key: key.digest, context: question?.context, question: request.messages.last?.content ?? "",
                text: answer.text, reasoning: answer.reasoning, completion: answer.completion,
                expiresAt: Timestamp(milliseconds: Timestamp.now().milliseconds + Int64(options.lifetimeSeconds) * 1000)
            )
            if let isKept = try? await store.keep(stored, of: turn, within: options.maximumStoredBytes), isKept {
                return
            }
        }
        let end = MonotonicTime.now().advanced(byMilliseconds: options.lifetimeSeconds * 1000)
        cache.keep(answer, for: key, question: question, until: end)
    }

    /// - Parameter question: that the answer was given to, where it is not this one.
    private func replay(
        _ answer: CachedAnswer, givenTo question: String? = nil, into sink: some ModelSink
    ) async throws -> ModelCompletion {
        try Task.checkCancellation()
        sink.model(answer.completion.model)
        if !answer.reasoning.isEmpty { sink.reasoning(answer.reasoning) }
        for details in answer.reasoningDetails { sink.reasoningDetails(details) }
        if options.paceMilliseconds == 0 {
            if !answer.text.isEmpty { sink.text(answer.text) }
        } else {
            var start = 0
            for end in answer.text.ends {
                var piece = TextBatch()
                piece.append(utf8: answer.text.bytes[start..<end])
                start = end
                sink.text(piece)
                try await timers.sleep(milliseconds: options.paceMilliseconds)
            }
        }
        if !answer.toolCalls.isEmpty { sink.toolCalls(answer.toolCalls) }
        var completion = answer.completion
        completion.isCached = true
        completion.cachedQuestion = question
        completion.attempts = 0
        return completion
    }
}

/// Passes an answer on and keeps it.
private final class AnswerKeeper<Base: ModelSink>: ModelSink {
    private struct Kept {
        var text = TextBatch()
        var reasoning = TextBatch()
        var reasoningDetails: [[UInt8]] = []
        var toolCalls: [ToolCallPiece] = []
    }

    private let base: Base
    private let kept = Mutex(Kept())

    init(_ base: Base) { self.base = base }

    func answer(_ completion: ModelCompletion) -> CachedAnswer {
        kept.withLock { kept in
            CachedAnswer(
                text: kept.text, reasoning: kept.reasoning, reasoningDetails: kept.reasoningDetails,
                toolCalls: kept.toolCalls, completion: completion)
        }
    }

    func text(_ batch: TextBatch) {
        kept.withLock { $0.text.append(contentsOf: batch) }
        base.text(batch)
    }

    func reasoning(_ batch: TextBatch) {
        kept.withLock { $0.reasoning.append(contentsOf: batch) }
        base.reasoning(batch)
    }

    func model(_ name: String) { base.model(name) }

    func reasoningDetails(_ json: [UInt8]) {
        kept.withLock { $0.reasoningDetails.append(json) }
        base.reasoningDetails(json)
    }

    func toolCalls(_ pieces: [ToolCallPiece]) {
        kept.withLock { $0.toolCalls += pieces }
        base.toolCalls(pieces)
    }

    func providerSwitch(_ change: ProviderSwitch) {
        if change.resetsText { kept.withLock { $0 = Kept() } }
        base.providerSwitch(change)
    }

    func answering(provider: String, model: String) { base.answering(provider: provider, model: model) }
    func attemptFailed(_ attempt: FailedAttempt) { base.attemptFailed(attempt) }
    func emitted(last bytes: Int) -> [UInt8] { base.emitted(last: bytes) }
    var supportsReset: Bool { base.supportsReset }
    var wantsMore: Bool { base.wantsMore }
}
