import Markets

/// Everything that is known about a request before anybody answers it: what it asks, and the figures.
struct DeskFigures: Sendable {
    /// A symbol that was asked for and cannot be spoken of.
    struct Missing: Sendable, Equatable {
        enum Reason: Sendable, Equatable {
            /// There is no file of it.
            case noPrices
            /// There is a file, and it cannot be read.
            case unreadable
        }

        var symbol: Symbol
        var reason: Reason
    }

    var timeframe: Timeframe
    var tolerance: RiskTolerance
    /// The day of the question.
    var today: TradingDay
    /// The symbols that have prices, in the order they were asked for.
    var symbols: [SymbolFigures] = []
    /// Their prices, in the same order.
    var series: [PriceSeries] = []
    var missing: [Missing] = []
    /// Of the client's hints, what was not understood.
    var hints: [String] = []
    /// Nil without any symbol.
    var group: GroupFigures?
    /// Nil where there is no benchmark.
    var benchmark: SymbolFigures?
    /// Its prices.
    var benchmarkSeries: PriceSeries?
    var names: [Symbol: String] = [:]
    /// Rows that were skipped in a symbol's file.
    var skippedRows: [Symbol: Int] = [:]
    /// What the operator says of these prices.
    var note: String?
    /// Some symbols there are prices of, and how many there are in all.
    var examples: [Symbol] = []
    var available = 0
    /// Words that looked like symbols, without a file.
    var unlisted: [Symbol] = []
    /// Whether all symbols are looked at, since the question names none.
    var isOfAll = false
    /// Symbols beyond the limit, that were left out.
    var leftOut = 0

    /// The last day of any of the prices.
    var lastDay: TradingDay? { (symbols + [benchmark].compactMap { $0 }).map(\.lastDay).max() }

    /// Symbols whose prices end more than a week before the question.
    var stale: [SymbolFigures] { symbols.filter { today.days(since: $0.lastDay) > 7 } }
}
