/// Why a language model's answer did not reach its end.
public struct ModelError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        case unavailable = "provider_unavailable"
        case timeout = "provider_timeout"
        case rateLimited = "provider_rate_limited"
        case unauthorized = "provider_unauthorized"
        /// The provider does not have the model, or nothing is at the address that it is asked at.
        case notFound = "provider_not_found"
        case invalidRequest = "provider_rejected_request"
        case contextLengthExceeded = "context_length_exceeded"
        case contentPolicy = "content_policy"
        /// The line broke, or ended without terminator and finish reason.
        case interrupted = "provider_interrupted"
        /// What came is not what the provider's protocol says.
        case malformed = "provider_malformed"
        /// The provider finished an answer in which there is no text and no call of a tool.
        case emptyAnswer = "empty_answer"
        /// Another provider's answer came first, and this call was cancelled. Never an answer's end.
        case superseded = "provider_superseded"
        /// Over a limit on sizes.
        case tooLarge = "provider_too_large"
    }

    /// Why there was no answer, where the kind is `unavailable`.
    public enum Unavailability: Sendable {
        /// The provider answers that it fails, or is overloaded.
        case failing
        /// It cannot be connected to.
        case unreachable
        /// Nobody is configured who could be asked.
        case notConfigured
    }

    /// What a provider refuses of a request.
    public struct Refusal: Sendable, Equatable {
        /// Parameters, as OpenAI's interface names them; never empty.
        public var parameters: [String]
        /// Whether another value of them would have been taken.
        public var isOfValue: Bool

        public init(parameters: [String], isOfValue: Bool) {
            self.parameters = parameters
            self.isOfValue = isOfValue
        }
    }

    public var kind: Kind
    public var unavailability = Unavailability.failing
    /// The provider's name in the configuration.
    public var provider: String
    /// For the log, never for the user.
    public var detail: String
    /// The provider's own words for a refusal of the content, which the user is told; one line, nil when it gave none.
    public var reason: String?
    /// What of the request is refused, where the provider names it.
    public var refusal: Refusal?
    /// Whether the call failed for want of something on this side, and tells nothing of the provider.
    public var isLocal = false
    /// Seconds after which asking again may help: the provider's own word, or the rest of its bench; nil when that is not known.
    public var retryAfterSeconds: Double?

    public init(kind: Kind, provider: String, detail: String, retryAfterSeconds: Double? = nil) {
        self.kind = kind
        self.provider = provider
        self.detail = detail
        self.retryAfterSeconds = retryAfterSeconds
    }

    public var description: String { "\(provider): \(kind.rawValue): \(detail)" }
}
