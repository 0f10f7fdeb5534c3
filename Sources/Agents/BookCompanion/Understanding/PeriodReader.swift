/// A span of years the message speaks of, and where it does.
struct PeriodMention: Sendable, Equatable {
    var years: ClosedRange<Int>
    /// As an answer names it: "before 1700", "the 19th century", "Victorian".
    var label: String
    /// A leaning rather than a condition.
    var isLoose: Bool
    /// Lower-case adjective of the literature the name belongs to: "english" for "Victorian".
    var nation: String?
    var range: Range<Int>
}

/// Reads when a book should have been written: "before 1700", "19th century", "the 1920s", "Victorian".
struct PeriodReader {
    /// Years that can be meant: the oldest texts there are, and a while from now.
    static let earliest = -3000
    static let latest = 2100

    let tokens: [Token]

    /// The first period in the message that is the book's and not the story's; nil when there is none.
    func read() -> PeriodMention? { readAll().first }

    /// All of them, in order.
    func readAll() -> [PeriodMention] {
        var found: [PeriodMention] = []
        var index = 0
        while index < tokens.count {
            if let mention = century(at: index) ?? decade(at: index) ?? comparison(at: index) ?? between(at: index)
                ?? named(at: index) ?? singleYear(at: index)
            {
                if !isSetting(mention) { found.append(mention) }
                index = max(index + 1, mention.range.upperBound)
            } else {
                index += 1
            }
        }
        return found
    }

    private func isSetting(_ mention: PeriodMention) -> Bool {
        let start = mention.range.lowerBound
        for index in stride(from: start - 1, through: max(0, start - 6), by: -1) {
            if PeriodTable.settingCues.contains(tokens[index].folded) { return true }
            if tokens[index + 1].breakBefore >= .comma { return false }
        }
        return false
    }

    private func word(_ index: Int) -> String? {
        tokens.indices.contains(index) ? tokens[index].folded : nil
    }

    /// "1850", "800" with "bc" after it.
    private func year(at index: Int) -> (year: Int, length: Int)? {
        guard let word = word(index), word.utf8.count <= 4, let number = Int(word), number > 0 else { return nil }
        let next = self.word(index + 1)
        if next == "bc" || next == "bce" { return (-number, 2) }
        if next == "ad" || next == "ce" { return (number, 2) }
        return (1000...Self.latest).contains(number) ? (number, 1) : nil
    }

    private func century(at index: Int) -> PeriodMention? {
        guard let word = word(index), let number = PeriodTable.ordinals[word], (1...21).contains(number),
            let next = self.word(index + 1), next == "century" || next == "centuries" || next == "c"
        else { return bareHundreds(at: index) }
        var years = (number - 1) * 100 + 1...number * 100
        var label = "\(number)\(Self.ending(number)) century"
        var end = index + 2
        if self.word(end) == "bc" || self.word(end) == "bce" {
            years = -(number * 100)...(-(number - 1) * 100 - 1)
            label += " BC"
            end += 1
        }
        return bounded(years, label: "the " + label, from: index, to: end)
    }

    /// "the 1800s", "the 1600s": the whole century.
    private func bareHundreds(at index: Int) -> PeriodMention? {
        guard let word = word(index), word.hasSuffix("00s"), let number = Int(word.dropLast()),
            (1000...2000).contains(number)
        else { return nil }
        return bounded(number...(number + 99), label: "the \(number)s", from: index, to: index + 1)
    }

    private func decade(at index: Int) -> PeriodMention? {
        guard let word = word(index) else { return nil }
        if let start = PeriodTable.decades[word], self.word(index - 1) == "the" || self.word(index - 1) == "roaring" {
            return bounded(start...(start + 9), label: "the \(start)s", from: index, to: index + 1)
        }
        guard word.hasSuffix("0s"), let number = Int(word.dropLast()) else { return nil }
        let start = number < 100 && number >= 10 ? 1900 + number : number
        guard (1000...2090).contains(start) else { return nil }
        return bounded(start...(start + 9), label: "the \(start)s", from: index, to: index + 1)
    }

    /// Narrows by "early" and "late", and widens by "before" and "after".
    private func bounded(_ years: ClosedRange<Int>, label: String, from start: Int, to end: Int) -> PeriodMention {
        var start = start
        var years = years
        var label = label
        let span = years.upperBound - years.lowerBound
        if let part = word(start - 1), ["early", "mid", "late"].contains(part) {
            switch part {
            case "early": years = years.lowerBound...(years.lowerBound + span * 2 / 5)
            case "late": years = (years.upperBound - span * 2 / 5)...years.upperBound
            default: years = (years.lowerBound + span * 3 / 10)...(years.upperBound - span * 3 / 10)
            }
            label = "the \(part) " + (label.hasPrefix("the ") ? String(label.dropFirst(4)) : label)
            start -= 1
        }
        var before = start - 1
        if word(before) == "the" || word(before) == "roaring" { before -= 1 }
        if let direction = direction(endingAt: before) {
            years = direction.isBefore ? Self.earliest...(years.lowerBound - 1) : (years.upperBound + 1)...Self.latest
            label = (direction.isBefore ? "before " : "after ") + label
            start = before - direction.length + 1
        }
        return PeriodMention(years: years, label: label, isLoose: false, range: start..<end)
    }

    private func direction(endingAt index: Int) -> (isBefore: Bool, length: Int)? {
        guard let word = word(index) else { return nil }
        switch word {
        case "before", "until", "till", "pre": return (true, 1)
        case "after", "since", "post": return (false, 1)
        case "than":
            switch self.word(index - 1) {
            case "older", "earlier": return (true, 2)
            case "newer", "later": return (false, 2)
            default: return nil
            }
        default: return nil
        }
    }

    private func comparison(at index: Int) -> PeriodMention? {
        guard let direction = direction(endingAt: index) else { return nil }
        var next = index + 1
        if ["the", "year", "about", "around"].contains(word(next) ?? "") { next += 1 }
        guard let (year, length) = year(at: next) else { return nil }
        // "since 1900" has the year itself in it, "after 1900" as well by how people mean it.
        let years = direction.isBefore ? Self.earliest...(year - 1) : year...max(year, Self.latest)
        let name = year < 0 ? "\(-year) BC" : "\(year)"
        return PeriodMention(
            years: years, label: (direction.isBefore ? "before " : "after ") + name, isLoose: false,
            range: (index - direction.length + 1)..<(next + length))
    }

    private func between(at index: Int) -> PeriodMention? {
        guard let (first, length) = year(at: index) else { return nil }
        var next = index + length
        guard let joint = word(next) else { return nil }
        if ["and", "to", "until", "till", "through"].contains(joint) {
            next += 1
        } else if tokens[next].breakBefore != .hyphen && tokens[next].breakBefore != .clause {
            return nil
        }
        guard let (second, secondLength) = year(at: next), second > first else { return nil }
        return PeriodMention(
            years: first...second, label: "\(first) to \(second)", isLoose: false, range: index..<(next + secondLength))
    }

    private func named(at index: Int) -> PeriodMention? {
        guard let (period, length) = PeriodTable.names.match(at: index, of: tokens) else { return nil }
        if period.isLoose {
            return PeriodMention(
                years: period.years, label: period.label, isLoose: true, nation: period.nation,
                range: index..<(index + length))
        }
        var mention = bounded(period.years, label: period.label, from: index, to: index + length)
        mention.nation = period.nation
        if let next = word(index + length), ["times", "era", "age", "period"].contains(next) {
            mention.range = mention.range.lowerBound..<(index + length + 1)
        }
        return mention
    }

    /// "from 1890", "in 1925", "around 1890": a year by itself may be a title, so a word before it must say so.
    private func singleYear(at index: Int) -> PeriodMention? {
        guard let (year, length) = year(at: index), let before = word(index - 1) else { return nil }
        if ["about", "around", "circa", "c"].contains(before) {
            return PeriodMention(
                years: (year - 10)...(year + 10), label: "around \(year)", isLoose: false,
                range: (index - 1)..<(index + length))
        }
        guard ["in", "from", "of"].contains(before), word(index - 2) != "apart" else { return nil }
        return PeriodMention(
            years: year...year, label: "\(year)", isLoose: false, range: (index - 1)..<(index + length))
    }

    private static func ending(_ number: Int) -> String {
        switch number {
        case 1, 21: "st"
        case 2: "nd"
        case 3: "rd"
        default: "th"
        }
    }
}
