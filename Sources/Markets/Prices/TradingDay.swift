/// A calendar day, without time and time zone: the day a price file's row is about. Proleptic Gregorian calendar.
public struct TradingDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    public let number: Int32

    public init(number: Int32) { self.number = number }

    /// The years that a price may be of. Anything else in a file is a slip.
    public static let years = 1800...2200

    /// Nil for a date that the calendar does not have, and for a year outside `years`.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        // Years are counted from March, so that the leap day is a year's last.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = Int32(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }

    public static func < (left: TradingDay, right: TradingDay) -> Bool { left.number < right.number }

    /// Year, month (1 to 12) and day (1 to 31).
    public var date: (year: Int, month: Int, day: Int) {
        let shifted = Int(number) + 719_468
        let era = shifted >= 0 ? shifted / 146_097 : (shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// `2026-01-02`.
    public var description: String {
        let (year, month, day) = date
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    public func adding(days: Int) -> TradingDay { TradingDay(number: number + Int32(days)) }

    /// Calendar days from `earlier` to this; negative when `earlier` is later.
    public func days(since earlier: TradingDay) -> Int { Int(number) - Int(earlier.number) }

    /// The same day of an earlier month, or that month's last day when it is shorter: a month before 31 March is 28 February.
    public func subtracting(months: Int) -> TradingDay {
        let (year, month, day) = date
        let all = year * 12 + month - 1 - months
        let (newYear, newMonth) = (all / 12, all % 12 + 1)
        let newDay = min(day, Self.days(inMonth: newMonth, of: newYear))
        return TradingDay(year: newYear, month: newMonth, day: newDay) ?? self
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
