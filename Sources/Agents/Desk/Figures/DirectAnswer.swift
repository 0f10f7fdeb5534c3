import Markets

/// The one answer to a question that has one, with its figure and the days it rests on.
struct DirectAnswer {
    let question: DirectQuestion
    let figures: DeskFigures

    /// Nil where the question cannot be answered this way and a report has to do.
    static func text(_ question: DirectQuestion, _ figures: DeskFigures) -> String? {
        DirectAnswer(question: question, figures: figures).text
    }

    private var text: String? {
        switch question.kind {
        case .ambiguousDate(let text):
            "Which day is \(text)? Write it as 2026-03-05, or with the month as a word, and I will look it up."
        case .future(let amount): future(amount)
        case .reason: reason
        case .unknown(let what): unknown(what)
        case .inventory: DataNotes.inventory(figures)
        case .choice: choice
        case .ranking(let figure, let isHighest, _): ranking(figure, isHighest)
        case .correlation: correlation
        case .weights(let weights): self.weights(weights)
        case .figures(let wanted): self.wanted(wanted)
        case .close: lines(close)
        case .change: lines(change)
        case .extreme(let isHighest): lines { extreme($0, isHighest) }
        case .fromExtreme(let isHighest): lines { fromExtreme($0, isHighest) }
        case .move(let unit, let isBest): lines { move($0, unit, isBest) }
        case .moveCount(let isUp): lines { moveCount($0, isUp) }
        case .volume: lines(volume)
        case .extent: lines(extent)
        case .amount(let amount): lines { became(amount, $0) }
        }
    }

    // MARK: - What all use

    /// Nil without any symbol. Of several, symbols that have the same to say are told once.
    private func lines(_ line: (PriceSeries) -> String) -> String? {
        figures.series.isEmpty ? nil : figures.series.map(line).joined(separator: "\n\n")
    }

    func name(_ series: PriceSeries) -> String { FigureWords.name(series.symbol, figures) }

    func kind(_ series: PriceSeries) -> String { series.usesAdjustedClose ? "adjusted close" : "close" }

    /// The days that the question is about: its own, else `standard`, else all. Nil where there are no prices of them.
    func places(_ series: PriceSeries, else standard: Timeframe? = nil) -> Range<Int>? {
        if let period = question.period { return period.places(in: series) }
        return standard.map { series.span($0).places } ?? series.values.indices
    }

    /// Why there are no prices of the question's days.
    func absent(_ series: PriceSeries) -> String {
        let period = question.period
        if let first = period?.first, first > series.lastDay {
            return
                "The prices of \(name(series)) end on \(series.lastDay) (\(FigureWords.price(series.lastClose))); "
                + (period?.day.map { "what it closes at on \($0) is not in them." }
                    ?? "there are none from \(first) on.")
        }
        let last = period?.last.map { "there is none for \($0)\(period?.day == nil ? " or before" : "")." }
        return "The prices of \(name(series)) begin on \(series.firstDay); \(last ?? "there is none of those days.")"
    }

    // MARK: - One symbol

    private func close(_ series: PriceSeries) -> String {
        guard let day = question.period?.last ?? question.period?.first else { return change(series) }
        guard day <= series.lastDay, let place = series.place(onOrBefore: day) else { return absent(series) }
        let price = FigureWords.price(series.values[place])
        if series.days[place] == day { return "On \(day) the \(kind(series)) of \(name(series)) was \(price)." }
        guard question.period?.day != nil else {
            return "The last \(kind(series)) of \(name(series)) up to \(day) was \(price), on \(series.days[place])."
        }
        return
            "There is no price of \(name(series)) for \(day). The last \(kind(series)) before it was \(price), on \(series.days[place])."
    }

    private func change(_ series: PriceSeries) -> String {
        guard let places = places(series, else: figures.timeframe) else { return absent(series) }
        let (first, last) = (places.lowerBound, places.upperBound - 1)
        guard first < last else { return "There are no prices of \(name(series)) after \(series.days[first])." }
        let change = series.values[last] / series.values[first] - 1
        let base = question.period?.base ?? series.days[first]
        let note = series.days[first] > base ? " Its prices begin only then." : ""
        return "\(name(series)) \(FigureWords.moved(change)) from \(series.days[first]) "
            + "(\(FigureWords.price(series.values[first]))) to \(series.days[last]) (\(FigureWords.price(series.values[last]))).\(note)"
    }

    /// The days of a span without the close that it is measured from, where that is none of its own.
    private func own(_ places: Range<Int>, _ series: PriceSeries) -> Range<Int> {
        guard let first = question.period?.first, series.days[places.lowerBound] < first, places.count > 1 else {
            return places
        }
        return places.dropFirst()
    }

    private func extreme(_ series: PriceSeries, _ isHighest: Bool) -> String {
        guard let all = places(series) else { return absent(series) }
        let places = own(all, series)
        let place = place(of: isHighest, places, series)
        let since =
            question.period == nil ? "in the prices here (since \(series.firstDay))" : during(places, series)
        return
            "The \(isHighest ? "highest" : "lowest") \(kind(series)) of \(name(series)) \(since) was "
            + "\(FigureWords.price(series.values[place])), on \(series.days[place])."
    }

    /// "since 2026-01-02", "from 2026-03-02 to 2026-03-31".
    func during(_ places: Range<Int>, _ series: PriceSeries) -> String {
        let first = series.days[places.lowerBound]
        return places.upperBound == series.days.count
            ? "since \(first)" : "from \(first) to \(series.days[places.upperBound - 1])"
    }

    private func place(of isHighest: Bool, _ places: Range<Int>, _ series: PriceSeries) -> Int {
        (isHighest
            ? places.max { series.values[$0] < series.values[$1] }
            : places.min { series.values[$0] < series.values[$1] })
            ?? places.lowerBound
    }

    private func fromExtreme(_ series: PriceSeries, _ isHighest: Bool) -> String {
        guard let places = places(series) else { return absent(series) }
        let extreme = place(of: isHighest, places, series)
        let last = series.values[series.values.count - 1]
        let span = question.period == nil ? "in the prices here (since \(series.firstDay))" : during(places, series)
        let told =
            "the \(isHighest ? "highest" : "lowest") \(kind(series)) \(span), \(FigureWords.price(series.values[extreme])) on "
            + "\(series.days[extreme])"
        let side = isHighest ? "below" : "above"
        guard last != series.values[extreme] else { return "\(name(series)) stands at \(told): it is not \(side) it." }
        return "\(name(series)) closed at \(FigureWords.price(last)) on \(series.lastDay). That is "
            + "\(FigureWords.percent(abs(1 - last / series.values[extreme]))) \(side) \(told)."
    }

    private func became(_ amount: Double, _ series: PriceSeries) -> String {
        let period = question.period
        let day = period?.back?.before(series.lastDay) ?? period?.first
        if let day, day > series.lastDay { return absent(series) }
        // What is bought in January is bought on its first day of trading.
        let first =
            day.map { day in series.days.firstIndex { $0 >= day } ?? 0 }
            ?? series.span(figures.timeframe).places.lowerBound
        let end = period?.isRange == true ? period?.last : nil
        let last = max(first, end.flatMap { series.place(onOrBefore: $0) } ?? series.days.count - 1)
        let value = amount * series.values[last] / series.values[first]
        let note = day.map { series.days[first].days(since: $0) > 7 } == true ? " Its prices begin only then." : ""
        return
            "\(FigureWords.price(amount)) put into \(name(series)) on \(series.days[first]) would have been "
            + "\(FigureWords.price(value)) on \(series.days[last]), without costs and taxes.\(note)"
    }

    private func extent(_ series: PriceSeries) -> String {
        "There are \(series.days.count) daily closes of \(name(series)), from \(series.firstDay) to \(series.lastDay)."
    }

    // MARK: - What cannot be told

    private func future(_ amount: Double?) -> String {
        let known = "That cannot be known: prices of the past do not tell those of the future."
        guard let series = figures.series.first, figures.series.count == 1 else { return known }
        if let amount {
            return known + " What is known: "
                + DirectAnswer(question: DirectQuestion(kind: .amount(amount)), figures: figures).became(amount, series)
        }
        guard let one = figures.symbols.first, case .success(let value) = one.totalReturn else { return known }
        return known
            + " What is known: \(one.symbol) \(FigureWords.moved(value)) over \(figures.timeframe.words), up to \(one.lastDay)."
    }

    private var reason: String {
        let text = "Prices do not tell why they move, and there are no news here."
        return lines(change).map { text + " What is known: " + $0 } ?? text
    }

    private func unknown(_ what: String) -> String {
        let symbols = figures.symbols.map(\.symbol) + figures.missing.map(\.symbol)
        let of = symbols.isEmpty ? "" : " of \(FigureWords.symbols(symbols))"
        return
            "That cannot be answered here: there are daily closing prices only, and nothing on \(Self.article(what))\(of). "
            + "From the prices I can tell returns, risk and chart figures."
    }

    private static func article(_ what: String) -> String {
        ["price-earnings ratio", "company", "fair value", "market value or number of shares"].contains(what)
            ? "the " + what : what
    }

    private var choice: String? {
        let text = "What to buy I cannot tell: that depends on what you own, need and can bear, and this is no advice."
        guard !figures.isOfAll else {
            return ranking(.volatility, false).map { text + " What the prices tell of risk: " + $0 } ?? text
        }
        // Of symbols that are named the advisor has more to say.
        return figures.symbols.isEmpty ? text : nil
    }
}
