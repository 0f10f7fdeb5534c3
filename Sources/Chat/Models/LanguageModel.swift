/// Whether a provider would answer, told without asking it anything that costs money.
public struct ModelAvailability: Sendable, Equatable {
    public var provider: String
    /// `openai`, `builtin`, …
    public var kind: String
    public var model: String
    public var isAvailable: Bool
    /// Why it is, or is not, available; for the operator and the user.
    public var reason: String
    /// Why it is not available for the time being only; nil when it is, or never will be.
    public var rest: Rest?

    /// Why a provider rests.
    public enum Rest: Sendable {
        /// It failed too often.
        case afterFailures
        /// It asked to be left for a while.
        case asAsked
    }

    public init(provider: String, kind: String, model: String, isAvailable: Bool, reason: String) {
        self.provider = provider
        self.kind = kind
        self.model = model
        self.isAvailable = isAvailable
        self.reason = reason
    }
}

/// The provider without a language model.
public enum EmbeddedProvider {
    /// Its `kind`.
    public static let kind = "builtin"
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

    /// Whether it can answer a request like this one; one that cannot is passed over as if it were not there.
    func canAnswer(_ request: ModelRequest) -> Bool

    /// Whether it reads a request's instructions and the earlier messages. One that does not is spared them: they would
    /// wait in memory as long as the answer takes.
    var readsConversation: Bool { get }
}

extension LanguageModel {
    public func canAnswer(_ request: ModelRequest) -> Bool { true }
    public var readsConversation: Bool { true }
}
