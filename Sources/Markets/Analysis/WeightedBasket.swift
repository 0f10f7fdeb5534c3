/// Securities in given parts, bought on one day and held.
public struct WeightedBasket: Sendable, Equatable {
    public let firstDay: TradingDay
    public let lastDay: TradingDay
    /// From the first day to the last, a fraction.
    public let totalReturn: Double
    /// Annualised, a fraction, of the whole as its parts drift.
    public let volatility: Measure<Double>
    public let drawdown: Measure<Drawdown>
}

extension Basket {
    /// A basket in parts of `weights`, which sum to 1, over the days of the timeframe that all have a price for.
    ///
    /// Nil when the numbers of parts and symbols differ, or there are fewer than two common days.
    public static func weighted(_ series: [PriceSeries], weights: [Double], timeframe: Timeframe) -> WeightedBasket? {
        guard let shortest = series.map(\.lastDay).min() else { return nil }
        return weighted(series, weights: weights, from: timeframe.start(endingOn: shortest), to: shortest)
    }

    /// The same from the last common day on or before `start` (nil: the first) to `end`.
    public static func weighted(
        _ series: [PriceSeries], weights: [Double], from start: TradingDay?, to end: TradingDay
    ) -> WeightedBasket? {
        guard weights.count == series.count, !series.isEmpty else { return nil }
        var days = Set(series[0].days)
        for one in series.dropFirst() { days.formIntersection(one.days) }
        var common = days.filter { $0 <= end }.sorted()
        if let start, let first = common.lastIndex(where: { $0 <= start }) { common.removeFirst(first) }
        guard common.count > 1 else { return nil }
        let wanted = Set(common)
        var worth = [Double](repeating: 0, count: common.count)
        for (one, weight) in zip(series, weights) {
            let values = zip(one.days, one.values).filter { wanted.contains($0.0) }.map(\.1)
            for place in values.indices { worth[place] += weight * values[place] / values[0] }
        }
        return WeightedBasket(
            firstDay: common[0], lastDay: common[common.count - 1],
            totalReturn: worth[worth.count - 1] / worth[0] - 1,
            volatility: measure { () throws(Unmeasurable) in try Dispersion.volatility(worth) },
            drawdown: measure { () throws(Unmeasurable) in
                try Drawdown.maximum(days: common[...], values: worth[...])
            })
    }
}
