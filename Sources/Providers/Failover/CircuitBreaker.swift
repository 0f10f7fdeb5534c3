import Chat
import Scheduling

/// Spares a route that fails, and those who would wait for it (martinfowler.com/bliki/CircuitBreaker.html).
///
/// After `failuresToBench` turns in a row that it failed the route is benched for `benchMilliseconds`. Then one request may
/// try; its success opens the route again for all, its failure benches it anew. Apart from that the route is parked for as
/// long as its provider asked to be left. Pure: the time is given.
///
/// A benched or parked route may still be asked by those who have nobody else (`lastResort`): whether to do so is
/// `FailoverPolicy`'s decision.
struct CircuitBreaker {
    enum State: Equatable {
        /// Anybody may ask. On probation, one failure benches the route again.
        case closed(isOnProbation: Bool)
        /// Only those who have nobody else may ask before the time.
        case open(until: MonotonicTime)
        /// One request is under way to find out.
        case probing
    }

    /// As what a call was let through. What comes of it counts only as long as the breaker is in the same period: a call
    /// that began before the bench says nothing about now.
    struct Ticket: Equatable, Sendable {
        fileprivate enum Kind { case usual, probe, lastResort }
        fileprivate let period: Int
        fileprivate let kind: Kind
    }

    enum Admission {
        case granted(Ticket)
        case denied(Rest)
    }

    /// Why the route should not be asked.
    enum Rest: Equatable, Sendable {
        /// The provider named a time.
        case parked(milliseconds: Int)
        /// Milliseconds are 0 while a probe is under way.
        /// - Parameter isSeenBySeveral: whether several users saw it fail.
        case benched(milliseconds: Int, isSeenBySeveral: Bool)

        var milliseconds: Int {
            switch self {
            case .parked(let milliseconds), .benched(let milliseconds, _): milliseconds
            }
        }
    }

    private struct Failure {
        var caller: Caller
        var isTimeout: Bool
    }

    /// A provider that names a longer time is asked again after this one.
    static let maximumParkMilliseconds = 3_600_000

    private(set) var state = State.closed(isOnProbation: false)
    var failuresToBench: Int
    var benchMilliseconds: Int
    /// Counts the benches.
    private var period = 0
    /// In a row, one a turn, the latest last.
    private var failures: [Failure] = []
    private var isSeenBySeveral = false
    private var parkedUntil: MonotonicTime?

    /// - Parameter failuresToBench: at least 1.
    init(failuresToBench: Int, benchMilliseconds: Int) {
        self.failuresToBench = failuresToBench
        self.benchMilliseconds = benchMilliseconds
    }

    /// Lets a call through, or says why it should not be made.
    ///
    /// A ticket given after the bench makes the call its probe: one of `hasBegun`, `succeeded`, `failed` and
    /// `gaveNoEvidence` must follow.
    mutating func admit(at now: MonotonicTime) -> Admission {
        if let rest = rest(at: now) { return .denied(rest) }
        parkedUntil = nil
        guard case .open = state else { return .granted(Ticket(period: period, kind: .usual)) }
        state = .probing
        return .granted(Ticket(period: period, kind: .probe))
    }

    /// Lets a call through that nobody else could answer.
    func lastResort() -> Ticket { Ticket(period: period, kind: .lastResort) }

    /// The route has begun to answer. That ends the bench, which may be a long answer that others need not wait for.
    mutating func hasBegun(_ ticket: Ticket) {
        guard ticket.period == period, state != .closed(isOnProbation: false) else { return }
        if ticket.kind == .lastResort { parkedUntil = nil }
        state = .closed(isOnProbation: true)
    }

    /// The route has answered to the end.
    mutating func succeeded(_ ticket: Ticket) {
        guard ticket.period == period else { return }
        if ticket.kind == .lastResort { parkedUntil = nil }
        state = .closed(isOnProbation: false)
        failures = []
        isSeenBySeveral = false
    }

    /// The route has failed in a way that tells of its health.
    /// - Parameters:
    ///   - caller: whose turn failed. A turn counts once, however often it asks.
    ///   - isTimeout: whether the route was silent or slow, which may be the request's own fault: it counts only when several
    ///     users saw it.
    mutating func failed(_ ticket: Ticket, _ caller: Caller, isTimeout: Bool, at now: MonotonicTime) {
        guard ticket.period == period else { return }
        switch state {
        case .closed(let isOnProbation):
            record(Failure(caller: caller, isTimeout: isTimeout))
            let count = countedFailures + (isOnProbation && countedFailures > 0 ? failuresToBench - 1 : 0)
            if count >= failuresToBench { bench(at: now) }
        case .probing where ticket.kind == .probe: bench(at: now)
        // Who had nobody else asked in spite of the bench, and does not prolong it for the others.
        case .open, .probing: break
        }
    }

    /// The call ended without telling anything of the route's health: it was cancelled, or refused for what it asked.
    mutating func gaveNoEvidence(_ ticket: Ticket, at now: MonotonicTime) {
        if ticket.period == period, ticket.kind == .probe, state == .probing { state = .open(until: now) }
    }

    /// The provider asks to be left for some time. That tells nothing of its health.
    mutating func park(_ ticket: Ticket, milliseconds: Int, at now: MonotonicTime) {
        gaveNoEvidence(ticket, at: now)
        let until = now.advanced(byMilliseconds: min(milliseconds, Self.maximumParkMilliseconds))
        parkedUntil = max(until, parkedUntil ?? until)
    }

    /// Why the route should not be asked; nil when it may be.
    func rest(at now: MonotonicTime) -> Rest? {
        if let parkedUntil, parkedUntil > now { return .parked(milliseconds: parkedUntil.milliseconds(since: now)) }
        switch state {
        case .closed: return nil
        case .probing: return .benched(milliseconds: 0, isSeenBySeveral: isSeenBySeveral)
        case .open(let until):
            guard until > now else { return nil }
            return .benched(milliseconds: until.milliseconds(since: now), isSeenBySeveral: isSeenBySeveral)
        }
    }

    // MARK: - Counting

    private mutating func record(_ failure: Failure) {
        if let known = failures.firstIndex(where: { $0.caller.turn == failure.caller.turn }) {
            failures[known].isTimeout = failures[known].isTimeout && failure.isTimeout
            return
        }
        // Two are needed to tell several users' timeouts from one's.
        if failures.count >= max(2, failuresToBench) {
            failures.remove(at: failures.firstIndex(where: \.isTimeout) ?? 0)
        }
        failures.append(failure)
    }

    private var countedFailures: Int {
        let timeouts = failures.filter(\.isTimeout)
        return failures.count - (Self.areOfSeveral(timeouts) ? 0 : timeouts.count)
    }

    private static func areOfSeveral(_ failures: [Failure]) -> Bool {
        failures.contains { $0.caller.user != failures[0].caller.user }
    }

    private mutating func bench(at now: MonotonicTime) {
        state = .open(until: now.advanced(byMilliseconds: benchMilliseconds))
        isSeenBySeveral = isSeenBySeveral || Self.areOfSeveral(failures)
        failures = []
        period += 1
    }
}
