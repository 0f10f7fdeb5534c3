import Markets

/// A question that has one answer, which is given instead of a report.
struct DirectQuestion: Equatable {
    var kind: Kind
    /// The days that it is about; nil where it names none.
    var period: DeskPeriod?
    /// "Did it beat the market?"
    var isBesideBenchmark = false

    enum Kind: Equatable {
        /// "What did it close at on 3 March 2026?"
        case close
        /// "How much has it fallen since June?"
        case change
        /// "What was its highest close this year?"
        case extreme(isHighest: Bool)
        /// "How far is it below its high?"
        case fromExtreme(isHighest: Bool)
        /// "What was its worst day?"
        case move(MoveUnit, isBest: Bool)
        /// "On how many days did it rise?"
        case moveCount(isUp: Bool)
        /// "Just the volatility."
        case figures([DeskFigure])
        /// "Which has the highest return of all?" A vague one ("which did best?") is meant so only where no symbol is named.
        case ranking(DeskFigure, isHighest: Bool, isVague: Bool)
        /// "What should I buy?"
        case choice
        case correlation
        case volume
        /// "60/40": parts of a whole, in the order of the symbols.
        case weights([Double])
        /// "What would 1000 have become?"
        case amount(Double)
        /// "Will it go up?": nobody knows; with an amount, what it would have become in the past is told.
        case future(amount: Double?)
        /// "Why did it fall?"
        case reason
        /// What daily prices do not have, as an answer names it: "price-earnings ratio".
        case unknown(String)
        /// "How many symbols are there?"
        case inventory
        /// "How far back do its prices go?"
        case extent
        /// A date that can be read in two ways.
        case ambiguousDate(String)
    }

    enum MoveUnit: Equatable { case day, week, month, year }

    /// Whether the symbols of the whole folder are looked at where the message names none.
    var isOfAll: Bool {
        switch kind {
        case .ranking, .choice: true
        default: false
        }
    }

    /// Nil for a request that wants a report.
    static func read(_ message: String, today: TradingDay) -> DirectQuestion? {
        let words = Words(message)
        guard words.words.count <= 60 else { return nil }
        let time = DeskPeriod.read(message, today: today)
        let question = DirectWords(words, time: time)
        guard let kind = question.kind else { return nil }
        let isBeside = words.hasAny(["market", "index", "benchmark"])
        return DirectQuestion(kind: kind, period: question.period, isBesideBenchmark: isBeside)
    }
}

/// Something that is worked out about one symbol, and that can be asked for alone.
enum DeskFigure: Equatable {
    case price, totalReturn, volatility, downsideDeviation, sharpeRatio, drawdown, valueAtRisk, shortfall, beta,
        strength
    case average(Int)

    /// The figures that a message asks for, in the order they are listed here.
    static func named(in words: Words) -> [DeskFigure] {
        var found: [DeskFigure] = []
        for (figure, phrases) in Self.phrases where words.hasAny(phrases) { found.append(figure) }
        found += averages(in: words).map { .average($0) }
        // "Downside volatility" is one of the two.
        if found.contains(.downsideDeviation), !words.hasAny(["and"]) { found.removeAll { $0 == .volatility } }
        return found
    }

    private static let phrases: [(DeskFigure, [String])] = [
        (.totalReturn, ["return", "returns", "total return", "performance"]),
        (.volatility, ["volatil*", "standard deviation", "vol"]),
        (.downsideDeviation, ["downside", "downside deviation", "sortino"]),
        (.sharpeRatio, ["sharpe*"]),
        (.drawdown, ["drawdown*", "draw down", "deepest fall", "peak to trough"]),
        (.valueAtRisk, ["value at risk", "var", "daily var"]),
        (.shortfall, ["expected shortfall", "shortfall", "cvar"]),
        (.beta, ["beta", "betas"]),
        (.strength, ["rsi", "relative strength", "relative strength index"]),
    ]

    /// "200 day average", "50-day moving average", "SMA 20", "200dma".
    private static func averages(in words: Words) -> [Int] {
        let all = words.words.flatMap { $0.folded.split(separator: "-").map(String.init) }
        guard
            let place = all.firstIndex(where: {
                ["average", "averages", "sma", "dma", "ma"].contains($0) || $0.hasSuffix("dma")
            }),
            !all.contains("volume")
        else { return [] }
        let named = lengths(in: all)
        if !named.isEmpty { return Array(named.prefix(4)) }
        return ["moving", "sma"].contains(all[place]) || place > 0 && all[place - 1] == "moving" ? Averages.lengths : []
    }

    /// "The 50 day one": the lengths of averages, whether or not the word is there.
    static func lengths(in all: [String]) -> [Int] {
        all.enumerated().compactMap { index, word -> Int? in
            let digits = word.prefix { $0.isASCII && $0.isNumber }
            guard let length = Int(digits), (2...1_000).contains(length) else { return nil }
            let rest = word.dropFirst(digits.count)
            let next = index + 1 < all.count ? all[index + 1] : ""
            let isLength =
                ["d", "dma", "day", "days"].contains(rest)
                || rest.isEmpty
                    && (["day", "days", "d", "and", "or", "average", "sma", "dma", "ma", "moving"].contains(next)
                        || index > 0 && ["sma", "ma"].contains(all[index - 1]))
            return isLength ? length : nil
        }
    }
}
