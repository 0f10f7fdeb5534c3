/// The language models by the names that clients ask for.
public protocol ModelDirectory: Sendable {
    /// The model, or chain of models, behind a name; nil when there is none.
    func model(named name: String) -> (any LanguageModel)?

    /// The names that a client may be offered, without doubles.
    var names: [String] { get }
}
