/// Reads stays and the day asked about from a message.
struct StayReader {
    static let maximumStays = 60
    static let maximumStayDays = 1_100

    let reader: DateReader
    let dates: [DateMention]
    let places: [PlaceMention]
    private let uses: [DateUse]
    /// For each part, and for the end, where its sentence begins.
    let sentenceStarts: [Int]
    /// For each part, and for the end, the last word before it that tells of what was; -1 where there is none.
    let pastVerbs: [Int]

    /// - Parameter order: how to read what can be read in two ways; nil takes what the message itself tells.
    init(_ text: String, order: DateOrder? = nil) {
        reader = DateReader(text)
        dates = reader.mentions(order: order ?? reader.order)
        let inDates = Set(dates.flatMap(\.parts))
        places = PlaceReader(reader).mentions().filter { $0.parts.allSatisfy { !inDates.contains($0) } }
        uses = DateUse.uses(of: dates, in: reader, places: places)
        (sentenceStarts, pastVerbs) = Self.marks(in: reader.parts, dates: inDates)
    }

    func read() -> StayReading {
        var reading = StayReading()
        readTopic(into: &reading)
        let circumstances = CircumstanceReader(reader, places: places).read()
        reading.visaDays = circumstances.visaDays
        reading.areas = areasAsked
        if !dates.isEmpty || reading.asksForDays || reading.isAboutRule && !asksBeside {
            if let citizen = circumstances.citizen, !isElsewhereOnly { reading.doubts.append(.citizen(citizen)) }
            if circumstances.hasPermit { reading.doubts.append(.permit) }
        }
        reading.isOnCircumstances = !reading.doubts.isEmpty
        guard !dates.isEmpty else { return reading }
        reading.namesDates = uses.contains { $0 != .unrelated && $0 != .today }
        reading.isValidityAlone =
            uses.contains(.validity) && !uses.contains(.stay) && reading.visaDays == nil
            && places.compactMap(\.place).allSatisfy { $0.area != .outside }
        guard dates.count <= 2 * Self.maximumStays else {
            reading.doubts.append(.tooMuch)
            return reading
        }
        for (date, use) in zip(dates, uses) where use != .unrelated {
            switch date.meaning {
            case .ambiguous(let one, let other):
                reading.doubts.append(.ambiguous(text: date.text, dayFirst: one, monthFirst: other))
            case .impossible: reading.doubts.append(.impossible(text: date.text))
            case .day, .withoutYear, .month: break
            }
        }
        let isWritten = !reading.doubts.contains { !$0.isCircumstance }
        // One question at a time is enough: nothing can be counted before it is answered.
        if isWritten {
            if hasException { reading.doubts.append(.exception) }
            reading.validity = validity
            settle(pair(into: &reading), into: &reading)
            reading.takesAreaForGranted = places.isEmpty && !reading.stays.isEmpty && asksToReturn
        }
        reading.namesPlacedStay =
            (placesOfStays || namesUnknownPlace) && (reading.hasStays || reading.doubts.contains { !$0.isCircumstance })
            && !(isWritten && !reading.hasStays && uses.allSatisfy { $0 != .stay })
        return reading
    }

    /// Whether a place that is known is one where somebody was, went to or left.
    private var placesOfStays: Bool {
        places.contains { mention in
            guard let place = mention.place, place != .elsewhere else { return false }
            return mention.role != .origin || isLeft(mention)
        }
    }

    /// Whether the message asks about papers, purposes or permissions, which documents answer.
    var asksBeside: Bool { asks(about: Self.purposes.union(["visa", "visas", "passport"])) }
    /// Whether it asks about something else than a visa.
    var asksForPurpose: Bool { asks(about: Self.purposes) }

    private static let purposes: Set<String> = [
        "insurance", "documents", "document", "papers", "fee", "fees", "cost", "apply", "application", "work", "job",
        "study", "studying",
        "university", "internship", "refused", "refusal", "appeal", "lawyer", "sponsor", "funds", "money", "marry",
        "etias", "extend",
        "extension", "transit", "invitation", "biometrics", "photo", "photos",
    ]

    private func asks(about subjects: Set<String>) -> Bool {
        let words = reader.parts.compactMap { part -> String? in
            if case .word(let word) = part { return word }
            return nil
        }
        let asking: Set<String> = [
            "need", "needs", "which", "what", "how", "want", "like", "plan", "where", "can", "do", "require",
            "required",
        ]
        return !subjects.isDisjoint(with: words) && !asking.isDisjoint(with: words)
    }

    /// "May I return on 20 November?"
    private var asksToReturn: Bool {
        let returning: Set<String> = ["return", "back", "again", "reenter", "re", "enter"]
        let words = reader.parts.compactMap { part -> String? in
            if case .word(let word) = part { return word }
            return nil
        }
        return words.indices.contains { index in
            DateUse.questions.contains(words[index])
                && words[index...].prefix(5).contains(where: returning.contains)
        }
    }

    /// "I was in Muggia from …": where that is has to be asked.
    private var namesUnknownPlace: Bool {
        places.contains { $0.place == nil && $0.role == .stay && isPastSentence(before: $0) }
    }

    private func isLeft(_ mention: PlaceMention) -> Bool {
        reader.parts[max(0, mention.parts.lowerBound - 3)..<mention.parts.lowerBound].contains { part in
            if case .word(let word) = part { return DateUse.leaveWords.contains(word) }
            return false
        }
    }

    /// Whether all places of stays are states outside the area.
    private var isElsewhereOnly: Bool {
        let named = places.filter { $0.role != .origin }.compactMap(\.place)
        return !named.isEmpty && named.allSatisfy { $0.area == .outside }
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
            words.contains { $0.hasPrefix("schengen") } || numbers.isSuperset(of: [90, 180])
            || words.contains("overstay")
            || words.contains("overstayed") || (numbers.contains(90) && words.contains("days"))
        let hasDays = !words.isDisjoint(with: ["days", "long", "tage", "tagen", "jours", "días", "dias"])
        let counting: Set<String> = [
            "left", "remaining", "remain", "stay", "used", "count", "calculate", "still", "übrig", "verbraucht",
            "bleiben", "noch",
            "reste", "restent", "rester", "utilisé", "quedan", "quedarme", "usado",
        ]
        reading.asksForDays = hasDays && !words.isDisjoint(with: counting)
    }

    /// "Except for a week in May": what is left out has to be written as stays.
    private var hasException: Bool {
        let exceptions: Set<String> = [
            "except", "excluding", "excepting", "apart", "ausser", "außer", "sauf", "excepto", "salvo", "besides",
            "minus", "interrupted",
        ]
        let named = Set(dates.flatMap(\.parts) + places.flatMap(\.parts))
        return reader.parts.indices.contains { index in
            guard case .word(let word) = reader.parts[index], exceptions.contains(word) else { return false }
            // Of what comes next something must be a date or a place.
            return (index..<min(index + 9, reader.parts.count)).contains(where: named.contains)
        }
    }

    /// When a visa is valid, where both ends are named.
    private var validity: DayRange? {
        let named = dates.indices.filter { uses[$0] == .validity }
        guard let first = named.first, let last = named.dropFirst().first, let (start, end) = days(first, last),
            start <= end
        else { return nil }
        return DayRange(first: start, last: end)
    }

    /// Joins the dates to stays, in the order of the message.
    private func pair(into reading: inout StayReading) -> [NamedStay] {
        var stays: [NamedStay] = []
        var open: (day: CalendarDay, parts: Range<Int>)?
        var today: CalendarDay?
        var loose: [CalendarDay] = []
        func add(_ first: CalendarDay, _ last: CalendarDay, _ parts: Range<Int>, isRough: Bool = false) {
            if last < first {
                reading.doubts.append(.backwards(entry: first, exit: last))
            } else if last.number - first.number > Self.maximumStayDays {
                reading.doubts.append(.tooMuch)
            } else {
                stays.append(NamedStay(days: DayRange(first: first, last: last), parts: parts, isRough: isRough))
            }
        }
        var index = 0
        while index < dates.count {
            defer { index += 1 }
            guard uses[index] == .stay || uses[index] == .today else { continue }
            let isJoinable =
                index + 1 < dates.count && uses[index] == .stay && uses[index + 1] != .unrelated
                && uses[index + 1] != .validity
            if isJoinable, open != nil || isExit(index), isAbsence(index, index + 1) {
                guard let (left, back) = days(index, index + 1) else {
                    reading.doubts.append(.yearMissing(text: dates[index].text))
                    return []
                }
                guard let since = open else {
                    reading.doubts.append(.entryMissing(exit: left))
                    return []
                }
                add(since.day, left, since.parts.lowerBound..<dates[index].parts.upperBound)
                open = (back, dates[index + 1].parts)
                index += 1
                continue
            }
            if isJoinable, isRange(index, index + 1) {
                guard let (first, last) = days(index, index + 1) else {
                    reading.doubts.append(.yearMissing(text: dates[index].text))
                    return []
                }
                add(
                    first, last, dates[index].parts.lowerBound..<dates[index + 1].parts.upperBound,
                    isRough: isRough(index) || isRough(index + 1))
                index += 1
                continue
            }
            if let month = month(index) {
                // "How many days may I stay in July 2026?" names no stay.
                let isMeant = uses[index] == .stay && !isAsked(words(before: index))
                if isMeant { add(month.first, month.last, dates[index].parts, isRough: isRough(index)) }
                continue
            }
            guard let day = day(index) else {
                reading.doubts.append(.yearMissing(text: dates[index].text))
                return []
            }
            let before = words(before: index)
            let movement = isAsked(before) ? nil : movement(before: index, isThere: open != nil)
            if uses[index] == .today {
                today = day
            } else if open == nil,
                movement == .into || !isAsked(before) && before.contains(where: DateUse.sinceWords.contains)
            {
                open = (day, dates[index].parts)
            } else if movement == .out || isExit(index) && !isAsked(before) {
                guard let since = open else {
                    reading.doubts.append(.entryMissing(exit: day))
                    return []
                }
                add(since.day, day, since.parts.lowerBound..<dates[index].parts.upperBound)
                open = nil
            } else if isPresence(before), isPlaced(index) {
                add(day, day, dates[index].parts, isRough: true)
            } else if reading.reference == nil, !before.isEmpty {
                reading.reference = day
            } else {
                loose.append(day)
            }
        }
        if let open {
            reading.openSince = open.day
            stays.append(NamedStay(days: DayRange(first: open.day, last: open.day), parts: open.parts, isOpen: true))
        }
        reading.reference = reading.reference ?? today
        if let first = loose.first { reading.doubts.append(.loose(first)) }
        return stays
    }

    // MARK: - One date

    /// "I was in Vienna on 3 May 2026" tells of one day, and perhaps of others around it.
    private func isPresence(_ before: [String]) -> Bool {
        !isAsked(before) && !before.contains(where: DateUse.sinceWords.contains)
            && before.contains { ["was", "were", "visited", "spent", "stayed"].contains($0) }
    }

    /// Whether a place stands before a date, in its clause.
    private func isPlaced(_ index: Int) -> Bool {
        let start = index > 0 ? dates[index - 1].parts.upperBound : 0
        return places.contains {
            $0.role == .stay && $0.place != nil && $0.parts.lowerBound >= start
                && $0.parts.upperBound <= dates[index].parts.lowerBound
        }
    }

    private enum Movement { case into, out }

    /// "Flew from New York to Madrid on 1 May": where one goes to tells whether one enters or leaves.
    private func movement(before index: Int, isThere: Bool) -> Movement? {
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

    private func month(_ index: Int) -> DayRange? {
        guard case .month(let year, let month) = dates[index].meaning,
            let first = CalendarDay(year: year, month: month, day: 1),
            let next = month == 12
                ? CalendarDay(year: year + 1, month: 1, day: 1) : CalendarDay(year: year, month: month + 1, day: 1)
        else { return nil }
        return DayRange(first: first, last: next - 1)
    }

    /// Whether a date is a month of which nobody said that it is the whole of it.
    private func isRough(_ index: Int) -> Bool {
        guard case .month = dates[index].meaning else { return false }
        let whole: Set<String> = [
            "whole", "entire", "all", "throughout", "full", "complete", "ganzen", "ganze", "gesamten", "tout", "todo",
        ]
        return !words(before: index).prefix(4).contains(where: whole.contains)
    }

    // MARK: - Two dates

    /// Whether two dates are the ends of one stay.
    private func isRange(_ first: Int, _ second: Int) -> Bool {
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
    private func isAbsence(_ first: Int, _ second: Int) -> Bool {
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
    private func isExit(_ index: Int) -> Bool {
        let before = words(before: index)
        // "How many days are left on 1 June?"
        guard !before.contains(where: ["days", "day", "many", "tage"].contains) else { return false }
        let cue = before.first { DateUse.leaveWords.contains($0) || DateUse.sinceWords.contains($0) }
        return cue.map(DateUse.leaveWords.contains) ?? false
    }

    private func isAsked(_ before: [String]) -> Bool { before.contains(where: DateUse.questions.contains) }

    /// Up to eight words before a date, the nearest first, back to the date before it or the sentence's beginning.
    func words(before index: Int) -> [String] { DateUse.words(before: index, of: dates, in: reader) }

    private func day(_ index: Int) -> CalendarDay? {
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
        return (month(second)?.last ?? day(second)).map { (start, $0) }
    }
}
