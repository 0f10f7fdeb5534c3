import Scheduling

/// Spares a route that fails, and those who would wait for it (martinfowler.com/bliki/CircuitBreaker.html).
///
/// After `failuresToBench` failures in a row the route is benched: nobody is sent there for `benchMilliseconds`. Then one
/// request may try; its success opens the route again for all, its failure benches it anew. Pure: the time is given.
struct CircuitBreaker {
    enum State: Equatable {
        /// Anybody may ask. The failures in a row so far.
        case closed(failures: Int)
        /// Nobody may ask before the time.
        case open(until: MonotonicTime)
        /// One request is under way to find out; nobody else may ask.
        case probing
    }

    private(set) var state = State.closed(failures: 0)
    var failuresToBench: Int
    var benchMilliseconds: Int

    /// - Parameter failuresToBench: at least 1.
    init(failuresToBench: Int, benchMilliseconds: Int) {
        self.failuresToBench = failuresToBench
        self.benchMilliseconds = benchMilliseconds
    }

    /// Whether a request may ask the route now. A yes while the route is benched makes the request its probe, which must be
    /// followed by `hasBegun`, `succeeded`, `failed` or `gaveUp`.
    mutating func admits(at now: MonotonicTime) -> Bool {
        switch state {
        case .closed: return true
        case .probing: return false
        case .open(let until):
            guard until <= now else { return false }
            state = .probing
            return true
        }
    }

    /// The route has begun to answer. That ends a probe, which may be a long answer that others need not wait for; one more
    /// failure benches the route again.
    mutating func hasBegun() {
        if state == .probing { state = .closed(failures: failuresToBench - 1) }
    }

    /// The route has answered to the end.
    mutating func succeeded() {
        // An answer that began before the bench says nothing about now.
        if case .open = state { return }
        state = .closed(failures: 0)
    }

    /// The route has failed in a way that tells of its health.
    mutating func failed(at now: MonotonicTime) {
        switch state {
        case .closed(let failures) where failures + 1 < failuresToBench: state = .closed(failures: failures + 1)
        case .closed, .probing: state = .open(until: now.advanced(byMilliseconds: benchMilliseconds))
        case .open: break
        }
    }

    /// The request ended without telling anything of the route's health: it was cancelled, or refused for what it asked.
    mutating func gaveUp(at now: MonotonicTime) {
        if state == .probing { state = .open(until: now) }
    }

    /// Milliseconds until somebody may ask; nil when somebody may now.
    func milliseconds(untilAdmittedFrom now: MonotonicTime) -> Int? {
        switch state {
        case .closed: nil
        case .probing: 0
        case .open(let until): until > now ? until.milliseconds(since: now) : nil
        }
    }
}
