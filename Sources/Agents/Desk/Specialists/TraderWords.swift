import Markets

/// What the charts show.
enum TraderWords: Specialist {
    static func paragraphs(_ figures: DeskFigures) -> [String] {
        guard !figures.symbols.isEmpty else { return [] }
        return figures.symbols.map { paragraph($0, figures) } + [
            "Averages and relative strength describe the way prices came; they do not foretell the way they go."
        ]
    }

    static func summary(_ figures: DeskFigures) -> String {
        let parts = figures.symbols.prefix(4).map {
            "\($0.symbol) \(Self.trend($0) ?? "has too few prices for a trend")"
        }
        return parts.isEmpty ? "There is no chart to read." : Phrase.list(Array(parts)) + "."
    }

    private static func paragraph(_ one: SymbolFigures, _ figures: DeskFigures) -> String {
        var text = "\(FigureWords.name(one.symbol, figures)) at \(FigureWords.price(one.lastValue)): "
        let averages = Averages.lengths.map { length -> String in
            guard case .success(let average)? = one.movingAverages[length] else {
                return "the \(length)-day average has too few prices"
            }
            let side = one.lastValue > average ? "above" : one.lastValue < average ? "below" : "at"
            return "\(side) its \(length)-day average (\(FigureWords.price(average)))"
        }
        text += Phrase.list(averages) + ". "
        if let trend = trend(one) { text += "The chart \(trend). " }
        switch one.relativeStrengthIndex {
        case .success(let index):
            let words =
                index >= 70
                ? "which is called overbought" : index <= 30 ? "which is called oversold" : "between 30 and 70"
            text += "The 14-day relative strength index is \(FigureWords.fixed(index, decimals: 1)), \(words)."
        case .failure(let reason):
            text += "Its relative strength is not known: \(reason)."
        }
        if case .success(let week) = one.weekReturn, case .success(let month) = one.monthReturn {
            text += " Last week \(FigureWords.change(week)), last month \(FigureWords.change(month))."
        }
        return text
    }

    /// By the order of price, 50-day and 200-day average.
    private static func trend(_ one: SymbolFigures) -> String? {
        guard case .success(let middle)? = one.movingAverages[50], case .success(let long)? = one.movingAverages[200]
        else {
            return nil
        }
        if one.lastValue > middle && middle > long { return "points up" }
        if one.lastValue < middle && middle < long { return "points down" }
        return "points nowhere clearly"
    }
}
