/// Reads the days of price files, in the forms they are written in.
enum DateReading {
    /// What a field says before it is known which of its numbers is which.
    enum Form: Equatable {
        case day(TradingDay)
        /// `03/04/2026`, `26-03-04`; the separator tells what is usual. `third` has two digits or four.
        case ambiguous(first: Int, second: Int, third: Int, separator: UInt8)
    }

    /// What the numbers are. The year is first only where all have two digits.
    enum Order: Equatable {
        case monthFirst, dayFirst, yearFirst
    }

    /// Read are `2026-01-02`, `2026/01/02`, `20260102`, `01/02/2026`, `02.01.2026`, `02-01-2026`, `Jan 02, 2026`,
    /// `02-Jan-2026`, `2 January 2026`, each with a time behind it or without and a weekday before it, years of two digits behind a
    /// month's name or with two numbers (`02-Jan-26`, `01/02/26`, `26-01-02`), Unix times in seconds, milliseconds, microseconds or
    /// nanoseconds, and the days that spreadsheets count (`46024`). Months may be English, German, French or Spanish. Nil for
    /// anything else.
    static func form(of field: [UInt8]) -> Form? {
        guard field.count >= 5, field.count <= 40 else { return nil }
        if let number = number(field) { return day(counted: number).map { .day($0) } }
        let parts = tokens(field)
        if case .number(let number, 8)? = parts.first { return compact(number).map { .day($0) } }
        guard parts.count == 3 else { return nil }
        switch (parts[0], parts[1], parts[2]) {
        case (.number(let year, 4), .number(let month, 1...2), .number(let date, 1...2)),
            (.number(let year, 4), .month(let month), .number(let date, 1...2)):
            return day(year, month, date)
        case (.number(let first, 1...2), .number(let second, 1...2), .number(let third, let width)):
            guard width == 2 || width == 4, let separator = field.first(where: { !isDigit($0) }),
                width == 4 || separator != UInt8(ascii: " ")
            else { return nil }
            if separator == UInt8(ascii: ".") { return day(whole(third), second, first) }
            return .ambiguous(first: first, second: second, third: third, separator: separator)
        case (.month(let month), .number(let date, 1...2), .number(let year, let width)),
            (.number(let date, 1...2), .month(let month), .number(let year, let width)):
            return width == 2 || width == 4 ? day(whole(year), month, date) : nil
        default: return nil
        }
    }

    /// The day of an ambiguous form under an order; nil when there is no such day.
    static func day(first: Int, second: Int, third: Int, _ order: Order) -> TradingDay? {
        switch order {
        case .monthFirst: TradingDay(year: whole(third), month: first, day: second)
        case .dayFirst: TradingDay(year: whole(third), month: second, day: first)
        case .yearFirst: third < 100 ? TradingDay(year: whole(first), month: second, day: third) : nil
        }
    }

    // MARK: - Numbers alone

    /// A field that is one number: `1767312000`, `1767312000.0`, `1.767312E+09`, `-86400`.
    private static func number(_ field: [UInt8]) -> Double? {
        guard field.allSatisfy({ isDigit($0) || numberSigns.contains($0) }) else { return nil }
        return Double(String(decoding: field, as: UTF8.self))
    }

    private static let numberSigns = Array("+-.eE".utf8)

    /// The day of a number that counts days or parts of seconds; what it counts is told by its size.
    private static func day(counted number: Double) -> TradingDay? {
        let seconds: Double
        switch abs(number) {
        // Days since 30 December 1899: 1954 to 2173.
        case 20_000..<100_000 where number > 0: return TradingDay(number: Int32(number) - 25_569)
        case 1e7..<1e8 where number > 0: return compact(Int(number))
        // Three, six or nine digits more than seconds are their parts.
        case 1e8..<1e10: seconds = number
        case 1e10..<1e13: seconds = number / 1e3
        case 1e13..<1e16:
            // `20260102093000` has its time behind it.
            if number > 0, number < 1e14, let day = compact(Int(number) / 1_000_000) { return day }
            seconds = number / 1e6
        case 1e16..<1e19: seconds = number / 1e9
        default: return nil
        }
        return TradingDay(number: Int32((seconds / 86_400).rounded(.down)))
    }

    /// `20260102`.
    private static func compact(_ number: Int) -> TradingDay? {
        TradingDay(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    // MARK: - Several parts

    private enum Token {
        case number(Int, width: Int)
        case month(Int)
    }

    /// A year of two digits: 00 to 69 are of this century.
    private static func whole(_ year: Int) -> Int { year >= 100 ? year : year < 70 ? 2_000 + year : 1_900 + year }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Form? {
        TradingDay(year: year, month: month, day: day).map { .day($0) }
    }

    /// The first three numbers or months; none where something else stands before or between them.
    private static func tokens(_ field: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var index = 0
        while index < field.count, tokens.count < 3 {
            let start = index
            if isDigit(field[index]) {
                while index < field.count, isDigit(field[index]) { index += 1 }
                let digits = field[start..<index]
                let value = digits.prefix(18).reduce(0) { $0 * 10 + Int($1 - 0x30) }
                tokens.append(.number(value, width: digits.count))
                // What follows a day in one number is its time.
                if tokens.count == 1, digits.count == 8 { return tokens }
            } else if isLetter(field[index]) {
                while index < field.count, isLetter(field[index]) { index += 1 }
                let word = String(decoding: field[start..<index], as: UTF8.self).lowercased()
                if let month = month(word) {
                    tokens.append(.month(month))
                } else {
                    // "Fri, 02 Jan 2026", "2 de enero de 2026".
                    guard tokens.isEmpty ? weekdays.contains(String(word.prefix(3))) : word == "de" else { return [] }
                }
            } else {
                guard separators.contains(field[index]) else { return [] }
                index += 1
            }
        }
        return tokens
    }

    private static let separators = Array("-/., ".utf8)
    private static let weekdays: Set<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    private static let months: [[String]] = [
        ["january", "januar", "janvier", "enero"], ["february", "februar", "février", "fevrier"],
        ["march", "märz", "mrz", "mars", "marzo"], ["april", "avril", "abril"], ["may", "mai", "mayo"],
        ["june", "juni", "juin", "junio"], ["july", "juli", "juillet", "julio"], ["august", "août", "aout", "agosto"],
        ["september", "septembre", "septiembre"], ["october", "oktober", "octobre", "octubre"],
        ["november", "novembre", "noviembre"], ["december", "dezember", "décembre", "decembre", "diciembre"],
    ]

    /// By their first three letters or more, where only one month has them.
    private static func month(_ word: String) -> Int? {
        guard word.count >= 3 else { return nil }
        let possible = months.indices.filter { months[$0].contains { $0.hasPrefix(word) } }
        return possible.count == 1 ? possible[0] + 1 : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20) }
}
