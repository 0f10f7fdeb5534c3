/// Stays that are told of without their days.
extension StayReader {
    /// Whether a message tells of a stay in the area and asks what follows from it, or asks what is left, without a date.
    func isUndated(asksForDays: Bool) -> Bool {
        guard !asksBeside else { return false }
        let words = reader.parts.compactMap { part -> String? in
            if case .word(let word) = part { return word }
            return nil
        }
        let inside = places.filter { mention in
            guard mention.role != .origin, let place = mention.place else { return false }
            if case .inside = place.area { return true }
            return place == .schengen
        }
        let wasThere = inside.contains(where: isPastSentence)
        let isAsking = words.contains {
            DateUse.questions.contains($0) || ["how", "is", "wie", "combien", "cuantos", "cuántos"].contains($0)
        }
        if wasThere, isAsking, asksForDays || hasLength || namesPeriod(words) { return true }
        let rest: Set<String> = [
            "left", "remaining", "remain", "used", "still", "übrig", "noch", "verbraucht", "reste", "restent", "encore",
            "quedan",
        ]
        guard asksForDays, !rest.isDisjoint(with: words) else { return false }
        guard places.isEmpty else { return !inside.isEmpty }
        // Days may be left for much: an appeal, an answer.
        let other: Set<String> = [
            "appeal", "wait", "waiting", "decision", "answer", "reply", "deadline", "register", "notice", "expires",
            "expire", "until",
            "before", "leave", "holiday", "holidays", "course", "semester", "contract", "school",
        ]
        let days: Set<String> = ["days", "tage", "tagen", "jours", "días", "dias"]
        return !days.isDisjoint(with: words) && other.isDisjoint(with: words)
    }

    /// "60 days", "two weeks", "three months".
    private var hasLength: Bool {
        let units: Set<String> = [
            "day", "days", "week", "weeks", "month", "months", "tage", "wochen", "monate", "jours", "semaines", "mois",
        ]
        let numbers: Set<String> = ["a", "some", "few", "several", "couple", "of"]
        return reader.parts.indices.dropFirst().contains { index in
            guard case .word(let unit) = reader.parts[index], units.contains(unit) else { return false }
            switch reader.parts[index - 1] {
            case .number(let value, _): return value > 0 && value <= 400
            case .word(let word): return NumberWords.value(word) != nil || numbers.contains(word)
            case .sign: return false
            }
        }
    }

    /// "This spring", "last year", "in July".
    private func namesPeriod(_ words: [String]) -> Bool {
        let periods: Set<String> = [
            "year", "spring", "summer", "autumn", "fall", "winter", "month", "week", "weeks", "months", "easter",
            "christmas",
        ]
        let months = Set(CalendarDay.months.map { $0.lowercased() })
        return zip(words, words.dropFirst()).contains { word, next in
            ["this", "last", "past", "previous"].contains(word) && (periods.contains(next) || months.contains(next))
                || ["in", "during", "since", "until"].contains(word) && months.contains(next)
        } || words.contains("recently")
    }

    /// "This year" and "last year" as numbers; nil where there is neither, or both.
    static func saidYear(in reader: DateReader, today: CalendarDay) -> Int? {
        let year = today.parts.year
        var found: Set<Int> = []
        for (part, next) in zip(reader.parts, reader.parts.dropFirst()) where next == .word("year") {
            switch part {
            case .word("this"), .word("current"): found.insert(year)
            case .word("last"), .word("previous"): found.insert(year - 1)
            case .word("next"): found.insert(year + 1)
            default: break
            }
        }
        return found.count == 1 ? found.first : nil
    }
}
