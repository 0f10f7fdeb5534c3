import Chat
import Scheduling

/// A call of a route, and what the chain has to tell of it.
struct ChainCall: Sendable {
    let route: Int
    let provider: String
    /// Empty when the configuration leaves it open.
    let model: String
    private let begun = MonotonicTime.now()
    private let caller: Caller
    private let breaker: SharedCircuitBreaker?
    private let ticket: CircuitBreaker.Ticket?
    private let whenCalled: (@Sendable (RouteCall) -> Void)?
    /// Whether it is made beside another one that has shown nothing.
    var isHedge = false

    /// - Parameters:
    ///   - ticket: nil for a route without a breaker.
    ///   - caller: for whom the answer is.
    init(_ index: Int, _ route: ModelChain.Route, _ ticket: CircuitBreaker.Ticket?, for caller: Caller) {
        self.route = index
        let known = route.model.availability.first
        provider = known?.provider ?? ""
        model = known?.model ?? ""
        breaker = route.breaker
        whenCalled = route.whenCalled
        self.ticket = ticket
        self.caller = caller
    }

    /// What to tell when it takes over from a call that failed.
    func change(after failure: ModelError?, attempt: Int) -> ProviderSwitch? {
        failure.map {
            ProviderSwitch(
                from: $0.provider, to: provider, reason: $0.kind.rawValue, attempt: attempt, resetsText: false)
        }
    }

    // MARK: - What it tells of its route's health

    func hasBegun() { if let ticket { breaker?.hasBegun(ticket) } }
    func succeeded() {
        if let ticket { breaker?.succeeded(ticket) }
        tell("ok")
    }

    func gaveNoEvidence() {
        noteNoEvidence()
        tell("cancelled")
    }

    private func noteNoEvidence() { if let ticket { breaker?.gaveNoEvidence(ticket) } }

    private func tell(_ outcome: String) {
        whenCalled?(
            RouteCall(
                provider: provider, model: model, outcome: outcome, isHedge: isHedge,
                durationMS: MonotonicTime.now().milliseconds(since: begun)))
    }

    // MARK: - How it failed

    /// Takes account of an error.
    func failed(_ error: ModelError, textBytes: Int = 0) -> FailedAttempt {
        // The client's own name for a model, where the configuration has none, is not the route's fault.
        if error.kind == .unauthorized, model.isEmpty {
            noteNoEvidence()
        } else if let ticket {
            breaker?.failed(ticket, caller, error)
        }
        tell(error.kind.rawValue)
        return attempt(error.kind, textBytes: textBytes, provider: error.provider, detail: error.detail)
    }

    /// Takes account of having been cancelled because another call was heard first.
    func superseded(by other: ChainCall) -> FailedAttempt {
        noteNoEvidence()
        tell(ModelError.Kind.superseded.rawValue)
        return attempt(.superseded, textBytes: 0, provider: provider, detail: "\(other.provider) answered first")
    }

    private func attempt(
        _ kind: ModelError.Kind, textBytes: Int, provider: String, detail: String
    ) -> FailedAttempt {
        FailedAttempt(
            provider: provider, model: model, kind: kind, textBytes: textBytes,
            durationMS: MonotonicTime.now().milliseconds(since: begun), detail: detail)
    }

    /// The answer cannot be gone on with by another provider. What its user sees is the error of the call that broke off.
    var differs: ModelError {
        ModelError(kind: .interrupted, provider: provider, detail: "the answer differs from what was given before")
    }
}

/// A call that came to nothing.
struct CallFailure {
    var route: Int
    var error: ModelError
}

extension Caller {
    /// Of a call outside of any turn, which counts as a turn of its own.
    static var nobody: Caller { Caller(turn: Identifiers.message(), user: .nobody) }
}
