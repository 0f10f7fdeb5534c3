import Chat
import Testing

@testable import Providers

@Suite("What is done about a failure")
struct FailoverPolicyTests {
    typealias Step = FailoverPolicy.Step

    private func policy(
        routes: Int = 2, attempts: Int = 3, inAll: Int = 8
    ) -> FailoverPolicy {
        let patience = FailoverPolicy.Patience(
            attempts: attempts, backoffMilliseconds: 400, backoffMaximumMilliseconds: 1_000,
            retryAfterMaximumMilliseconds: 20_000)
        return FailoverPolicy(routes: Array(repeating: patience, count: routes), attemptsInAll: inAll)
    }

    private func fails(
        _ policy: inout FailoverPolicy, _ kind: ModelError.Kind, after seconds: Double? = nil, hasOutput: Bool = false,
        jitter: Double = 0, admits: (Int) -> Bool = { _ in true }
    ) -> Step {
        policy.step(
            after: FailoverPolicy.Failure(kind: kind, retryAfterSeconds: seconds, hasOutput: hasOutput), jitter: jitter,
            admits: admits)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var kind: ModelError.Kind
        var hasOutput = false
        var retryAfter: Double?
        var then: Step
        var testDescription: String { "\(kind.rawValue), output \(hasOutput), wait \(retryAfter ?? -1)" }
    }

    @Test(
        "the first failure of the first of two routes leads to",
        arguments: [
            // May pass: the same once more, after half the backoff at least.
            Row(kind: .unavailable, then: .ask(route: 0, afterMilliseconds: 200)),
            Row(kind: .interrupted, then: .ask(route: 0, afterMilliseconds: 200)),
            Row(kind: .rateLimited, then: .ask(route: 0, afterMilliseconds: 200)),
            // The provider's own word goes before ours, while it is not more than the backoff may be.
            Row(kind: .rateLimited, retryAfter: 0.7, then: .ask(route: 0, afterMilliseconds: 700)),
            Row(kind: .unavailable, retryAfter: 0, then: .ask(route: 0, afterMilliseconds: 0)),
            Row(kind: .rateLimited, retryAfter: 5, then: .ask(route: 1, afterMilliseconds: 0)),
            // Would be the same again.
            Row(kind: .timeout, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .unauthorized, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .invalidRequest, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .contextLengthExceeded, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .malformed, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .emptyAnswer, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .tooLarge, then: .ask(route: 1, afterMilliseconds: 0)),
            // A judgement is an answer.
            Row(kind: .contentPolicy, then: .fail),
            // After text, another route is the better bet.
            Row(kind: .interrupted, hasOutput: true, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .unavailable, hasOutput: true, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .timeout, hasOutput: true, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .contentPolicy, hasOutput: true, then: .fail),
        ])
    func firstFailure(_ row: Row) {
        var policy = policy()
        let first = policy.begin { _ in true }
        #expect(first == .ask(route: 0, afterMilliseconds: 0))
        #expect(fails(&policy, row.kind, after: row.retryAfter, hasOutput: row.hasOutput) == row.then)
    }

    @Test("a route is asked as often as it may be, then the next, then it is over")
    func exhaustion() {
        var policy = policy()
        _ = policy.begin { _ in true }
        #expect(fails(&policy, .unavailable) == .ask(route: 0, afterMilliseconds: 200))
        #expect(fails(&policy, .unavailable) == .ask(route: 0, afterMilliseconds: 400))
        #expect(fails(&policy, .unavailable) == .ask(route: 1, afterMilliseconds: 0))
        #expect(fails(&policy, .unavailable) == .ask(route: 1, afterMilliseconds: 200))
        #expect(fails(&policy, .unavailable) == .ask(route: 1, afterMilliseconds: 400))
        #expect(fails(&policy, .unavailable) == .fail)
        #expect(policy.attemptsMade == 6)
    }

    @Test("attempts are bounded in all")
    func boundInAll() {
        var policy = policy(routes: 5, inAll: 4)
        _ = policy.begin { _ in true }
        var steps: [Step] = []
        repeat { steps.append(fails(&policy, .unavailable)) } while steps.last != .fail && steps.count < 50
        #expect(policy.attemptsMade == 4)
        #expect(steps.count == 4)
    }

    @Test("the wait doubles, has jitter, and has an end")
    func backoff() {
        var waits: [Int] = []
        for jitter in [0.0, 0.5, 0.999] {
            var policy = policy(routes: 1, attempts: 5)
            _ = policy.begin { _ in true }
            for _ in 0..<4 {
                guard case .ask(_, let wait) = fails(&policy, .unavailable, jitter: jitter) else { continue }
                waits.append(wait)
            }
        }
        #expect(waits == [200, 400, 500, 500, 300, 600, 750, 750, 399, 799, 999, 999])
    }

    @Test("the only route left is waited for as long as the provider asks, up to the cap")
    func lastRoute() {
        var first = policy(routes: 1)
        _ = first.begin { _ in true }
        #expect(fails(&first, .rateLimited, after: 20) == .ask(route: 0, afterMilliseconds: 20_000))
        var second = policy(routes: 1)
        _ = second.begin { _ in true }
        #expect(fails(&second, .rateLimited, after: 20.5) == .fail)
    }

    @Test("the only route that may be asked is waited for as if it were the only one")
    func onlyAdmittedRoute() {
        var policy = policy()
        _ = policy.begin { _ in true }
        let again = fails(&policy, .rateLimited, after: 5, admits: { $0 == 0 })
        #expect(again == .ask(route: 0, afterMilliseconds: 5_000))
        let tooLong = fails(&policy, .rateLimited, after: 20.5, admits: { $0 == 0 })
        #expect(tooLong == .fail)
    }

    @Test("jitter never asks before the time the provider named")
    func neverBefore() {
        for jitter in [0.0, 0.3, 0.99] {
            var policy = policy(routes: 1)
            _ = policy.begin { _ in true }
            guard case .ask(_, let wait) = fails(&policy, .rateLimited, after: 3, jitter: jitter) else {
                Issue.record("not asked again")
                continue
            }
            #expect(wait >= 3_000 && wait <= 3_200)
        }
    }

    @Test("a silent route is not asked twice, even when it is the only one")
    func silence() {
        var policy = policy(routes: 1)
        _ = policy.begin { _ in true }
        #expect(fails(&policy, .timeout) == .fail)
    }

    @Test("with nobody else to ask, a route that broke off after text is asked again")
    func onlyRouteAfterText() {
        var policy = policy(routes: 1)
        _ = policy.begin { _ in true }
        #expect(fails(&policy, .interrupted, hasOutput: true) == .ask(route: 0, afterMilliseconds: 200))
    }

    @Test("routes that may not be asked are passed over, and nobody to ask is the end")
    func admission() {
        var policy = policy(routes: 3)
        let first = policy.begin { $0 == 1 }
        #expect(first == .ask(route: 1, afterMilliseconds: 0))
        #expect(fails(&policy, .timeout, admits: { $0 == 2 }) == .ask(route: 2, afterMilliseconds: 0))
        #expect(fails(&policy, .timeout) == .fail)
        var none = self.policy()
        let nobody = none.begin { _ in false }
        #expect(nobody == .fail)
        // Benched meanwhile, by this failure or another request's.
        var benched = self.policy()
        _ = benched.begin { _ in true }
        #expect(fails(&benched, .unavailable, admits: { $0 == 1 }) == .ask(route: 1, afterMilliseconds: 0))
    }
}
