/// One day's prices. All are above 0, and in the security's own currency, which price files do not tell.
public struct DailyPrice: Sendable, Equatable {
    public var day: TradingDay
    public var open: Double?
    public var high: Double?
    public var low: Double?
    public var close: Double
    /// The close with dividends and splits worked in, where the file has it.
    public var adjustedClose: Double?
    /// Shares; nil when the file has none.
    public var volume: Double?

    public init(
        day: TradingDay, open: Double? = nil, high: Double? = nil, low: Double? = nil, close: Double,
        adjustedClose: Double? = nil, volume: Double? = nil
    ) {
        self.day = day
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.adjustedClose = adjustedClose
        self.volume = volume
    }
}

/// A symbol's daily prices, oldest first, a day once, at least one.
public struct PriceSeries: Sendable, Equatable {
    public let symbol: Symbol
    public let days: [TradingDay]
    /// What returns are worked out from, a value a day: the adjusted closes where every day has one, else the closes. Mixing
    /// the two would make jumps that never were.
    public let values: [Double]
    /// The last day's close as it was traded.
    public let lastClose: Double
    public let usesAdjustedClose: Bool

    /// Nil when `prices` is empty. Of several prices of a day the last one in `prices` counts; the order is free.
    public init?(symbol: Symbol, prices: [DailyPrice]) {
        // The place breaks ties: Swift does not promise that a sort keeps the order of equals.
        let order = prices.indices.sorted { (prices[$0].day, $0) < (prices[$1].day, $1) }
        var kept: [Int] = []
        for index in order {
            if let last = kept.last, prices[last].day == prices[index].day { kept.removeLast() }
            kept.append(index)
        }
        guard let last = kept.last else { return nil }
        let isAdjusted = kept.allSatisfy { prices[$0].adjustedClose != nil }
        self.symbol = symbol
        days = kept.map { prices[$0].day }
        values = kept.map { isAdjusted ? prices[$0].adjustedClose ?? prices[$0].close : prices[$0].close }
        lastClose = prices[last].close
        usesAdjustedClose = isAdjusted
    }

    public var firstDay: TradingDay { days[0] }
    public var lastDay: TradingDay { days[days.count - 1] }

    /// The place of the last day that is `day` or before it; nil when all are later.
    func place(onOrBefore day: TradingDay) -> Int? {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] <= day { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }

    /// The days of a timeframe, counted back from the last day. Where the prices begin later than the timeframe, from the
    /// first price, and `isWhole` is false.
    public func span(_ timeframe: Timeframe) -> Span {
        guard let start = timeframe.start(endingOn: lastDay) else {
            return Span(places: 0..<days.count, firstDay: firstDay, lastDay: lastDay, isWhole: true)
        }
        let place = place(onOrBefore: start)
        let first = place ?? 0
        return Span(places: first..<days.count, firstDay: days[first], lastDay: lastDay, isWhole: place != nil)
    }

    /// Some of a series' days that follow each other; at least one.
    public struct Span: Sendable, Equatable {
        /// Places in `days` and `values`.
        public var places: Range<Int>
        public var firstDay: TradingDay
        public var lastDay: TradingDay
        /// Whether the prices reach back to the timeframe's beginning.
        public var isWhole: Bool
    }
}
