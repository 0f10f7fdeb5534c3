/// The language models by the names that clients ask for.
public protocol ModelDirectory: Sendable {
    /// The model, or chain of models, behind a name; nil when there is none.
    func model(named name: String) -> (any LanguageModel)?

    /// One provider's own model, without those that would take over from it. Nil when no chain asks that provider for it.
    /// - Parameter name: of the model; nil for the one that the first chain with this provider asks.
    func model(named name: String?, provider: String) -> (any LanguageModel)?

    /// What a request to a model may be, by the name that its client asks for.
    func bounds(ofModel name: String) -> RequestBounds

    /// The names that a client may be offered, without doubles.
    var names: [String] { get }

    /// The same with whose they are, and where any name will do, the providers' own models. Providers may be asked for them.
    func offered() async -> [OfferedModel]
}

/// What a request to a model may be; 0: no limit.
public struct RequestBounds: Sendable, Equatable {
    /// Tokens of the prompt, estimated from its texts.
    public var promptTokens: Int
    /// Most tokens of the answer that may be asked for.
    public var completionTokens: Int
    /// Whether an answer whose client asks for no number has `completionTokens` at most too.
    public var holdsUnasked: Bool

    public init(promptTokens: Int = 0, completionTokens: Int = 0, holdsUnasked: Bool = false) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.holdsUnasked = holdsUnasked
    }
}

extension ModelDirectory {
    public func bounds(ofModel name: String) -> RequestBounds { RequestBounds() }

    public func offered() async -> [OfferedModel] {
        names.map { name in
            OfferedModel(name: name, owner: model(named: name)?.availability.first?.provider ?? "")
        }
    }
}

/// A name that a client may ask for.
public struct OfferedModel: Sendable, Equatable {
    public var name: String
    /// The provider that is asked first, by its name in the configuration; empty when there is none.
    public var owner: String

    public init(name: String, owner: String) {
        self.name = name
        self.owner = owner
    }
}
