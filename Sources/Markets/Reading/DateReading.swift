/// Reads the days of price files, in the forms they are written in.
enum DateReading {
    /// What a field says before it is known which of two numbers is the month.
    enum Form: Equatable {
        case day(TradingDay)
        /// `03/04/2026`; the separator tells what is usual.
        case ambiguous(first: Int, second: Int, year: Int, separator: UInt8)
    }

    /// Which of two numbers before the year is the month.
    enum Order: Equatable {
        case monthFirst, dayFirst
    }

    /// Read are `2026-01-02`, `2026/01/02`, `20260102`, `01/02/2026`, `02.01.2026`, `02-01-2026`, `Jan 02, 2026`,
    /// `02-Jan-2026`, `2 January 2026`, each with a time behind it or without, years of two digits behind a month's name or two
    /// numbers (`02-Jan-26`, `01/02/26`), and Unix times in seconds, milliseconds, microseconds or nanoseconds. Nil for anything else.
    static func form(of field: [UInt8]) -> Form? {
        guard field.count >= 6, field.count <= 40 else { return nil }
        let parts = tokens(field)
        guard parts.count >= 3 else {
            // All digits in one.
            guard let only = parts.first, case .number(let number, let width) = only else { return nil }
            if width == 8 { return day(number / 10_000, number / 100 % 100, number % 100) }
            // Ten digits are seconds from 2001 to 2286; three, six or nine more are their parts.
            guard [10, 13, 16, 19].contains(width) else { return nil }
            let seconds = number / [10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000][width, default: 1]
            return .day(TradingDay(number: Int32(seconds / 86_400)))
        }
        switch (parts[0], parts[1], parts[2]) {
        case (.number(let year, 4), .number(let month, 1...2), .number(let date, 1...2)):
            return day(year, month, date)
        case (.number(let first, 1...2), .number(let second, 1...2), .number(let year, 4)):
            guard let separator = field.first(where: { !isDigit($0) }) else { return nil }
            if separator == UInt8(ascii: ".") { return day(year, second, first) }
            return .ambiguous(first: first, second: second, year: year, separator: separator)
        case (.number(let first, 1...2), .number(let second, 1...2), .number(let year, 2)):
            guard let separator = field.first(where: { !isDigit($0) }), separator != UInt8(ascii: " ") else {
                return nil
            }
            if separator == UInt8(ascii: ".") { return day(whole(year), second, first) }
            return .ambiguous(first: first, second: second, year: whole(year), separator: separator)
        case (.month(let month), .number(let date, 1...2), .number(let year, 2)),
            (.number(let date, 1...2), .month(let month), .number(let year, 2)):
            return day(whole(year), month, date)
        case (.month(let month), .number(let date, 1...2), .number(let year, 4)),
            (.number(let date, 1...2), .month(let month), .number(let year, 4)):
            return day(year, month, date)
        default: return nil
        }
    }

    /// The day of an ambiguous form under an order; nil when there is no such day.
    static func day(first: Int, second: Int, year: Int, _ order: Order) -> TradingDay? {
        switch order {
        case .monthFirst: TradingDay(year: year, month: first, day: second)
        case .dayFirst: TradingDay(year: year, month: second, day: first)
        }
    }

    private enum Token {
        case number(Int, width: Int)
        case month(Int)
        case other
    }

    /// A year of two digits: 00 to 69 are of this century.
    private static func whole(_ year: Int) -> Int { year < 70 ? 2_000 + year : 1_900 + year }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Form? {
        TradingDay(year: year, month: month, day: day).map { .day($0) }
    }

    /// The first three runs of digits or letters.
    private static func tokens(_ field: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var index = 0
        while index < field.count, tokens.count < 3 {
            let start = index
            if isDigit(field[index]) {
                while index < field.count, isDigit(field[index]) { index += 1 }
                let digits = field[start..<index]
                let value = digits.prefix(19).reduce(0) { $0 &* 10 &+ Int($1 - 0x30) }
                tokens.append(.number(value, width: digits.count))
            } else if isLetter(field[index]) {
                while index < field.count, isLetter(field[index]) { index += 1 }
                tokens.append(month(field[start..<index]).map { .month($0) } ?? .other)
            } else {
                guard separators.contains(field[index]) else { return [] }
                index += 1
            }
        }
        return tokens
    }

    private static let separators = Array("-/., ".utf8)

    /// English months, whole or by their first three letters.
    private static func month(_ letters: ArraySlice<UInt8>) -> Int? {
        guard letters.count >= 3 else { return nil }
        let word = String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self)
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november",
            "december",
        ]
        return names.firstIndex { $0 == word || $0.prefix(3) == word || (word == "sept" && $0 == "september") }
            .map { $0 + 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
