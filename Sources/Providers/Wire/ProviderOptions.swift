public import HTTPClient

/// Where a provider's model is, and how it is asked.
public struct ProviderOptions: Sendable {
    /// The provider's name in the configuration.
    public var provider: String
    /// As each kind has it; for `openai` up to and without `/chat/completions`: "https://api.openai.com/v1".
    public var baseURL: String
    /// Nil sends none.
    public var apiKey: String?
    /// The model to ask; nil takes the name that the request asks for, and where it has none, or the provider does not have
    /// it, the first one for conversation that the provider lists.
    public var model: String?
    /// The model to ask where `model` is nil and the request names none, or one that is not in `list`.
    public var usualModel: String?
    /// What the provider says it has; without it, the provider is asked anew for each request that names no model.
    public var list: ModelList?
    /// Headers besides the kind's own. One of the same name takes the place of the kind's.
    public var headers: [HTTPHeader] = []
    /// Whether answers come as they are written; false asks for them whole.
    public var streams = true
    /// `HTTPRequest.usesHTTP2`.
    public var usesHTTP2 = false
    /// `HTTPRequest.allowsLinkLocal`.
    public var allowsLinkLocal = false
    /// False passes the model over, for instance for want of its key; `reason` says why.
    public var isAvailable = true
    /// Why it is, or is not, available; for the operator and the user.
    public var reason = "configured"
    /// Whether it may send no finish reason, so that the terminator alone ends its answers.
    public var finishReasonIsOptional = false
    /// Whether a block `<think>…</think>` at the beginning of an answer's text is reasoning.
    public var readsThinkTags = true
    /// Whether it is sent thoughts of which nobody knows whose they are; they are the first provider's in a chain, as a rule.
    public var takesUnknownReasoning = true
    /// Whether it takes tools; one that does not is asked in the agents' other form (`ModelRequest.toolFreeForm`), and passed over
    /// where a client's request has tools.
    public var takesTools = true
    public var limits = Limits()
    /// What the process knows of its models' parameters.
    public var refused = RefusedParameters()

    public init(provider: String, baseURL: String, apiKey: String? = nil, model: String? = nil) {
        self.provider = provider
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.model = model
    }

    /// What bounds one answer. Times are in milliseconds, and but for connecting and the total looked after every 250 ms.
    public struct Limits: Sendable {
        public var connectMilliseconds = 5_000
        /// From the request to the first text, reasoning or tool call; what else is sent does not count. Nil waits without end.
        public var firstTokenMilliseconds: Int? = 120_000
        /// Without any more of them, once the answer has begun. Nil waits without end.
        public var idleMilliseconds: Int? = 30_000
        /// Over the last half minute; 0 for none. A piece, or four bytes, count as a token, whichever gives more.
        public var minimumTokensPerSecond = 0.2
        public var totalMilliseconds: Int? = 600_000
        /// Of the answer's text, reasoning and tool calls. A longer one ends there, with finish reason `length`.
        public var answerBytes = 1_048_576
        /// Of one event.
        public var eventBytes = 1_048_576
        /// Of everything the provider sends for one answer; an event takes about 200 bytes a token beyond its text.
        public var responseBytes = 64 * 1_048_576

        public init() {}

        var clocks: AnswerClocks.Limits {
            AnswerClocks.Limits(
                firstTokenMilliseconds: firstTokenMilliseconds, idleMilliseconds: idleMilliseconds,
                minimumTokensPerSecond: minimumTokensPerSecond)
        }
    }

    var rules: AnswerRules {
        AnswerRules(finishReasonIsOptional: finishReasonIsOptional, readsThinkTags: readsThinkTags)
    }

    /// What must not come into an error's detail: the key, and headers that may be one.
    var secrets: [String] {
        // Anyone who quotes "Bearer KEY" may leave out the scheme.
        let values = headers.flatMap { [$0.value, String($0.value.drop { $0 != " " }.dropFirst())] }
            .filter { $0.utf8.count >= 8 }
        return values + [apiKey].compactMap(\.self).filter { !$0.isEmpty }
    }
}
