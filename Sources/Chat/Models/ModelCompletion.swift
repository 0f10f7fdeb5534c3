/// What of an answer's tokens cost less, or could not be seen; nil where the provider did not tell.
public struct UsageDetails: Sendable, Equatable {
    /// Of the prompt, read from the provider's cache.
    public var cachedTokens: Int?
    /// Of the prompt, written into the provider's cache.
    public var cacheCreationTokens: Int?
    /// Of the answer, thoughts.
    public var reasoningTokens: Int?

    public init(cachedTokens: Int? = nil, cacheCreationTokens: Int? = nil, reasoningTokens: Int? = nil) {
        self.cachedTokens = cachedTokens
        self.cacheCreationTokens = cacheCreationTokens
        self.reasoningTokens = reasoningTokens
    }
}

/// How a language model's answer ended when it ended well.
public struct ModelCompletion: Sendable, Equatable {
    /// `stop`, `length`, `content_filter`, `tool_calls`.
    public var finishReason: String
    /// The provider's name in the configuration.
    public var provider: String
    /// The model that answered, as the provider names it.
    public var model: String
    public var usage: Usage
    /// The provider's details of its token counts.
    public var usageDetails = UsageDetails()
    /// Provider calls made.
    public var attempts: Int
    /// Events in the provider's stream that were none of its protocol, and were passed over.
    public var skippedEvents = 0
    /// What went wrong at the provider when its answer had come to its end already; for the log.
    public var lateError: ModelError?
    /// Whether it was replayed from an earlier answer to the same request, and no provider was asked.
    public var isCached = false
    /// The earlier question that a replayed answer was given to, where it is a similar one.
    public var cachedQuestion: String?
    /// Whether an agent composed it itself, and no language model had a part in it.
    public var isEmbedded = false

    public init(finishReason: String, provider: String, model: String, usage: Usage, attempts: Int = 1) {
        self.finishReason = finishReason
        self.provider = provider
        self.model = model
        self.usage = usage
        self.attempts = attempts
    }

    /// An answer's completion with what the calls before it took. What was replayed or an agent's own took nothing.
    public func counting(_ calls: [ModelCompletion]) -> ModelCompletion {
        var sum = self
        sum.attempts += calls.reduce(0) { $0 + $1.attempts }
        sum.skippedEvents += calls.reduce(0) { $0 + $1.skippedEvents }
        let paid = ([self] + calls).filter { !$0.isCached && !$0.isEmbedded }
        guard let first = paid.first else { return sum }
        sum.usage = paid.dropFirst().reduce(first.usage) { $0 + $1.usage }
        sum.isCached = false
        sum.isEmbedded = false
        return sum
    }
}
