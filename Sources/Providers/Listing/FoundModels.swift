import Synchronization

/// The models that the providers of a process list, where the configuration names none for them.
public final class FoundModels: Sendable {
    private let known = Mutex<[String: [String]]>([:])

    public init() {}

    /// - Parameter models: for conversation, in the order of the provider's list; none when it was not asked.
    public func set(_ models: [String], of provider: String) {
        known.withLock { $0[provider] = models.isEmpty ? nil : models }
    }

    /// Nil when they are not known.
    func models(of provider: String) -> [String]? { known.withLock { $0[provider] } }
}
