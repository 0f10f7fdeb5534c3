/// A stay as the message names it.
struct NamedStay {
    var days: DayRange
    /// From its first date to its last.
    var parts: Range<Int>
    /// Without an exit; only the first day is known.
    var isOpen = false
    /// Some days of this span, or more around it: a month's name, or a single day.
    var isRough = false
}

/// Which stays were in the area: those that are said to be.
extension StayReader {
    /// Sorts the stays into those that count and those that do not; what cannot be told is a doubt.
    func settle(_ stays: [NamedStay], into reading: inout StayReading) {
        var used: Set<Int> = []
        let named = stays.indices.map { places(of: stays, $0, &used) }
        let isElsewhereNamed = named.contains { $0.contains { $0.place?.area == .outside } }
        for (stay, places) in zip(stays, named) {
            // A month by itself may be anything; with a place where somebody was it is a stay.
            if stay.isRough, !places.contains(where: { isPastSentence(before: $0) && $0.place != nil }) { continue }
            if let doubt = doubt(stay, places, besidesElsewhere: isElsewhereNamed) {
                reading.doubts.append(doubt)
                continue
            }
            let place = places.compactMap(\.place).first
            switch place?.area {
            case .outside:
                if stay.isOpen {
                    reading.openSince = nil
                } else {
                    reading.uncounted.append(.init(days: stay.days, place: place!))
                }
            case .inside(let since):
                if stay.isRough {
                    reading.doubts.append(.daysMissing(stay.days, place!.name))
                    continue
                }
                count(stay, place!, since: since, into: &reading)
            case .unclear, nil: count(stay, .schengen, since: nil, into: &reading)
            }
        }
        let isInterrupted = reading.uncounted.contains { gap in
            gap.place.area == .outside
                && reading.stays.contains {
                    min($0.last, gap.days.last).number - max($0.first, gap.days.first).number > 0
                }
        }
        if isInterrupted, reading.doubts.isEmpty { reading.doubts.append(.exception) }
        // "I was in London" that belongs to no stay may belong to any.
        let loose = places.indices.first { index in
            !used.contains(index) && places[index].role == .stay && places[index].place?.area == .outside
                && places[index].place != .elsewhere && isPast(before: places[index])
        }
        if let loose, !stays.isEmpty, reading.doubts.isEmpty {
            reading.doubts.append(.severalPlaces([places[loose].text]))
        }
    }

    /// The places of "Is Croatia in Schengen?" and "Do days in Ireland count?", a question without dates.
    var areasAsked: [Place] {
        guard dates.isEmpty else { return [] }
        let words = reader.parts.compactMap { part -> String? in
            if case .word(let word) = part { return Folding.fold(word) }
            return nil
        }
        let counting: Set<String> = [
            "count", "counts", "counted", "counting", "zahlen", "zahlt", "gezahlt", "comptent", "compte", "cuentan",
            "cuenta",
        ]
        let belonging: Set<String> = [
            "part", "member", "members", "belong", "belongs", "gehort", "partie", "parte", "in", "inside", "country",
            "state", "land", "pays", "pais",
        ]
        let other: Set<String> = [
            "visa", "visas", "visum", "visado", "need", "apply", "consulate", "embassy", "insurance",
        ]
        let isAsked =
            !counting.isDisjoint(with: words)
            || words.contains { $0.hasPrefix("schengen") } && !belonging.isDisjoint(with: words)
                && ["is", "are", "ist", "sind", "gehort", "est", "es", "does", "which"].contains(words.first ?? "")
        guard isAsked, other.isDisjoint(with: words) else { return [] }
        var found: [Place] = []
        for place in places.compactMap(\.place)
        where place != .elsewhere && place != .schengen && !found.contains(place) {
            found.append(place)
        }
        return Array(found.prefix(8))
    }

    private func count(_ stay: NamedStay, _ place: Place, since: CalendarDay?, into reading: inout StayReading) {
        guard let since, stay.days.first < since else {
            if !stay.isOpen { reading.stays.append(stay.days) }
            return
        }
        let end = stay.isOpen ? since - 1 : min(stay.days.last, since - 1)
        reading.uncounted.append(.init(days: DayRange(first: stay.days.first, last: end), place: place))
        if stay.isOpen {
            reading.openSince = since
        } else if stay.days.last >= since {
            reading.stays.append(DayRange(first: since, last: stay.days.last))
        }
    }

    private func doubt(_ stay: NamedStay, _ named: [PlaceMention], besidesElsewhere: Bool) -> StayReading.Doubt? {
        let known = named.compactMap(\.place)
        var areas = Set(
            known.map { place -> Int in
                switch place.area {
                case .inside: 0
                case .outside: 1
                case .unclear: 2
                }
            })
        if areas.contains(0) { areas.remove(2) }
        if areas.count > 1 { return .severalPlaces(named.filter { $0.place != nil }.map(\.text)) }
        if areas.contains(2), let place = known.first {
            if let note = place.note { return .specialPlace(note) }
            return .largerPlace(named.first { $0.place != nil }?.text ?? "")
        }
        // Two states that joined on different days are counted apart.
        if Set(known.filter { if case .inside(.some) = $0.area { true } else { false } }.map(\.name)).count > 0,
            Set(known.map(\.name)).count > 1, stay.days.first.parts.year < 2025
        {
            return .severalPlaces(named.map(\.text))
        }
        if known.isEmpty, isTakenOut(stay) { return .exception }
        if known.isEmpty, let unknown = named.first(where: { $0.place == nil }) { return .unknownPlace(unknown.text) }
        if known.isEmpty, besidesElsewhere { return .placeMissing(stay.days) }
        return nil
    }

    /// The places that a stay is said to have been in.
    private func places(of stays: [NamedStay], _ number: Int, _ used: inout Set<Int>) -> [PlaceMention] {
        let stay = stays[number]
        let earlierDate = dates.last { $0.parts.upperBound <= stay.parts.lowerBound }?.parts.upperBound ?? 0
        let sentence = sentenceStart(of: stay.parts.lowerBound)
        let nextDate =
            dates.first { $0.parts.lowerBound >= stay.parts.upperBound }?.parts.lowerBound ?? reader.parts.count
        func free(_ range: Range<Int>, _ role: PlaceMention.Role) -> [Int] {
            places.indices.filter {
                !used.contains($0) && places[$0].role == role && range.lowerBound <= places[$0].parts.lowerBound
                    && places[$0].parts.upperBound <= range.upperBound
            }
        }
        let before = max(earlierDate, sentence)..<stay.parts.lowerBound
        var own = free(before, .stay)
        if own.isEmpty { own = free(before, .towards) }
        own += free(stay.parts, .stay)
        let isLast = number == stays.count - 1
        let after = stay.parts.upperBound..<clauseEnd(after: stay.parts.upperBound, before: nextDate, isLast: isLast)
        let following = free(after, .stay)
        if own.isEmpty {
            own = following
        } else if isLast {
            // "In Schengen from … to … in London": both are said.
            own += following
        }
        if own.isEmpty, earlierDate <= sentence, earlierDate < sentence {
            // "I was in France. I entered on …"
            own = free(earlierDate..<sentence, .stay)
        }
        used.formUnion(own)
        return own.map { places[$0] }
    }

    /// "But not from … to …".
    private func isTakenOut(_ stay: NamedStay) -> Bool {
        let before = reader.parts[max(0, stay.parts.lowerBound - 3)..<stay.parts.lowerBound]
        return before.contains { part in
            if case .word(let word) = part { return ["not", "without", "never", "nicht", "pas", "no"].contains(word) }
            return false
        }
    }

    private func isPast(before mention: PlaceMention) -> Bool {
        isPast(within: max(0, mention.parts.lowerBound - 5)..<mention.parts.lowerBound)
    }

    func isPastSentence(before mention: PlaceMention) -> Bool {
        isPast(within: sentenceStart(of: mention.parts.lowerBound)..<mention.parts.lowerBound)
    }

    private func isPast(within range: Range<Int>) -> Bool { pastVerbs[range.upperBound] >= range.lowerBound }

    private func sentenceStart(of index: Int) -> Int { sentenceStarts[index] }

    private static let pastVerbs: Set<String> = [
        "was", "were", "been", "stayed", "visited", "went", "spent", "trip", "i've", "i’ve", "had", "lived",
        "travelled",
        "traveled", "toured", "worked", "war", "waren", "étais", "étions", "été", "estuve", "estuvimos", "estado",
    ]

    /// What is asked of many places in a message, found for all of them at once.
    static func marks(
        in parts: [DateReader.Part], dates: Set<Int>
    ) -> (sentenceStarts: [Int], pastVerbs: [Int]) {
        var (starts, verbs) = ([0], [-1])
        for (index, part) in parts.enumerated() {
            var (start, verb) = (starts[index], verbs[index])
            switch part {
            case .word(let word): if pastVerbs.contains(word) { verb = index }
            case .sign(let sign): if ".!?;\n".contains(sign), !dates.contains(index) { start = index + 1 }
            case .number: break
            }
            starts.append(start)
            verbs.append(verb)
        }
        return (starts, verbs)
    }

    /// Where what is said of a stay ends: at the next clause; of the last one, at the question.
    private func clauseEnd(after index: Int, before limit: Int, isLast: Bool) -> Int {
        let questions: Set<String> = [
            "how", "may", "can", "when", "what", "do", "wie", "combien", "cuántos", "did", "will",
        ]
        let joints: Set<String> = ["and", "then", "but", "und", "et", "y"]
        var end = index
        while end < limit {
            switch reader.parts[end] {
            case .sign(let sign): if ".!?;\n".contains(sign) || (sign == "," && !isLast) { return end }
            case .word(let word): if questions.contains(word) || (!isLast && joints.contains(word)) { return end }
            case .number: break
            }
            end += 1
        }
        return end
    }
}
