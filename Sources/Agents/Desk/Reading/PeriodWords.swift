import Markets

/// The periods that words name without a date.
struct PeriodWords {
    /// Words before a day that it begins with.
    static let openings: Set<String> = ["since", "from", "after", "starting"]

    private let words: [String]
    private let today: TradingDay

    init(_ message: String, today: TradingDay) {
        words = Words(message).words.prefix(200).flatMap { $0.folded.split(separator: "-").map(String.init) }
        self.today = today
    }

    /// The word before a date.
    func word(beforePart place: Int, of reader: DateReader) -> String {
        var place = place - 1
        while place >= 0 {
            if case .word(let word) = reader.parts[place] {
                if !["the", "close", "of", "on", "day"].contains(word) { return word }
            } else {
                return ""
            }
            place -= 1
        }
        return ""
    }

    mutating func period() -> DeskPeriod? {
        var found: [(first: TradingDay, last: TradingDay?, isOpen: Bool)] = []
        var place = 0
        while place < words.count, found.count < 2 {
            guard let (span, length) = span(at: place) else {
                place += 1
                continue
            }
            if let back = span.back { return DeskPeriod(back: back) }
            let before = self.word(before: place)
            found.append((span.first, span.last, Self.openings.contains(before)))
            if Self.endings.contains(before), found.count == 1 { return DeskPeriod(last: span.last) }
            place += length
        }
        guard let first = found.first else { return nil }
        if found.count > 1, let last = found[1].last, last > first.first {
            var period: DeskPeriod =
                first.first != first.last ? .within(first.first, last) : .since(first.first, until: last)
            period.isRange = true
            return period
        }
        return first.isOpen ? .since(first.first) : .within(first.first, first.last)
    }

    private static let endings: Set<String> = ["until", "till", "before"]

    private func word(before place: Int) -> String {
        var place = place - 1
        while place >= 0,
            ["the", "beginning", "start", "of", "end", "early", "about", "around", "last", "late"].contains(
                words[place])
        {
            place -= 1
        }
        return place >= 0 ? words[place] : ""
    }

    private func word(_ place: Int) -> String { words.indices.contains(place) ? words[place] : "" }

    private struct Span {
        var first: TradingDay
        var last: TradingDay?
        var back: DeskPeriod.Back?

        init(_ first: TradingDay, _ last: TradingDay?) { (self.first, self.last) = (first, last) }
    }

    private func span(at place: Int) -> (span: Span, length: Int)? {
        let word = word(place)
        let (year, month) = (today.date.year, today.date.month)
        switch word {
        case "today": return (Span(today, today), 1)
        case "yesterday": return (Span(today.adding(days: -1), today.adding(days: -1)), 1)
        case "ytd": return (Span(day(year, 1, 1), nil), 1)
        case "year" where self.word(place + 1) == "to" && self.word(place + 2) == "date":
            return (Span(day(year, 1, 1), nil), 3)
        case "start", "beginning":
            let behind = ["the", "this"].contains(self.word(place + 2)) ? place + 3 : place + 2
            switch self.word(behind) {
            case "year": return (Span(day(year, 1, 1), nil), behind + 1 - place)
            case "quarter": return (Span(day(year, (month - 1) / 3 * 3 + 1, 1), nil), behind + 1 - place)
            case "month": return (Span(day(year, month, 1), nil), behind + 1 - place)
            default: return nil
            }
        case "christmas": return (Span(day(month == 12 ? year : year - 1, 12, 25), nil), 1)
        case "new" where ["year", "years", "year's"].contains(self.word(place + 1)):
            return (Span(day(year, 1, 1), nil), 2)
        case "this", "current", "last", "previous", "past": return relative(word, at: place)
        default: break
        }
        if let count = Self.number(word) {
            // "10 days ago", "the 10 last days"; "200 day average" is no time.
            if self.word(place + 2) == "ago", let first = Self.back(count, self.word(place + 1))?.before(today) {
                return (Span(first, first), 3)
            }
            let isDays = ["day", "days"].contains(self.word(place + 1))
            let isLong = ["over", "for", "during", "within"].contains(self.word(place - 1))
            if self.word(place - 1) != "in", isLong || !isDays, let span = trailing(count, self.word(place + 1)) {
                return (span, 2)
            }
            return self.year(at: place)
        }
        if ["a", "one"].contains(word), self.word(place + 2) == "ago",
            let first = Self.back(1, self.word(place + 1))?.before(today)
        {
            return (Span(first, first), 3)
        }
        if let unit = word.last.map(String.init), let count = Int(word.dropLast()),
            let name = ["d": "days", "w": "weeks", "m": "months", "y": "years"][unit], let span = trailing(count, name)
        {
            return (span, 1)
        }
        return self.year(at: place) ?? quarter(at: place) ?? named(at: place)
    }

    /// "This year", "last month", "the last three weeks".
    private func relative(_ word: String, at place: Int) -> (span: Span, length: Int)? {
        let unit = self.word(place + 1)
        if let count = Self.number(unit), let span = trailing(count, self.word(place + 2)) { return (span, 3) }
        if ["few", "couple"].contains(unit) { return nil }
        if word == "last", let (span, length) = named(at: place + 1) ?? quarter(at: place + 1) {
            return (span, length + 1)
        }
        let (year, month) = (today.date.year, today.date.month)
        let isThis = ["this", "current"].contains(word)
        switch unit {
        case "week":
            // Weekends have no prices: a week is the seven days up to the last one.
            return trailing(1, "week").map { ($0, 2) }
        case "month":
            if isThis { return (Span(day(year, month, 1), nil), 2) }
            if isPassed(word, at: place) { return trailing(1, "month").map { ($0, 2) } }
            return monthSpan(month == 1 ? year - 1 : year, month == 1 ? 12 : month - 1).map { ($0, 2) }
        case "quarter":
            let first = (month - 1) / 3 * 3 + 1
            if isThis { return (Span(day(year, first, 1), nil), 2) }
            if isPassed(word, at: place) { return trailing(3, "months").map { ($0, 2) } }
            return quarterSpan(first == 1 ? year - 1 : year, first == 1 ? 4 : (first - 1) / 3).map { ($0, 2) }
        case "year":
            if isThis { return (Span(day(year, 1, 1), nil), 2) }
            if isPassed(word, at: place) { return trailing(1, "year").map { ($0, 2) } }
            return (Span(day(year - 1, 1, 1), day(year - 1, 12, 31)), 2)
        case "half": return self.word(place + 2) == "year" ? trailing(6, "months").map { ($0, 3) } : nil
        default: return nil
        }
    }

    /// Whether "last year" are the last twelve months: "over the last year", "the past year".
    private func isPassed(_ word: String, at place: Int) -> Bool {
        word == "past" || self.word(place - 1) == "the"
    }

    /// "2025", not as a part of an amount.
    private func year(at place: Int) -> (span: Span, length: Int)? {
        guard let year = Int(word(place)), word(place).utf8.count == 4, (1950...2100).contains(year),
            !["dollars", "euros", "usd", "eur", "shares", "in", "into"].contains(word(place + 1))
        else { return nil }
        return (Span(day(year, 1, 1), day(year, 12, 31)), 1)
    }

    /// "Q1 2026", "the first half of 2025", "the third quarter".
    private func quarter(at place: Int) -> (span: Span, length: Int)? {
        let word = word(place)
        var number: Int?
        var length = 1
        var isHalf = false
        if word.utf8.count == 2, let digit = word.last.flatMap({ Int(String($0)) }) {
            if word.first == "q", (1...4).contains(digit) { number = digit }
            if word.first == "h", (1...2).contains(digit) { (number, isHalf) = (digit, true) }
        } else if let place0 = ["first", "second", "third", "fourth"].firstIndex(of: word) {
            let unit = self.word(place + 1)
            if unit == "quarter" || unit == "half" && place0 < 2 {
                (number, length, isHalf) = (place0 + 1, 2, unit == "half")
            }
        }
        guard let number else { return nil }
        let (thisYear, month) = (today.date.year, today.date.month)
        var behind = place + length
        if self.word(behind) == "of" { behind += 1 }
        let firstMonth = (number - 1) * (isHalf ? 6 : 3) + 1
        var ofYear = firstMonth <= month ? thisYear : thisYear - 1
        if let named = Int(self.word(behind)), (1950...2100).contains(named) {
            (ofYear, length) = (named, behind + 1 - place)
        } else if self.word(behind) == "this" {
            length = behind + 2 - place
        }
        let span =
            isHalf
            ? monthSpan(ofYear, firstMonth + 5).map { Span(day(ofYear, firstMonth, 1), $0.last) }
            : quarterSpan(ofYear, number)
        return span.map { ($0, length) }
    }

    /// "June", "Monday", "spring": the latest that has begun.
    private func named(at place: Int) -> (span: Span, length: Int)? {
        let word = word(place)
        let (year, month) = (today.date.year, today.date.month)
        if let number = Self.months.firstIndex(where: {
            $0 == word || $0.prefix(3) == word || word == "sept" && $0 == "september"
        }) {
            // "May" and "march" are words as well.
            guard word != "may" && word != "mar" || isTimed(place) else { return nil }
            guard word != "march" || isTimed(place) else { return nil }
            return monthSpan(number + 1 <= month ? year : year - 1, number + 1).map { ($0, 1) }
        }
        if let number = Self.weekdays.firstIndex(where: { $0 == word }) {
            // 1970-01-01 was a Thursday.
            let now = (Int(today.number) % 7 + 7 + 3) % 7
            let back = (now - number + 7) % 7
            let day = today.adding(days: -(back == 0 ? 7 : back))
            return (Span(day, day), 1)
        }
        if let first = Self.seasons[word], word != "fall" || isTimed(place) {
            let begins = first <= month ? year : year - 1
            let last = monthSpan(first == 12 ? begins + 1 : begins, first == 12 ? 2 : first + 2)?.last
            return (Span(day(begins, first, 1), last), 1)
        }
        return nil
    }

    private func isTimed(_ place: Int) -> Bool {
        [
            "in", "since", "during", "last", "this", "of", "from", "until", "till", "for", "and", "to", "between",
            "through",
        ].contains(
            self.word(place - 1))
    }

    private func day(_ year: Int, _ month: Int, _ day: Int) -> TradingDay {
        TradingDay(year: year, month: month, day: day) ?? today
    }

    private func monthSpan(_ year: Int, _ month: Int) -> Span? {
        DeskPeriod.month(year, month).map { Span($0.first, $0.last) }
    }

    private func quarterSpan(_ year: Int, _ number: Int) -> Span? {
        monthSpan(year, number * 3).map { Span(day(year, number * 3 - 2, 1), $0.last) }
    }

    /// So many days, weeks, months or years up to the last price.
    private func trailing(_ count: Int, _ unit: String) -> Span? {
        Self.back(count, unit).map { back in
            var span = Span(back.before(today), nil)
            span.back = back
            return span
        }
    }

    private static func back(_ count: Int, _ unit: String) -> DeskPeriod.Back? {
        guard (1...400).contains(count) else { return nil }
        switch unit {
        case "day", "days": return DeskPeriod.Back(days: count)
        case "week", "weeks": return DeskPeriod.Back(days: 7 * count)
        case "month", "months": return DeskPeriod.Back(months: count)
        case "quarter", "quarters": return DeskPeriod.Back(months: 3 * count)
        case "year", "years": return DeskPeriod.Back(months: 12 * min(count, 150))
        default: return nil
        }
    }

    private static func number(_ word: String) -> Int? {
        (NumberWords.value(word) ?? Int(word)).flatMap { (1...400).contains($0) ? $0 : nil }
    }

    private static let months = CalendarDay.months.map { $0.lowercased() }
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let seasons = ["spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12]
}
