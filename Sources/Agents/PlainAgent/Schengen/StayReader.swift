/// What a message says about stays in the Schengen area.
struct StayReading: Equatable {
    /// What must be asked before anything can be counted.
    enum Doubt: Equatable {
        case ambiguous(text: String, dayFirst: CalendarDay, monthFirst: CalendarDay)
        case yearMissing(text: String)
        case impossible(text: String)
        /// The exit is before the entry.
        case backwards(entry: CalendarDay, exit: CalendarDay)
        /// It cannot be told which dates belong together.
        case loose(CalendarDay)
        case tooMuch
    }

    var stays: [DayRange] = []
    /// Since when somebody is there who has not said when they left.
    var openSince: CalendarDay?
    /// The day the question is about; nil when it names none.
    var reference: CalendarDay?
    var doubts: [Doubt] = []
    /// Whether the message speaks of the rule at all.
    var isAboutRule = false
    /// Whether it asks for a number of days.
    var asksForDays = false

    var hasDates: Bool { !stays.isEmpty || openSince != nil || reference != nil || !doubts.isEmpty }
}

/// Reads stays and the day asked about from a message.
struct StayReader {
    static let maximumStays = 60
    static let maximumStayDays = 1_100

    private static let rangeWords: Set<String> = ["to", "until", "till", "til", "through", "thru"]
    private static let exitWords: Set<String> = [
        "left", "leave", "leaving", "exit", "exited", "exiting", "departed", "depart", "out", "return", "returned",
        "ended",
        "end",
    ]
    private static let entryWords: Set<String> = [
        "entered", "arrived", "enter", "arrive", "entry", "from", "then", "also", "again", "another", "second", "since",
        "came",
    ]
    private static let sinceWords: Set<String> = ["entered", "arrived", "since", "came"]

    private let reader: DateReader
    private let dates: [DateMention]

    /// - Parameter order: how to read what can be read in two ways; nil takes what the message itself tells.
    init(_ text: String, order: DateOrder? = nil) {
        reader = DateReader(text)
        dates = reader.mentions(order: order ?? reader.order)
    }

    func read() -> StayReading {
        var reading = StayReading()
        readTopic(into: &reading)
        guard !dates.isEmpty else { return reading }
        guard dates.count <= 2 * Self.maximumStays else {
            reading.doubts.append(.tooMuch)
            return reading
        }
        for date in dates {
            switch date.meaning {
            case .ambiguous(let one, let other):
                reading.doubts.append(.ambiguous(text: date.text, dayFirst: one, monthFirst: other))
            case .impossible: reading.doubts.append(.impossible(text: date.text))
            case .day, .withoutYear: break
            }
        }
        // One question at a time is enough: nothing can be counted before it is answered.
        guard reading.doubts.isEmpty else { return reading }
        pair(into: &reading)
        return reading
    }

    private func readTopic(into reading: inout StayReading) {
        let words = Set(
            reader.parts.compactMap { part -> String? in
                if case .word(let word) = part { return word }
                return nil
            })
        let numbers = Set(
            reader.parts.compactMap { part -> Int? in
                if case .number(let value, _) = part { return value }
                return nil
            })
        reading.isAboutRule =
            words.contains("schengen") || numbers.isSuperset(of: [90, 180]) || words.contains("overstay")
            || words.contains("overstayed") || (numbers.contains(90) && words.contains("days"))
        let hasDays = words.contains("days") || words.contains("long")
        reading.asksForDays =
            hasDays
            && !words.isDisjoint(with: ["left", "remaining", "remain", "stay", "used", "count", "calculate", "still"])
    }

    private func pair(into reading: inout StayReading) {
        var loose: [CalendarDay] = []
        var index = 0
        while index < dates.count {
            if index + 1 < dates.count, isRange(index, index + 1) {
                guard let (first, last) = days(index, index + 1) else {
                    reading.doubts.append(.yearMissing(text: dates[index].text))
                    return
                }
                if last < first {
                    reading.doubts.append(.backwards(entry: first, exit: last))
                } else if last.number - first.number > Self.maximumStayDays {
                    reading.doubts.append(.tooMuch)
                } else {
                    reading.stays.append(DayRange(first: first, last: last))
                }
                index += 2
                continue
            }
            guard let day = day(index) else {
                reading.doubts.append(.yearMissing(text: dates[index].text))
                return
            }
            let before = words(before: index)
            if before.contains(where: Self.sinceWords.contains), reading.openSince == nil {
                reading.openSince = day
            } else if reading.reference == nil, !before.isEmpty {
                reading.reference = day
            } else {
                loose.append(day)
            }
            index += 1
        }
        if let first = loose.first { reading.doubts.append(.loose(first)) }
    }

    /// Whether two dates are the ends of one stay.
    private func isRange(_ first: Int, _ second: Int) -> Bool {
        let between = reader.parts[dates[first].parts.upperBound..<dates[second].parts.lowerBound]
        guard between.count <= 8 else { return false }
        var isJoined = false
        for part in between {
            switch part {
            case .word(let word):
                if word == "days" || word == "many" || Self.entryWords.contains(word) { return false }
                if Self.rangeWords.contains(word) || Self.exitWords.contains(word) { isJoined = true }
                if word == "and", words(before: first).contains("between") { isJoined = true }
            case .sign(let sign):
                if "-–—/→".contains(sign) { isJoined = true }
                if ";\n.?".contains(sign) { return false }
            case .number: return false
            }
        }
        return isJoined
    }

    /// Up to six words before a date, back to the date before it or the sentence's beginning.
    private func words(before index: Int) -> [String] {
        let start = index > 0 ? dates[index - 1].parts.upperBound : 0
        var words: [String] = []
        for part in reader.parts[start..<dates[index].parts.lowerBound].reversed() {
            switch part {
            case .word(let word): words.append(word)
            case .sign(let sign) where ";\n.?!".contains(sign): return words
            default: break
            }
            if words.count == 6 { break }
        }
        return words
    }

    private func day(_ index: Int) -> CalendarDay? {
        switch dates[index].meaning {
        case .day(let day): return day
        case .withoutYear(let month, let day):
            // A year that an earlier date has named goes on; a date before that one is of the next year.
            for earlier in dates[..<index].reversed() {
                guard case .day(let known) = earlier.meaning else { continue }
                let year = known.parts.year
                guard let same = CalendarDay(year: year, month: month, day: day) else { return nil }
                return same >= known ? same : CalendarDay(year: year + 1, month: month, day: day)
            }
            return nil
        case .ambiguous, .impossible: return nil
        }
    }

    /// The ends of a stay; "20 December to 5 January 2026" begins in 2025.
    private func days(_ first: Int, _ second: Int) -> (CalendarDay, CalendarDay)? {
        if case .withoutYear(let month, let day) = dates[first].meaning, case .day(let last) = dates[second].meaning {
            let year = last.parts.year
            guard let same = CalendarDay(year: year, month: month, day: day) else { return nil }
            if same <= last { return (same, last) }
            return CalendarDay(year: year - 1, month: month, day: day).map { ($0, last) }
        }
        guard let start = day(first) else { return nil }
        if case .withoutYear(let month, let day) = dates[second].meaning {
            let year = start.parts.year
            guard let same = CalendarDay(year: year, month: month, day: day) else { return nil }
            if same >= start { return (start, same) }
            return CalendarDay(year: year + 1, month: month, day: day).map { (start, $0) }
        }
        return day(second).map { (start, $0) }
    }
}
