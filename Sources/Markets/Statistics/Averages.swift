// Figures of series of numbers, each by its usual definition.

/// What chart readers look at: moving averages and the relative strength index.
public enum Averages {
    /// The usual lengths, in days.
    public static let lengths = [20, 50, 200]

    /// The simple moving average: the mean of the last `length` closes.
    /// - Throws: `Unmeasurable` with fewer prices than that.
    public static func simple(_ length: Int, of prices: some BidirectionalCollection<Double>) throws(Unmeasurable)
        -> Double
    {
        try Unmeasurable.require(length, of: prices)
        return Dispersion.mean(Array(prices.suffix(length)))
    }

    /// The relative strength index over 14 days, 0 to 100, as Wilder made it: the first averages of gains and of losses are
    /// plain means over 14 days, each later one is `(13 · average + today) / 14`; the index is
    /// `100 - 100 / (1 + averageGain / averageLoss)`. 100 when there were no losses, and 50 when nothing moved.
    ///
    /// J. W. Wilder, New Concepts in Technical Trading Systems (1978);
    /// https://en.wikipedia.org/wiki/Relative_strength_index
    ///
    /// The smoothing never forgets: it is worked out over all of `prices`, and with fewer than some hundred of them differs
    /// from what other programs show.
    /// - Throws: `Unmeasurable` with fewer than 15 prices.
    public static func relativeStrengthIndex(_ prices: some Collection<Double>) throws(Unmeasurable) -> Double {
        let length = 14
        try Unmeasurable.require(length + 1, of: prices)
        let changes = zip(prices.dropFirst(), prices).map { $0 - $1 }
        var gain = changes.prefix(length).reduce(0) { $0 + max($1, 0) } / Double(length)
        var loss = changes.prefix(length).reduce(0) { $0 + max(-$1, 0) } / Double(length)
        for change in changes.dropFirst(length) {
            gain = (gain * Double(length - 1) + max(change, 0)) / Double(length)
            loss = (loss * Double(length - 1) + max(-change, 0)) / Double(length)
        }
        if loss == 0 { return gain == 0 ? 50 : 100 }
        return 100 - 100 / (1 + gain / loss)
    }
}
