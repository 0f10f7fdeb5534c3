import Chat
import Scheduling
import Testing

@testable import Ownership
@testable import Providers

/// A circuit breaker.
@Suite struct CircuitBreakerTests {
    typealias Ticket = CircuitBreaker.Ticket

    private func at(_ milliseconds: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: 0).advanced(byMilliseconds: milliseconds)
    }

    private func turn(_ turn: Int, of user: String = "u") -> Caller {
        Caller(turn: MessageID(rawValue: "msg_\(turn)"), user: UserID(rawValue: user))
    }

    private func ticket(_ breaker: inout CircuitBreaker, _ milliseconds: Int = 0) -> Ticket? {
        if case .granted(let ticket) = breaker.admit(at: at(milliseconds)) { ticket } else { nil }
    }

    private func fail(
        _ breaker: inout CircuitBreaker, _ ticket: Ticket?, _ caller: Caller, isTimeout: Bool = false, _ time: Int = 0
    ) throws {
        breaker.failed(try #require(ticket), caller, isTimeout: isTimeout, at: at(time))
    }

    private func benched() throws -> CircuitBreaker {
        var breaker = CircuitBreaker(failuresToBench: 3, benchMilliseconds: 1_000)
        for number in 0..<3 { try fail(&breaker, ticket(&breaker), turn(number)) }
        return breaker
    }

    /// Failures of turns, and whether they bench the route.
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Turn and user of each failed call, and whether it was a timeout.
        var failures: [(turn: Int, user: String, isTimeout: Bool)]
        var benchAfter = 3
        var isBenched: Bool
        var isSeenBySeveral = false
    }

    @Test(
        arguments: [
            Row(
                testDescription: "three turns of one user",
                failures: [(1, "a", false), (2, "a", false), (3, "a", false)], isBenched: true),
            Row(
                testDescription: "three turns of two users",
                failures: [(1, "a", false), (2, "b", false), (3, "a", false)], isBenched: true, isSeenBySeveral: true),
            Row(
                testDescription: "not one turn that asks three times",
                failures: [(1, "a", false), (1, "a", false), (1, "a", false), (1, "a", false)], isBenched: false),
            Row(
                testDescription: "not the turns of two that ask twice",
                failures: [(1, "a", false), (2, "b", false), (1, "a", false), (2, "b", false)], isBenched: false),
            Row(
                testDescription: "not one user's timeouts",
                failures: (0..<9).map { ($0, "a", true) }, isBenched: false),
            Row(
                testDescription: "several users' timeouts",
                failures: [(1, "a", true), (2, "a", true), (3, "b", true)], isBenched: true, isSeenBySeveral: true),
            Row(
                testDescription: "many timeouts of one user, then one of another",
                failures: (0..<9).map { ($0, "a", true) } + [(10, "b", true)], isBenched: true, isSeenBySeveral: true),
            Row(
                testDescription: "not one user's timeouts beside another failure",
                failures: [(1, "a", true), (2, "a", true), (3, "b", false)], isBenched: false),
            Row(
                testDescription: "timeouts of two, where one failure is enough",
                failures: [(1, "a", true), (2, "b", true)], benchAfter: 1, isBenched: true, isSeenBySeveral: true),
            Row(
                testDescription: "not a timeout, where one failure is enough",
                failures: [(1, "a", true)], benchAfter: 1, isBenched: false),
            Row(
                testDescription: "a turn that times out, and then is refused, as a refusal",
                failures: [(1, "a", true), (1, "a", false)], benchAfter: 1, isBenched: true),
        ])
    func `what benches a route`(_ row: Row) throws {
        var breaker = CircuitBreaker(failuresToBench: row.benchAfter, benchMilliseconds: 1_000)
        let usual = try #require(ticket(&breaker))
        for failure in row.failures {
            try fail(&breaker, usual, turn(failure.turn, of: failure.user), isTimeout: failure.isTimeout)
        }
        let rest =
            row.isBenched
            ? CircuitBreaker.Rest.benched(milliseconds: 1_000, isSeenBySeveral: row.isSeenBySeveral) : nil
        #expect(breaker.rest(at: at(0)) == rest)
    }

    @Test func `a success between failures begins the count anew`() throws {
        var breaker = CircuitBreaker(failuresToBench: 3, benchMilliseconds: 1_000)
        for number in 0..<5 {
            try fail(&breaker, ticket(&breaker), turn(2 * number))
            try fail(&breaker, ticket(&breaker), turn(2 * number + 1))
            breaker.succeeded(try #require(ticket(&breaker)))
        }
        #expect(breaker.rest(at: at(0)) == nil)
    }

    @Test func `a benched route rests for its time, then one request tries, and only one`() throws {
        var breaker = try benched()
        #expect(ticket(&breaker, 999) == nil)
        #expect(breaker.rest(at: at(400))?.milliseconds == 600)
        let probe = try #require(ticket(&breaker, 1_000))
        #expect(ticket(&breaker, 1_000) == nil)
        #expect(ticket(&breaker, 90_000) == nil)
        #expect(breaker.rest(at: at(90_000))?.milliseconds == 0)
        breaker.succeeded(probe)
        #expect(ticket(&breaker, 1_001) != nil)
        #expect(breaker.rest(at: at(1_001)) == nil)
    }

    @Test func `a probe that fails benches the route anew, from then; a timeout is enough for that`() throws {
        var breaker = try benched()
        try fail(&breaker, ticket(&breaker, 1_500), turn(9), isTimeout: true, 1_600)
        #expect(ticket(&breaker, 2_599) == nil)
        #expect(ticket(&breaker, 2_600) != nil)
    }

    @Test func `a probe that tells nothing leaves the probing to the next request`() throws {
        var breaker = try benched()
        breaker.gaveNoEvidence(try #require(ticket(&breaker, 1_500)), at: at(1_600))
        #expect(ticket(&breaker, 1_600) != nil)
        #expect(ticket(&breaker, 1_600) == nil)
    }

    @Test func `a probe that has begun to answer lets the others through, on probation`() throws {
        var breaker = try benched()
        breaker.hasBegun(try #require(ticket(&breaker, 1_500)))
        let next = ticket(&breaker, 1_500)
        try fail(&breaker, next, turn(9), 1_700)
        #expect(ticket(&breaker, 1_800) == nil)
    }

    @Test func `what began before the bench neither ends nor prolongs it, nor is it taken for the probe`() throws {
        var breaker = CircuitBreaker(failuresToBench: 3, benchMilliseconds: 1_000)
        let early = try #require(ticket(&breaker))
        for number in 0..<3 { try fail(&breaker, ticket(&breaker), turn(number)) }
        func tellEarly(_ time: Int) {
            breaker.hasBegun(early)
            breaker.succeeded(early)
            breaker.failed(early, turn(7), isTimeout: false, at: at(time))
            breaker.gaveNoEvidence(early, at: at(time))
        }
        tellEarly(900)
        #expect(ticket(&breaker, 999) == nil)
        let probe = try #require(ticket(&breaker, 1_000))
        tellEarly(1_100)
        // The probe is still under way.
        #expect(ticket(&breaker, 1_200) == nil)
        breaker.succeeded(probe)
        for _ in 0..<3 { breaker.failed(early, turn(8), isTimeout: false, at: at(1_300)) }
        #expect(breaker.rest(at: at(1_300)) == nil)
    }

    @Test func `who has nobody else asks a benched route; a success ends the bench, a failure does not prolong it`()
        throws
    {
        var breaker = try benched()
        breaker.failed(breaker.lastResort(), turn(9), isTimeout: false, at: at(900))
        #expect(ticket(&breaker, 999) == nil)
        breaker.succeeded(breaker.lastResort())
        #expect(ticket(&breaker, 999) != nil)
    }

    @Test func `a parked route rests for the time its provider named, which is no failure`() throws {
        var breaker = CircuitBreaker(failuresToBench: 1, benchMilliseconds: 1_000)
        let first = try #require(ticket(&breaker))
        breaker.park(first, milliseconds: 5_000, at: at(0))
        breaker.park(first, milliseconds: 2_000, at: at(0))
        #expect(breaker.rest(at: at(1_000)) == .parked(milliseconds: 4_000))
        // A call that began before says nothing; one that was made in spite of it does.
        breaker.succeeded(first)
        #expect(ticket(&breaker, 4_999) == nil)
        #expect(ticket(&breaker, 5_000) != nil)
        breaker.park(first, milliseconds: 10_000_000, at: at(5_000))
        #expect(
            breaker.rest(at: at(5_000)) == .parked(milliseconds: CircuitBreaker.maximumParkMilliseconds))
        breaker.succeeded(breaker.lastResort())
        #expect(ticket(&breaker, 6_000) != nil)
    }

    @Test func `what was configured anew counts from then`() throws {
        let breakers = CircuitBreakers()
        let first = breakers.breaker(for: "up/m", benchAfter: 3, benchMilliseconds: 60_000)
        let down = ModelError(kind: .unavailable, provider: "up", detail: "no")
        first.failed(first.ticket, turn(1), down)
        let second = breakers.breaker(for: "up/m", benchAfter: 2, benchMilliseconds: 60_000)
        #expect(second.rest == nil)
        second.failed(second.ticket, turn(2), down)
        #expect(first.rest != nil)
        #expect(breakers.breaker(for: "up/other", benchAfter: 1, benchMilliseconds: 1).rest == nil)
    }

    @Test(
        arguments: [
            (.unavailable, nil, "benched"), (.unavailable, 5, "benched"), (.unauthorized, nil, "benched"),
            (.interrupted, nil, "benched"), (.malformed, nil, "benched"), (.rateLimited, 5, "parked"),
            (.rateLimited, nil, "none"), (.rateLimited, 1e300, "parked"), (.notFound, nil, "none"),
            (.invalidRequest, nil, "none"), (.contextLengthExceeded, nil, "none"), (.contentPolicy, nil, "none"),
            (.emptyAnswer, nil, "none"), (.tooLarge, nil, "none"), (.timeout, nil, "none"),
        ] as [(ModelError.Kind, Double?, String)])
    func `which errors bench a route, park it, or tell nothing of it`(
        _ kind: ModelError.Kind, _ seconds: Double?, _ expected: String
    ) {
        let breaker = SharedCircuitBreaker(benchAfter: 1, benchMilliseconds: 60_000)
        breaker.failed(
            breaker.ticket, turn(1), ModelError(kind: kind, provider: "a", detail: "", retryAfterSeconds: seconds))
        let rest =
            switch breaker.rest {
            case .parked: "parked"
            case .benched: "benched"
            case nil: "none"
            }
        #expect(rest == expected)
    }
}
