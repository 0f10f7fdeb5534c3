/// Which number of "03/05/2026" is the day.
enum DateOrder: Sendable, Equatable {
    case dayFirst, monthFirst
}

/// A date that a message speaks of.
struct DateMention: Equatable {
    enum Meaning: Equatable {
        case day(CalendarDay)
        /// Both are days: "03/05/2026".
        case ambiguous(dayFirst: CalendarDay, monthFirst: CalendarDay)
        /// "3 May".
        case withoutYear(month: Int, day: Int)
        /// "July 2026": some or all of its days.
        case month(year: Int, month: Int)
        /// "31 February 2026".
        case impossible
    }

    var meaning: Meaning
    /// As it was written.
    var text: String
    /// Which of the message's parts it takes.
    var parts: Range<Int>
}

/// Finds dates in a message: `2026-05-03`, `3 May 2026`, `May 3, 2026`, `03.05.2026` (the day first), `03/05/2026`, the two days of
/// `1 to 20 March 2026` and of `March 1-20, 2026`, and `July 2026`. Months have English, German, French and Spanish names.
struct DateReader {
    /// A number, a word, or a sign between them.
    enum Part: Equatable {
        case number(Int, digits: Int)
        /// In small letters.
        case word(String)
        case sign(Character)
    }

    static let maximumParts = 2_000

    private(set) var parts: [Part] = []
    private var texts: [Substring] = []

    init(_ text: String) {
        var rest = Substring(text)
        while let first = rest.first, parts.count < Self.maximumParts {
            if first.isWhitespace && first != "\n" {
                rest.removeFirst()
                continue
            }
            let run: Substring
            if Self.isDigit(first) {
                run = rest.prefix(while: Self.isDigit)
                parts.append(.number(run.count <= 6 ? Int(run) ?? 0 : 0, digits: run.count))
            } else if first.isLetter {
                run = rest.prefix { $0.isLetter || $0 == "'" || $0 == "’" }
                parts.append(.word(run.lowercased()))
            } else {
                run = rest.prefix(1)
                parts.append(.sign(first))
            }
            texts.append(run)
            rest = rest[run.endIndex...]
        }
    }

    /// Whether the message says how it writes dates: in words, or by a date that can be read in one way only. Nil when it
    /// does not, or says both.
    var order: DateOrder? {
        var orders: Set<DateOrder> = []
        let words = parts.compactMap { part -> String? in
            if case .word(let word) = part { return word }
            return nil
        }
        for (word, next) in zip(words, words.dropFirst() + [""]) {
            switch (word, next) {
            case ("day", "first"), ("dd", "mm"), ("european", _), ("british", "format"), ("uk", "format"):
                orders.insert(.dayFirst)
            case ("month", "first"), ("mm", "dd"), ("american", _), ("us", "format"): orders.insert(.monthFirst)
            default: break
            }
        }
        for index in parts.indices {
            guard let (first, second, _, _) = numeric(at: index, signs: "/-") else { continue }
            if first > 12, second <= 12 { orders.insert(.dayFirst) }
            if second > 12, first <= 12 { orders.insert(.monthFirst) }
        }
        return orders.count == 1 ? orders.first : nil
    }

    /// - Parameter order: how to read what can be read in two ways; nil leaves it open.
    func mentions(order: DateOrder?) -> [DateMention] {
        var mentions: [DateMention] = []
        var index = 0
        while index < parts.count {
            let found =
                date(at: index, order: order) ?? sharedStart(at: index) ?? sharedEnd(at: index, after: mentions.last)
                ?? wholeMonth(at: index)
            guard let (meaning, length) = found else {
                index += 1
                continue
            }
            mentions.append(
                DateMention(meaning: meaning, text: written(index..<(index + length)), parts: index..<(index + length)))
            index += length
        }
        return mentions
    }

    /// Whether a word is written with a capital letter.
    func isCapitalized(_ index: Int) -> Bool { texts[index].first?.isUppercase ?? false }

    /// A part of the message as it was written.
    func text(of range: Range<Int>) -> String { written(range) }

    /// The words of the message that belong to no date.
    var textWithoutDates: String {
        let taken = Set(mentions(order: .dayFirst).flatMap(\.parts))
        return texts.indices.filter { !taken.contains($0) }.map { String(texts[$0]) }.joined(separator: " ")
    }

    private func written(_ range: Range<Int>) -> String {
        guard let first = texts[range].first, let last = texts[range].last else { return "" }
        return String(first.base[first.startIndex..<last.endIndex])
    }

    private func date(at index: Int, order: DateOrder?) -> (DateMention.Meaning, length: Int)? {
        // A digit that another number or a word leads into is no date: "A4 2026".
        if let iso = iso(at: index) { return iso }
        if let (day, month, year, _) = numeric(at: index, signs: ".") {
            return (meaning(year, month, day), 5)
        }
        if let (first, second, year, _) = numeric(at: index, signs: "/-") {
            let dayFirst = CalendarDay(year: year, month: second, day: first)
            let monthFirst = CalendarDay(year: year, month: first, day: second)
            switch (dayFirst, monthFirst, order) {
            case (nil, nil, _): return (.impossible, 5)
            case (let day?, nil, _), (let day?, _, .dayFirst): return (.day(day), 5)
            case (nil, let day?, _), (_, let day?, .monthFirst): return (.day(day), 5)
            case (let one?, let other?, nil):
                return (one == other ? .day(one) : .ambiguous(dayFirst: one, monthFirst: other), 5)
            }
        }
        return named(at: index)
    }

    func meaning(_ year: Int, _ month: Int, _ day: Int) -> DateMention.Meaning {
        CalendarDay(year: year, month: month, day: day).map { .day($0) } ?? .impossible
    }

    private func iso(at index: Int) -> (DateMention.Meaning, length: Int)? {
        guard case .number(let year, 4)? = part(index), case .sign(let sign)? = part(index + 1), "-/.".contains(sign),
            case .number(let month, 1...2)? = part(index + 2), part(index + 3) == .sign(sign),
            case .number(let day, 1...2)? = part(index + 4)
        else { return nil }
        return (meaning(year, month, day), 5)
    }

    /// Two short numbers and a year with the same sign between them.
    func numeric(at index: Int, signs: String) -> (first: Int, second: Int, year: Int, sign: Character)? {
        guard case .number(let first, 1...2)? = part(index), case .sign(let sign)? = part(index + 1),
            signs.contains(sign), !isWithinNumbers(index, sign), case .number(let second, 1...2)? = part(index + 2),
            part(index + 3) == .sign(sign),
            case .number(let year, let digits)? = part(index + 4), digits == 4 || digits == 2
        else { return nil }
        return (first, second, digits == 2 ? 2000 + year : year, sign)
    }

    /// Whether more numbers with the same sign stand around: "2.3.2026.8" is a version, or an address.
    private func isWithinNumbers(_ index: Int, _ sign: Character) -> Bool {
        if part(index - 1) == .sign(sign), case .number? = part(index - 2) { return true }
        if part(index + 5) == .sign(sign), case .number? = part(index + 6) { return true }
        return false
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    func part(_ index: Int) -> Part? { parts.indices.contains(index) ? parts[index] : nil }
}
