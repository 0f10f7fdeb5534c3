import Scheduling
import Synchronization

/// The circuit breakers of a process, one for each route: what one request has found out, the others need not.
///
/// They outlive a new reading of the configuration.
public final class CircuitBreakers: Sendable {
    private let breakers = Mutex<[String: SharedCircuitBreaker]>([:])

    public init() {}

    /// The breaker of a route, made when it is new.
    /// - Parameters:
    ///   - route: a name for provider and model together.
    ///   - benchAfter: failures in a row, at least 1.
    ///   - benchMilliseconds: how long the route is then left alone.
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

    func admits(at now: MonotonicTime = .now()) -> Bool { breaker.withLock { $0.admits(at: now) } }
    func hasBegun() { breaker.withLock { $0.hasBegun() } }
    func succeeded() { breaker.withLock { $0.succeeded() } }
    func failed(at now: MonotonicTime = .now()) { breaker.withLock { $0.failed(at: now) } }
    func gaveUp(at now: MonotonicTime = .now()) { breaker.withLock { $0.gaveUp(at: now) } }

    /// Milliseconds until the route may be asked, 0 while one request finds out; nil when it may be asked.
    public var benchedMilliseconds: Int? { breaker.withLock { $0.milliseconds(untilAdmittedFrom: .now()) } }
}
