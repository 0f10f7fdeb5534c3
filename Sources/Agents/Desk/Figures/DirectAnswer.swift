import Markets

/// The one answer to a question that has one, with its figure and the days it rests on.
enum DirectAnswer {
    /// Nil where the question cannot be answered this way and a report has to do.
    static func text(_ question: DirectQuestion, _ figures: DeskFigures) -> String? {
        switch question {
        case .ambiguousDate(let text):
            return "Which day is \(text)? Write it as 2026-03-05, or with the month as a word, and I will look it up."
        case .future(let amount): return future(amount, figures)
        case .ranking(let ranking, let isHighest): return self.ranking(ranking, isHighest, figures)
        case .correlation: return correlation(figures)
        case .weights(let weights): return self.weights(weights, figures)
        case .close(let day): return lines(figures) { close($0, on: day, figures) }
        case .change(let since, let until): return lines(figures) { change($0, since: since, until: until, figures) }
        case .extreme(let isHighest, let timeframe):
            return lines(figures) { extreme($0, isHighest, over: timeframe, figures) }
        case .belowHigh: return lines(figures) { belowHigh($0, figures) }
        case .amount(let amount, let since): return lines(figures) { became(amount, $0, since: since, figures) }
        }
    }

    private static func lines(_ figures: DeskFigures, _ line: (PriceSeries) -> String) -> String? {
        figures.series.isEmpty ? nil : figures.series.map(line).joined(separator: "\n\n")
    }

    private static func name(_ series: PriceSeries, _ figures: DeskFigures) -> String {
        FigureWords.name(series.symbol, figures)
    }

    private static func kind(_ series: PriceSeries) -> String { series.usesAdjustedClose ? "adjusted close" : "close" }

    // MARK: - One symbol

    private static func close(_ series: PriceSeries, on day: TradingDay, _ figures: DeskFigures) -> String {
        if day > series.lastDay {
            return
                "The prices of \(name(series, figures)) end on \(series.lastDay) (\(FigureWords.price(series.lastClose))); what it closes "
                + "at on \(day) is not in them."
        }
        guard let place = series.place(onOrBefore: day) else {
            return "The prices of \(name(series, figures)) begin on \(series.firstDay); there is none for \(day)."
        }
        let price = FigureWords.price(series.values[place])
        if series.days[place] == day {
            return "On \(day) the \(kind(series)) of \(name(series, figures)) was \(price)."
        }
        return
            "There is no price of \(name(series, figures)) for \(day). The last \(kind(series)) before it was \(price), on "
            + "\(series.days[place])."
    }

    private static func change(
        _ series: PriceSeries, since: TradingDay, until: TradingDay?, _ figures: DeskFigures
    ) -> String {
        let end = min(until ?? series.lastDay, series.lastDay)
        guard let last = series.place(onOrBefore: end), since < series.days[last] else {
            return "There are no prices of \(name(series, figures)) after \(since)."
        }
        let first = series.place(onOrBefore: since) ?? 0
        let change = series.values[last] / series.values[first] - 1
        let note = series.days[first] > since ? " Its prices begin only then." : ""
        return "\(name(series, figures)) \(FigureWords.moved(change)) from \(series.days[first]) "
            + "(\(FigureWords.price(series.values[first]))) to \(series.days[last]) (\(FigureWords.price(series.values[last]))).\(note)"
    }

    private static func extreme(
        _ series: PriceSeries, _ isHighest: Bool, over timeframe: Timeframe?, _ figures: DeskFigures
    ) -> String {
        let places = places(of: timeframe, series)
        let place = place(of: isHighest, places, series)
        let since =
            timeframe == nil
            ? "in the prices here (since \(series.firstDay))" : "since \(series.days[places.lowerBound])"
        return
            "The \(isHighest ? "highest" : "lowest") \(kind(series)) of \(name(series, figures)) \(since) was "
            + "\(FigureWords.price(series.values[place])), on \(series.days[place])."
    }

    private static func place(of isHighest: Bool, _ places: Range<Int>, _ series: PriceSeries) -> Int {
        (isHighest
            ? places.max { series.values[$0] < series.values[$1] }
            : places.min { series.values[$0] < series.values[$1] })
            ?? places.lowerBound
    }

    /// The days of a span. A year so far is measured from the last close before it, which is none of its days.
    private static func places(of timeframe: Timeframe?, _ series: PriceSeries) -> Range<Int> {
        guard let timeframe else { return series.values.indices }
        let places = series.span(timeframe).places
        return timeframe == .yearToDate && places.count > 1 ? places.dropFirst() : places
    }

    private static func belowHigh(_ series: PriceSeries, _ figures: DeskFigures) -> String {
        let high = place(of: true, series.values.indices, series)
        let last = series.values[series.values.count - 1]
        let told =
            "the highest \(kind(series)) in the prices here (since \(series.firstDay)), \(FigureWords.price(series.values[high])) on "
            + "\(series.days[high])"
        guard last < series.values[high] else {
            return "\(name(series, figures)) stands at \(told): it is not below it."
        }
        return "\(name(series, figures)) closed at \(FigureWords.price(last)) on \(series.lastDay). That is "
            + "\(FigureWords.percent(1 - last / series.values[high])) below \(told)."
    }

    private static func became(
        _ amount: Double, _ series: PriceSeries, since: TradingDay?, _ figures: DeskFigures
    ) -> String {
        let span = series.span(figures.timeframe)
        let first = since.map { series.place(onOrBefore: $0) ?? 0 } ?? span.places.lowerBound
        let value = amount * series.values[series.values.count - 1] / series.values[first]
        return
            "\(FigureWords.price(amount)) put into \(name(series, figures)) on \(series.days[first]) would have been "
            + "\(FigureWords.price(value)) on \(series.lastDay), without costs and taxes."
    }

    // MARK: - Several

    private static func ranking(_ ranking: DirectQuestion.Ranking, _ isHighest: Bool, _ figures: DeskFigures) -> String?
    {
        var ranked: [(symbol: Symbol, value: Double)]
        let what: String
        switch ranking {
        case .totalReturn:
            (ranked, what) = (figures.ranked(by: \.totalReturn), "return over \(figures.timeframe.words)")
        case .risk: (ranked, what) = (figures.ranked(by: \.volatility), "volatility a year")
        case .price:
            (ranked, what) = (figures.symbols.map { ($0.symbol, $0.lastClose) }.sorted { $0.1 > $1.1 }, "last close")
        }
        if !isHighest { ranked.reverse() }
        guard ranked.count > 1, let first = ranked.first else { return nil }
        func text(_ value: Double) -> String {
            switch ranking {
            case .totalReturn: FigureWords.change(value)
            case .risk: FigureWords.percent(value)
            case .price: FigureWords.price(value)
            }
        }
        let rest = ranked.dropFirst().prefix(4).map { "\($0.symbol) \(text($0.value))" }
        return
            "\(FigureWords.name(first.symbol, figures)) has the \(isHighest ? "highest" : "lowest") \(what) of the \(ranked.count) "
            + "looked at: \(text(first.value)). Then \(rest.count == 1 ? "comes" : "come") \(Phrase.list(rest))."
    }

    private static func correlation(_ figures: DeskFigures) -> String? {
        guard let group = figures.group, figures.symbols.count > 1 else {
            guard let one = figures.symbols.first else { return nil }
            return "A correlation takes two symbols. Name another one beside \(one.symbol)."
        }
        let pairs = group.pairs
        guard !pairs.isEmpty else { return "They have too few days in common to tell a correlation." }
        let told = pairs.prefix(6).map { "\($0.a) and \($0.b): \(FigureWords.ratio($0.correlation))" }
        return
            "The correlation of daily returns is \(told.count == 1 ? "" : "for ")\(Phrase.list(told)) (1: together, 0: nothing in "
            + "common, -1: opposite)."
    }

    private static func weights(_ weights: [Double], _ figures: DeskFigures) -> String? {
        guard weights.count == figures.series.count,
            let basket = Basket.weighted(figures.series, weights: weights, timeframe: figures.timeframe)
        else {
            let parts = weights.map { FigureWords.percent($0) }
            return figures.series.count < 2
                ? nil
                : "You gave \(weights.count) parts (\(Phrase.list(parts))) for \(figures.series.count) symbols: name one part for each."
        }
        let parts = zip(weights, figures.series).map { "\(FigureWords.percent($0)) \($1.symbol)" }
        var text =
            "\(Phrase.list(parts)), bought on \(basket.firstDay) and held, \(FigureWords.moved(basket.totalReturn)) by \(basket.lastDay)."
        if case .success(let volatility) = basket.volatility, case .success(let drawdown) = basket.drawdown {
            text +=
                " Its volatility was \(FigureWords.percent(volatility)) a year and its deepest fall \(FigureWords.percent(drawdown.depth))."
        }
        return text
    }

    private static func future(_ amount: Double?, _ figures: DeskFigures) -> String {
        let known = "That cannot be known: prices of the past do not tell those of the future."
        guard let series = figures.series.first, figures.series.count == 1 else { return known }
        if let amount {
            return known + " What is known: " + became(amount, series, since: nil, figures)
        }
        guard let one = figures.symbols.first, case .success(let value) = one.totalReturn else { return known }
        return known
            + " What is known: \(one.symbol) \(FigureWords.moved(value)) over \(figures.timeframe.words), up to \(one.lastDay)."
    }
}
