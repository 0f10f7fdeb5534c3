import Testing

@testable import Markets

/// Equal but for rounding: the expected values were worked out by other means.
private func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(1, abs(b)) }

/// Figures against figures from elsewhere.
@Suite struct StatisticsTests {
    @Test(
        arguments: ExpectedFigures.all.indices)
    func `returns, scatter and drawdown of every timeframe are those of make-figures.py`(_ index: Int) throws {
        let expected = ExpectedFigures.all[index]
        let series = try Sample.series(expected.symbol)
        let span = series.span(try #require(Timeframe(rawValue: expected.frame)))
        let values = series.values[span.places]
        #expect(span.isWhole)
        #expect(span.firstDay.description == expected.first)
        #expect(span.lastDay.description == expected.last)
        #expect(near(try Returns.total(values), expected.totalReturn))
        #expect(near(try Dispersion.volatility(values), expected.volatility))
        #expect(near(try Dispersion.downsideDeviation(values), expected.downside))
        #expect(near(try Dispersion.sharpeRatio(values), expected.sharpe))
        let drawdown = try Drawdown.maximum(of: series, in: span.places)
        #expect(near(drawdown.depth, expected.depth))
        #expect(drawdown.peak.description == expected.peak)
        #expect(drawdown.trough.description == expected.trough)
    }

    @Test(arguments: ExpectedSingles.tails.keys.sorted())
    func `value at risk and expected shortfall`(_ symbol: String) throws {
        let series = try Sample.series(symbol)
        let tail = try TailRisk(prices: series.values[series.span(.oneYear).places])
        let expected = try #require(ExpectedSingles.tails[symbol])
        #expect(near(tail.valueAtRisk, expected.0))
        #expect(near(tail.expectedShortfall, expected.1))
        #expect(tail.days == expected.2)
    }

    @Test(arguments: ExpectedSingles.chart.keys.sorted())
    func `moving averages and relative strength`(_ symbol: String) throws {
        let values = try Sample.series(symbol).values
        let expected = try #require(ExpectedSingles.chart[symbol])
        #expect(near(try Averages.simple(20, of: values), expected.0))
        #expect(near(try Averages.simple(50, of: values), expected.1))
        #expect(near(try Averages.simple(200, of: values), expected.2))
        #expect(near(try Averages.relativeStrengthIndex(values), expected.3))
    }

    @Test func `correlations and betas`() throws {
        for (a, b, expected) in ExpectedSingles.correlations {
            let (left, right) = (try Sample.series(a), try Sample.series(b))
            let start = Timeframe.oneYear.start(endingOn: left.lastDay)
            #expect(near(try Together.correlation(left, right, from: start), expected))
            #expect(near(try Together.correlation(right, left, from: start), expected))
        }
        let index = try Sample.series("DEMOIDX")
        for (symbol, expected) in ExpectedSingles.betas {
            let start = Timeframe.oneYear.start(endingOn: index.lastDay)
            #expect(near(try Together.beta(of: Sample.series(symbol), to: index, from: start), expected))
        }
    }

    @Test func `a basket of equal parts`() throws {
        let parts = try ["DEMO1", "DEMO4", "DEMO5"].map(Sample.series)
        let basket = try #require(GroupFigures(parts, benchmark: nil, timeframe: .oneYear).basket)
        #expect(near(try basket.volatility.get(), ExpectedSingles.basket.0))
        #expect(near(try basket.drawdown.get().depth, ExpectedSingles.basket.1))
        #expect(near(try basket.diversification.get(), ExpectedSingles.basket.2))
    }
}

/// Figures at their edges.
@Suite struct EdgeTests {
    private let few = Unmeasurable(.tooFew(have: 20, needed: 21))

    @Test func `too little data is said, and never a number`() throws {
        let prices = (1...20).map(Double.init)
        #expect(throws: few) { try Dispersion.volatility(prices) }
        #expect(throws: few) { try Dispersion.downsideDeviation(prices) }
        #expect(throws: few) { try Dispersion.sharpeRatio(prices) }
        #expect(throws: Unmeasurable(.tooFew(have: 1, needed: 2))) { try Returns.total([1]) }
        #expect(throws: Unmeasurable(.tooFew(have: 20, needed: 101))) { try TailRisk(prices: prices) }
        #expect(throws: Unmeasurable(.tooFew(have: 20, needed: 50))) { try Averages.simple(50, of: prices) }
        #expect(throws: Unmeasurable(.tooFew(have: 14, needed: 15))) {
            try Averages.relativeStrengthIndex(prices.prefix(14))
        }
        let short = try series(prices)
        let long = try series((1...100).map(Double.init), symbol: "LONG")
        #expect(throws: few) { try Together.correlation(short, long, from: nil) }
        #expect(throws: Unmeasurable(.tooFew(have: 20, needed: 61))) {
            try Together.beta(of: short, to: long, from: nil)
        }
        #expect(few.description == "too few daily prices (20 of the 21 it takes)")
    }

    @Test func `prices that never move have no ratio to divide by, and no risk`() throws {
        let still = try series([Double](repeating: 5, count: 150))
        let moving = try series((0..<150).map { 5 + Double($0 % 7) }, symbol: "MOVES")
        #expect(try Dispersion.volatility(still.values) == 0)
        #expect(throws: Unmeasurable(.noVariation)) { try Dispersion.sharpeRatio(still.values) }
        #expect(throws: Unmeasurable(.noVariation)) { try Together.correlation(still, moving, from: nil) }
        #expect(throws: Unmeasurable(.noVariation)) { try Together.beta(of: moving, to: still, from: nil) }
        #expect(try Averages.relativeStrengthIndex(still.values) == 50)
        #expect(try Drawdown.maximum(of: still, in: 0..<150).depth == 0)
    }

    @Test func `a fall is dated from its peak to its trough, and to the day it was made good`() throws {
        let fallen = try series([10, 12, 12, 6, 9, 12, 11])
        let drawdown = try Drawdown.maximum(of: fallen, in: 0..<7)
        #expect(drawdown.depth == 0.5)
        #expect(drawdown.peak == day("2024-01-03"))
        #expect(drawdown.trough == day("2024-01-04"))
        #expect(drawdown.recovery == day("2024-01-06"))
        #expect(try Drawdown.maximum(of: fallen, in: 0..<5).recovery == nil)
        #expect(try Drawdown.current(fallen.values) == 1 - 11.0 / 12)
    }

    @Test func `relative strength is 100 when prices only rise and 0 when they only fall`() throws {
        #expect(try Averages.relativeStrengthIndex((1...30).map(Double.init)) == 100)
        #expect(try Averages.relativeStrengthIndex((1...30).reversed().map(Double.init)) == 0)
    }

    @Test func `correlation looks at common days only`() throws {
        let values = (0..<60).map { 10 + Double(($0 * 7) % 11) }
        let whole = try series(values)
        // The same prices with every third day missing.
        let holed = try #require(
            PriceSeries(
                symbol: symbol("HOLED"),
                prices: zip(whole.days, values).enumerated().filter { $0.offset % 3 != 1 }
                    .map { DailyPrice(day: $0.element.0, close: $0.element.1) }))
        #expect(try Together.correlation(whole, holed, from: nil) > 0.999_999)
    }

    @Test func `a timeframe begins with the close on its first day or the last one before`() {
        let end = day("2026-03-31")
        let starts = Timeframe.allCases.map { $0.start(endingOn: end)?.description }
        #expect(
            starts == [
                "2026-03-24", "2026-02-28", "2025-12-31", "2025-09-30", "2025-12-31", "2025-03-31", "2023-03-31",
                "2021-03-31", nil,
            ])
        #expect(day("2024-02-29").subtracting(months: 12).description == "2023-02-28")
    }

    @Test func `prices that begin later than the timeframe are told as not whole`() throws {
        let short = try series((1...30).map(Double.init))
        #expect(!short.span(.threeMonths).isWhole)
        #expect(short.span(.threeMonths).places == 0..<30)
        #expect(short.span(.oneWeek).isWhole)
        #expect(short.span(.oneWeek).places == 22..<30)
        #expect(short.span(.maximum).isWhole)
    }

    @Test func `every day of four centuries is the day after the one before`() throws {
        var next = try #require(TradingDay(year: 1800, month: 1, day: 1))
        let last = try #require(TradingDay(year: 2200, month: 12, day: 31))
        #expect(TradingDay(year: 1970, month: 1, day: 1)?.number == 0)
        #expect(last.days(since: next) == 146_461)
        while next <= last {
            let (year, month, day) = (next.date.year, next.date.month, next.date.day)
            guard TradingDay(year: year, month: month, day: day) == next else {
                Issue.record("\(next)")
                return
            }
            next = next.adding(days: 1)
        }
        #expect(TradingDay(year: 2026, month: 2, day: 29) == nil)
        #expect(TradingDay(year: 1900, month: 2, day: 29) == nil)
        #expect(TradingDay(year: 1799, month: 1, day: 1) == nil)
    }

    @Test(
        arguments: [
            (0.08, 0.05, RiskTolerance.low, 0.8, RiskFit.Verdict.within, false), (0.10, 0.10, .low, 1, .within, false),
            (0.12, 0.05, .low, 1.2, .above, false), (0.12, 0.20, .low, 2, .farAbove, true),
            (0.20, 0.30, .medium, 1.2, .above, true), (0.60, 0.40, .high, 1.2, .above, false),
            (0, 0, .low, 0, .within, false),
        ])
    func `a risk is set beside what a tolerance bears`(
        _ volatility: Double, _ drawdown: Double, _ tolerance: RiskTolerance, _ figure: Double,
        _ verdict: RiskFit.Verdict, _ isByDrawdown: Bool
    ) {
        let fit = RiskFit(volatility: volatility, drawdown: drawdown, tolerance: tolerance)
        #expect(near(fit.figure, figure))
        #expect(fit.verdict == verdict)
        #expect(fit.isByDrawdown == isByDrawdown)
    }

    @Test("a symbol with a single price has figures that all say too little, and a week's question still has risk")
    func wholeFigures() throws {
        let single = SymbolFigures(try series([7]), timeframe: .oneYear)
        #expect(throws: Unmeasurable(.tooFew(have: 1, needed: 2))) { try single.totalReturn.get() }
        #expect(throws: Unmeasurable.self) { try single.volatility.get() }
        #expect(throws: Unmeasurable.self) { try single.fit(to: .low).get() }
        #expect(single.yearHigh == 7)
        let week = SymbolFigures(try Sample.series("DEMO4"), timeframe: .oneWeek)
        #expect(week.span.firstDay == day("2026-11-13"))
        #expect(week.riskSpan.firstDay == day("2026-08-20"))
        #expect(week.tailSpan.firstDay == day("2025-11-20"))
        #expect(near(try week.volatility.get(), ExpectedFigures.all[6].volatility))
    }
}
