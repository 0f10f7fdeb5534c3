import Chat
import Testing

@testable import Providers

/// What is done about a failure.
@Suite struct FailoverPolicyTests {
    typealias Step = FailoverPolicy.Step

    private func policy(
        routes: Int = 2, attempts: Int = 3, inAll: Int = 8, isLastEmbedded: Bool = false
    ) -> FailoverPolicy {
        let route = FailoverPolicy.Route(
            attempts: attempts, backoffMilliseconds: 400, backoffMaximumMilliseconds: 1_000,
            retryAfterMaximumMilliseconds: 20_000)
        var all = Array(repeating: route, count: routes)
        all[routes - 1].isEmbedded = isLastEmbedded
        return FailoverPolicy(routes: all, attemptsInAll: inAll)
    }

    private func fails(
        _ policy: inout FailoverPolicy, _ kind: ModelError.Kind, after seconds: Double? = nil, hasOutput: Bool = false,
        jitter: Double = 0, standing: (Int) -> FailoverPolicy.Standing = { _ in .ready }
    ) -> Step {
        policy.step(
            after: FailoverPolicy.Failure(kind: kind, retryAfterSeconds: seconds, hasOutput: hasOutput), jitter: jitter,
            standing: standing)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var kind: ModelError.Kind
        var hasOutput = false
        var retryAfter: Double?
        var then: Step
        var testDescription: String { "\(kind.rawValue), output \(hasOutput), wait \(retryAfter ?? -1)" }
    }

    @Test(
        arguments: [
            // May pass: the same once more, after half the backoff at least.
            Row(kind: .unavailable, then: .ask(route: 0, afterMilliseconds: 200)),
            Row(kind: .interrupted, then: .ask(route: 0, afterMilliseconds: 200)),
            Row(kind: .rateLimited, then: .ask(route: 0, afterMilliseconds: 200)),
            // The provider's own word goes before ours; a longer one than a second leads to the next one.
            Row(kind: .rateLimited, retryAfter: 0.7, then: .ask(route: 0, afterMilliseconds: 700)),
            Row(kind: .unavailable, retryAfter: 0, then: .ask(route: 0, afterMilliseconds: 0)),
            Row(kind: .rateLimited, retryAfter: 1.1, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .rateLimited, retryAfter: 5, then: .ask(route: 1, afterMilliseconds: 0)),
            // Would be the same again.
            Row(kind: .timeout, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .unauthorized, then: .ask(route: 1, afterMilliseconds: 0)),
            Row(kind: .notFound, then: .ask(route: 1, afterMilliseconds: 0)),
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
    func `the first failure of the first of two routes leads to`(_ row: Row) {
        var policy = policy()
        let first = policy.begin { _ in .ready }
        #expect(first == .ask(route: 0, afterMilliseconds: 0))
        #expect(fails(&policy, row.kind, after: row.retryAfter, hasOutput: row.hasOutput) == row.then)
    }

    @Test func `a route is asked as often as it may be, then the next, then it is over`() {
        var policy = policy()
        _ = policy.begin { _ in .ready }
        #expect(fails(&policy, .unavailable) == .ask(route: 0, afterMilliseconds: 200))
        #expect(fails(&policy, .unavailable) == .ask(route: 0, afterMilliseconds: 400))
        #expect(fails(&policy, .unavailable) == .ask(route: 1, afterMilliseconds: 0))
        #expect(fails(&policy, .unavailable) == .ask(route: 1, afterMilliseconds: 200))
        #expect(fails(&policy, .unavailable) == .ask(route: 1, afterMilliseconds: 400))
        #expect(fails(&policy, .unavailable) == .fail)
        #expect(policy.attemptsMade == 6)
    }

    @Test func `attempts are bounded in all`() {
        var policy = policy(routes: 5, inAll: 4)
        _ = policy.begin { _ in .ready }
        var steps: [Step] = []
        repeat { steps.append(fails(&policy, .unavailable)) } while steps.last != .fail && steps.count < 50
        #expect(policy.attemptsMade == 4)
        #expect(steps.count == 4)
    }

    @Test func `the wait doubles, has jitter, and has an end`() {
        var waits: [Int] = []
        for jitter in [0.0, 0.5, 0.999] {
            var policy = policy(routes: 1, attempts: 5)
            _ = policy.begin { _ in .ready }
            for _ in 0..<4 {
                guard case .ask(_, let wait) = fails(&policy, .unavailable, jitter: jitter) else { continue }
                waits.append(wait)
            }
        }
        #expect(waits == [200, 400, 500, 500, 300, 600, 750, 750, 399, 799, 999, 999])
    }

    @Test func `the only route left is waited for as long as the provider asks, up to the cap`() {
        var first = policy(routes: 1)
        _ = first.begin { _ in .ready }
        #expect(fails(&first, .rateLimited, after: 20) == .ask(route: 0, afterMilliseconds: 20_000))
        var second = policy(routes: 1)
        _ = second.begin { _ in .ready }
        #expect(fails(&second, .rateLimited, after: 20.5) == .fail)
    }

    @Test func `the only route that may be asked is waited for as if it were the only one`() {
        var policy = policy()
        _ = policy.begin { _ in .ready }
        let again = fails(&policy, .rateLimited, after: 5, standing: { $0 == 0 ? .ready : .unusable })
        #expect(again == .ask(route: 0, afterMilliseconds: 5_000))
        let tooLong = fails(&policy, .rateLimited, after: 20.5, standing: { $0 == 0 ? .ready : .unusable })
        #expect(tooLong == .fail)
    }

    @Test func `jitter never asks before the time the provider named`() {
        for jitter in [0.0, 0.3, 0.99] {
            var policy = policy(routes: 1)
            _ = policy.begin { _ in .ready }
            guard case .ask(_, let wait) = fails(&policy, .rateLimited, after: 3, jitter: jitter) else {
                Issue.record("not asked again")
                continue
            }
            #expect(wait >= 3_000 && wait <= 3_200)
        }
    }

    @Test func `a silent route is not asked twice, even when it is the only one`() {
        var policy = policy(routes: 1)
        _ = policy.begin { _ in .ready }
        #expect(fails(&policy, .timeout) == .fail)
    }

    @Test func `with nobody else to ask, a route that broke off after text is asked again`() {
        var policy = policy(routes: 1)
        _ = policy.begin { _ in .ready }
        #expect(fails(&policy, .interrupted, hasOutput: true) == .ask(route: 0, afterMilliseconds: 200))
    }

    @Test func `routes that may not be asked are passed over, and nobody to ask is the end`() {
        var policy = policy(routes: 3)
        let first = policy.begin { $0 == 1 ? .ready : .unusable }
        #expect(first == .ask(route: 1, afterMilliseconds: 0))
        #expect(
            fails(&policy, .timeout, standing: { $0 == 2 ? .ready : .unusable })
                == .ask(route: 2, afterMilliseconds: 0))
        #expect(fails(&policy, .timeout, standing: { _ in .unusable }) == .fail)
        var none = self.policy()
        let nobody = none.begin { _ in .unusable }
        #expect(nobody == .fail)
    }

    // MARK: - Routes that rest

    /// Who is asked of a chain, the first time and after each failure, as these stand.
    struct Order: Sendable, CustomTestStringConvertible {
        var standings: [FailoverPolicy.Standing]
        var isLastEmbedded = false
        var order: [Int]
        var testDescription: String { "\(standings)\(isLastEmbedded ? ", the last embedded" : "")" }
    }

    private static let benched = FailoverPolicy.Standing.benched(isSeenBySeveral: false)
    private static let ill = FailoverPolicy.Standing.benched(isSeenBySeveral: true)

    @Test(
        arguments: [
            Order(standings: [.ready, .ready], order: [0, 1]),
            Order(standings: [benched], order: [0]),
            Order(standings: [ill], order: [0]),
            Order(standings: [.parked], order: [0]),
            Order(standings: [benched, .ready], order: [1, 0]),
            Order(standings: [.parked, .ready], order: [1, 0]),
            Order(standings: [ill, .ready, .parked], order: [1, 0, 2]),
            // The other one has no key, or cannot answer.
            Order(standings: [benched, .unusable], order: [0]),
            Order(standings: [.unusable, ill, .unusable], order: [1]),
            Order(standings: [ill, .parked], order: [0, 1]),
            // The embedded one is no other language model.
            Order(standings: [benched, .unusable], isLastEmbedded: true, order: [0]),
            Order(standings: [ill, .unusable], isLastEmbedded: true, order: [0]),
            Order(standings: [benched, .ready], isLastEmbedded: true, order: [0, 1]),
            Order(standings: [.parked, .ready], isLastEmbedded: true, order: [0, 1]),
            Order(standings: [benched, .ready, .ready], isLastEmbedded: true, order: [1, 0, 2]),
            // Several users have found that there is no answer to wait for.
            Order(standings: [ill, .ready], isLastEmbedded: true, order: [1, 0]),
            Order(standings: [ill, .parked, .ready], isLastEmbedded: true, order: [1, 2, 0]),
        ])
    func `a route that rests comes after the others, and is asked where there is no other`(_ row: Order) {
        var policy = policy(routes: row.standings.count, isLastEmbedded: row.isLastEmbedded)
        var order: [Int] = []
        var step = policy.begin { row.standings[$0] }
        while case .ask(let route, 0) = step, order.count < 10 {
            order.append(route)
            step = fails(&policy, .timeout, standing: { row.standings[$0] })
        }
        #expect(order == row.order)
        #expect(step == .fail)
    }

    @Test func `a route that was benched meanwhile is given up for another language model, not for the embedded one`() {
        for (isEmbedded, isSeenBySeveral, route) in [(false, false, 1), (true, false, 0), (true, true, 1)] {
            var policy = policy(isLastEmbedded: isEmbedded)
            _ = policy.begin { _ in .ready }
            let step = fails(
                &policy, .unavailable,
                standing: { $0 == 0 ? .benched(isSeenBySeveral: isSeenBySeveral) : .ready })
            #expect(step == .ask(route: route, afterMilliseconds: route == 0 ? 200 : 0))
        }
    }

    @Test(
        "a time that a provider names is waited for where only the embedded model is left, within the backoff's limit")
    func waitBeforeEmbedded() {
        for (seconds, step) in [
            (1.0, Step.ask(route: 0, afterMilliseconds: 1_000)), (1.1, .ask(route: 1, afterMilliseconds: 0)),
        ] {
            var policy = policy(isLastEmbedded: true)
            _ = policy.begin { _ in .ready }
            #expect(fails(&policy, .rateLimited, after: seconds) == step)
        }
    }

    // MARK: - One patience for the whole answer

    @Test(
        arguments: [
            (2_900, false, Step.ask(route: 0, afterMilliseconds: 200)),
            (3_100, false, .ask(route: 1, afterMilliseconds: 0)),
            (2_900, true, .ask(route: 0, afterMilliseconds: 200)), (3_100, true, .ask(route: 1, afterMilliseconds: 0)),
        ])
    func `a route that was slow to fail is not asked again while another is left`(
        _ elapsed: Int, _ isEmbedded: Bool, _ expected: Step
    ) {
        var policy = FailoverPolicy(
            routes: [FailoverPolicy.Route(), FailoverPolicy.Route(isEmbedded: isEmbedded)], attemptsInAll: 8)
        _ = policy.begin { _ in .ready }
        let step = policy.step(
            after: FailoverPolicy.Failure(kind: .unavailable, elapsedMilliseconds: elapsed), jitter: 0,
            standing: { _ in .ready })
        #expect(step == expected)
    }

    @Test func `the only route is not asked again when the answer has taken too long already`() {
        for (elapsed, expected) in [(19_000, Step.ask(route: 0, afterMilliseconds: 200)), (21_000, .fail)] {
            var policy = policy(routes: 1)
            _ = policy.begin { _ in .ready }
            let step = policy.step(
                after: FailoverPolicy.Failure(kind: .unavailable, elapsedMilliseconds: elapsed), jitter: 0,
                standing: { _ in .ready })
            #expect(step == expected)
        }
    }

    // MARK: - Two calls at once

    @Test(
        "whom to ask beside the call under way: the next language model that nothing is held against, within the attempts"
    )
    func hedge() {
        var policy = policy(routes: 3, isLastEmbedded: true)
        _ = policy.begin { _ in .ready }
        let resting = policy.hedge { $0 == 1 ? .parked : .ready }
        #expect(resting == nil)
        let second = policy.hedge { _ in .ready }
        #expect(second == 1)
        #expect(policy.attemptsMade == 2)
        let third = policy.hedge { _ in .ready }
        #expect(third == nil)
        // The second one is heard, and breaks off: the first one, which was cancelled, may be asked again.
        policy.goOn(with: 1)
        policy.giveBack(0)
        #expect(fails(&policy, .interrupted, hasOutput: true) == .ask(route: 0, afterMilliseconds: 0))
        var last = self.policy(inAll: 1)
        _ = last.begin { _ in .ready }
        let none = last.hedge { _ in .ready }
        #expect(none == nil)
    }

    // MARK: - Which error is told

    struct Told: Sendable, CustomTestStringConvertible {
        var kinds: [ModelError.Kind]
        /// The number of the one that is told.
        var told: Int
        var testDescription: String { kinds.map(\.rawValue).joined(separator: ", ") }
    }

    @Test(
        arguments: [
            Told(kinds: [.timeout, .rateLimited], told: 1),
            Told(kinds: [.rateLimited, .unauthorized], told: 0),
            Told(kinds: [.unavailable, .unavailable, .notFound, .unauthorized], told: 1),
            Told(kinds: [.unauthorized, .timeout], told: 1),
            Told(kinds: [.notFound, .unauthorized], told: 0),
            Told(kinds: [.contextLengthExceeded, .notFound], told: 0),
            Told(kinds: [.invalidRequest, .unavailable], told: 1),
        ])
    func `the error that is told is the last one that is not for want of a key, an account or a model`(_ row: Told) {
        let errors = row.kinds.enumerated().map {
            ModelError(kind: $0.element, provider: "\($0.offset)", detail: "")
        }
        #expect(FailoverPolicy.told(errors)?.provider == "\(row.told)")
        #expect(FailoverPolicy.told([]) == nil)
    }
}
