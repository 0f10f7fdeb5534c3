public import Chat
public import Scheduling

/// Several models in the order in which they are asked, as one: what fails is asked again, or the next one is, and the
/// caller gets each word once.
///
/// This is the only loop that repeats a call. What it does is decided by `FailoverPolicy`, how the answers of several calls
/// become one by `Seam`, and whom it leaves alone by the `CircuitBreaker` of each route.
public struct ModelChain: LanguageModel {
    /// One of the models, and how it is asked.
    public struct Route: Sendable {
        public var model: any LanguageModel
        /// Calls for one answer, the first included; at least 1.
        public var attempts = 3
        /// Milliseconds before the second call, doubled for each further one.
        public var backoffMilliseconds = 400
        /// Most milliseconds between two calls while another route is left.
        public var backoffMaximumMilliseconds = 8_000
        /// Most milliseconds waited because the provider asks for it, when no other route is left.
        public var retryAfterMaximumMilliseconds = 20_000
        /// Nil for a route that is never left alone.
        public var breaker: SharedCircuitBreaker?

        public init(_ model: any LanguageModel, breaker: SharedCircuitBreaker? = nil) {
            self.model = model
            self.breaker = breaker
        }
    }

    private let routes: [Route]
    private let attemptsInAll: Int
    private let timers: TimerWheel
    private let random: @Sendable () -> Double

    /// - Parameters:
    ///   - routes: at least one.
    ///   - attemptsInAll: calls for one answer over all routes; at least 1.
    ///   - random: 0 to 1, for the jitter.
    public init(
        _ routes: [Route], attemptsInAll: Int = 8, timers: TimerWheel,
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        precondition(!routes.isEmpty, "a chain needs a route")
        self.routes = routes
        self.attemptsInAll = attemptsInAll
        self.timers = timers
        self.random = random
    }

    /// The routes' own word, and which of them are left alone after failures.
    public var availability: [ModelAvailability] {
        routes.flatMap { route in
            guard let benched = route.breaker?.benchedMilliseconds else { return route.model.availability }
            return route.model.availability.map { known in
                var known = known
                guard known.isAvailable else { return known }
                known.isAvailable = false
                known.isResting = true
                known.reason =
                    benched > 0
                    ? "left alone after failures; asked again in \((benched + 999) / 1000) s"
                    : "left alone after failures; one request finds out whether it answers again"
                return known
            }
        }
    }

    public func canAnswer(_ request: ModelRequest) -> Bool { routes.contains { $0.model.canAnswer(request) } }

    public var readsConversation: Bool { routes.contains(where: \.model.readsConversation) }

    /// Asks the routes until one has answered, telling `sink` each switch and each failure.
    ///
    /// - Throws: `ModelError`, the last call's, or `.unavailable` when no route may be asked; `CancellationError`.
    public func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        var policy = FailoverPolicy(routes: routes.map(\.patience), attemptsInAll: attemptsInAll)
        let seamless = SeamlessSink(sink)
        var failure: ModelError?
        let admits: (Int) -> Bool = { self.admits($0, request) }
        var step = policy.begin(admits: admits)
        while case .ask(let index, let delay) = step {
            let route = routes[index]
            do {
                if delay > 0 { try await timers.sleep(milliseconds: delay) }
                var completion = try await call(
                    route, request, seamless, takingOverFrom: failure, attempt: policy.attemptsMade)
                completion.attempts = policy.attemptsMade
                return completion
            } catch let error as ModelError {
                var outcome = FailoverPolicy.Failure(
                    kind: error.kind, retryAfterSeconds: error.retryAfterSeconds, hasOutput: seamless.hasOutput)
                if seamless.isRefused {
                    // This route has another answer; the next one may have the one that was begun.
                    outcome.kind = .malformed
                } else {
                    // Whoever listened has gone; there is nobody to ask for.
                    guard seamless.wantsMore else { throw error }
                    failure = error
                }
                step = policy.step(after: outcome, jitter: random(), admits: admits)
            } catch {
                // Cancelled, or a fault of ours: no reason to ask anybody else, nor to think ill of the route.
                route.breaker?.gaveUp()
                throw error
            }
        }
        throw failure ?? noRoute
    }

    /// One call of one route.
    private func call<Sink: ModelSink>(
        _ route: Route, _ request: ModelRequest, _ sink: SeamlessSink<Sink>, takingOverFrom failure: ModelError?,
        attempt: Int
    ) async throws -> ModelCompletion {
        let known = route.model.availability.first
        let breaker = route.breaker
        let begun = MonotonicTime.now()
        sink.beginCall(
            failure.map {
                ProviderSwitch(
                    from: $0.provider, to: known?.provider ?? "", reason: $0.kind.rawValue, attempt: attempt,
                    resetsText: false)
            },
            onBegin: { breaker?.hasBegun() })
        do {
            guard !sink.isRefused else { throw Self.differs(from: known) }
            sink.answering(provider: known?.provider ?? "", model: known?.model ?? "")
            let completion = try await route.model.respond(to: request, into: sink)
            breaker?.succeeded()
            sink.endCall()
            guard !sink.isRefused else { throw Self.differs(from: known) }
            return completion
        } catch let error as ModelError {
            if sink.isRefused {
                // It answered, only not what can be gone on with.
                breaker?.gaveUp()
            } else {
                let isRoutes = FailoverPolicy.tellsOfHealth(error.kind) && !error.isLocal
                if isRoutes { breaker?.failed() } else { breaker?.gaveUp() }
                sink.attemptFailed(
                    FailedAttempt(
                        provider: error.provider, model: known?.model ?? "", kind: error.kind,
                        textBytes: sink.callBytes,
                        durationMS: MonotonicTime.now().milliseconds(since: begun), detail: error.detail))
            }
            throw error
        }
    }

    /// Whether a route may be asked; a yes is binding.
    private func admits(_ index: Int, _ request: ModelRequest) -> Bool {
        let route = routes[index]
        guard route.model.canAnswer(request) else { return false }
        guard route.model.availability.contains(where: \.isAvailable) else { return false }
        return route.breaker?.admits() ?? true
    }

    private var noRoute: ModelError {
        let routes = availability
        return ModelError(
            kind: .unavailable, provider: routes.first?.provider ?? "",
            detail: routes.map { "\($0.provider): \($0.reason)" }.joined(separator: "; "))
    }

    /// The answer cannot be gone on with by another provider. What its user sees is the error of the call that broke off.
    private static func differs(from route: ModelAvailability?) -> ModelError {
        ModelError(
            kind: .interrupted, provider: route?.provider ?? "", detail: "the answer differs from what was given before"
        )
    }
}

extension ModelChain.Route {
    fileprivate var patience: FailoverPolicy.Patience {
        FailoverPolicy.Patience(
            attempts: attempts, backoffMilliseconds: backoffMilliseconds,
            backoffMaximumMilliseconds: backoffMaximumMilliseconds,
            retryAfterMaximumMilliseconds: retryAfterMaximumMilliseconds)
    }
}
