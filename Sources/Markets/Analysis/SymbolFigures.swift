/// Everything that is worked out about one symbol for one timeframe.
public struct SymbolFigures: Sendable, Equatable {
    public let symbol: Symbol
    public let timeframe: Timeframe
    /// The last day's close, as traded.
    public let lastClose: Double
    public let lastDay: TradingDay
    /// The timeframe's days.
    public let span: PriceSeries.Span
    /// From the span's first close to its last, a fraction.
    public let totalReturn: Measure<Double>

    /// The days that the figures of risk are from: the timeframe's, but three months at least. A week has too few.
    public let riskSpan: PriceSeries.Span
    public let volatility: Measure<Double>
    public let downsideDeviation: Measure<Double>
    public let sharpeRatio: Measure<Double>
    public let drawdown: Measure<Drawdown>
    /// How far the last close is below the highest one of `riskSpan`, 0 to 1.
    public let belowPeak: Measure<Double>

    /// The days that the tail is from: the timeframe's, but a year at least.
    public let tailSpan: PriceSeries.Span
    public let tail: Measure<TailRisk>

    /// By their length in days, over all prices there are.
    public let movingAverages: [Int: Measure<Double>]
    /// What the moving averages are to be compared with: the last value of the series that they are made of.
    public let lastValue: Double
    public let relativeStrengthIndex: Measure<Double>
    /// Returns over the last week and the last month.
    public let weekReturn: Measure<Double>
    public let monthReturn: Measure<Double>
    /// Highest and lowest close of the last year.
    public let yearHigh: Double
    public let yearLow: Double
    /// The volatility of the last three months, and of the last year.
    public let recentVolatility: Measure<Double>
    public let yearVolatility: Measure<Double>

    public init(_ series: PriceSeries, timeframe: Timeframe) {
        let span = series.span(timeframe)
        let riskSpan = Self.longer(span, series.span(.threeMonths))
        let tailSpan = Self.longer(span, series.span(.oneYear))
        let year = series.values[series.span(.oneYear).places]
        let risk = series.values[riskSpan.places]
        symbol = series.symbol
        self.timeframe = timeframe
        lastClose = series.lastClose
        lastDay = series.lastDay
        self.span = span
        totalReturn = measure { () throws(Unmeasurable) in try Returns.total(series.values[span.places]) }
        self.riskSpan = riskSpan
        volatility = measure { () throws(Unmeasurable) in try Dispersion.volatility(risk) }
        downsideDeviation = measure { () throws(Unmeasurable) in try Dispersion.downsideDeviation(risk) }
        sharpeRatio = measure { () throws(Unmeasurable) in try Dispersion.sharpeRatio(risk) }
        drawdown = measure { () throws(Unmeasurable) in try Drawdown.maximum(of: series, in: riskSpan.places) }
        belowPeak = measure { () throws(Unmeasurable) in try Drawdown.current(risk) }
        self.tailSpan = tailSpan
        tail = measure { () throws(Unmeasurable) in try TailRisk(prices: series.values[tailSpan.places]) }
        var averages: [Int: Measure<Double>] = [:]
        for length in Averages.lengths {
            averages[length] = measure { () throws(Unmeasurable) in try Averages.simple(length, of: series.values) }
        }
        movingAverages = averages
        lastValue = series.values[series.values.count - 1]
        relativeStrengthIndex = measure { () throws(Unmeasurable) in
            try Averages.relativeStrengthIndex(series.values)
        }
        weekReturn = Self.wholeReturn(series, .oneWeek)
        monthReturn = Self.wholeReturn(series, .oneMonth)
        yearHigh = year.max() ?? series.lastClose
        yearLow = year.min() ?? series.lastClose
        recentVolatility = measure { () throws(Unmeasurable) in
            try Dispersion.volatility(series.values[series.span(.threeMonths).places])
        }
        yearVolatility = measure { () throws(Unmeasurable) in try Dispersion.volatility(year) }
    }

    /// The risk beside a tolerance; a failure when volatility or drawdown cannot be told.
    public func fit(to tolerance: RiskTolerance) -> Measure<RiskFit> {
        volatility.flatMap { volatility in
            drawdown.map { RiskFit(volatility: volatility, drawdown: $0.depth, tolerance: tolerance) }
        }
    }

    private static func longer(_ a: PriceSeries.Span, _ b: PriceSeries.Span) -> PriceSeries.Span {
        a.places.count >= b.places.count ? a : b
    }

    private static func wholeReturn(_ series: PriceSeries, _ timeframe: Timeframe) -> Measure<Double> {
        let span = series.span(timeframe)
        guard span.isWhole else {
            return .failure(Unmeasurable(.tooFew(have: span.places.count, needed: span.places.count + 1)))
        }
        return measure { () throws(Unmeasurable) in try Returns.total(series.values[span.places]) }
    }
}

/// A throwing figure as a value.
func measure<Value>(_ body: () throws(Unmeasurable) -> Value) -> Measure<Value> {
    Result(catching: body)
}
