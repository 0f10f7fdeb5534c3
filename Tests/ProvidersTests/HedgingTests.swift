import Testing

@testable import Providers

/// Asking a second provider beside the first.
@Suite struct HedgingTests {
    @Test(
        arguments: [
            (nil, false, 0, 10_000), (nil, true, 0, nil), (0, false, 0, nil), (0, true, 0, nil), (300, true, 0, 300),
            (4_000, false, 1_000, 3_000), (4_000, false, 3_500, 1_000), (4_000, false, 90_000, 1_000),
            (nil, false, 9_000, 2_500), (nil, true, 9_000, nil),
        ] as [(Int?, Bool, Int, Int?)])
    func `begins after a patience that is one for the whole answer`(
        _ configured: Int?, _ isThinking: Bool, _ elapsed: Int, _ expected: Int?
    ) {
        #expect(Hedging.delay(configured: configured, isThinking: isThinking, elapsed: elapsed) == expected)
    }

    @Test(arguments: [0, 10, 100])
    func `a slow day takes no more than what was saved up and the share of its answers`(_ percent: Int) {
        var credit = HedgeCredit(percent: percent)
        var spent = 0
        for _ in 0..<200 {
            credit.earn()
            if credit.spend() { spent += 1 }
        }
        #expect(spent == [0: 0, 10: 29, 100: 200][percent])
    }

    @Test func `credit is saved up to a limit`() {
        var credit = HedgeCredit(percent: 100)
        for _ in 0..<1_000 { credit.earn() }
        let spent = (0..<1_000).count { _ in credit.spend() }
        #expect(spent == HedgeCredit.maximum)
    }
}
