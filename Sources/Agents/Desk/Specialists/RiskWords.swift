import Markets

/// What could be lost.
enum RiskWords: Specialist {
    static func paragraphs(_ figures: DeskFigures) -> [String] {
        figures.symbols.map { paragraph($0, figures) } + together(figures)
    }

    static func summary(_ figures: DeskFigures) -> String {
        let ranked = figures.ranked { one in one.fit(to: figures.tolerance).map(\.figure) }
        guard let worst = ranked.first else { return "There is too little data to measure risk." }
        let fitting = ranked.filter { $0.value <= 1 }.count
        let tolerance = "a \(figures.tolerance.rawValue) tolerance"
        if ranked.count == 1 {
            let verdict = RiskWords.verdict(worst.value)
            return "\(worst.symbol) is \(verdict) \(tolerance) bears (risk figure \(FigureWords.ratio(worst.value)))."
        }
        return
            "\(fitting) of \(ranked.count) \(fitting == 1 ? "is" : "are") within what \(tolerance) bears; \(worst.symbol) is the riskiest (risk figure "
            + "\(FigureWords.ratio(worst.value)), 1 is the limit)."
    }

    private static func verdict(_ figure: Double) -> String {
        figure <= 1 ? "within what" : figure <= 1.5 ? "above what" : "far above what"
    }

    private static func paragraph(_ one: SymbolFigures, _ figures: DeskFigures) -> String {
        var text = "\(FigureWords.name(one.symbol, figures)): "
        guard case .success(let volatility) = one.volatility, case .success(let downside) = one.downsideDeviation,
            case .success(let drawdown) = one.drawdown, case .success(let fit) = one.fit(to: figures.tolerance)
        else {
            let reason: String
            if case .failure(let why) = one.volatility { reason = "\(why)" } else { reason = "too few daily prices" }
            return text + "its risk cannot be told: \(reason)."
        }
        text +=
            "since \(one.riskSpan.firstDay) its volatility is \(FigureWords.percent(volatility)) a year, its downside "
            + "deviation \(FigureWords.percent(downside)). "
        if drawdown.depth > 0 {
            text +=
                "The deepest fall was \(FigureWords.percent(drawdown.depth)), from \(drawdown.peak) to \(drawdown.trough), "
                + (drawdown.recovery.map { "made good by \($0)" } ?? "not made good yet") + ". "
        } else {
            text += "It never closed below an earlier close. "
        }
        switch one.tail {
        case .success(let tail):
            // The value may be below 0: a security that gained even on bad days.
            text +=
                tail.valueAtRisk > 0
                ? "On the worst twentieth of the days since \(one.tailSpan.firstDay) it lost "
                    + "\(FigureWords.percent(tail.valueAtRisk)) or more, \(FigureWords.percent(tail.expectedShortfall)) on "
                    + "average (value at risk and expected shortfall of one day, 95%). "
                : "It lost on fewer than a twentieth of the days since \(one.tailSpan.firstDay). "
        case .failure(let reason):
            text += "What its worst days cost cannot be told: \(reason). "
        }
        let limit = FigureWords.percent(
            fit.isByDrawdown ? figures.tolerance.maximumDrawdown : figures.tolerance.maximumVolatility)
        return text
            + "For a \(figures.tolerance.rawValue) tolerance its risk figure is \(FigureWords.ratio(fit.figure)), "
            + "\(FigureWords.verdict(fit.verdict)): the \(fit.isByDrawdown ? "fall" : "volatility") is set against \(limit)."
    }

    private static func together(_ figures: DeskFigures) -> [String] {
        guard let group = figures.group, let basket = group.basket else { return [] }
        var text = ""
        let pairs = group.pairs
        if let most = pairs.first, let least = pairs.last {
            text += "\(most.a) and \(most.b) have a correlation of \(FigureWords.ratio(most.correlation))"
            text +=
                pairs.count > 1
                ? ", the highest here; \(least.a) and \(least.b) have the lowest, \(FigureWords.ratio(least.correlation)). "
                : ". "
        }
        switch (basket.volatility, basket.drawdown) {
        case (.success(let volatility), .success(let drawdown)):
            text +=
                "In equal parts they would have had a volatility of \(FigureWords.percent(volatility)) a year and a deepest "
                + "fall of \(FigureWords.percent(drawdown.depth))."
        case (.failure(let reason), _), (_, .failure(let reason)):
            text += "What they are together cannot be told: \(reason), counting the days that all have a price for."
        }
        return [text]
    }
}
