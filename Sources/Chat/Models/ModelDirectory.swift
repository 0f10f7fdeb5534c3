/// The language models by the names that clients ask for.
public protocol ModelDirectory: Sendable {
    /// The model, or chain of models, behind a name; nil when there is none.
    func model(named name: String) -> (any LanguageModel)?

    /// One provider's own model, without those that would take over from it. Nil when no chain asks that provider for it.
    /// - Parameter name: of the model; nil for the one that the first chain with this provider asks.
    func model(named name: String?, provider: String) -> (any LanguageModel)?

    /// The names that a client may be offered, without doubles.
    var names: [String] { get }

    /// The same with whose they are, and where any name will do, the providers' own models. Providers may be asked for them.
    func offered() async -> [OfferedModel]
}

extension ModelDirectory {
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
