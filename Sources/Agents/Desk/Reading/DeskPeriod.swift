// What a message to the desk asks for.

import Markets

/// Days that a message names: "since June", "in 2025", "over the last 10 days", "on 3 March".
struct DeskPeriod: Equatable {
    /// The day whose close, or the last one before it, is what a change is measured from; nil for the first price.
    var base: TradingDay?
    /// The first of its days.
    var first: TradingDay?
    /// The last of its days; nil for the last price.
    var last: TradingDay?
    /// Whether both its ends are named: "from March to May".
    var isRange = false
    /// How far it reaches back from the last price: "over the last three weeks".
    var back: Back?

    struct Back: Equatable {
        var months = 0
        var days = 0

        func before(_ day: TradingDay) -> TradingDay { day.subtracting(months: months).adding(days: -days) }
    }

    /// From a day on, whose close is where it begins.
    static func since(_ day: TradingDay, until last: TradingDay? = nil) -> DeskPeriod {
        DeskPeriod(base: day, first: day, last: last)
    }

    /// Whole days, measured from the last close before them.
    static func within(_ first: TradingDay, _ last: TradingDay?) -> DeskPeriod {
        DeskPeriod(base: first.adding(days: -1), first: first, last: last)
    }

    /// The one day that it is; nil for more.
    var day: TradingDay? { first == last ? first : nil }

    /// What a message says of time.
    enum Reading: Equatable {
        case none
        case period(DeskPeriod)
        /// A date that can be read in two ways.
        case ambiguous(String)
    }

    static func read(_ message: String, today: TradingDay) -> Reading {
        let reader = DateReader(withoutSymbols(message))
        var days: [(first: TradingDay, last: TradingDay, place: Int)] = []
        for mention in reader.mentions(order: reader.order) {
            switch mention.meaning {
            case .day(let day):
                let day = TradingDay(number: Int32(clamping: day.number))
                days.append((day, day, mention.parts.lowerBound))
            case .month(let year, let month):
                if let span = Self.month(year, month) { days.append((span.first, span.last, mention.parts.lowerBound)) }
            case .withoutYear(let month, let day):
                if let day = latest(month, day, before: today) { days.append((day, day, mention.parts.lowerBound)) }
            case .ambiguous: return .ambiguous(mention.text)
            case .impossible: break
            }
        }
        var words = PeriodWords(message, today: today)
        guard let first = days.first else { return words.period().map { .period($0) } ?? .none }
        if days.count > 1 {
            let last = days[1]
            var period: DeskPeriod =
                first.first == first.last
                ? .since(first.first, until: max(first.first, last.last))
                : .within(first.first, max(first.last, last.last))
            period.isRange = true
            return .period(period)
        }
        let before = words.word(beforePart: first.place, of: reader)
        if PeriodWords.openings.contains(before) {
            // "Since 5 June until July": of the words, only what is an end.
            let named = words.period().flatMap { $0.isRange || $0.first == nil ? $0.last : nil }
            return .period(.since(first.first, until: named.flatMap { $0 > first.first ? $0 : nil }))
        }
        if ["until", "till", "before", "by"].contains(before) { return .period(DeskPeriod(last: first.last)) }
        return .period(.within(first.first, first.last))
    }

    /// The digits behind letters are none of a date: "DEMO1 March 2026".
    private static func withoutSymbols(_ message: String) -> String {
        var text = String.UnicodeScalarView()
        var isWord = false
        for scalar in message.unicodeScalars.prefix(4_000) {
            let isDigit = ("0"..."9").contains(scalar)
            text.append(isDigit && isWord ? "x" : scalar)
            isWord = scalar.properties.isAlphabetic || isDigit && isWord
        }
        return String(text)
    }

    static func month(_ year: Int, _ month: Int) -> (first: TradingDay, last: TradingDay)? {
        guard let first = TradingDay(year: year, month: month, day: 1),
            let next = TradingDay(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
        else { return nil }
        return (first, next.adding(days: -1))
    }

    /// The latest day of that date that is not after `today`.
    private static func latest(_ month: Int, _ day: Int, before today: TradingDay) -> TradingDay? {
        let year = today.date.year
        return [year, year - 1].lazy.compactMap { TradingDay(year: $0, month: month, day: day) }.first { $0 <= today }
    }

    /// Its days among a series'; the first is the one that it is measured from. Nil where it has fewer than one day of them.
    func places(in series: PriceSeries) -> Range<Int>? {
        let base = back?.before(series.lastDay) ?? base
        let start = base.map { series.place(onOrBefore: $0) ?? 0 } ?? 0
        guard let end = last.map({ series.place(onOrBefore: $0) }) ?? series.days.count - 1, start <= end,
            first.map({ series.days[end] >= $0 }) ?? true
        else { return nil }
        return start..<end + 1
    }
}
