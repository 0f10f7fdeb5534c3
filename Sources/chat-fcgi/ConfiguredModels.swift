import Chat
import Configuration
import HTTPClient
import Providers
import Scheduling

/// The language models that the configuration names, each a chain of its providers.
struct ConfiguredModels: ModelDirectory {
    /// In the configuration's order; the first whose name fits answers.
    private let chains: [(name: String, chain: ModelChain)]
    let names: [String]

    init(
        _ settings: Settings, _ providers: [ResolvedProvider], breakers: CircuitBreakers, timers: TimerWheel
    ) {
        let factory = RouteFactory(providers: providers, breakers: breakers, timers: timers, client: HTTPClient())
        chains = settings.models.map { model in
            (model.name, ModelChain(model.chain.compactMap(factory.route), attemptsInAll: 8, timers: timers))
        }
        var names: [String] = []
        for model in settings.models {
            // Where any name will do, those of the models behind it are as good as any.
            let offered =
                model.name == "*" ? model.chain.compactMap { step in factory.modelName(of: step) } : [model.name]
            for name in offered where !names.contains(name) { names.append(name) }
        }
        self.names = names
    }

    func model(named name: String) -> (any LanguageModel)? {
        chains.first { $0.name == name || $0.name == "*" }?.chain
    }

    /// The chain of an agent that asks for a model by this name; the first one when none has the name.
    func chain(for name: String) -> any LanguageModel { model(named: name) ?? chains[0].chain }
}

/// Makes the routes of chains.
private struct RouteFactory {
    let providers: [ResolvedProvider]
    let breakers: CircuitBreakers
    let timers: TimerWheel
    let client: HTTPClient

    func modelName(of step: ModelRoute.Step) -> String? {
        guard let provider = providers.first(where: { $0.name == step.provider }) else { return nil }
        return provider.kind == .builtin ? EmbeddedModel.Options().model : step.model ?? provider.model
    }

    func route(_ step: ModelRoute.Step) -> ModelChain.Route? {
        guard let provider = providers.first(where: { $0.name == step.provider }) else { return nil }
        guard provider.kind != .builtin else {
            var options = EmbeddedModel.Options()
            options.provider = provider.name
            options.paceMilliseconds = provider.settings.paceMS
            var route = ModelChain.Route(EmbeddedModel(options, timers: timers))
            // It fails only as the agent does whose words it says.
            route.attempts = 1
            return route
        }
        let model = step.model ?? provider.model
        let retry = provider.settings.retry
        var route = ModelChain.Route(
            remote(provider, model),
            breaker: breakers.breaker(
                for: "\(provider.name)/\(model ?? "")", benchAfter: retry.benchAfter,
                benchMilliseconds: retry.benchMS))
        route.attempts = retry.attempts
        route.backoffMilliseconds = retry.backoffMS
        route.backoffMaximumMilliseconds = retry.backoffMaximumMS
        return route
    }

    private func remote(_ provider: ResolvedProvider, _ model: String?) -> any LanguageModel {
        var options = OpenAIModel.Options(
            provider: provider.name, baseURL: provider.baseURL ?? "", apiKey: provider.key?.reveal(), model: model)
        options.isAvailable = provider.isAvailable
        options.reason = provider.reason
        options.limits.connectMilliseconds = provider.settings.clocks.connectMS
        options.limits.firstByteMilliseconds = provider.settings.clocks.firstTokenMS
        options.limits.silenceMilliseconds = provider.settings.clocks.idleMS
        options.limits.totalMilliseconds = provider.settings.clocks.totalMS
        return OpenAIModel(options, client: client)
    }
}
