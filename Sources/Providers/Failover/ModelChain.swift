public import Chat
public import Scheduling

/// A call of a route that has ended.
public struct RouteCall: Sendable, Equatable {
    public var provider: String
    /// As the configuration names it; empty when it leaves that open.
    public var model: String
    /// One of `outcomes`.
    public var outcome: String
    /// Whether it was made beside another one that had shown nothing.
    public var isHedge: Bool
    public var durationMS: Int

    /// `ok`, `cancelled`, or the kind of the error in the words of `ModelError.Kind`.
    public static let outcomes = ["ok", "cancelled"] + ModelError.Kind.allCases.map(\.rawValue)
}

/// Several models in the order in which they are asked, as one: what fails is asked again, or the next one is, and the
/// caller gets each word once.
///
/// This is the only loop that repeats a call. What it does is decided by `FailoverPolicy`, how the answers of several calls
/// become one by `AnswerStitcher`, and which routes rest by the `CircuitBreaker` of each.
public struct ModelChain: LanguageModel {
    /// One of the models, and how it is asked.
    public struct Route: Sendable {
        public var model: any LanguageModel
        /// Calls for one answer, the first included; at least 1.
        public var attempts = 3
        /// Milliseconds before the second call, doubled for each further one.
        public var backoffMilliseconds = 400
        /// Most milliseconds between two calls while the embedded model is left.
        public var backoffMaximumMilliseconds = 8_000
        /// Milliseconds since the answer was asked for after which it is not asked again while another route is left.
        public var patienceMilliseconds = 3_000
        /// Most milliseconds waited because the provider asks for it, when no other route is left.
        public var retryAfterMaximumMilliseconds = 20_000
        /// Milliseconds that it may show nothing before another language model is asked as well; 0 for never, nil for the usual,
        /// which is never where the model thinks first.
        public var hedgeAfterMilliseconds: Int?
        /// Nil for a route that never rests.
        public var breaker: SharedCircuitBreaker?
        /// Told once of every call, when it has ended.
        public var whenCalled: (@Sendable (RouteCall) -> Void)?

        public init(_ model: any LanguageModel, breaker: SharedCircuitBreaker? = nil) {
            self.model = model
            self.breaker = breaker
        }
    }

    let routes: [Route]
    let timers: TimerQueue
    /// Whether there is more than one language model.
    let canHedge: Bool
    let hedges: HedgeBudget
    private let attemptsInAll: Int
    private let random: @Sendable () -> Double

    /// - Parameters:
    ///   - routes: at least one.
    ///   - attemptsInAll: calls for one answer over all routes; at least 1.
    ///   - hedges: how many calls may be made beside others.
    ///   - random: 0 to 1, for the jitter.
    public init(
        _ routes: [Route], attemptsInAll: Int = 8, timers: TimerQueue, hedges: HedgeBudget = HedgeBudget(),
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        precondition(!routes.isEmpty, "a chain needs a route")
        self.routes = routes
        self.attemptsInAll = attemptsInAll
        self.timers = timers
        self.hedges = hedges
        self.random = random
        canHedge = routes.count { !$0.isEmbedded } > 1
    }

    /// The routes' own word, and which of them rest.
    public var availability: [ModelAvailability] {
        routes.flatMap(Self.availability)
    }

    private static func availability(of route: Route) -> [ModelAvailability] {
        guard let rest = route.breaker?.rest else { return route.model.availability }
        return route.model.availability.map { $0.isAvailable ? $0.resting(rest) : $0 }
    }

    public func canAnswer(_ request: ModelRequest) -> Bool {
        routes.contains { $0.model.canAnswer(request) && $0.model.availability.contains(where: \.isAvailable) }
    }

    public var readsConversation: Bool { routes.contains(where: \.model.readsConversation) }

    /// Asks the routes until one has answered, telling `sink` each switch and each failure.
    ///
    /// - Throws: `ModelError`, the one of the calls' that tells its user most (`FailoverPolicy.told`), or `.unavailable` when no
    ///   route may be asked; `CancellationError`.
    public func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        let search = RouteSearch(
            FailoverPolicy(routes: routes.map(\.policy), attemptsInAll: attemptsInAll), request, StitchingSink(sink))
        defer { giveBackTickets(of: search) }
        if canHedge { hedges.earn() }
        search.step = search.policy.begin { standing(of: $0, in: search) }
        while case .ask(let index, let delay) = search.step {
            do {
                if delay > 0 { try await timers.sleep(milliseconds: delay) }
                return try await ask(index, search)
            } catch let error as ModelError {
                try take(error, search)
            }
        }
        throw told(search.failures)
    }

    /// Asks a route, and another one beside it where it shows nothing for long.
    private func ask<Sink: ModelSink>(_ index: Int, _ search: RouteSearch<Sink>) async throws -> ModelCompletion {
        let first = call(index, search)
        if search.failures.isEmpty, let change = passedOver(before: index) { search.sink.providerSwitch(change) }
        var completion =
            if let patience = hedgePatience(for: first, search) {
                try await race(first, patience, search)
            } else {
                try await respond(first, search)
            }
        completion.attempts = search.policy.attemptsMade
        return completion
    }

    /// Decides what is done after a call that failed.
    /// - Throws: the error where nobody waits for an answer any more.
    @inline(never)
    private func take(_ error: ModelError, _ search: RouteSearch<some ModelSink>) throws {
        var outcome = FailoverPolicy.Failure(
            kind: error.kind, retryAfterSeconds: error.retryAfterSeconds, hasOutput: search.sink.hasOutput,
            elapsedMilliseconds: search.milliseconds)
        if search.sink.isRefused {
            // This route has another answer; the next one may have the one that was begun.
            outcome.kind = .malformed
        } else {
            // Anyone who listened has gone; there is nobody to ask for.
            guard search.sink.wantsMore else { throw error }
            search.failures.append(CallFailure(route: search.policy.current, error: error))
        }
        search.step = search.policy.step(after: outcome, jitter: random()) { standing(of: $0, in: search) }
    }

    /// A call of a route that may be asked.
    func call(_ index: Int, _ search: RouteSearch<some ModelSink>) -> ChainCall {
        let route = routes[index]
        let ticket = search.tickets.removeValue(forKey: index) ?? route.breaker?.ticket
        return ChainCall(index, route, ticket, for: search.caller)
    }

    private func giveBackTickets(of search: RouteSearch<some ModelSink>) {
        for (index, ticket) in search.tickets { routes[index].breaker?.gaveNoEvidence(ticket) }
    }

    /// What to tell when the embedded model answers because a language model rests.
    private func passedOver(before index: Int) -> ProviderSwitch? {
        guard let known = routes[index].model.availability.first, known.kind == EmbeddedProvider.kind,
            let resting = routes[..<index].lazy.flatMap({ Self.availability(of: $0) }).first(where: { $0.rest != nil })
        else { return nil }
        return ProviderSwitch(
            from: resting.provider, to: known.provider, reason: "provider_resting", attempt: 1, resetsText: false)
    }

    /// One call of one route, with nobody beside it.
    private func respond<Sink: ModelSink>(
        _ call: ChainCall, _ search: RouteSearch<Sink>
    ) async throws -> ModelCompletion {
        let sink = search.sink
        let change = call.change(after: search.failures.last?.error, attempt: search.policy.attemptsMade)
        sink.beginCall(change, onBegin: { call.hasBegun() })
        do {
            guard !sink.isRefused else { throw call.differs }
            sink.answering(provider: call.provider, model: call.model)
            let completion = try await routes[call.route].model.respond(to: search.request, into: sink)
            call.succeeded()
            sink.endCall()
            guard !sink.isRefused else { throw call.differs }
            return completion
        } catch let error as ModelError where !sink.isRefused {
            sink.attemptFailed(call.failed(error, textBytes: sink.callBytes))
            throw error
        } catch {
            // Cancelled, a fault of ours, or an answer that cannot be gone on with: no reason to think ill of the route.
            call.gaveNoEvidence()
            throw error
        }
    }

    /// Whether a route may be asked. Takes a ticket when it may.
    func standing(of index: Int, in search: RouteSearch<some ModelSink>) -> FailoverPolicy.Standing {
        let route = routes[index]
        guard route.model.canAnswer(search.request), route.model.availability.contains(where: \.isAvailable) else {
            return .unusable
        }
        guard search.tickets[index] == nil, let breaker = route.breaker else { return .ready }
        switch breaker.admit() {
        case .granted(let granted):
            search.tickets[index] = granted
            return .ready
        case .denied(.parked): return .parked
        case .denied(.benched(_, let isSeenBySeveral)): return .benched(isSeenBySeveral: isSeenBySeveral)
        }
    }

    /// What the caller is told of these failures, with the time after which to ask again where that is known.
    private func told(_ failures: [CallFailure]) -> ModelError {
        guard var told = FailoverPolicy.told(failures.map(\.error)) else { return noRoute }
        if told.retryAfterSeconds == nil, told.kind == .unavailable,
            let route = failures.last(where: { $0.error.provider == told.provider })?.route,
            case .benched(let milliseconds, _) = routes[route].breaker?.rest, milliseconds > 0
        {
            told.retryAfterSeconds = Double(milliseconds) / 1000
        }
        return told
    }

    private var noRoute: ModelError {
        let routes = availability
        var error = ModelError(
            kind: .unavailable, provider: routes.first?.provider ?? "",
            detail: routes.map { "\($0.provider): \($0.reason)" }.joined(separator: "; "))
        error.unavailability = .notConfigured
        return error
    }
}

/// What the search for an answer has come to.
///
/// An object, so that a task that waits for an answer holds a pointer, and not all that may be needed after a failure.
final class RouteSearch<Sink: ModelSink> {
    let request: ModelRequest
    let sink: StitchingSink<Sink>
    let caller = Caller.current ?? .nobody
    var policy: FailoverPolicy
    var step = FailoverPolicy.Step.fail
    var failures: [CallFailure] = []
    /// Of routes that are about to be asked.
    var tickets: [Int: CircuitBreaker.Ticket] = [:]
    private let begun = MonotonicTime.now()

    init(_ policy: FailoverPolicy, _ request: ModelRequest, _ sink: StitchingSink<Sink>) {
        self.policy = policy
        self.request = request
        self.sink = sink
    }

    /// Since it began.
    var milliseconds: Int { MonotonicTime.now().milliseconds(since: begun) }
}

extension ModelAvailability {
    fileprivate func resting(_ rest: CircuitBreaker.Rest) -> ModelAvailability {
        var known = self
        known.isAvailable = false
        let seconds = (rest.milliseconds + 999) / 1000
        switch rest {
        case .parked:
            known.rest = .asAsked
            known.reason = "its provider takes no more requests for \(seconds) s"
        case .benched:
            known.rest = .afterFailures
            known.reason =
                seconds > 0
                ? "resting after failures; asked again in \(seconds) s"
                : "resting after failures; one request finds out whether it answers again"
        }
        return known
    }
}

extension ModelChain.Route {
    var isEmbedded: Bool { model.availability.first?.kind == EmbeddedProvider.kind }

    fileprivate var policy: FailoverPolicy.Route {
        FailoverPolicy.Route(
            isEmbedded: isEmbedded, attempts: attempts,
            backoffMilliseconds: backoffMilliseconds, backoffMaximumMilliseconds: backoffMaximumMilliseconds,
            patienceMilliseconds: patienceMilliseconds, retryAfterMaximumMilliseconds: retryAfterMaximumMilliseconds)
    }
}
