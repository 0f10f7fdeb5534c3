/// How two securities move together, over the days that both have a price for.
public enum Together {
    /// The values of two series on their common days, oldest first.
    ///
    /// Returns are worked out between common days, so that a holiday of one exchange does not set one series' return of one
    /// day against the other's of two.
    static func common(_ a: PriceSeries, _ b: PriceSeries, from start: TradingDay?) -> (a: [Double], b: [Double]) {
        var left: [Double] = []
        var right: [Double] = []
        var i = start.flatMap { a.place(onOrBefore: $0) } ?? 0
        var j = start.flatMap { b.place(onOrBefore: $0) } ?? 0
        while i < a.days.count, j < b.days.count {
            if a.days[i] == b.days[j] {
                left.append(a.values[i])
                right.append(b.values[j])
                i += 1
                j += 1
            } else if a.days[i] < b.days[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return (left, right)
    }

    /// Pearson's correlation of the daily logarithmic returns over the common days since `start` (nil: all), -1 to 1.
    ///
    /// `Σ(x - mean x)(y - mean y) / sqrt(Σ(x - mean x)² · Σ(y - mean y)²)`;
    /// https://en.wikipedia.org/wiki/Pearson_correlation_coefficient
    /// - Throws: `Unmeasurable` with fewer than 21 common days, and when one of the two never moves.
    public static func correlation(
        _ a: PriceSeries, _ b: PriceSeries, from start: TradingDay?
    ) throws(Unmeasurable) -> Double {
        let prices = common(a, b, from: start)
        try Unmeasurable.require(Dispersion.minimumPrices, of: prices.a)
        let moments = Moments(Returns.logarithmic(prices.a), Returns.logarithmic(prices.b))
        guard moments.deviationX > Dispersion.noise, moments.deviationY > Dispersion.noise else {
            throw Unmeasurable(.noVariation)
        }
        let correlation = moments.covariance / (moments.deviationX * moments.deviationY)
        // Rounding may lead a hair beyond.
        return min(1, max(-1, correlation))
    }

    /// Beta of `series` to a benchmark: the covariance of their daily simple returns over the variance of the benchmark's,
    /// over the common days since `start` (nil: all).
    ///
    /// https://en.wikipedia.org/wiki/Beta_(finance)
    /// - Throws: `Unmeasurable` with fewer than 61 common days (60 returns), and when the benchmark never moves.
    public static func beta(
        of series: PriceSeries, to benchmark: PriceSeries, from start: TradingDay?
    ) throws(Unmeasurable) -> Double {
        let prices = common(series, benchmark, from: start)
        try Unmeasurable.require(61, of: prices.a)
        let moments = Moments(Returns.simple(prices.a), Returns.simple(prices.b))
        guard moments.deviationY > Dispersion.noise else { throw Unmeasurable(.noVariation) }
        return moments.covariance / (moments.deviationY * moments.deviationY)
    }

    /// Sample moments (over n - 1) of two lists of the same length.
    private struct Moments {
        var covariance: Double
        var deviationX: Double
        var deviationY: Double

        init(_ x: [Double], _ y: [Double]) {
            let (meanX, meanY) = (Dispersion.mean(x), Dispersion.mean(y))
            covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / Double(x.count - 1)
            deviationX = Dispersion.standardDeviation(x)
            deviationY = Dispersion.standardDeviation(y)
        }
    }
}
