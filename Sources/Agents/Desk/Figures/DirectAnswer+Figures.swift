import Markets

/// Figures that are asked for alone, and symbols side by side.
extension DirectAnswer {
    /// Figures of risk are of three months at least where the question names no days, as in the reports.
    private func riskPlaces(_ series: PriceSeries) -> Range<Int>? {
        if question.period != nil { return places(series) }
        let own = figures.symbols.first { $0.symbol == series.symbol }
        return own?.riskSpan.places ?? places(series, else: figures.timeframe)
    }

    func wanted(_ wanted: [DeskFigure]) -> String? {
        guard !figures.series.isEmpty else { return nil }
        var series = figures.series
        if series.count == 1, let benchmark = figures.benchmarkSeries, benchmark.symbol != series[0].symbol,
            question.isBesideBenchmark
        {
            series.append(benchmark)
        }
        return wanted.map { figure in
            let told = series.map { line(figure, $0) }
            guard series.count > 1, let order = order(figure, series) else { return told.joined(separator: "\n\n") }
            return told.joined(separator: "\n\n") + "\n\n" + order
        }.joined(separator: "\n\n")
    }

    private func line(_ figure: DeskFigure, _ series: PriceSeries) -> String {
        let name = name(series)
        switch figure {
        case .price:
            let before =
                series.days.count > 1
                ? series.values[series.values.count - 1] / series.values[series.values.count - 2] - 1 : 0
            return
                "\(name) closed at \(FigureWords.price(series.lastClose)) on \(series.lastDay) (\(FigureWords.change(before)) on the day); "
                + "there is no later price here."
        case .average(let length): return average(length, series)
        case .strength:
            let text = FigureWords.text(measure(figure, series)) { FigureWords.fixed($0, decimals: 1) }
            return
                "The 14-day relative strength index of \(name) is \(text) on \(series.lastDay) (below 30 oversold, above 70 overbought)."
        case .drawdown:
            guard let places = riskPlaces(series) else { return absent(series) }
            let span = during(places, series)
            guard
                case .success(let fall) = Result(catching: { () throws(Unmeasurable) in
                    try Drawdown.maximum(of: series, in: places)
                })
            else { return "\(name) has too few prices \(span)." }
            guard fall.depth > 0 else { return "\(name) never stood below an earlier close \(span)." }
            let end = fall.recovery.map { ", made good by \($0)" } ?? ", not made good yet"
            return
                "The deepest fall of \(name) \(span) was \(FigureWords.percent(fall.depth)), from \(fall.peak) to \(fall.trough)\(end)."
        default:
            guard let places = figure == .totalReturn ? places(series, else: figures.timeframe) : riskPlaces(series)
            else {
                return absent(series)
            }
            let text = FigureWords.text(measure(figure, series)) { figure.text($0) }
            return "The \(figure.plainName) of \(name) \(during(places, series)) is \(text)."
        }
    }

    private func average(_ length: Int, _ series: PriceSeries) -> String {
        guard case .success(let average) = measure(.average(length), series) else {
            return
                "There are \(series.days.count) daily prices of \(name(series)): too few for an average of \(length) days."
        }
        let last = series.values[series.values.count - 1]
        let side = last == average ? "at" : last > average ? "above" : "below"
        let by = average == last ? "" : ", by \(FigureWords.percent(abs(last / average - 1)))"
        return
            "\(name(series)) closed at \(FigureWords.price(last)) on \(series.lastDay), \(side) its \(length)-day average of "
            + "\(FigureWords.price(average))\(by)."
    }

    /// A figure as a number; a failure where there are too few prices.
    func measure(_ figure: DeskFigure, _ series: PriceSeries) -> Measure<Double> {
        let failure = Measure<Double>.failure(Unmeasurable(.tooFew(have: 0, needed: 2)))
        guard let places = figure == .totalReturn ? places(series, else: figures.timeframe) : riskPlaces(series) else {
            return failure
        }
        let values = series.values[places]
        let start = series.days[places.lowerBound]
        return Result { () throws(Unmeasurable) -> Double in
            switch figure {
            case .price: return series.lastClose
            case .totalReturn: return try Returns.total(values)
            case .volatility: return try Dispersion.volatility(values)
            case .downsideDeviation: return try Dispersion.downsideDeviation(values)
            case .sharpeRatio: return try Dispersion.sharpeRatio(values)
            case .drawdown: return try Drawdown.maximum(of: series, in: places).depth
            case .valueAtRisk, .shortfall:
                // Of a year at least: five days are a tail, one is an accident.
                let tail = try TailRisk(
                    prices: question.period == nil && places.count < 253 ? series.values.suffix(253) : values)
                return figure == .shortfall ? tail.expectedShortfall : tail.valueAtRisk
            case .beta:
                guard let benchmark = figures.benchmarkSeries else { throw Unmeasurable(.tooFew(have: 0, needed: 61)) }
                return try Together.beta(of: series, to: benchmark, from: start)
            case .strength: return try Averages.relativeStrengthIndex(series.values)
            case .average(let length): return try Averages.simple(length, of: series.values)
            }
        }
    }

    /// The symbols by a figure, the highest first: "Highest first: DEMO3 19.3%, DEMO1 8.2%."
    private func order(_ figure: DeskFigure, _ series: [PriceSeries]) -> String? {
        switch figure {
        case .average, .price, .strength: return nil
        default: break
        }
        let ranked = self.ranked(figure, series)
        guard ranked.count > 1 else { return nil }
        return "Highest first: " + ranked.map { "\($0.symbol) \(figure.text($0.value))" }.joined(separator: ", ") + "."
    }

    private func ranked(_ figure: DeskFigure, _ series: [PriceSeries]) -> [(symbol: Symbol, value: Double)] {
        series.compactMap { one in
            if case .success(let value) = measure(figure, one) { (symbol: one.symbol, value: value) } else { nil }
        }.sorted { ($1.value, $0.symbol) < ($0.value, $1.symbol) }
    }

    func ranking(_ figure: DeskFigure, _ isHighest: Bool) -> String? {
        var ranked = self.ranked(figure, figures.series)
        if !isHighest { ranked.reverse() }
        guard ranked.count > 1, let first = ranked.first else { return nil }
        let rest = ranked.dropFirst().prefix(4).map { "\($0.symbol) \(figure.text($0.value))" }
        var what = figure.name(figures)
        if let period = question.period, let series = figures.series.first(where: { $0.symbol == first.symbol }),
            let places = period.places(in: series)
        {
            what = figure.plainName + " " + during(places, series)
        }
        return
            "\(FigureWords.name(first.symbol, figures)) has the \(isHighest ? "highest" : "lowest") \(what) of the \(ranked.count) "
            + "looked at: \(figure.text(first.value)). Then \(rest.count == 1 ? "comes" : "come") \(Phrase.list(rest))."
    }

    // MARK: - Several

    var correlation: String? {
        guard let group = figures.group, figures.symbols.count > 1 else {
            guard let one = figures.symbols.first else { return nil }
            return "A correlation takes two symbols. Name another one beside \(one.symbol)."
        }
        let pairs = group.pairs
        guard !pairs.isEmpty else { return "They have too few days in common to tell a correlation." }
        if pairs.count == 1 {
            return
                "The daily returns of \(pairs[0].a) and \(pairs[0].b) have a correlation of \(FigureWords.ratio(pairs[0].correlation)) "
                + "(1: together, 0: nothing in common, -1: opposite)."
        }
        let told = pairs.prefix(6).map { "\($0.a) and \($0.b): \(FigureWords.ratio($0.correlation))" }
        return
            "The correlation of daily returns is for \(Phrase.list(told)) (1: together, 0: nothing in "
            + "common, -1: opposite)."
    }

    func weights(_ weights: [Double]) -> String? {
        let span = question.period.flatMap { period in
            figures.series.first.flatMap { series in
                period.places(in: series).map { (series.days[$0.lowerBound], series.days[$0.upperBound - 1]) }
            }
        }
        guard weights.count == figures.series.count,
            let basket = span.map({ Basket.weighted(figures.series, weights: weights, from: $0.0, to: $0.1) })
                ?? Basket.weighted(figures.series, weights: weights, timeframe: figures.timeframe)
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
}

extension DeskFigure {
    /// As a sentence names it, over the timeframe where the question names no days.
    func name(_ figures: DeskFigures) -> String {
        switch self {
        case .totalReturn: "return over \(figures.timeframe.words)"
        default: plainName
        }
    }

    var plainName: String {
        switch self {
        case .price: "last close"
        case .totalReturn: "return"
        case .volatility: "volatility a year"
        case .downsideDeviation: "downside deviation a year"
        case .sharpeRatio: "Sharpe ratio (risk-free rate 0)"
        case .drawdown: "deepest fall"
        case .valueAtRisk: "value at risk (95%, one day)"
        case .shortfall: "expected shortfall (95%, one day)"
        case .beta: "beta to the benchmark"
        case .strength: "relative strength index"
        case .average(let length): "\(length)-day average"
        }
    }

    func text(_ value: Double) -> String {
        switch self {
        case .totalReturn: FigureWords.change(value)
        case .price, .average: FigureWords.price(value)
        case .sharpeRatio, .beta: FigureWords.ratio(value)
        case .strength: FigureWords.fixed(value, decimals: 1)
        default: FigureWords.percent(value)
        }
    }
}
