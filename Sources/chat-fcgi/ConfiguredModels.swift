import Chat
import Configuration
import HTTPClient
import Providers
import Scheduling

/// The language models that the configuration names, each a chain of its providers.
struct ConfiguredModels: ModelDirectory {
    /// What the process keeps while its configuration is read anew.
    struct Kept {
        let breakers = CircuitBreakers()
        let cache = ResponseCache(maximumBytes: 0)
        let client = HTTPClient()
        let hedges = HedgeBudget()
        let refused: RefusedParameters
        let whenCalled: @Sendable (RouteCall) -> Void

        /// - Parameters:
        ///   - whenCalled: told of every call of a provider that has ended.
        ///   - log: takes a line for the operator.
        init(
            whenCalled: @escaping @Sendable (RouteCall) -> Void = { _ in },
            log: @escaping @Sendable (String) -> Void = { _ in }
        ) {
            self.whenCalled = whenCalled
            refused = RefusedParameters(log: log)
        }
    }

    private struct Entry {
        var name: String
        var chain: ModelChain
        /// The chain, or the cache before it.
        var model: any LanguageModel
        var bounds: RequestBounds
    }

    /// In the configuration's order; the first whose name fits answers.
    private let entries: [Entry]
    /// One chain for every provider's model that any of them asks, in the configuration's order.
    private let single: [ModelChain]
    let names: [String]
    private let usualBounds: RequestBounds
    /// Whose names stand for which route, and what a provider has itself; each in the order of the configuration.
    private let offers: [Offer]

    /// A name that is offered, or all that a provider has.
    private enum Offer {
        case name(OfferedModel)
        case list(ModelList, owner: String)
    }

    init(
        _ settings: Settings, _ providers: [ResolvedProvider], _ kept: Kept, store: any AnswerStore, timers: TimerQueue
    ) {
        // Behind the same name there may be another model now.
        kept.cache.removeAll()
        kept.cache.limit(toBytes: settings.cache.maximumBytes)
        kept.hedges.configure(percent: settings.retry.hedgePercent)
        let factory = RouteFactory(providers: providers, kept: kept, timers: timers)
        entries = settings.models.map { route in
            let chain = ModelChain(
                factory.routes(route.chain), attemptsInAll: settings.retry.attemptsInAll, timers: timers,
                hedges: kept.hedges)
            let bounds = RequestBounds(
                promptTokens: route.promptTokens ?? settings.limits.promptTokens,
                completionTokens: route.completionTokens ?? settings.limits.completionTokens,
                holdsUnasked: route.completionTokens != nil)
            guard let cache = route.cache else {
                return Entry(name: route.name, chain: chain, model: chain, bounds: bounds)
            }
            // Stored answers outlive the configuration: those of another chain are none of this one's.
            let steps = route.chain.map { "\($0.provider)/\(factory.modelName(of: $0) ?? "")" }
            let options = CachedModel.Options(
                name: ([route.name] + steps).joined(separator: " "), lifetimeSeconds: cache.ttlSeconds,
                paceMilliseconds: cache.paceMS, isShared: cache.isShared,
                similarity: cache.similarity > 0 ? cache.similarity : nil,
                store: cache.isStored ? store : nil, maximumStoredBytes: settings.cache.maximumBytes)
            return Entry(
                name: route.name, chain: chain,
                model: CachedModel(chain, cache: kept.cache, options: options, timers: timers), bounds: bounds)
        }
        usualBounds = RequestBounds(
            promptTokens: settings.limits.promptTokens, completionTokens: settings.limits.completionTokens)
        var steps: [ModelRoute.Step] = []
        for step in settings.models.flatMap(\.chain) where !steps.contains(step) { steps.append(step) }
        single = steps.compactMap { factory.route($0) }.map {
            ModelChain([$0], attemptsInAll: settings.retry.attemptsInAll, timers: timers)
        }
        var offers: [Offer] = []
        for (route, entry) in zip(settings.models, entries) {
            guard route.name == "*" else {
                let owner = entry.chain.availability.first?.provider ?? ""
                offers.append(.name(OfferedModel(name: route.name, owner: owner)))
                continue
            }
            // Where any name will do, those of the models behind it are as good as any.
            for step in route.chain {
                if let name = factory.modelName(of: step) {
                    offers.append(.name(OfferedModel(name: name, owner: step.provider)))
                }
                if step.model == nil, let list = factory.list(of: step.provider) {
                    offers.append(.list(list, owner: step.provider))
                }
            }
        }
        self.offers = offers
        names = Self.withoutDoubles(
            offers.compactMap { offer in if case .name(let model) = offer { model } else { nil } }
        ).map(\.name)
    }

    func offered() async -> [OfferedModel] {
        // All at once: anyone who asks waits for the slowest provider only.
        await withTaskGroup(of: Void.self) { group in
            for offer in offers {
                if case .list(let list, _) = offer { group.addTask { _ = await list.names() } }
            }
        }
        return Self.withoutDoubles(
            offers.flatMap { offer in
                switch offer {
                case .name(let model): [model]
                case .list(let list, let owner):
                    (list.known ?? []).map { OfferedModel(name: $0.withoutFolders, owner: owner) }
                }
            })
    }

    private static func withoutDoubles(_ models: [OfferedModel]) -> [OfferedModel] {
        var seen: Set<String> = []
        return models.filter { seen.insert($0.name).inserted }
    }

    func model(named name: String) -> (any LanguageModel)? {
        entries.first { $0.name == name || $0.name == "*" }?.model
    }

    func bounds(ofModel name: String) -> RequestBounds {
        entries.first { $0.name == name || $0.name == "*" }?.bounds ?? usualBounds
    }

    func model(named name: String?, provider: String) -> (any LanguageModel)? {
        single.first { chain in
            guard let known = chain.availability.first, known.provider == provider else { return false }
            // One whose model the configuration leaves open takes any.
            return name == nil || known.model == name || known.model.isEmpty
        }
    }

    /// The model of an agent that asks for one by this name; the first one when none has the name.
    func agentModel(named name: String) -> any LanguageModel { model(named: name) ?? entries[0].model }

    /// Every provider's model that any chain asks, once, in the order of the configuration.
    var availability: [ModelAvailability] {
        var all: [ModelAvailability] = []
        for known in entries.flatMap(\.chain.availability)
        where !all.contains(where: { $0.provider == known.provider && $0.model == known.model }) {
            all.append(known)
        }
        return all
    }
}

/// Makes the routes of chains.
struct RouteFactory {
    let providers: [ResolvedProvider]
    let kept: ConfiguredModels.Kept
    let timers: TimerQueue
    /// What each provider has that can be asked for it, by its name.
    private let lists: [String: ModelList]

    init(providers: [ResolvedProvider], kept: ConfiguredModels.Kept, timers: TimerQueue) {
        self.providers = providers
        self.kept = kept
        self.timers = timers
        lists = Dictionary(
            uniqueKeysWithValues: providers.compactMap { provider in
                guard provider.isAvailable, let model = Self.remoteModel(of: provider, kept: kept) else {
                    return nil
                }
                let known = provider.listedModels.isEmpty ? nil : provider.listedModels
                return (provider.name, ModelList(of: model, known: known, timers: timers))
            })
    }

    func list(of provider: String) -> ModelList? { lists[provider] }

    func modelName(of step: ModelRoute.Step) -> String? {
        guard let provider = providers.first(where: { $0.name == step.provider }) else { return nil }
        return provider.kind == .builtin
            ? EmbeddedModel.Options().model
            : (step.model ?? provider.model ?? provider.listedModels.first)?.withoutFolders
    }

    /// The routes of a chain. Thoughts of which nobody knows whose they are go to the first provider of it that can be asked.
    func routes(_ chain: [ModelRoute.Step]) -> [ModelChain.Route] {
        let first = chain.first { step in
            providers.contains { $0.name == step.provider && $0.isAvailable && $0.kind != .builtin }
        }
        return chain.compactMap { route($0, takesUnknownReasoning: $0.provider == first?.provider) }
    }

    func route(_ step: ModelRoute.Step, takesUnknownReasoning: Bool = true) -> ModelChain.Route? {
        guard let provider = providers.first(where: { $0.name == step.provider }) else { return nil }
        let model = step.model ?? provider.model
        guard
            let remote = Self.remoteModel(
                of: provider, named: step.model, usually: provider.model, lists[provider.name],
                takesUnknownReasoning: takesUnknownReasoning, kept: kept)
        else {
            var options = EmbeddedModel.Options()
            options.provider = provider.name
            options.paceMilliseconds = provider.settings.paceMS
            var route = ModelChain.Route(EmbeddedModel(options, timers: timers))
            // It fails only as the agent does whose words it says.
            route.attempts = 1
            route.whenCalled = kept.whenCalled
            return route
        }
        let retry = provider.settings.retry
        var route = ModelChain.Route(
            remote,
            breaker: kept.breakers.breaker(
                for: "\(provider.name)/\(model ?? "")", benchAfter: retry.benchAfter,
                benchMilliseconds: retry.benchMS))
        route.attempts = retry.attempts
        route.whenCalled = kept.whenCalled
        route.backoffMilliseconds = retry.backoffMS
        route.backoffMaximumMilliseconds = retry.backoffMaximumMS
        route.retryAfterMaximumMilliseconds = retry.retryAfterMaximumMS
        route.hedgeAfterMilliseconds = retry.hedgeAfterMS
        return route
    }

    /// A provider's model over HTTP; nil for the embedded one.
    /// - Parameters:
    ///   - model: what is asked whatever a request names.
    ///   - usual: what is asked where a request names nothing that the provider has.
    static func remoteModel(
        of provider: ResolvedProvider, named model: String? = nil, usually usual: String? = nil,
        _ list: ModelList? = nil, takesUnknownReasoning: Bool = true, kept: ConfiguredModels.Kept
    ) -> (any RemoteModel)? {
        let settings = provider.settings
        var options = ProviderOptions(
            provider: provider.name, baseURL: provider.baseURL ?? "", apiKey: provider.key?.reveal(), model: model)
        options.usualModel = usual
        options.list = list
        options.takesUnknownReasoning = takesUnknownReasoning
        options.refused = kept.refused
        options.isAvailable = provider.isAvailable
        options.reason = provider.reason
        options.headers = settings.headers.map { HTTPHeader($0.name, $0.value) }
        options.streams = settings.streams
        options.usesHTTP2 = settings.usesHTTP2
        options.allowsLinkLocal = settings.allowsLinkLocal
        options.finishReasonIsOptional = settings.finishReason == .optional
        options.takesTools = settings.takesTools
        options.readsThinkTags = settings.thinkTags == .auto
        options.limits.connectMilliseconds = settings.clocks.connectMS
        options.limits.firstTokenMilliseconds = settings.clocks.firstTokenMS
        options.limits.idleMilliseconds = settings.clocks.idleMS
        options.limits.minimumTokensPerSecond = settings.clocks.minimumTokensPerSecond
        options.limits.totalMilliseconds = settings.clocks.totalMS
        switch provider.kind {
        case .builtin: return nil
        case .openai: return ProviderModels.openAI(options, client: kept.client)
        case .azure: return ProviderModels.azure(options, apiVersion: settings.apiVersion, client: kept.client)
        case .anthropic: return ProviderModels.anthropic(options, client: kept.client)
        case .gemini: return ProviderModels.gemini(options, client: kept.client)
        case .ollama: return ProviderModels.ollama(options, client: kept.client)
        }
    }
}
