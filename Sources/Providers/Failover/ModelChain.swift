public import Chat
import Synchronization

/// Several models in the order in which they are asked: the first that is available answers, and when it fails before any
/// text, the next one does.
public struct ModelChain: LanguageModel {
    private let routes: [any LanguageModel]
    private let policy = FailoverPolicy()

    /// - Parameter routes: at least one.
    public init(_ routes: [any LanguageModel]) {
        precondition(!routes.isEmpty, "a chain needs a route")
        self.routes = routes
    }

    public var availability: [ModelAvailability] { routes.flatMap(\.availability) }

    public var readsConversation: Bool { routes.contains(where: \.readsConversation) }

    /// Asks the available routes in turn. A switch to the next one is told to `sink`.
    ///
    /// - Throws: `ModelError`, the last route's, or `.unavailable` when no route is available; `CancellationError`.
    public func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        let available = routes.filter { route in route.availability.contains { $0.isAvailable } }
        var attempts = 0
        var failure: ModelError?
        for route in available {
            attempts += 1
            if let failure {
                sink.providerSwitch(
                    ProviderSwitch(
                        from: failure.provider, to: route.availability.first?.provider ?? "",
                        reason: failure.kind.rawValue, attempt: attempts, resetsText: false))
            }
            let asked = route.availability.first
            sink.answering(provider: asked?.provider ?? "", model: asked?.model ?? "")
            let watched = WatchedSink(base: sink)
            do {
                var completion = try await route.respond(to: request, into: watched)
                completion.attempts += attempts - 1
                return completion
            } catch let error as ModelError {
                guard policy.step(after: error, hasText: watched.hasText) == .nextRoute else { throw error }
                failure = error
            }
        }
        throw failure
            ?? ModelError(
                kind: .unavailable, provider: availability.first?.provider ?? "",
                detail: availability.map { "\($0.provider): \($0.reason)" }.joined(separator: "; "))
    }
}

/// Knows whether text has gone out.
private final class WatchedSink<Base: ModelSink>: ModelSink {
    private let base: Base
    private let seen = Atomic(false)

    init(base: Base) { self.base = base }

    var hasText: Bool { seen.load(ordering: .acquiring) }

    func text(_ batch: TextBatch) {
        if !batch.isEmpty { seen.store(true, ordering: .releasing) }
        base.text(batch)
    }

    func reasoning(_ batch: TextBatch) { base.reasoning(batch) }
    func toolCalls(_ pieces: [ToolCallPiece]) { base.toolCalls(pieces) }
    func providerSwitch(_ change: ProviderSwitch) { base.providerSwitch(change) }
    func answering(provider: String, model: String) { base.answering(provider: provider, model: model) }
    func attemptFailed(_ attempt: FailedAttempt) { base.attemptFailed(attempt) }
    var canTakeBack: Bool { base.canTakeBack }
    var wantsMore: Bool { base.wantsMore }
}
