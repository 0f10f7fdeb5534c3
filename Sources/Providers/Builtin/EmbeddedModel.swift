// The embedded provider, which needs no key and no network.

public import Chat
public import Scheduling

/// The language model without a language model: it says what the agent has composed itself, word by word.
///
/// It needs no key and no network, and answers when every other provider fails.
public struct EmbeddedModel: LanguageModel {
    public struct Options: Sendable {
        /// The provider's name in the configuration.
        public var provider = "builtin"
        /// What it calls itself.
        public var model = "librarian"
        /// Milliseconds between chunks of a few words, so that the answer reads as it is written; nil gives all at once.
        public var paceMilliseconds: Int?

        public init() {}
    }

    private let options: Options
    private let timers: TimerQueue

    public init(_ options: Options = Options(), timers: TimerQueue) {
        self.options = options
        self.timers = timers
    }

    public var availability: [ModelAvailability] {
        [
            ModelAvailability(
                provider: options.provider, kind: EmbeddedProvider.kind, model: options.model, isAvailable: true,
                reason: "built in, needs no key")
        ]
    }

    public func canAnswer(_ request: ModelRequest) -> Bool {
        !request.needsModel && (request.attachments.isEmpty || request.embeddedAnswer != nil)
    }

    /// The agent has read it all when it composed the answer.
    public var readsConversation: Bool { false }

    /// Says `request.embeddedAnswer`; without one, that a language model is needed.
    ///
    /// - Throws: `CancellationError`, and what the embedded answer throws while it is composed.
    public func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        try Task.checkCancellation()
        sink.model(options.model)
        var splitter = WordSplitter()
        var answerBytes = 0
        if let answer = request.embeddedAnswer {
            try await answer.compose { piece in
                answerBytes += piece.utf8.count
                try await say(splitter.split(piece), to: sink)
            }
        } else {
            answerBytes = Self.statement.utf8.count
            try await say(splitter.split(Self.statement), to: sink)
        }
        try await say(splitter.rest(), to: sink)
        var completion = ModelCompletion(
            finishReason: "stop", provider: options.provider, model: options.model,
            usage: .estimated(for: request, answerBytes: answerBytes))
        completion.isEmbedded = true
        return completion
    }

    static let statement = """
        This needs a language model, and none answers just now. The operator of this server can add one to its \
        configuration.
        """

    private func say(_ chunks: TextBatch, to sink: some ModelSink) async throws {
        try Task.checkCancellation()
        guard let pace = options.paceMilliseconds, pace > 0 else { return sink.text(chunks) }
        var start = 0
        for end in chunks.ends {
            var chunk = TextBatch()
            chunk.append(utf8: chunks.bytes[start..<end])
            start = end
            sink.text(chunk)
            try await timers.sleep(milliseconds: pace)
        }
    }
}
