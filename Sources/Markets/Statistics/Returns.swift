import Glibc

/// Returns: how much prices change. Prices are above 0, oldest first. All are fractions: 0.01 is one percent.
public enum Returns {
    /// Simple returns, `p[t] / p[t-1] - 1`: what a holder gained. One fewer than there are prices.
    public static func simple(_ prices: some Collection<Double>) -> [Double] {
        zip(prices.dropFirst(), prices).map { $0 / $1 - 1 }
    }

    /// Logarithmic returns, `ln(p[t] / p[t-1])`: they add up over time. One fewer than there are prices.
    public static func logarithmic(_ prices: some Collection<Double>) -> [Double] {
        zip(prices.dropFirst(), prices).map { log($0 / $1) }
    }

    /// The return from the first price to the last, `p[n] / p[0] - 1`.
    /// - Throws: `Unmeasurable` with fewer than 2 prices.
    public static func total(_ prices: some BidirectionalCollection<Double>) throws(Unmeasurable) -> Double {
        try Unmeasurable.require(2, of: prices)
        guard let first = prices.first, let last = prices.last else { throw Unmeasurable(.tooFew(have: 0, needed: 2)) }
        return last / first - 1
    }
}
