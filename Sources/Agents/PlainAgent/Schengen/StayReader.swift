/// Reads stays and the day asked about from a message.
struct StayReader {
    static let maximumStays = 60
    static let maximumStayDays = 1_100

    let reader: DateReader
    let dates: [DateMention]
    let places: [PlaceMention]
    let uses: [DateUse]
    /// The year of dates without one, where the message says "this year" or "last year".
    let saidYear: Int?
    /// For each part, and for the end, where its sentence begins.
    let sentenceStarts: [Int]
    /// For each part, and for the end, the last word before it that tells of what was; -1 where there is none.
    let pastVerbs: [Int]

    /// - Parameters:
    ///   - order: how to read what can be read in two ways; nil takes what the message itself tells.
    ///   - today: the day of the message, which "this year" is counted from; nil leaves the year open.
    init(_ text: String, order: DateOrder? = nil, today: CalendarDay? = nil) {
        let reader = DateReader(text)
        self.reader = reader
        saidYear = today.flatMap { Self.saidYear(in: reader, today: $0) }
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
        guard !dates.isEmpty else {
            reading.isUndated = isUndated(asksForDays: reading.asksForDays)
            return reading
        }
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
        let hasDays =
            !words.isDisjoint(with: ["days", "long", "tage", "tagen", "jours", "días", "dias"])
            || words.isSuperset(of: ["until", "when"])
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
    var validity: DayRange? {
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
}
