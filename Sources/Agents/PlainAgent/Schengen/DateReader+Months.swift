/// Dates with a month's name, and dates that share a month.
extension DateReader {
    /// "3 May 2026", "May 3rd, 2026", "1er mai", "3 de mayo de 2026".
    func named(at index: Int) -> (DateMention.Meaning, length: Int)? {
        var next = index
        var day: Int?
        var month: Int?
        if case .number(let value, 1...2)? = part(next) {
            day = value
            next += 1
            skipOrdinal(&next)
            skipOf(&next)
            month = self.month(at: &next)
        } else {
            month = self.month(at: &next)
            guard month != nil, case .number(let value, 1...2)? = part(next) else { return nil }
            day = value
            next += 1
            skipOrdinal(&next)
            // "I may 30 days" is no 30 May.
            if part(next) == .word("days") { return nil }
        }
        guard let day, let month else { return nil }
        if let (year, end) = year(at: next) { return (meaning(year, month, day), end - index) }
        return (withoutYear(month, day), next - index)
    }

    /// The first day of "1 to 20 March 2026" or "1.-10.5.2026", which takes its month from the second; or of "1.5. - 10.5.2026",
    /// which takes its year from it.
    func sharedStart(at index: Int) -> (DateMention.Meaning, length: Int)? {
        guard case .number(let day, 1...2)? = part(index) else { return nil }
        // "2026-1 - 3 May" goes on from another number.
        if case .number? = part(index - 2), case .sign(let sign)? = part(index - 1), "./-".contains(sign) { return nil }
        var next = index + 1
        skipOrdinal(&next)
        if part(index + 1) == .sign("."), case .number(let month, 1...2)? = part(index + 2),
            part(index + 3) == .sign(".")
        {
            next = index + 4
            guard skipJoint(&next) else { return nil }
            return (withoutYear(month, day), 4)
        }
        let length = next - index
        guard skipJoint(&next) else { return nil }
        if case .word(let article)? = part(next), ["the", "le", "el"].contains(article) { next += 1 }
        var last = named(at: next)?.0
        if last == nil, let (day, month, year, _) = numeric(at: next, signs: ".") { last = meaning(year, month, day) }
        switch last {
        case .day(let end):
            let end = end.parts
            guard day <= end.day, let first = CalendarDay(year: end.year, month: end.month, day: day) else {
                return nil
            }
            return (.day(first), length)
        case .withoutYear(let month, let number):
            return (1...number).contains(day) ? (.withoutYear(month: month, day: day), length) : nil
        default: return nil
        }
    }

    /// The second day of "March 1-20, 2026", which takes its month from the first.
    func sharedEnd(at index: Int, after before: DateMention?) -> (DateMention.Meaning, length: Int)? {
        guard let before, case .withoutYear(let month, let first) = before.meaning,
            case .number(let day, 1...2)? = part(index), day >= first
        else { return nil }
        var start = before.parts.upperBound
        guard skipJoint(&start) else { return nil }
        if part(start) == .word("the") { start += 1 }
        guard start == index else { return nil }
        var next = index + 1
        skipOrdinal(&next)
        if case .word(let unit)? = part(next), ["days", "day", "weeks", "months"].contains(unit) { return nil }
        if let (year, end) = year(at: next) { return (meaning(year, month, day), end - index) }
        return (withoutYear(month, day), next - index)
    }

    /// "July 2026", and the first of "March to May 2026".
    func wholeMonth(at index: Int) -> (DateMention.Meaning, length: Int)? {
        var next = index
        guard let month = month(at: &next) else { return nil }
        if let (year, end) = year(at: next) { return (.month(year: year, month: month), end - index) }
        let length = next - index
        guard skipJoint(&next), let last = self.month(at: &next), let (year, _) = year(at: next) else { return nil }
        return (.month(year: month <= last ? year : year - 1, month: month), length)
    }

    // MARK: - Pieces

    private func withoutYear(_ month: Int, _ day: Int) -> DateMention.Meaning {
        // February has 29 days in some year.
        CalendarDay(year: 2024, month: month, day: day) != nil ? .withoutYear(month: month, day: day) : .impossible
    }

    private func year(at index: Int) -> (year: Int, end: Int)? {
        var next = index
        if part(next) == .sign(",") { next += 1 }
        skipOf(&next)
        guard case .number(let year, 4)? = part(next) else { return nil }
        return (year, next + 1)
    }

    private func month(at index: inout Int) -> Int? {
        guard case .word(let word)? = part(index), let number = Self.monthNumbers[word] else { return nil }
        index += 1
        // "3 Oct. 2026"
        if word.count <= 4, part(index) == .sign("."), case .number? = part(index + 1) { index += 1 }
        return number
    }

    private func skipOrdinal(_ index: inout Int) {
        if case .word(let ending)? = part(index), ["st", "nd", "rd", "th", "er"].contains(ending) { index += 1 }
        if part(index) == .sign(".") { index += 1 }
    }

    private func skipOf(_ index: inout Int) {
        if case .word(let word)? = part(index), ["of", "de", "del"].contains(word) { index += 1 }
    }

    /// What stands between the first day and the last.
    private func skipJoint(_ index: inout Int) -> Bool {
        switch part(index) {
        case .sign(let sign)? where "-–—/&→".contains(sign): break
        case .word(let word)?
        where DateUse.rangeWords.contains(word) || ["and", "und", "et", "y", "al"].contains(word): break
        default: return false
        }
        index += 1
        return true
    }

    private static let monthNumbers: [String: Int] = {
        var names: [String: Int] = ["sept": 9]
        let languages = [
            "januar februar märz april mai juni juli august september oktober november dezember",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        ]
        for language in languages {
            for (index, name) in language.split(separator: " ").enumerated() {
                names[String(name)] = index + 1
                names[Folding.fold(name)] = index + 1
            }
        }
        names["maerz"] = 3
        names["jänner"] = 1
        names["okt"] = 10
        names["dez"] = 12
        for (index, name) in CalendarDay.months.enumerated() {
            names[name.lowercased()] = index + 1
            names[String(name.lowercased().prefix(3))] = index + 1
        }
        return names
    }()
}
