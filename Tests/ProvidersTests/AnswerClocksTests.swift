import Scheduling
import Testing

@testable import Providers

/// The clocks on an answer.
@Suite struct AnswerClocksTests {
    /// What happens to an answer, at milliseconds since its request.
    enum Event: Sendable {
        /// Bytes that are no part of the answer.
        case ping(Int)
        /// A token of so many bytes.
        case token(Int, bytes: Int = 1)
        /// The finish reason.
        case end(Int)
        /// More of the answer shows that it was none.
        case noEnd(Int)
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
            name: "each token winds the idle clock up again", limits: limits(first: 500, idle: 2_000),
            events: [.token(0), .token(1_900), .token(3_800)], lasts: 5_799,
            expires: (5_800, .idle(milliseconds: 2_000))),
        Case(
            name: "pings do not", limits: limits(first: 500, idle: 2_000), events: [.token(0)] + pings, lasts: 1_999,
            expires: (2_000, .idle(milliseconds: 2_000))),
        Case(
            name: "before the answer there is no idle clock", limits: limits(first: 9_000, idle: 100), lasts: 8_999,
            expires: (9_000, .firstToken(milliseconds: 9_000))),
        Case(
            name: "a whole answer stops the first clock with its first byte",
            limits: limits(first: 500, idle: 1_000), events: [.token(400)], isWhole: true, lasts: 1_399,
            expires: (1_400, .idle(milliseconds: 1_000))),
        Case(
            name: "a whole answer byte by byte is given up", limits: limits(idle: 30_000, rate: 0.2),
            events: (0...60).map { .token($0 * 1_000) }, isWhole: true, lasts: 29_999,
            expires: (30_000, .throughput(tokensPerSecond: 0, minimum: 0.2))),
        Case(
            name: "a whole answer over a slow line is let be", limits: limits(idle: 30_000, rate: 0.2),
            events: (0...100).map { .token($0 * 1_000, bytes: 200) }, isWhole: true, lasts: 100_000),
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
            name: "whatever comes after the end, it is waited for no longer", limits: limits(idle: 30_000),
            events: [.token(0), .end(100)] + pings, lasts: 5_099, expires: (5_100, .idle(milliseconds: 5_000))),
        Case(
            name: "an end that was none does not count", limits: limits(idle: 30_000),
            events: [.token(0), .end(100), .noEnd(200)], lasts: 29_999, expires: (30_000, .idle(milliseconds: 30_000))),
        Case(
            name: "an end without a word is waited for as long", limits: limits(first: 60_000, idle: 30_000),
            events: [.end(100)], lasts: 5_099, expires: (5_100, .idle(milliseconds: 5_000))),
        Case(
            name: "a shorter idle clock stays as it is", limits: limits(idle: 300), events: [.token(0), .end(100)],
            lasts: 399, expires: (400, .idle(milliseconds: 300))),
        Case(
            name: "a slow answer is given half a minute", limits: limits(rate: 2), events: [.token(100)], lasts: 30_099,
            expires: (30_100, .throughput(tokensPerSecond: 1.0 / 30, minimum: 2))),
        Case(
            name: "a drip is given up", limits: limits(idle: 30_000, rate: 0.2),
            events: (0...20).map { .token($0 * 10_000) }, lasts: 29_999,
            expires: (30_000, .throughput(tokensPerSecond: 0.1, minimum: 0.2))),
        Case(
            name: "a token every three seconds is a slow model, and no drip", limits: limits(idle: 30_000, rate: 0.2),
            events: (0...33).map { .token($0 * 3_000) }, lasts: 100_000),
        Case(
            name: "a pause is the idle clock's", limits: limits(idle: 60_000, rate: 2),
            events: (0..<100).map { .token($0) }, lasts: 60_098, expires: (60_099, .idle(milliseconds: 60_000))),
        Case(
            name: "an answer that is quick enough is let be", limits: limits(rate: 2),
            events: (0...250).map { .token($0 * 400) }, lasts: 100_000),
        Case(
            name: "without an idle clock, one that becomes slow is given up, whatever came at first",
            limits: limits(rate: 2),
            events: (0..<1000).map { .token($0) }, lasts: 32_999,
            expires: (33_000, .throughput(tokensPerSecond: 0, minimum: 2))),
        Case(
            name: "a large piece counts by its bytes", limits: limits(rate: 2),
            events: (0...20).map { .token($0 * 5_000, bytes: 48) }, lasts: 100_000),
        Case(
            name: "many small pieces count by their number", limits: limits(rate: 2),
            events: (0...250).map { .token($0 * 400, bytes: 1) }, lasts: 100_000),
    ]

    @Test(arguments: cases)
    func `run out when they should and not before`(_ example: Case) {
        var clocks = AnswerClocks(example.limits, start: at(0))
        clocks.isWhole = example.isWhole
        var events = example.events[...]
        for millisecond in 0...min(example.lasts, 100_000) {
            while let event = events.first, event.milliseconds <= millisecond {
                events.removeFirst()
                switch event {
                case .ping: break
                case .token(let time, let bytes): clocks.produced(pieces: 1, bytes: bytes, at: at(time))
                case .end(let time): clocks.tell(hasEnded: true, at: at(time))
                case .noEnd(let time): clocks.tell(hasEnded: false, at: at(time))
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

    @Test func `say which clock it was`() {
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
        case .ping(let time), .token(let time, _), .end(let time), .noEnd(let time): time
        }
    }
}
