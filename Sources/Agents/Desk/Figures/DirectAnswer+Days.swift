import Markets

/// Single days, weeks, months and years, and the shares traded.
extension DirectAnswer {
    func move(_ series: PriceSeries, _ unit: DirectQuestion.MoveUnit, _ isBest: Bool) -> String {
        guard let places = places(series), places.count > 1 else { return absent(series) }
        let moves = Self.moves(series, places, unit)
        guard let most = isBest ? moves.max(by: { $0.change < $1.change }) : moves.min(by: { $0.change < $1.change })
        else {
            return absent(series)
        }
        let when =
            unit == .day
            ? "\(series.days[most.last])" : "that from \(series.days[most.first]) to \(series.days[most.last])"
        let span = question.period == nil ? "in the prices here (since \(series.firstDay))" : during(places, series)
        return
            "The \(isBest ? "best" : "worst") \(unit.name) of \(name(series)) \(span) was \(when): it "
            + "\(FigureWords.moved(most.change)), from \(FigureWords.price(series.values[most.first])) to "
            + "\(FigureWords.price(series.values[most.last]))."
    }

    /// The moves from the last close of one unit to the last close of the next.
    private static func moves(
        _ series: PriceSeries, _ places: Range<Int>, _ unit: DirectQuestion.MoveUnit
    ) -> [(first: Int, last: Int, change: Double)] {
        var ends: [Int] = []
        for place in places {
            let isLast =
                place + 1 == series.days.count || unit.of(series.days[place]) != unit.of(series.days[place + 1])
            if isLast || place == places.lowerBound || place == places.upperBound - 1 { ends.append(place) }
        }
        return zip(ends, ends.dropFirst()).map { ($0, $1, series.values[$1] / series.values[$0] - 1) }
    }

    func moveCount(_ series: PriceSeries, _ isUp: Bool) -> String {
        guard let places = places(series, else: figures.timeframe), places.count > 1 else { return absent(series) }
        let values = series.values[places]
        let moved = zip(values.dropFirst(), values).count { isUp ? $0 > $1 : $0 < $1 }
        return
            "\(name(series)) \(isUp ? "rose" : "fell") on \(moved) of the \(values.count - 1) trading days "
            + "after \(series.days[places.lowerBound]) (\(FigureWords.percent(Double(moved) / Double(values.count - 1)))), up to "
            + "\(series.days[places.upperBound - 1])."
    }

    func volume(_ series: PriceSeries) -> String {
        guard let places = places(series, else: figures.timeframe) else { return absent(series) }
        if let day = question.period?.day {
            let place = places.upperBound - 1
            guard series.days[place] == day, let volume = series.volumes[place] else {
                return "The price file of \(name(series)) has no volume for \(day)."
            }
            return "On \(day) \(Self.count(volume)) shares of \(name(series)) were traded."
        }
        let volumes = places.compactMap { series.volumes[$0] }
        guard !volumes.isEmpty else { return "The price file of \(name(series)) has no volumes." }
        let last = places.last.flatMap { place in series.volumes[place].map { (series.days[place], $0) } }
        return
            "On average \(Self.count(volumes.reduce(0, +) / Double(volumes.count))) shares of \(name(series)) were traded a day "
            + during(places, series) + (last.map { "; on \($0.0) it was \(Self.count($0.1))." } ?? ".")
    }

    /// A whole number with commas: "1,234,500".
    private static func count(_ value: Double) -> String {
        let digits = FigureWords.fixed(value, decimals: 0)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

extension DirectQuestion.MoveUnit {
    var name: String {
        switch self {
        case .day: "day"
        case .week: "week"
        case .month: "month"
        case .year: "year"
        }
    }

    /// Which one a day is in. Weeks begin on Monday.
    func of(_ day: TradingDay) -> Int {
        switch self {
        case .day: Int(day.number)
        case .week: (Int(day.number) + 3) / 7
        case .month: day.date.year * 12 + day.date.month
        case .year: day.date.year
        }
    }
}
