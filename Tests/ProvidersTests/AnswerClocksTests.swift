import Scheduling
import Testing

@testable import Providers

@Suite("The clocks on an answer")
struct AnswerClocksTests {
    /// What happens to an answer, at milliseconds since its request.
    enum Event: Sendable {
        /// Bytes that are no part of the answer.
        case ping(Int)
        /// A token of so many bytes.
        case token(Int, bytes: Int = 1)
        /// The finish reason.
        case end(Int)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var limits: AnswerClocks.Limits
        var events: [Event] = []
        var isWhole = false
        /// Until when nothing runs out, and what runs out then.
        var lasts: Int
        var expires: (at: Int, clock: AnswerClocks.Expiry)?
        var testDescription: String { name }
    }

    private static func limits(first: Int? = nil, idle: Int? = nil, rate: Double = 0) -> AnswerClocks.Limits {
        .init(firstTokenMilliseconds: first, idleMilliseconds: idle, minimumTokensPerSecond: rate)
    }

    private static let pings = (1...200).map { Event.ping($0 * 100) }

    static let cases: [Case] = [
        Case(name: "no limits", limits: limits(), lasts: 10_000_000),
        Case(
            name: "nothing comes", limits: limits(first: 500, idle: 10), lasts: 499,
            expires: (500, .firstToken(milliseconds: 500))),
        Case(
            name: "headers, comments and pings are no answer", limits: limits(first: 5_000, idle: 10), events: pings,
            lasts: 4_999, expires: (5_000, .firstToken(milliseconds: 5_000))),
        Case(
            name: "a token stops the first clock and starts the idle one", limits: limits(first: 500, idle: 2_000),
            events: [.token(499)], lasts: 2_498, expires: (2_499, .idle(milliseconds: 2_000))),
        Case(
            name: "each byte winds the idle clock up again", limits: limits(first: 500, idle: 2_000),
            events: [.token(0), .ping(1_900), .token(3_800)], lasts: 5_799,
            expires: (5_800, .idle(milliseconds: 2_000))),
        Case(
            name: "before the answer there is no idle clock", limits: limits(first: 9_000, idle: 100), lasts: 8_999,
            expires: (9_000, .firstToken(milliseconds: 9_000))),
        Case(
            name: "a whole answer has only its beginning to be late with",
            limits: limits(first: 500, idle: 100, rate: 100), events: [.token(400)], isWhole: true, lasts: 9_000_000),
        Case(
            name: "a whole answer that is late", limits: limits(first: 500), events: [.ping(400)], isWhole: true,
            lasts: 499, expires: (500, .firstToken(milliseconds: 500))),
        Case(
            name: "once the answer has ended, its usage is waited for a little",
            limits: limits(idle: 30_000, rate: 100), events: [.token(0), .end(100)], lasts: 5_099,
            expires: (5_100, .idle(milliseconds: 5_000))),
        Case(
            name: "without an idle clock too", limits: limits(), events: [.token(0), .end(100)], lasts: 5_099,
            expires: (5_100, .idle(milliseconds: 5_000))),
        Case(
            name: "a shorter idle clock stays as it is", limits: limits(idle: 300), events: [.token(0), .end(100)],
            lasts: 399, expires: (400, .idle(milliseconds: 300))),
        Case(
            name: "a slow answer is given ten seconds", limits: limits(rate: 2), events: [.token(100)], lasts: 10_099,
            expires: (10_100, .throughput(tokensPerSecond: 0.1, minimum: 2))),
        Case(
            name: "pings are no tokens", limits: limits(idle: 1_000, rate: 2), events: [.token(0)] + pings,
            lasts: 9_999, expires: (10_000, .throughput(tokensPerSecond: 0.1, minimum: 2))),
        Case(
            name: "an answer that is quick enough is let be", limits: limits(rate: 2),
            events: (0...250).map { .token($0 * 400) }, lasts: 100_000),
        Case(
            name: "an answer that becomes slow is given up, whatever came at first", limits: limits(rate: 2),
            events: (0..<1000).map { .token($0) }, lasts: 10_999,
            expires: (11_000, .throughput(tokensPerSecond: 0, minimum: 2))),
        Case(
            name: "a large piece counts by its bytes", limits: limits(rate: 2),
            events: (0...20).map { .token($0 * 5_000, bytes: 48) }, lasts: 100_000),
        Case(
            name: "many small pieces count by their number", limits: limits(rate: 2),
            events: (0...250).map { .token($0 * 400, bytes: 1) }, lasts: 100_000),
    ]

    @Test("run out when they should and not before", arguments: cases)
    func table(_ example: Case) {
        var clocks = AnswerClocks(example.limits, start: at(0))
        clocks.isWhole = example.isWhole
        var events = example.events[...]
        for millisecond in 0...min(example.lasts, 100_000) {
            while let event = events.first, event.milliseconds <= millisecond {
                events.removeFirst()
                clocks.heard(at: at(event.milliseconds))
                switch event {
                case .ping: break
                case .token(let time, let bytes): clocks.produced(pieces: 1, bytes: bytes, at: at(time))
                case .end: clocks.hasEnded = true
                }
            }
            if let early = clocks.expiry(at: at(millisecond)) {
                Issue.record("\(early) at \(millisecond) ms")
                return
            }
        }
        #expect(clocks.expiry(at: at(example.lasts)) == nil)
        if let (time, clock) = example.expires { #expect(clocks.expiry(at: at(time)) == clock) }
    }

    @Test("say which clock it was")
    func descriptions() {
        #expect(AnswerClocks.Expiry.firstToken(milliseconds: 7).description.hasPrefix("first-token clock: "))
        #expect(AnswerClocks.Expiry.idle(milliseconds: 7).description.hasPrefix("idle clock: "))
        #expect(
            AnswerClocks.Expiry.throughput(tokensPerSecond: 0.123, minimum: 2).description
                == "throughput clock: 0.1 tokens a second, fewer than 2.0")
    }

    private func at(_ milliseconds: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: 5_000_000_000).advanced(byMilliseconds: milliseconds)
    }
}

extension AnswerClocksTests.Event {
    var milliseconds: Int {
        switch self {
        case .ping(let time), .token(let time, _), .end(let time): time
        }
    }
}
