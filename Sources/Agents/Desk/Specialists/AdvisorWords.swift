// What each of the desk's specialists says.

import Markets

/// Whether the risk fits its bearer.
enum AdvisorWords: Specialist {
    static func paragraphs(_ figures: DeskFigures) -> [String] {
        guard !figures.symbols.isEmpty else { return [] }
        var paragraphs = [fits(figures)]
        if let together = together(figures) { paragraphs.append(together) }
        if let drift = drift(figures) { paragraphs.append(drift) }
        paragraphs.append(
            "What is not known here: what else you own, when you need the money, what trading costs you and how you are taxed. "
                + "These decide more than the figures do.")
        return paragraphs
    }

    static func summary(_ figures: DeskFigures) -> String {
        let (within, beyond) = sorted(figures)
        if within.isEmpty && beyond.isEmpty { return "There is too little data to set against a tolerance." }
        let tolerance = "a \(figures.tolerance.rawValue) tolerance"
        if beyond.isEmpty { return "All of it is within \(tolerance)." }
        return "\(FigureWords.symbols(beyond)) \(beyond.count == 1 ? "goes" : "go") beyond \(tolerance)"
            + (within.isEmpty ? "." : "; \(FigureWords.symbols(within)) \(within.count == 1 ? "does" : "do") not.")
    }

    private static func sorted(_ figures: DeskFigures) -> (within: [Symbol], beyond: [Symbol]) {
        let ranked = figures.ranked { one in one.fit(to: figures.tolerance).map(\.figure) }
        return (ranked.filter { $0.value <= 1 }.map(\.symbol), ranked.filter { $0.value > 1 }.map(\.symbol))
    }

    private static func fits(_ figures: DeskFigures) -> String {
        let ranked = figures.ranked { one in one.fit(to: figures.tolerance).map(\.figure) }
        let limits =
            "a \(figures.tolerance.rawValue) tolerance (volatility up to "
            + "\(FigureWords.percent(figures.tolerance.maximumVolatility)) a year, a fall up to "
            + "\(FigureWords.percent(figures.tolerance.maximumDrawdown)))"
        guard !ranked.isEmpty else { return "There is too little data to set against \(limits)." }
        let parts = ranked.map { "\($0.symbol) \(FigureWords.ratio($0.value))" }
        let unknown = figures.symbols.map(\.symbol).filter { symbol in !ranked.contains { $0.symbol == symbol } }
        return "Set against \(limits), the risk figures are \(Phrase.list(parts)); up to 1 is within it."
            + (unknown.isEmpty ? "" : " Too little is known of \(FigureWords.symbols(unknown)).")
    }

    private static func together(_ figures: DeskFigures) -> String? {
        guard let basket = figures.group?.basket, case .success(let volatility) = basket.volatility,
            case .success(let drawdown) = basket.drawdown, case .success(let diversification) = basket.diversification
        else { return nil }
        let fit = RiskFit(volatility: volatility, drawdown: drawdown.depth, tolerance: figures.tolerance)
        var text =
            "All in equal parts have a risk figure of \(FigureWords.ratio(fit.figure)), \(FigureWords.verdict(fit.verdict)). "
        text +=
            diversification > 1.15
            ? "They offset each other in part (diversification ratio \(FigureWords.ratio(diversification)))."
            : "They hardly offset each other (diversification ratio \(FigureWords.ratio(diversification)); 1 is not at all)."
        return text
    }

    /// What equal parts have become: the arithmetic of rebalancing.
    private static func drift(_ figures: DeskFigures) -> String? {
        let returns = figures.symbols.compactMap { one -> (Symbol, Double)? in
            guard one.span.isWhole, case .success(let value) = one.totalReturn else { return nil }
            return (one.symbol, 1 + value)
        }
        guard returns.count > 1, returns.count == figures.symbols.count else { return nil }
        let whole = returns.reduce(0) { $0 + $1.1 }
        let parts = returns.map { "\($0.0) \(FigureWords.percent($0.1 / whole))" }
        return
            "Who put equal parts into them at the beginning of \(figures.timeframe.words) and left them alone holds now: "
            + "\(Phrase.list(parts)). How far that is from \(FigureWords.percent(1 / Double(returns.count))) each is what "
            + "rebalancing would undo."
    }
}
