// What is worked out for the desk's answers, of one symbol and of several together.

/// What is worked out about several symbols together.
public struct GroupFigures: Sendable {
    /// In the order they were given.
    public let symbols: [Symbol]
    /// Of each pair, the earlier symbol's place first: `correlations[0][1]`. The diagonal is 1.
    public let correlations: [[Measure<Double>]]
    /// Equal parts of each; nil for fewer than two symbols.
    public let basket: Basket?
    /// By symbol; empty without a benchmark. The benchmark itself has none.
    public let betas: [Symbol: Measure<Double>]
    public let benchmark: Symbol?

    /// Correlations and basket are over the timeframe, but three months at least; betas over a year at least. Both end with
    /// each pair's last common day.
    public init(_ series: [PriceSeries], benchmark: PriceSeries?, timeframe: Timeframe) {
        let lastDay = series.map(\.lastDay).min() ?? TradingDay(number: 0)
        let riskStart = Self.earlier(timeframe, .threeMonths, endingOn: lastDay)
        let betaStart = Self.earlier(timeframe, .oneYear, endingOn: lastDay)
        symbols = series.map(\.symbol)
        var matrix = [[Measure<Double>]](
            repeating: [Measure<Double>](repeating: .success(1), count: series.count), count: series.count)
        for row in series.indices {
            for column in series.indices.suffix(from: row + 1) {
                let value = measure { () throws(Unmeasurable) in
                    try Together.correlation(series[row], series[column], from: riskStart)
                }
                matrix[row][column] = value
                matrix[column][row] = value
            }
        }
        correlations = matrix
        basket = series.count < 2 ? nil : Basket(series, from: riskStart)
        var betas: [Symbol: Measure<Double>] = [:]
        if let benchmark {
            for one in series where one.symbol != benchmark.symbol {
                betas[one.symbol] = measure { () throws(Unmeasurable) in
                    try Together.beta(of: one, to: benchmark, from: betaStart)
                }
            }
        }
        self.betas = betas
        self.benchmark = benchmark?.symbol
    }

    /// The pairs with a correlation, the highest first.
    public var pairs: [(a: Symbol, b: Symbol, correlation: Double)] {
        var pairs: [(a: Symbol, b: Symbol, correlation: Double)] = []
        for row in symbols.indices {
            for column in symbols.indices.suffix(from: row + 1) {
                if case .success(let value) = correlations[row][column] {
                    pairs.append((symbols[row], symbols[column], value))
                }
            }
        }
        return pairs.sorted { ($1.correlation, $0.a, $0.b) < ($0.correlation, $1.a, $1.b) }
    }

    private static func earlier(_ a: Timeframe, _ b: Timeframe, endingOn day: TradingDay) -> TradingDay? {
        guard let first = a.start(endingOn: day), let second = b.start(endingOn: day) else { return nil }
        return min(first, second)
    }
}

/// Equal parts of several securities, made equal again every day.
public struct Basket: Sendable, Equatable {
    /// Annualised, a fraction.
    public let volatility: Measure<Double>
    public let drawdown: Measure<Drawdown>
    /// The mean of the parts' volatilities over the basket's (Y. Choueifaty, Y. Coignard: Toward Maximum Diversification,
    /// Journal of Portfolio Management 35 (2008)). 1: holding several changes nothing; the more, the more they offset each other.
    public let diversification: Measure<Double>

    /// Over the days that all of them have a price for, from the last one on or before `start`.
    ///
    /// The value begins at 1 and is multiplied each day by 1 plus the mean of the parts' simple returns.
    init(_ series: [PriceSeries], from start: TradingDay?) {
        var days = Set(series[0].days)
        for one in series.dropFirst() { days.formIntersection(one.days) }
        var common = days.sorted()
        if let start, let first = common.lastIndex(where: { $0 <= start }) { common.removeFirst(first) }
        let wanted = Set(common)
        let values = series.map { one in zip(one.days, one.values).filter { wanted.contains($0.0) }.map(\.1) }
        let returns = values.map { Returns.simple($0) }
        var value = 1.0
        var worth = common.isEmpty ? [] : [value]
        for day in 0..<max(0, common.count - 1) {
            value *= 1 + returns.reduce(0) { $0 + $1[day] } / Double(series.count)
            worth.append(value)
        }
        let volatility = measure { () throws(Unmeasurable) in try Dispersion.volatility(worth) }
        self.volatility = volatility
        drawdown = measure { () throws(Unmeasurable) in
            try Drawdown.maximum(days: common[...], values: worth[...])
        }
        diversification = measure { () throws(Unmeasurable) in
            let own = try volatility.get()
            guard own > Dispersion.noise else { throw Unmeasurable(.noVariation) }
            var sum = 0.0
            for one in values { sum += try Dispersion.volatility(one) }
            return sum / Double(values.count) / own
        }
    }
}
