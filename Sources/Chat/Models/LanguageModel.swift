/// One message of the conversation as a language model is given it.
public struct ModelMessage: Sendable, Equatable {
    public var role: Role
    public var content: String

    public init(role: Role, content: String) {
        self.role = role
        self.content = content
    }
}

/// What an agent asks of a language model.
public struct ModelRequest: Sendable {
    /// The model the client or the agent asked for by name; nil leaves the choice to the route.
    public var model: String?
    /// Who the model is and what it knows for this turn (the system message).
    public var instructions: String
    /// The conversation, oldest first; the last one is the user's.
    public var messages: [ModelMessage]
    /// Most tokens to answer with; nil leaves it to the provider.
    public var maximumOutputTokens: Int?
    /// 0 to 2; nil leaves it to the provider.
    public var temperature: Double?
    /// What the agent itself would say, for the embedded model. Nil when the agent has no words of its own.
    public var embeddedAnswer: (any EmbeddedAnswer)?

    public init(
        model: String? = nil, instructions: String, messages: [ModelMessage], maximumOutputTokens: Int? = nil,
        temperature: Double? = nil, embeddedAnswer: (any EmbeddedAnswer)? = nil
    ) {
        self.model = model
        self.instructions = instructions
        self.messages = messages
        self.maximumOutputTokens = maximumOutputTokens
        self.temperature = temperature
        self.embeddedAnswer = embeddedAnswer
    }
}

/// An answer that an agent composes by itself, without any language model. The embedded provider plays it.
public protocol EmbeddedAnswer: Sendable {
    /// Composes the answer piece by piece; each piece goes out before the next is composed.
    func compose(_ say: (String) async throws -> Void) async throws
}

/// Pieces of text in one buffer, so that a token costs no allocation.
public struct TextBatch: Sendable, Equatable {
    /// All pieces, one after the other, each valid UTF-8.
    public private(set) var bytes: [UInt8] = []
    /// Where each piece ends in `bytes`.
    public private(set) var ends: [Int] = []

    public init() {}

    public init(_ pieces: String...) {
        for piece in pieces { append(piece) }
    }

    public var isEmpty: Bool { ends.isEmpty }
    public var count: Int { ends.count }

    /// Appends one piece. An empty piece is left out.
    public mutating func append(_ piece: String) {
        guard !piece.isEmpty else { return }
        bytes.append(contentsOf: piece.utf8)
        ends.append(bytes.count)
    }

    /// Appends one piece of valid UTF-8. An empty piece is left out.
    public mutating func append(utf8 piece: some Collection<UInt8>) {
        guard !piece.isEmpty else { return }
        bytes.append(contentsOf: piece)
        ends.append(bytes.count)
    }

    public mutating func removeAll(keepingCapacity: Bool) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        ends.removeAll(keepingCapacity: keepingCapacity)
    }
}

/// Where a language model's output goes while it is produced. Calls come from one task at a time, in order, and
/// return at once: whoever reads the turn reads its log, so nothing here waits for a slow reader.
public protocol ModelSink: Sendable {
    /// More text.
    func text(_ batch: TextBatch)
    /// Another provider takes over; with `resetsText`, the text given so far is void.
    func providerSwitch(_ change: ProviderSwitch)
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
    /// Provider calls made.
    public var attempts: Int

    public init(finishReason: String, provider: String, model: String, usage: Usage, attempts: Int = 1) {
        self.finishReason = finishReason
        self.provider = provider
        self.model = model
        self.usage = usage
        self.attempts = attempts
    }
}

/// Why a language model's answer did not reach its end.
public struct ModelError: Error, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        case unavailable = "provider_unavailable"
        case timeout = "provider_timeout"
        case rateLimited = "provider_rate_limited"
        case unauthorized = "provider_unauthorized"
        case invalidRequest = "provider_rejected_request"
        case contextLengthExceeded = "context_length_exceeded"
        case contentPolicy = "content_policy"
        /// The line broke, or ended without terminator and finish reason.
        case interrupted = "provider_interrupted"
        /// What came is not what the provider's protocol says.
        case malformed = "provider_malformed"
        /// Over a limit on sizes.
        case tooLarge = "provider_too_large"
    }

    public var kind: Kind
    /// The provider's name in the configuration.
    public var provider: String
    /// For the log, never for the user.
    public var detail: String
    /// Seconds the provider asked to wait; nil when it did not.
    public var retryAfterSeconds: Double?

    public init(kind: Kind, provider: String, detail: String, retryAfterSeconds: Double? = nil) {
        self.kind = kind
        self.provider = provider
        self.detail = detail
        self.retryAfterSeconds = retryAfterSeconds
    }

    public var description: String { "\(provider): \(kind.rawValue): \(detail)" }
}

/// Whether a provider would answer, told without asking it anything that costs money.
public struct ModelAvailability: Sendable, Equatable {
    public var provider: String
    /// `openai`, `builtin`, …
    public var kind: String
    public var model: String
    public var isAvailable: Bool
    /// Why it is, or is not, available; for the operator and the user.
    public var reason: String

    public init(provider: String, kind: String, model: String, isAvailable: Bool, reason: String) {
        self.provider = provider
        self.kind = kind
        self.model = model
        self.isAvailable = isAvailable
        self.reason = reason
    }
}

/// Something that answers: a provider's model, or a chain of them.
public protocol LanguageModel: Sendable {
    /// Answers `request`, giving its text to `sink` while it comes.
    ///
    /// Cancelling the task ends the provider's connection and throws `CancellationError`; the text given to `sink`
    /// before stays given.
    /// - Throws: `ModelError`, `CancellationError`.
    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion

    /// The providers behind it, in the order they would be asked.
    var availability: [ModelAvailability] { get }

    /// Whether it reads a request's instructions and the earlier messages. One that does not is spared them: they would
    /// wait in memory as long as the answer takes.
    var readsConversation: Bool { get }
}

extension LanguageModel {
    public var readsConversation: Bool { true }
}
