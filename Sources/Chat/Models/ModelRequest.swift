/// What an agent asks of a language model.
public struct ModelRequest: Sendable, Equatable {
    /// The model the client or the agent asked for by name; nil leaves the choice to the route.
    public var model: String?
    /// Who the model is and what it knows for this turn (the system message).
    public var instructions: String
    /// The conversation, oldest first; the last one is the user's, or a tool's.
    public var messages: [ModelMessage]
    /// Most tokens to answer with; nil leaves it to the provider.
    public var maximumOutputTokens: Int?
    /// 0 to 2; nil leaves it to the provider.
    public var temperature: Double?
    /// What few requests have; nil in all others, so that a request that waits is small.
    public var options: Options? {
        get { storedOptions?.options }
        set { storedOptions = newValue.map(Stored.init) }
    }
    /// Whether an answer is wanted that was not given before: none is replayed.
    public var isFresh = false
    /// Whether temperature and limit are an agent's own inclination, and nobody asked for them: a model that is not known to
    /// take a temperature is given none, and one that thinks has more tokens for it.
    public var isAgentsOwn = false
    /// Whether only a language model will do: an answer that an agent composed is none.
    public var needsModel = false
    /// What the agent itself would say, for the embedded model. Nil when the agent has no words of its own.
    public var embeddedAnswer: (any EmbeddedAnswer)?
    /// What a model that takes no tools is asked instead. Nil where the tools are the client's: without them it is another request.
    public var toolFreeForm: (any ToolFreeForm)?

    private var storedOptions: Stored?

    public init(
        model: String? = nil, instructions: String, messages: [ModelMessage], maximumOutputTokens: Int? = nil,
        temperature: Double? = nil, options: Options? = nil, embeddedAnswer: (any EmbeddedAnswer)? = nil
    ) {
        self.model = model
        self.instructions = instructions
        self.messages = messages
        self.maximumOutputTokens = maximumOutputTokens
        self.temperature = temperature
        self.embeddedAnswer = embeddedAnswer
        self.options = options
    }

    /// Equal in everything that a provider is sent.
    public static func == (a: ModelRequest, b: ModelRequest) -> Bool {
        a.model == b.model && a.instructions == b.instructions && a.messages == b.messages
            && a.maximumOutputTokens == b.maximumOutputTokens && a.temperature == b.temperature
            && a.options == b.options && a.isAgentsOwn == b.isAgentsOwn
    }

    /// Parameters beyond the usual ones. Every one that is nil or empty is left to the provider.
    public struct Options: Sendable, Equatable {
        /// 0 to 1.
        public var topP: Double?
        /// Texts that end the answer when the model writes them; at most 4.
        public var stop: [String] = []
        public var seed: Int?
        /// -2 to 2.
        public var presencePenalty: Double?
        /// -2 to 2.
        public var frequencyPenalty: Double?
        public var tools: [Tool] = []
        public var toolChoice: ToolChoice?
        public var allowsParallelToolCalls: Bool?
        public var responseFormat: ResponseFormat?
        /// How long to think, in the provider's own words: `low`, `medium`, `high`.
        public var reasoningEffort: String?
        /// An opaque name of the end user, for the provider's abuse detection.
        public var user: String?

        public init() {}
    }

    /// Whether and what the model is to call.
    public enum ToolChoice: Sendable, Equatable {
        /// The model decides.
        case automatic
        case none
        /// Any tool, but one.
        case required
        /// This one.
        case tool(String)
    }

    /// The form of the answer's text.
    public enum ResponseFormat: Sendable, Equatable {
        case text
        /// Any JSON object.
        case jsonObject
        /// JSON that follows a schema, a JSON Schema object as UTF-8.
        case jsonSchema(name: String, schema: [UInt8], isStrict: Bool?)
    }

    private final class Stored: Sendable {
        let options: Options
        init(_ options: Options) { self.options = options }
    }
}

/// The same question for a model that takes no tools: what they would have found stands in it. Worked out when it is needed.
public protocol ToolFreeForm: Sendable {
    /// - Throws: `StoreError` where the sources cannot be read, `CancellationError`.
    func request() async throws -> ModelRequest
}

/// An answer that an agent composes by itself, without any language model. The embedded provider plays it.
public protocol EmbeddedAnswer: Sendable {
    /// Composes the answer piece by piece; each piece goes out before the next is composed.
    func compose(_ say: (String) async throws -> Void) async throws
}
