public import CivilDates

/// The day that a price file's row is about.
public struct TradingDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    public let number: Int32

    public init(number: Int32) { self.number = number }

    /// The years that a price may be of. Anything else in a file is a slip.
    public static let years = 1800...2200

    /// Nil for a date that the calendar does not have, and for a year outside `years`.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), let date = CivilDate(year: year, month: month, day: day) else { return nil }
        number = Int32(date.dayNumber)
    }

    public static func < (left: TradingDay, right: TradingDay) -> Bool { left.number < right.number }

    public var date: CivilDate { CivilDate(dayNumber: Int(number)) }

    /// `2026-01-02`.
    public var description: String { date.description }

    public func adding(days: Int) -> TradingDay { TradingDay(number: number + Int32(days)) }

    /// Calendar days from `earlier` to this; negative when `earlier` is later.
    public func days(since earlier: TradingDay) -> Int { Int(number) - Int(earlier.number) }

    /// The same day of an earlier month, or that month's last day when it is shorter: a month before 31 March is 28 February.
    public func subtracting(months: Int) -> TradingDay {
        let date = date
        let all = date.year * 12 + date.month - 1 - months
        let (newYear, newMonth) = (all / 12, all % 12 + 1)
        let newDay = min(date.day, CivilDate.days(inMonth: newMonth, of: newYear))
        return TradingDay(year: newYear, month: newMonth, day: newDay) ?? self
    }
}
