import Chat
import HTTPClient
import ProviderFaults
import Scheduling
import Synchronization

@testable import Providers

/// What a test lets a model wait for; every other limit is as it comes.
struct Clocks: Sendable {
    var firstTokenMilliseconds: Int?
    var silenceMilliseconds: Int?
    var totalMilliseconds: Int?
}

extension FaultyProvider {
    /// The model that speaks this provider's protocol.
    /// - Parameter name: the provider's name in the configuration.
    func model(_ client: HTTPClient, name: String = "up", clocks: Clocks = Clocks()) -> any LanguageModel {
        var options = ProviderOptions(
            provider: name, baseURL: url("/v1"), apiKey: "sk-verysecret", model: "m-1")
        if let limit = clocks.firstTokenMilliseconds { options.limits.firstTokenMilliseconds = limit }
        if let limit = clocks.silenceMilliseconds { options.limits.idleMilliseconds = limit }
        if let limit = clocks.totalMilliseconds { options.limits.totalMilliseconds = limit }
        return ProviderModels.openAI(options, client: client)
    }
}

/// The providers of a test, kept until its end, and the chains over them.
final class Stage: Sendable {
    let client = HTTPClient()
    let timers = TimerWheel()
    private let providers = Mutex<[FaultyProvider]>([])

    func provider(_ kind: ProviderKind = .openai, _ script: Script) -> FaultyProvider {
        let provider = FaultyProvider(kind, script)
        providers.withLock { $0.append(provider) }
        return provider
    }

    func provider(_ script: Behaviour...) -> FaultyProvider { provider(.openai, .inOrder(script)) }

    /// The providers in this order, named "a", "b", …; each is asked up to three times, without a wait worth the name.
    func chain(
        _ providers: FaultyProvider..., clocks: Clocks = Clocks(), attemptsInAll: Int = 8,
        _ change: (inout ModelChain.Route) -> Void = { _ in }
    ) -> ModelChain {
        let routes = zip(providers, ["a", "b", "c", "d"]).map { provider, name in
            var route = ModelChain.Route(provider.model(client, name: name, clocks: clocks))
            route.backoffMilliseconds = 1
            change(&route)
            return route
        }
        return ModelChain(routes, attemptsInAll: attemptsInAll, timers: timers)
    }
}
