// Days in the Schengen area: stays read from messages, counted by the rule of 90 in 180.

import Chat
import CivilDates

/// A day of the Gregorian calendar.
struct CalendarDay: Comparable, Hashable, Sendable {
    /// Days since 1970-01-01.
    let number: Int

    init(number: Int) { self.number = number }

    /// Nil when there is no such day, or the year is not 1900 to 2200.
    init?(year: Int, month: Int, day: Int) {
        guard (1900...2200).contains(year), let date = CivilDate(year: year, month: month, day: day) else { return nil }
        number = date.dayNumber
    }

    /// The day in UTC.
    init(_ time: Timestamp) { number = Int(UTCDay(of: time).number) }

    var parts: CivilDate { CivilDate(dayNumber: number) }

    /// "3 May 2026".
    var name: String {
        let date = parts
        return "\(date.day) \(Self.months[date.month - 1]) \(date.year)"
    }

    /// "2026-05-03".
    var iso: String { parts.description }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
    static func + (day: CalendarDay, days: Int) -> CalendarDay { CalendarDay(number: day.number + days) }
    static func - (day: CalendarDay, days: Int) -> CalendarDay { CalendarDay(number: day.number - days) }
}

/// Days in a row, both ends included.
struct DayRange: Hashable, Sendable {
    var first: CalendarDay
    var last: CalendarDay

    var count: Int { last.number - first.number + 1 }
}
