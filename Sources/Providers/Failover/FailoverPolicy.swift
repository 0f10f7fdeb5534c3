import Chat

/// What is done when a route of a chain has failed: the one place where retries are decided. Pure: it decides, the chain
/// waits and asks. docs/providers.md has the same as a table.
struct FailoverPolicy {
    struct Route: Equatable {
        /// Whether it says the agent's own words, and is no language model.
        var isEmbedded = false
        /// Calls for one answer, the first included.
        var attempts = 3
        /// Milliseconds before the second call, doubled for each further one.
        var backoffMilliseconds = 400
        /// Most milliseconds between two calls while the embedded model is left.
        var backoffMaximumMilliseconds = 8_000
        /// For so many milliseconds of an answer it is asked again while another route is left, be it the embedded model.
        var patienceMilliseconds = 3_000
        /// Most milliseconds that are waited when the provider asks for it and no other route is left, and that an answer may have
        /// taken already before the same route is asked again.
        var retryAfterMaximumMilliseconds = 20_000
    }

    /// Whether a route may be asked now.
    enum Standing: Equatable {
        /// It may; the answer is binding.
        case ready
        /// Its provider asked to be left for a while. Another language model goes before it; when there is none, it is asked.
        case parked
        /// It failed too often. Everybody else goes before it; the embedded model only where several users saw it fail, so
        /// that one user cannot take the language model from the others.
        case benched(isSeenBySeveral: Bool)
        /// It has no key, or cannot answer such a request.
        case unusable
    }

    enum Step: Equatable {
        /// Ask this route, after so many milliseconds.
        case ask(route: Int, afterMilliseconds: Int)
        /// The answer has failed.
        case fail
    }

    /// What became of a call.
    struct Failure {
        var kind: ModelError.Kind
        var retryAfterSeconds: Double?
        /// Whether text, or a tool's call, has reached the caller in this answer.
        var hasOutput = false
        /// Since the answer was asked for: the patience is one for all of its calls.
        var elapsedMilliseconds = 0
    }

    /// What a kind of error says of asking again.
    private enum Verdict {
        /// May pass: the same route again, after a while.
        case again
        /// The same route would say the same.
        case elsewhere
        /// It is the answer to this request, whichever route is asked.
        case final
    }

    /// Who is looked for.
    private enum Scope {
        /// Language models that nothing is held against.
        case readyModels
        /// The embedded one as well.
        case ready
        /// Also those that are benched or parked.
        case any
    }

    /// A wait that a provider asks for is worth no change of the provider up to so many milliseconds.
    static let shortWaitMilliseconds = 1_000

    private let routes: [Route]
    private let attemptsInAll: Int
    private var attempts: [Int]
    /// Routes that have had their turn for this answer.
    private var isAsked: [Bool]
    /// The route whose call the answer depends on.
    private(set) var current = 0
    /// Routes that are not asked any more for this answer.
    private var isSpent: [Bool]

    /// - Parameter attemptsInAll: over all routes together, at least 1.
    init(routes: [Route], attemptsInAll: Int) {
        self.routes = routes
        self.attemptsInAll = attemptsInAll
        attempts = Array(repeating: 0, count: routes.count)
        isAsked = Array(repeating: false, count: routes.count)
        isSpent = Array(repeating: false, count: routes.count)
    }

    /// Calls so far, the one that was decided last included.
    var attemptsMade: Int { attempts.reduce(0, +) }

    /// Whom to ask first.
    /// - Parameter standing: of a route. Asked of one route after the other.
    mutating func begin(standing: (Int) -> Standing) -> Step { next(.any, standing) }

    /// What to do now.
    /// - Parameter jitter: 0 to 1, drawn anew each time, so that many who failed together do not come back together.
    mutating func step(after failure: Failure, jitter: Double, standing: (Int) -> Standing) -> Step {
        let verdict = Self.verdict(on: failure.kind)
        if verdict == .final || attemptsMade >= attemptsInAll { return .fail }
        let failed = current
        if verdict == .elsewhere { isSpent[failed] = true }
        guard !isSpent[failed], attempts[failed] < routes[failed].attempts else { return next(.any, standing) }
        if let other = another(than: failed, after: failure, standing) { return other }
        let asked = failure.retryAfterSeconds.map { $0 * 1000 }
        let limit = routes[failed].retryAfterMaximumMilliseconds
        if failure.elapsedMilliseconds > limit || asked ?? 0 > Double(limit) {
            isSpent[failed] = true
            return next(.any, standing)
        }
        attempts[failed] += 1
        return .ask(route: failed, afterMilliseconds: wait(before: attempts[failed], on: failed, asked, jitter))
    }

    /// The step to a better bet than the same route once more; nil when there is none.
    private mutating func another(
        than failed: Int, after failure: Failure, _ standing: (Int) -> Standing
    ) -> Step? {
        var scope: Scope?
        let asked = (failure.retryAfterSeconds ?? 0) * 1000
        if asked > Double(Self.shortWaitMilliseconds) { scope = .readyModels }
        // What reached the caller was this route's.
        if asked > Double(routes[failed].backoffMaximumMilliseconds) || failure.hasOutput
            || failure.elapsedMilliseconds > routes[failed].patienceMilliseconds
        {
            scope = .ready
        }
        if scope == nil, case .benched(let isSeenBySeveral) = standing(failed) {
            scope = isSeenBySeveral ? .ready : .readyModels
        }
        guard let route = scope.flatMap({ find($0, standing) }) else { return nil }
        return ask(route)
    }

    /// A route to be asked beside the call under way; nil when there is no further language model that is ready. The answer
    /// that is then heard, or the call that is left, must be told to `goOn`.
    mutating func hedge(standing: (Int) -> Standing) -> Int? {
        guard attemptsMade < attemptsInAll, let route = find(.readyModels, standing) else { return nil }
        attempts[route] += 1
        isAsked[route] = true
        return route
    }

    /// The call of this route was cancelled because another one was heard first: it may be asked should that break off.
    mutating func giveBack(_ route: Int) { isAsked[route] = false }

    /// The answer now depends on the call of this route.
    mutating func goOn(with route: Int) { current = route }

    private mutating func next(_ scope: Scope, _ standing: (Int) -> Standing) -> Step {
        find(scope, standing).map { ask($0) } ?? .fail
    }

    /// The first route in the chain's order that was not asked for this answer.
    private func find(_ scope: Scope, _ standing: (Int) -> Standing) -> Int? {
        var beforeEmbedded: Int?
        var last: Int?
        for route in routes.indices where !isSpent[route] && !isAsked[route] {
            if routes[route].isEmbedded, scope == .readyModels { continue }
            switch standing(route) {
            case .unusable: continue
            case .ready:
                return routes[route].isEmbedded ? beforeEmbedded ?? route : route
            case .parked, .benched(isSeenBySeveral: false):
                beforeEmbedded = beforeEmbedded ?? route
                last = last ?? route
            case .benched(isSeenBySeveral: true): last = last ?? route
            }
        }
        return scope == .any ? last : nil
    }

    private mutating func ask(_ route: Int) -> Step {
        current = route
        attempts[route] += 1
        isAsked[route] = true
        return .ask(route: route, afterMilliseconds: 0)
    }

    /// Milliseconds before call number `attempt` of a route.
    /// - Parameter asked: by the provider.
    private func wait(before attempt: Int, on route: Int, _ asked: Double?, _ jitter: Double) -> Int {
        let route = routes[route]
        if let asked {
            // Not before the time that the provider named.
            return Int(asked.rounded(.up)) + Int(Double(route.backoffMilliseconds) / 2 * jitter)
        }
        let doubled = Double(route.backoffMilliseconds) * Double(1 << min(20, max(0, attempt - 2)))
        let backoff = min(doubled, Double(route.backoffMaximumMilliseconds))
        // Half of it for certain, half by chance.
        return Int(backoff / 2 + backoff / 2 * jitter)
    }

    // MARK: - What a kind of error means

    /// Whether an error is the answer to this request, whichever route is asked.
    static func isFinal(_ kind: ModelError.Kind) -> Bool { verdict(on: kind) == .final }

    private static func verdict(on kind: ModelError.Kind) -> Verdict {
        switch kind {
        case .unavailable, .rateLimited, .interrupted: .again
        // A route that was silent once has cost its user the whole patience already. The others answer the same request
        // with the same refusal.
        case .timeout, .unauthorized, .notFound, .invalidRequest, .contextLengthExceeded, .malformed, .emptyAnswer,
            .superseded, .tooLarge:
            .elsewhere
        // The provider has judged the content, not failed: asking the next one would be a way round its judgement.
        case .contentPolicy: .final
        }
    }

    /// Whether an error tells of the route's health, and not of what was asked, or of how much was asked before.
    static func tellsOfHealth(_ kind: ModelError.Kind) -> Bool {
        switch kind {
        case .unavailable, .timeout, .unauthorized, .interrupted, .malformed: true
        // An empty answer may be this request's own; so may the name of a model.
        case .rateLimited, .notFound, .invalidRequest, .contextLengthExceeded, .contentPolicy, .emptyAnswer,
            .superseded, .tooLarge:
            false
        }
    }

    /// The error that the caller is told, of all that the calls of an answer ended in, in their order: the last one. Those
    /// for want of a key, an account or a model are the operator's affair, and are told only where there is no other; then
    /// the first one.
    static func told(_ errors: [ModelError]) -> ModelError? {
        errors.last { $0.kind != .unauthorized && $0.kind != .notFound } ?? errors.first
    }
}
