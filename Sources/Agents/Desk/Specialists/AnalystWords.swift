import Markets

/// How the symbols did, and for what risk.
enum AnalystWords: Specialist {
    static func paragraphs(_ figures: DeskFigures) -> [String] {
        figures.symbols.map { paragraph($0, figures) } + comparison(figures)
    }

    static func summary(_ figures: DeskFigures) -> String {
        let ranked = figures.ranked(by: \.totalReturn)
        guard let best = ranked.first, let worst = ranked.last else { return "There is too little data to judge." }
        guard ranked.count > 1 else {
            return "\(best.symbol) \(FigureWords.moved(best.value)) over \(figures.timeframe.words)."
        }
        return "\(best.symbol) did best with \(FigureWords.change(best.value)), \(worst.symbol) least with "
            + "\(FigureWords.change(worst.value)) over \(figures.timeframe.words)."
    }

    private static func paragraph(_ one: SymbolFigures, _ figures: DeskFigures) -> String {
        var text =
            "\(FigureWords.name(one.symbol, figures)) closed at \(FigureWords.price(one.lastClose)) on \(one.lastDay). "
        switch one.totalReturn {
        case .success(let value):
            text += "Over \(figures.timeframe.words) (since \(one.span.firstDay)) it \(FigureWords.moved(value))"
        case .failure(let reason):
            text += "Its return over \(figures.timeframe.words) is not known: \(reason)"
        }
        switch (one.volatility, one.sharpeRatio) {
        case (.success(let volatility), .success(let sharpe)):
            text +=
                "; its volatility since \(one.riskSpan.firstDay) is \(FigureWords.percent(volatility)) a year, its Sharpe "
                + "ratio \(FigureWords.ratio(sharpe)) (risk-free rate 0)."
        case (.failure(let reason), _), (_, .failure(let reason)):
            text += ". How much it scatters cannot be told: \(reason)."
        }
        guard one.yearHigh > one.yearLow else { return text }
        return text
            + " It stands \(FigureWords.percent(1 - one.lastValue / one.yearHigh)) below the highest close of the last "
            + "year and \(FigureWords.percent(one.lastValue / one.yearLow - 1)) above the lowest."
    }

    private static func comparison(_ figures: DeskFigures) -> [String] {
        let returns = figures.ranked(by: \.totalReturn)
        guard returns.count > 1 else { return [] }
        let order = returns.map { "\($0.symbol) \(FigureWords.change($0.value))" }
        var text = "Side by side over \(figures.timeframe.words): \(Phrase.list(order))."
        let ratios = figures.ranked(by: \.sharpeRatio)
        if ratios.count > 1, let best = ratios.first {
            text +=
                best.value > 0
                ? " For the risk taken \(best.symbol) gave most (Sharpe ratio \(FigureWords.ratio(best.value)))."
                : " None of them was paid for its risk: every Sharpe ratio is 0 or below."
        }
        return [text]
    }
}
