import Chat
import HTTPClient
import ProviderFaults
import Scheduling
import Synchronization

@testable import Providers

/// What a test lets a model wait for; every other limit is as it comes.
struct Clocks: Sendable {
    var firstTokenMilliseconds: Int?
    var idleMilliseconds: Int?
    var totalMilliseconds: Int?
    var minimumTokensPerSecond: Double?
}

extension FaultyProvider {
    static let key = "sk-verysecret"

    /// The model that speaks this provider's protocol.
    /// - Parameters:
    ///   - name: the provider's name in the configuration.
    ///   - streams: whether answers come as they are written.
    func model(
        _ client: HTTPClient, name: String = "up", streams: Bool = true, clocks: Clocks = Clocks()
    ) -> any LanguageModel {
        var options = ProviderOptions(provider: name, baseURL: url(path), apiKey: Self.key, model: "m-1")
        options.streams = streams
        if let limit = clocks.firstTokenMilliseconds { options.limits.firstTokenMilliseconds = limit }
        if let limit = clocks.idleMilliseconds { options.limits.idleMilliseconds = limit }
        if let limit = clocks.totalMilliseconds { options.limits.totalMilliseconds = limit }
        if let limit = clocks.minimumTokensPerSecond { options.limits.minimumTokensPerSecond = limit }
        return switch kind {
        case .openai: ProviderModels.openAI(options, client: client)
        case .azure: ProviderModels.azure(options, client: client)
        case .anthropic: ProviderModels.anthropic(options, client: client)
        case .gemini: ProviderModels.gemini(options, client: client)
        case .ollama: ProviderModels.ollama(options, client: client)
        }
    }

    /// As far as the configuration has it.
    private var path: String { kind == .openai ? "/v1" : "" }
}

/// The providers of a test, kept until its end, and the chains over them.
final class Stage: Sendable {
    let client = HTTPClient()
    let timers = TimerQueue()
    private let providers = Mutex<[FaultyProvider]>([])

    func provider(_ kind: ProviderKind = .openai, _ script: Script) -> FaultyProvider {
        let provider = FaultyProvider(kind, script)
        providers.withLock { $0.append(provider) }
        return provider
    }

    func provider(_ script: Behaviour...) -> FaultyProvider { provider(.openai, .inOrder(script)) }

    /// The providers in this order, named "a", "b", …; each is asked up to three times, without a wait worth the name.
    /// - Parameter clocks: the first one's. The others are given all the time that a busy machine may take.
    func chain(
        _ providers: FaultyProvider..., clocks: Clocks = Clocks(), attemptsInAll: Int = 8,
        _ change: (inout ModelChain.Route) -> Void = { _ in }
    ) -> ModelChain {
        let routes = zip(providers, ["a", "b", "c", "d"]).map { provider, name in
            var route = ModelChain.Route(provider.model(client, name: name, clocks: name == "a" ? clocks : Clocks()))
            route.backoffMilliseconds = 1
            // However busy the machine is.
            route.patienceMilliseconds = .max
            route.retryAfterMaximumMilliseconds = 600_000
            route.hedgeAfterMilliseconds = 0
            change(&route)
            return route
        }
        return ModelChain(routes, attemptsInAll: attemptsInAll, timers: timers)
    }
}
