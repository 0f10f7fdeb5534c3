import Markets

/// A short look at everything.
enum GeneralWords: Specialist {
    static func paragraphs(_ figures: DeskFigures) -> [String] {
        let lines = figures.symbols.map { line($0, figures) }
        guard !lines.isEmpty else { return [] }
        return [lines.joined(separator: "\n\n")] + [
            "Ask for the returns, the chart, the risk, the market or what suits you, or for a full analysis, to hear more."
        ]
    }

    static func summary(_ figures: DeskFigures) -> String { AnalystWords.summary(figures) }

    /// What the desk says to "hello".
    static func welcome(_ figures: DeskFigures) -> String {
        "Hello. This is the desk: it works out returns, risk and chart figures from daily prices. "
            + DataNotes.offer(figures)
    }

    private static func line(_ one: SymbolFigures, _ figures: DeskFigures) -> String {
        var text =
            "\(FigureWords.name(one.symbol, figures)) closed at \(FigureWords.price(one.lastClose)) on \(one.lastDay)"
        if case .success(let value) = one.totalReturn {
            text += "; it \(FigureWords.moved(value)) over \(figures.timeframe.words)"
        }
        if case .success(let volatility) = one.volatility, case .success(let drawdown) = one.drawdown {
            text += ". Since \(one.riskSpan.firstDay) its volatility is \(FigureWords.percent(volatility)) a year"
            if drawdown.depth > 0 { text += " and its deepest fall \(FigureWords.percent(drawdown.depth))" }
        }
        if case .success(let fit) = one.fit(to: figures.tolerance) {
            text +=
                ". For a \(figures.tolerance.rawValue) tolerance its risk figure is \(FigureWords.ratio(fit.figure)), "
                + FigureWords.verdict(fit.verdict)
        }
        return text + "."
    }
}
