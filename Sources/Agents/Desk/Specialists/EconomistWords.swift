import Markets

/// The state of the market, as far as prices show it.
enum EconomistWords: Specialist {
    static func paragraphs(_ figures: DeskFigures) -> [String] {
        var paragraphs = [
            "There are no economic data here, no interest rates, inflation or growth; what follows is read off prices alone, and "
                + "it is no forecast."
        ]
        if let benchmark = figures.benchmark {
            paragraphs.append(market(benchmark, figures))
            if let betas = betas(figures) { paragraphs.append(betas) }
        } else {
            paragraphs.append(
                "Nor is there a benchmark among the prices, so nothing can be said about the market as a whole.")
            for one in figures.symbols {
                if let mood = mood(one) { paragraphs.append("\(FigureWords.name(one.symbol, figures)) is \(mood).") }
            }
        }
        return paragraphs
    }

    static func summary(_ figures: DeskFigures) -> String {
        guard let benchmark = figures.benchmark else { return "There is no benchmark to read the market's state off." }
        guard case .success(let value) = benchmark.totalReturn else {
            return "The benchmark \(benchmark.symbol) has too few prices."
        }
        let mood = mood(benchmark).map { " and is \($0)" } ?? ""
        return "The benchmark \(benchmark.symbol) \(FigureWords.moved(value)) over \(figures.timeframe.words)\(mood)."
    }

    private static func market(_ benchmark: SymbolFigures, _ figures: DeskFigures) -> String {
        var text = "The benchmark \(FigureWords.name(benchmark.symbol, figures)) "
        switch benchmark.totalReturn {
        case .success(let value):
            text += "\(FigureWords.moved(value)) over \(figures.timeframe.words) (since \(benchmark.span.firstDay))"
        case .failure(let reason): text += "has no return to tell (\(reason))"
        }
        if case .success(let below) = benchmark.belowPeak {
            text +=
                " and stands \(FigureWords.percent(below)) below its highest close since \(benchmark.riskSpan.firstDay)"
        }
        text += "."
        if let mood = mood(benchmark) { text += " It is \(mood)." }
        return text
    }

    /// The last three months beside the last year; a fifth more or less is called a difference.
    private static func mood(_ one: SymbolFigures) -> String? {
        guard case .success(let recent) = one.recentVolatility, case .success(let year) = one.yearVolatility, year > 0
        else {
            return nil
        }
        let word =
            recent > 1.2 * year
            ? "more restless than over the year"
            : recent < year / 1.2 ? "calmer than over the year" : "about as restless as over the year"
        return
            "\(word) (volatility \(FigureWords.percent(recent)) in the last three months, \(FigureWords.percent(year)) in the last year)"
    }

    private static func betas(_ figures: DeskFigures) -> String? {
        guard let group = figures.group else { return nil }
        let known = figures.symbols.compactMap { one -> (Symbol, Double)? in
            guard case .success(let beta)? = group.betas[one.symbol] else { return nil }
            return (one.symbol, beta)
        }
        guard !known.isEmpty else { return nil }
        let parts = known.map { "\($0.0) \(FigureWords.ratio($0.1))" }
        return "How much they moved when the benchmark moved one percent (beta): \(Phrase.list(parts))."
    }
}
