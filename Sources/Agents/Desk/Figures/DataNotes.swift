// Figures and how they are told.

import Markets

/// What belongs to every answer of the desk no matter who gives it: what there are no prices of, what is old or damaged, and that
/// it is no advice.
enum DataNotes {
    /// Sentences that a reader must see beside the figures; empty when there is nothing to say.
    static func cautions(_ figures: DeskFigures) -> [String] {
        var notes = figures.hints
        let absent = figures.missing.filter { $0.reason == .noPrices }.map(\.symbol)
        if !absent.isEmpty {
            notes.append(
                "There are no daily prices of \(FigureWords.symbols(absent)) here, so nothing is said about \(it(absent))."
            )
        }
        let damaged = figures.missing.filter { $0.reason == .unreadable }.map(\.symbol)
        if !damaged.isEmpty {
            notes.append(
                "The prices of \(FigureWords.symbols(damaged)) cannot be read; the operator has to look after them.")
        }
        if figures.symbols.isEmpty, !figures.unlisted.isEmpty {
            notes.append("There are no daily prices of \(FigureWords.symbols(figures.unlisted)) here.")
        }
        if figures.leftOut > 0 {
            notes.append(
                "Only the first \(DeskContext.maximumSymbols) symbols were looked at; \(figures.leftOut) were left out."
            )
        }
        for one in figures.symbols where !one.span.isWhole {
            notes.append(
                "The prices of \(one.symbol) begin on \(one.span.firstDay), later than \(figures.timeframe.words); its return "
                    + "is counted from there.")
        }
        let ends = Dictionary(grouping: figures.stale, by: \.lastDay)
        for (day, those) in ends.sorted(by: { $0.key < $1.key }) {
            let symbols = FigureWords.symbols(those.map(\.symbol))
            notes.append("The prices of \(symbols) end on \(day); what came after is not in these figures.")
        }
        for series in figures.series { notes += splits(series) }
        for (symbol, count) in figures.skippedRows.sorted(by: { $0.key < $1.key }) {
            notes.append("\(count) \(count == 1 ? "row" : "rows") of the prices of \(symbol) could not be read.")
        }
        return notes
    }

    private static func splits(_ series: PriceSeries) -> [String] {
        var notes: [String] = []
        if !series.splits.isEmpty {
            let told = series.splits.prefix(5).map { "\(ratio($0.ratio)) on \($0.day)" }
            notes.append("Splits of \(series.symbol) are worked in: \(Phrase.list(told)).")
        }
        if let first = series.suspectedSplits.first {
            let more = series.suspectedSplits.count - 1
            notes.append(
                "The close of \(series.symbol) moved on \(first.day) as after a \(ratio(first.ratio)) split\(more > 0 ? ", and \(more) more times like it" : ""). "
                    + "Its prices are not adjusted for splits, so figures over that day may be wrong.")
        }
        if series.filledAdjustedCloses > 0 {
            let count = series.filledAdjustedCloses
            notes.append(
                "\(count) \(count == 1 ? "day" : "days") of \(series.symbol) had no adjusted close; \(count == 1 ? "it was" : "they were") worked "
                    + "out from the day before.")
        }
        return notes
    }

    /// "10:1", "1:10".
    private static func ratio(_ ratio: Double) -> String {
        func plain(_ value: Double) -> String {
            let text = FigureWords.fixed(value, decimals: 2)
            return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
        }
        return ratio >= 1 ? "\(plain(ratio)):1" : "1:\(plain(1 / ratio))"
    }

    /// The last words of every answer.
    /// - Parameter hasFigures: whether there are any in the answer.
    static func disclaimer(_ figures: DeskFigures, hasFigures: Bool) -> String {
        var text = "This is no investment advice."
        if hasFigures, let day = figures.lastDay {
            text +=
                " The figures are worked out from daily closing prices up to \(day); what was says nothing certain about "
                + "what will be."
        }
        if hasFigures, let note = figures.note { text += " " + Phrase.plain(note) }
        return "*\(text)*"
    }

    /// What there are prices of, for somebody who asks that.
    static func inventory(_ figures: DeskFigures) -> String {
        guard figures.available > figures.examples.count else { return count(figures) + offer(figures) }
        return count(figures) + "Some of them are \(FigureWords.symbols(figures.examples))."
    }

    private static func count(_ figures: DeskFigures) -> String {
        figures.available == 0
            ? "" : "There are prices of \(figures.available) \(figures.available == 1 ? "symbol" : "symbols"). "
    }

    /// What there are prices of, for somebody who named nothing that is here.
    static func offer(_ figures: DeskFigures) -> String {
        guard figures.available > 0 else {
            return
                "There are no daily prices here at all yet. The operator of this server can put files such as AAPL.csv into "
                + "its folder of prices."
        }
        let rest = figures.available - figures.examples.count
        let list = FigureWords.symbols(figures.examples)
        return "There are daily prices of \(list)" + (rest > 0 ? " and \(rest) more" : "") + ", and of nothing else."
            + " Name one or several, for example: \"How risky is \(figures.examples[0])?\""
    }

    private static func it(_ symbols: [Symbol]) -> String { symbols.count == 1 ? "it" : "them" }
}
