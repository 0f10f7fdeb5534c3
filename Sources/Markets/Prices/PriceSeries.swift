// Daily prices, and where they come from.

import Glibc

/// One day's prices. All are above 0, and in the security's own currency, which price files do not tell.
public struct DailyPrice: Sendable, Equatable {
    public var day: TradingDay
    public var close: Double
    /// The close with dividends and splits worked in, where the file has it.
    public var adjustedClose: Double?
    /// Shares; nil when the file has none.
    public var volume: Double?
    /// New shares for each old one where the file tells of a split on that day.
    public var split: Double?
}

/// A symbol's daily prices, oldest first, a day once, at least one.
public struct PriceSeries: Sendable, Equatable {
    public let symbol: Symbol
    public let days: [TradingDay]
    /// What returns are worked out from, a value a day: the adjusted closes where nine days in ten have one, else the closes, with the
    /// splits worked in that the file tells of. Mixing the two would make jumps that never were, so a day without an adjusted close
    /// takes its part from the day before.
    public let values: [Double]
    /// Shares traded on each of the days; nil where the file does not tell.
    public let volumes: [Double?]
    /// The last day's close as it was traded.
    public let lastClose: Double
    public let usesAdjustedClose: Bool
    /// Days whose adjusted close was worked out from another day's.
    public let filledAdjustedCloses: Int
    /// Splits that were worked in.
    public let splits: [Split]
    /// Moves of one day that look like splits, in closes that are not adjusted.
    public let suspectedSplits: [Split]

    /// New shares for old ones, on the first day with the new price.
    public struct Split: Sendable, Equatable {
        public var day: TradingDay
        /// New shares for each old one: 10 for 10:1, 0.1 for a reverse split.
        public var ratio: Double
    }

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
        let rows = kept.map { prices[$0] }
        let adjusted = rows.count { $0.adjustedClose != nil }
        let isAdjusted = adjusted > 0 && adjusted * 10 >= rows.count * 9
        self.symbol = symbol
        days = rows.map(\.day)
        volumes = rows.map(\.volume)
        lastClose = prices[last].close
        usesAdjustedClose = isAdjusted
        if isAdjusted {
            values = Self.adjusted(rows)
            filledAdjustedCloses = rows.count - adjusted
            (splits, suspectedSplits) = ([], [])
        } else {
            var closes = rows.map(\.close)
            splits = Self.takeSplits(of: rows, from: &closes)
            suspectedSplits = Self.suspects(days: days, closes: closes)
            values = closes
            filledAdjustedCloses = 0
        }
    }

    /// The adjusted closes; a missing one is the close times what the day before it was adjusted by, or the first day after it.
    private static func adjusted(_ rows: [DailyPrice]) -> [Double] {
        var factor = rows.lazy.compactMap { row in row.adjustedClose.map { $0 / row.close } }.first ?? 1
        return rows.map { row in
            if let adjusted = row.adjustedClose {
                factor = adjusted / row.close
                return adjusted
            }
            return row.close * factor
        }
    }

    /// Divides the closes before each split that the file tells of and the prices bear out. Some files tell of splits and have them
    /// worked in already.
    private static func takeSplits(of rows: [DailyPrice], from closes: inout [Double]) -> [Split] {
        var splits: [Split] = []
        var divisor = 1.0
        for place in closes.indices.reversed() {
            closes[place] /= divisor
            guard place > 0, let told = rows[place].split, told > 0, told != 1 else { continue }
            let move = rows[place - 1].close / rows[place].close
            // Some files tell the old shares first. Nearer to the split's ratio than to no move at all.
            let ratio = (move > 1) == (told > 1) ? told : 1 / told
            guard abs(log(move / ratio)) < abs(log(move)) else { continue }
            divisor *= ratio
            splits.append(Split(day: rows[place].day, ratio: ratio))
        }
        return splits.reversed()
    }

    /// Ratios that companies split by.
    private static let usualRatios: [Double] = [2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100]

    private static func suspects(days: [TradingDay], closes: [Double]) -> [Split] {
        var found: [Split] = []
        for place in closes.indices.dropFirst() {
            let move = closes[place - 1] / closes[place]
            let size = max(move, 1 / move)
            // A share seldom moves by half in a day, and a split's first day moves a few percent as well.
            guard size > 1.85, let usual = usualRatios.min(by: { abs($0 - size) < abs($1 - size) }),
                abs(log(size / usual)) < 0.08
            else {
                continue
            }
            found.append(Split(day: days[place], ratio: move > 1 ? usual : 1 / usual))
        }
        return found
    }

    public var firstDay: TradingDay { days[0] }
    public var lastDay: TradingDay { days[days.count - 1] }

    /// The place of the last day that is `day` or before it; nil when all are later.
    public func place(onOrBefore day: TradingDay) -> Int? {
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
