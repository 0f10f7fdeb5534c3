import Chat
import Scheduling
import Synchronization

/// The circuit breakers of a process, one for each route: what one request has found out, the others need not.
///
/// They outlive a new reading of the configuration.
public final class CircuitBreakers: Sendable {
    private let breakers = Mutex<[String: SharedCircuitBreaker]>([:])

    public init() {}

    /// What is known of every route, by its name.
    public var conditions: [(route: String, condition: SharedCircuitBreaker.Condition)] {
        breakers.withLock { $0 }.map { ($0.key, $0.value.condition) }.sorted { $0.route < $1.route }
    }

    /// The breaker of a route, made when it is new.
    /// - Parameters:
    ///   - route: a name for provider and model together.
    ///   - benchAfter: turns in a row that failed, at least 1.
    ///   - benchMilliseconds: how long the route then rests.
    public func breaker(for route: String, benchAfter: Int, benchMilliseconds: Int) -> SharedCircuitBreaker {
        breakers.withLock { breakers in
            if let known = breakers[route] {
                known.configure(benchAfter: benchAfter, benchMilliseconds: benchMilliseconds)
                return known
            }
            let new = SharedCircuitBreaker(benchAfter: benchAfter, benchMilliseconds: benchMilliseconds)
            breakers[route] = new
            return new
        }
    }
}

/// A circuit breaker that many requests look at.
public final class SharedCircuitBreaker: Sendable {
    private let breaker: Mutex<CircuitBreaker>

    public init(benchAfter: Int, benchMilliseconds: Int) {
        breaker = Mutex(CircuitBreaker(failuresToBench: benchAfter, benchMilliseconds: benchMilliseconds))
    }

    func configure(benchAfter: Int, benchMilliseconds: Int) {
        breaker.withLock {
            $0.failuresToBench = benchAfter
            $0.benchMilliseconds = benchMilliseconds
        }
    }

    func admit() -> CircuitBreaker.Admission { breaker.withLock { $0.admit(at: .now()) } }
    /// For a call that is decided, whether the route rests or not.
    var ticket: CircuitBreaker.Ticket {
        breaker.withLock { breaker in
            if case .granted(let ticket) = breaker.admit(at: .now()) { return ticket }
            return breaker.lastResort()
        }
    }

    /// How a route stands, for who watches.
    public enum Condition: String, Sendable, CaseIterable {
        /// It is asked.
        case closed
        /// It rests after failures.
        case open
        /// One request finds out whether it answers again.
        case halfOpen = "half_open"
        /// Its provider asked to be left for some time.
        case parked
    }

    var condition: Condition {
        breaker.withLock { breaker in
            if case .parked = breaker.rest(at: .now()) { return .parked }
            return switch breaker.state {
            case .closed: .closed
            case .open: .open
            case .probing: .halfOpen
            }
        }
    }

    /// Nil when the route may be asked.
    var rest: CircuitBreaker.Rest? { breaker.withLock { $0.rest(at: .now()) } }

    func hasBegun(_ ticket: CircuitBreaker.Ticket) { breaker.withLock { $0.hasBegun(ticket) } }
    func succeeded(_ ticket: CircuitBreaker.Ticket) { breaker.withLock { $0.succeeded(ticket) } }
    func gaveNoEvidence(_ ticket: CircuitBreaker.Ticket) { breaker.withLock { $0.gaveNoEvidence(ticket, at: .now()) } }

    /// Takes account of an error, as far as it says anything of the route.
    func failed(_ ticket: CircuitBreaker.Ticket, _ caller: Caller, _ error: ModelError) {
        breaker.withLock { breaker in
            let now = MonotonicTime.now()
            if error.kind == .rateLimited, let seconds = error.retryAfterSeconds {
                let limit = Double(CircuitBreaker.maximumParkMilliseconds)
                breaker.park(ticket, milliseconds: Int(min(seconds * 1000, limit).rounded(.up)), at: now)
            } else if FailoverPolicy.tellsOfHealth(error.kind), !error.isLocal {
                breaker.failed(ticket, caller, isTimeout: error.kind == .timeout, at: now)
            } else {
                breaker.gaveNoEvidence(ticket, at: now)
            }
        }
    }
}
