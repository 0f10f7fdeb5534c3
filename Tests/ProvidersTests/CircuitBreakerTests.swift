import Scheduling
import Testing

@testable import Providers

@Suite("A circuit breaker")
struct CircuitBreakerTests {
    private func at(_ milliseconds: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: 0).advanced(byMilliseconds: milliseconds)
    }

    private func expect(_ breaker: inout CircuitBreaker, admits time: MonotonicTime) {
        let admits = breaker.admits(at: time)
        #expect(admits)
    }

    private func expect(_ breaker: inout CircuitBreaker, refuses time: MonotonicTime) {
        let admits = breaker.admits(at: time)
        #expect(!admits)
    }

    private func benched() -> CircuitBreaker {
        var breaker = CircuitBreaker(failuresToBench: 3, benchMilliseconds: 1_000)
        for _ in 0..<3 { breaker.failed(at: at(0)) }
        return breaker
    }

    @Test("fewer failures in a row than that bench nobody; a success between them begins anew")
    func inARow() {
        var breaker = CircuitBreaker(failuresToBench: 3, benchMilliseconds: 1_000)
        for _ in 0..<5 {
            breaker.failed(at: at(0))
            breaker.failed(at: at(0))
            breaker.succeeded()
        }
        expect(&breaker, admits: at(0))
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test("a benched route is left alone for its time, then one request tries, and only one")
    func probing() {
        var breaker = benched()
        expect(&breaker, refuses: at(999))
        #expect(breaker.milliseconds(untilAdmittedFrom: at(400)) == 600)
        expect(&breaker, admits: at(1_000))
        expect(&breaker, refuses: at(1_000))
        expect(&breaker, refuses: at(90_000))
        breaker.succeeded()
        expect(&breaker, admits: at(1_001))
        #expect(breaker.milliseconds(untilAdmittedFrom: at(1_001)) == nil)
    }

    @Test("a probe that fails benches the route anew, from then")
    func failedProbe() {
        var breaker = benched()
        _ = breaker.admits(at: at(1_500))
        breaker.failed(at: at(1_600))
        expect(&breaker, refuses: at(2_599))
        expect(&breaker, admits: at(2_600))
    }

    @Test("a probe that tells nothing leaves the probing to the next request")
    func gaveUp() {
        var breaker = benched()
        _ = breaker.admits(at: at(1_500))
        breaker.gaveUp(at: at(1_600))
        expect(&breaker, admits: at(1_600))
        expect(&breaker, refuses: at(1_600))
    }

    @Test("a probe that has begun to answer lets the others through, on probation")
    func begun() {
        var breaker = benched()
        _ = breaker.admits(at: at(1_500))
        breaker.hasBegun()
        expect(&breaker, admits: at(1_500))
        breaker.failed(at: at(1_700))
        expect(&breaker, refuses: at(1_800))
    }

    @Test("what began before the bench neither ends nor prolongs it")
    func late() {
        var breaker = benched()
        breaker.succeeded()
        breaker.failed(at: at(900))
        breaker.gaveUp(at: at(900))
        breaker.hasBegun()
        expect(&breaker, refuses: at(999))
        expect(&breaker, admits: at(1_000))
    }

    @Test("what was configured anew counts from then")
    func configured() {
        let breakers = CircuitBreakers()
        let first = breakers.breaker(for: "up/m", benchAfter: 3, benchMilliseconds: 60_000)
        first.failed()
        let second = breakers.breaker(for: "up/m", benchAfter: 2, benchMilliseconds: 60_000)
        #expect(second.admits())
        second.failed()
        #expect(!first.admits())
        #expect(breakers.breaker(for: "up/other", benchAfter: 1, benchMilliseconds: 1).admits())
    }
}
