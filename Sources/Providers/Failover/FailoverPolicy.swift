import Chat

/// What is done when a route of a chain has failed: the one place where retries are decided. Pure: it decides, the chain
/// waits and asks. docs/providers.md has the same as a table.
struct FailoverPolicy {
    /// How often and how patiently one route is asked.
    struct Patience: Equatable {
        /// Calls for one answer, the first included.
        var attempts = 3
        /// Milliseconds before the second call, doubled for each further one.
        var backoffMilliseconds = 400
        /// Most milliseconds between two calls while another route is left.
        var backoffMaximumMilliseconds = 8_000
        /// Most milliseconds that are waited when the provider asks for it and no other route is left; when it asks for more,
        /// it is not waited for.
        var retryAfterMaximumMilliseconds = 20_000
    }

    enum Step: Equatable {
        /// Ask this route, after so many milliseconds.
        case ask(route: Int, afterMilliseconds: Int)
        /// The error is the reply's end.
        case fail
    }

    /// What became of a call.
    struct Failure {
        var kind: ModelError.Kind
        var retryAfterSeconds: Double?
        /// Whether text, or a tool's call, has reached the caller in this answer.
        var hasOutput = false
    }

    /// What a kind of error says of asking again.
    private enum Verdict {
        /// May pass: the same route again, after a while.
        case again
        /// The same route would say the same.
        case elsewhere
        /// It is the answer to this request, whoever is asked.
        case final
    }

    private let routes: [Patience]
    private let attemptsInAll: Int
    private var attempts: [Int]
    private var current = 0
    /// Routes that are not asked any more for this answer.
    private var isSpent: [Bool]

    /// - Parameter attemptsInAll: over all routes together, at least 1.
    init(routes: [Patience], attemptsInAll: Int) {
        self.routes = routes
        self.attemptsInAll = attemptsInAll
        attempts = Array(repeating: 0, count: routes.count)
        isSpent = Array(repeating: false, count: routes.count)
    }

    /// Calls so far, the one that was decided last included.
    var attemptsMade: Int { attempts.reduce(0, +) }

    /// Whom to ask first.
    /// - Parameter admits: whether a route may be asked now. Asked of one route after the other, until it says yes; the yes
    ///   is binding.
    mutating func begin(admits: (Int) -> Bool) -> Step { next(from: 0, admits) }

    /// What to do now.
    /// - Parameter jitter: 0 to 1, drawn anew each time, so that many who failed together do not come back together.
    mutating func step(after failure: Failure, jitter: Double, admits: (Int) -> Bool) -> Step {
        let verdict = Self.verdict(on: failure.kind)
        if verdict == .final || attemptsMade >= attemptsInAll { return .fail }
        let failed = current
        if verdict == .elsewhere { isSpent[failed] = true }
        let mayGoOn = !isSpent[failed] && attempts[failed] < routes[failed].attempts
        // What reached the caller was this route's: another one is a better bet than the one that broke off.
        if failure.hasOutput || !mayGoOn {
            let step = next(from: failed + 1, admits)
            if step != .fail || !mayGoOn { return step }
        }
        let attempt = attempts[failed] + 1
        var delay = delay(before: attempt, on: failed, failure, jitter, hasOthers: hasRoute(after: failed))
        if delay == nil {
            let step = next(from: failed + 1, admits)
            if step != .fail { return step }
            // None of the others may be asked: it is waited for as the only one.
            delay = self.delay(before: attempt, on: failed, failure, jitter, hasOthers: false)
        }
        guard let delay else {
            isSpent[failed] = true
            return .fail
        }
        guard admits(failed) else { return next(from: failed + 1, admits) }
        attempts[failed] += 1
        return .ask(route: failed, afterMilliseconds: delay)
    }

    private mutating func next(from start: Int, _ admits: (Int) -> Bool) -> Step {
        for route in routes.indices where route >= start && !isSpent[route] && attempts[route] == 0 && admits(route) {
            current = route
            attempts[route] += 1
            return .ask(route: route, afterMilliseconds: 0)
        }
        return .fail
    }

    private func hasRoute(after route: Int) -> Bool {
        routes.indices.contains { $0 > route && !isSpent[$0] && attempts[$0] == 0 }
    }

    /// Milliseconds before call number `attempt` of a route; nil when it is not worth the wait.
    private func delay(
        before attempt: Int, on route: Int, _ failure: Failure, _ jitter: Double, hasOthers: Bool
    ) -> Int? {
        let patience = routes[route]
        let doubled = Double(patience.backoffMilliseconds) * Double(1 << min(20, max(0, attempt - 2)))
        let backoff = min(doubled, Double(patience.backoffMaximumMilliseconds))
        // Half of it for certain, half by chance.
        let jittered = Int(backoff / 2 + backoff / 2 * jitter)
        guard let seconds = failure.retryAfterSeconds else { return jittered }
        let asked = seconds * 1000
        let limit = hasOthers ? patience.backoffMaximumMilliseconds : patience.retryAfterMaximumMilliseconds
        guard asked <= Double(limit) else { return nil }
        // Not before the time that the provider named.
        return max(Int(asked.rounded(.up)), 0) + Int(Double(patience.backoffMilliseconds) / 2 * jitter)
    }

    private static func verdict(on kind: ModelError.Kind) -> Verdict {
        switch kind {
        case .unavailable, .rateLimited, .interrupted: .again
        // A route that was silent once has cost its user the whole patience already. The others answer the same request
        // with the same refusal.
        case .timeout, .unauthorized, .invalidRequest, .contextLengthExceeded, .malformed, .emptyAnswer, .tooLarge:
            .elsewhere
        // The provider has judged the content, not failed: asking the next one would be a way round its judgement.
        case .contentPolicy: .final
        }
    }

    /// Whether an error tells of the route's health, and not of what was asked.
    static func tellsOfHealth(_ kind: ModelError.Kind) -> Bool {
        switch kind {
        case .unavailable, .timeout, .rateLimited, .unauthorized, .interrupted, .malformed: true
        // An empty answer may be this request's own.
        case .invalidRequest, .contextLengthExceeded, .contentPolicy, .emptyAnswer, .tooLarge: false
        }
    }
}
