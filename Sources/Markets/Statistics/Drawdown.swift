/// The deepest fall from a peak to a later trough.
///
/// `max over t of 1 - p[t] / max(p[0…t])`;
/// https://en.wikipedia.org/wiki/Drawdown_(economics)
public struct Drawdown: Sendable, Equatable {
    /// 0 to 1: the part of the peak's value that was lost at the trough. 0 when no price is below one before it.
    public var depth: Double
    /// The last day at the peak before the fall.
    public var peak: TradingDay
    public var trough: TradingDay
    /// The first day after the trough with the peak's price or more; nil while it is still below.
    public var recovery: TradingDay?

    /// The deepest fall among daily closes; of several as deep the first.
    /// - Throws: `Unmeasurable` with fewer than 2 prices.
    public static func maximum(of series: PriceSeries, in places: Range<Int>) throws(Unmeasurable) -> Drawdown {
        try maximum(days: series.days[places], values: series.values[places])
    }

    /// `days` and `values` have the same length and the same indices.
    static func maximum(
        days: ArraySlice<TradingDay>, values: ArraySlice<Double>
    ) throws(Unmeasurable) -> Drawdown {
        try Unmeasurable.require(2, of: values)
        var peak = values.startIndex
        var deepest = (depth: 0.0, peak: values.startIndex, trough: values.startIndex)
        for place in values.indices {
            if values[place] >= values[peak] { peak = place }
            let depth = 1 - values[place] / values[peak]
            if depth > deepest.depth { deepest = (depth, peak, place) }
        }
        let after = values.indices.suffix(from: deepest.trough).dropFirst()
        let recovery = after.first { values[$0] >= values[deepest.peak] }
        return Drawdown(
            depth: deepest.depth, peak: days[deepest.peak], trough: days[deepest.trough],
            recovery: deepest.depth > 0 ? recovery.map { days[$0] } : days[deepest.peak])
    }

    /// How far the last price is below the highest one, 0 to 1.
    public static func current(_ values: some BidirectionalCollection<Double>) throws(Unmeasurable) -> Double {
        guard let last = values.last, let highest = values.max() else {
            throw Unmeasurable(.tooFew(have: 0, needed: 1))
        }
        return 1 - last / highest
    }
}
