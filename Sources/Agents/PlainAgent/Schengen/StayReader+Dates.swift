/// What a date, or two that follow each other, say of a stay.
extension StayReader {
    // MARK: - One date

    /// "I was in Vienna on 3 May 2026" tells of one day, and perhaps of others around it.
    func isPresence(_ before: [String]) -> Bool {
        !isAsked(before) && !before.contains(where: DateUse.sinceWords.contains)
            && before.contains { ["was", "were", "visited", "spent", "stayed"].contains($0) }
    }

    /// Whether a place stands before a date, in its clause.
    func isPlaced(_ index: Int) -> Bool {
        let start = index > 0 ? dates[index - 1].parts.upperBound : 0
        return places.contains {
            $0.role == .stay && $0.place != nil && $0.parts.lowerBound >= start
                && $0.parts.upperBound <= dates[index].parts.lowerBound
        }
    }

    enum Movement { case into, out }

    /// "Flew from New York to Madrid on 1 May": where one goes to tells whether one enters or leaves.
    func movement(before index: Int, isThere: Bool) -> Movement? {
        // "And from Nice to London on 9 June": who is there and goes elsewhere leaves, without a word for it.
        let words = words(before: index)
        guard words.contains(where: DateUse.travelWords.contains) || isThere && words.contains("from") else {
            return nil
        }
        let start = index > 0 ? dates[index - 1].parts.upperBound : 0
        let goal = places.last {
            $0.role == .towards && $0.parts.lowerBound >= start && $0.parts.upperBound <= dates[index].parts.lowerBound
        }
        switch goal?.place?.area {
        case .inside: return .into
        case .outside: return .out
        case .unclear, nil: return nil
        }
    }

    func month(_ index: Int) -> DayRange? {
        guard case .month(let year, let month) = dates[index].meaning,
            let first = CalendarDay(year: year, month: month, day: 1),
            let next = month == 12
                ? CalendarDay(year: year + 1, month: 1, day: 1) : CalendarDay(year: year, month: month + 1, day: 1)
        else { return nil }
        return DayRange(first: first, last: next - 1)
    }

    /// Whether a date is a month of which nobody said that it is the whole of it.
    func isRough(_ index: Int) -> Bool {
        guard case .month = dates[index].meaning else { return false }
        let whole: Set<String> = [
            "whole", "entire", "all", "throughout", "full", "complete", "ganzen", "ganze", "gesamten", "tout", "todo",
        ]
        return !words(before: index).prefix(4).contains(where: whole.contains)
    }

    // MARK: - Two dates

    /// Whether two dates are the ends of one stay.
    func isRange(_ first: Int, _ second: Int) -> Bool {
        let between = reader.parts[dates[first].parts.upperBound..<dates[second].parts.lowerBound]
        guard between.count <= 10 else { return false }
        var isJoined = false
        for part in between {
            switch part {
            case .word(let word):
                if word == "days" || word == "many" || DateUse.entryWords.contains(word)
                    || DateUse.questions.contains(word)
                {
                    return false
                }
                if DateUse.rangeWords.contains(word) || DateUse.exitWords.contains(word) { isJoined = true }
                if ["and", "und", "et", "y"].contains(word),
                    words(before: first).contains(where: ["between", "zwischen", "entre"].contains)
                {
                    isJoined = true
                }
            case .sign(let sign):
                if "-–—/→".contains(sign) { isJoined = true }
                if ";\n.?".contains(sign) { return false }
            case .number: return false
            }
        }
        return isJoined
    }

    /// "left on 10 May and returned on 20 May": nobody was there between.
    func isAbsence(_ first: Int, _ second: Int) -> Bool {
        guard isExit(first) else { return false }
        let between = reader.parts[dates[first].parts.upperBound..<dates[second].parts.lowerBound]
        let words = between.compactMap { part -> String? in
            if case .word(let word) = part { return word }
            return nil
        }
        guard !words.contains(where: DateUse.questions.contains) else { return false }
        return words.contains { DateUse.returnWords.contains($0) }
    }

    /// Whether somebody is said to have left on a date.
    func isExit(_ index: Int) -> Bool {
        let before = words(before: index)
        // "How many days are left on 1 June?"
        guard !before.contains(where: ["days", "day", "many", "tage"].contains) else { return false }
        let cue = before.first { DateUse.leaveWords.contains($0) || DateUse.sinceWords.contains($0) }
        return cue.map(DateUse.leaveWords.contains) ?? false
    }

    func isAsked(_ before: [String]) -> Bool { before.contains(where: DateUse.questions.contains) }

    /// Up to eight words before a date, the nearest first, back to the date before it or the sentence's beginning.
    func words(before index: Int) -> [String] { DateUse.words(before: index, of: dates, in: reader) }

    func day(_ index: Int) -> CalendarDay? {
        switch dates[index].meaning {
        case .day(let day): return day
        case .withoutYear(let month, let day):
            // A year that an earlier date has named goes on; a date before that one is of the next year.
            for earlier in dates[..<index].indices.reversed() where uses[earlier] != .validity {
                guard case .day(let known) = dates[earlier].meaning else { continue }
                let year = known.parts.year
                guard let same = CalendarDay(year: year, month: month, day: day) else { return nil }
                return same >= known ? same : CalendarDay(year: year + 1, month: month, day: day)
            }
            return dayOfVisa(month: month, day: day)
                ?? saidYear.flatMap { CalendarDay(year: $0, month: month, day: day) }
        case .month: return month(index)?.first
        case .ambiguous, .impossible: return nil
        }
    }

    /// "Valid from 1 September to 31 December 2026, I enter on 5 September": in the one year in which the visa is valid then; nil
    /// when it is in none, or in several.
    private func dayOfVisa(month: Int, day: Int) -> CalendarDay? {
        guard let validity else { return nil }
        let days = (validity.first.parts.year...validity.last.parts.year)
            .compactMap { CalendarDay(year: $0, month: month, day: day) }
            .filter { validity.first <= $0 && $0 <= validity.last }
        return days.count == 1 ? days[0] : nil
    }

    /// The ends of a stay; "20 December to 5 January 2026" begins in 2025.
    func days(_ first: Int, _ second: Int) -> (CalendarDay, CalendarDay)? {
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
        return (month(second)?.last ?? day(second)).map { (start, $0) }
    }
}
