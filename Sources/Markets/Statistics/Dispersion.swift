import Glibc

/// How far returns scatter.
public enum Dispersion {
    /// Trading days a year, by which daily figures are made yearly. The usual number for shares in the United States.
    public static let tradingDaysPerYear = 252.0

    /// Fewest prices for a figure of scatter: 20 daily returns, a month's worth. With fewer the estimate says nothing.
    public static let minimumPrices = 21

    static func mean(_ values: some Collection<Double>) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    /// The sample's standard deviation, `sqrt(Σ(x - mean)² / (n - 1))`, of at least two values.
    static func standardDeviation(_ values: some Collection<Double>) -> Double {
        let mean = mean(values)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }

    /// Annualised volatility: the sample standard deviation of the daily logarithmic returns times √252.
    ///
    /// J. C. Hull, Options, Futures, and Other Derivatives, "Estimating volatility from historical data";
    /// https://en.wikipedia.org/wiki/Volatility_(finance)
    /// - Throws: `Unmeasurable` with fewer than 21 prices. Prices that never change are no error: their volatility is 0.
    public static func volatility(_ prices: some Collection<Double>) throws(Unmeasurable) -> Double {
        try Unmeasurable.require(minimumPrices, of: prices)
        return standardDeviation(Returns.logarithmic(prices)) * tradingDaysPerYear.squareRoot()
    }

    /// Annualised downside deviation with a target of 0: `sqrt(Σ min(0, r)² / n) · √252` over the daily simple returns; `n`
    /// counts all days, not the losing ones only.
    ///
    /// F. A. Sortino, L. N. Price: Performance Measurement in a Downside Risk Framework, Journal of Investing 3 (1994);
    /// https://en.wikipedia.org/wiki/Downside_risk
    /// - Throws: `Unmeasurable` with fewer than 21 prices.
    public static func downsideDeviation(_ prices: some Collection<Double>) throws(Unmeasurable) -> Double {
        try Unmeasurable.require(minimumPrices, of: prices)
        let returns = Returns.simple(prices)
        let squares = returns.reduce(0) { $0 + min(0, $1) * min(0, $1) }
        return (squares / Double(returns.count)).squareRoot() * tradingDaysPerYear.squareRoot()
    }

    /// The Sharpe ratio with a risk-free rate of 0: the mean of the daily simple returns over their sample standard
    /// deviation, times √252. A stated rate of 0 makes it too high by the rate over the volatility.
    ///
    /// W. F. Sharpe, The Sharpe Ratio, Journal of Portfolio Management (1994);
    /// https://web.stanford.edu/~wfsharpe/art/sr/sr.htm
    /// - Throws: `Unmeasurable` with fewer than 21 prices, and when all returns are the same.
    public static func sharpeRatio(_ prices: some Collection<Double>) throws(Unmeasurable) -> Double {
        try Unmeasurable.require(minimumPrices, of: prices)
        let returns = Returns.simple(prices)
        let deviation = standardDeviation(returns)
        guard deviation > noise else { throw Unmeasurable(.noVariation) }
        return mean(returns) / deviation * tradingDaysPerYear.squareRoot()
    }

    /// Below this a standard deviation of returns is rounding, not movement.
    static let noise = 1e-12
}
