/// What the worst days cost, read off the past ("historical simulation"). No distribution is assumed, and what has not
/// happened in these days is not in it.
public struct TailRisk: Sendable, Equatable {
    /// Value at risk of one day at 95 %: the loss that 5 % of the days exceeded, a fraction of the value. Negative only when
    /// even the bad days were gains.
    ///
    /// Minus the 5 % quantile of the daily simple returns, between two days by linear interpolation (type 7 of
    /// R. J. Hyndman, Y. Fan: Sample Quantiles in Statistical Packages, The American Statistician 50 (1996)).
    public var valueAtRisk: Double
    /// Expected shortfall at 95 %: minus the mean of the daily returns at or below that quantile.
    ///
    /// C. Acerbi, D. Tasche: On the coherence of expected shortfall, Journal of Banking & Finance 26 (2002);
    /// https://en.wikipedia.org/wiki/Expected_shortfall
    public var expectedShortfall: Double
    /// Daily returns it is read off.
    public var days: Int

    /// Fewest prices: with 100 returns five are in the tail. Fewer would make it one day's accident.
    public static let minimumPrices = 101

    /// - Throws: `Unmeasurable` with fewer than 101 prices.
    public init(prices: some Collection<Double>) throws(Unmeasurable) {
        try Unmeasurable.require(Self.minimumPrices, of: prices)
        let returns = Returns.simple(prices).sorted()
        // A twentieth of the way, in whole numbers: 0.05 has no exact binary form.
        let (below, rest) = (returns.count - 1).quotientAndRemainder(dividingBy: 20)
        let quantile = returns[below] + Double(rest) / 20 * (returns[below + 1] - returns[below])
        let tail = returns.prefix { $0 <= quantile }
        valueAtRisk = -quantile
        expectedShortfall = -Dispersion.mean(tail)
        days = returns.count
    }
}
