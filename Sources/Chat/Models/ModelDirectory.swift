/// The language models by the names that clients ask for.
public protocol ModelDirectory: Sendable {
    /// The model, or chain of models, behind a name; nil when there is none.
    func model(named name: String) -> (any LanguageModel)?

    /// One provider's own model, without those that would take over from it. Nil when no chain asks that provider for it.
    /// - Parameter name: of the model; nil for the one that the first chain with this provider asks.
    func model(named name: String?, provider: String) -> (any LanguageModel)?

    /// The names that a client may be offered, without doubles.
    var names: [String] { get }
}
