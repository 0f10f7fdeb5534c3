/// The rule for short stays: at most 90 days in any period of 180 days, where every day of a stay looks back at itself and the
/// 179 days before it. The days of entry and of exit both count (Regulation (EU) 2016/399, Article 6;
/// https://home-affairs.ec.europa.eu/policies/schengen/border-crossing/short-stay-calculator_en).
struct SchengenCalculator {
    static let allowedDays = 90
    static let periodDays = 180

    /// In order, none touching the next: a day within two stays counts once.
    let stays: [DayRange]

    init(_ stays: [DayRange]) {
        var merged: [DayRange] = []
        for stay in stays.sorted(by: { $0.first < $1.first }) where stay.first <= stay.last {
            if let before = merged.last, stay.first <= before.last + 1 {
                merged[merged.count - 1].last = max(before.last, stay.last)
            } else {
                merged.append(stay)
            }
        }
        self.stays = merged
    }

    /// The 180 days that end with `day`.
    static func period(endingWith day: CalendarDay) -> DayRange { DayRange(first: day - (periodDays - 1), last: day) }

    /// Days of the stays within the 180 days that end with `day`.
    func daysUsed(on day: CalendarDay) -> Int {
        days(within: Self.period(endingWith: day))
    }

    /// Days of the stays within a span.
    func days(within span: DayRange) -> Int {
        stays.reduce(0) { $0 + max(0, min($1.last, span.last).number - max($1.first, span.first).number + 1) }
    }

    /// The days of the stays that are over the limit: the first of them and how many there are. Nil when none is.
    func overstay() -> (first: CalendarDay, days: Int)? {
        var first: CalendarDay?
        var days = 0
        for stay in stays {
            for number in stay.first.number...stay.last.number {
                let day = CalendarDay(number: number)
                guard daysUsed(on: day) > Self.allowedDays else { continue }
                first = first ?? day
                days += 1
            }
        }
        return first.map { ($0, days) }
    }

    /// How many days one may stay without a break from `day` on, that day included; 0 when one may not be there on it.
    func longestStay(from day: CalendarDay) -> Int {
        // One that stays is there every day: 90 days later all 90 are of this stay.
        var length = 0
        while length < Self.allowedDays {
            let last = day + length
            let calculator = SchengenCalculator(stays + [DayRange(first: day, last: last)])
            if calculator.daysUsed(on: last) > Self.allowedDays { break }
            length += 1
        }
        return length
    }

    /// The first day from `day` on that one may be there.
    func nextEntry(from day: CalendarDay) -> CalendarDay {
        var day = day
        // Half a year after the last stay everything is forgotten.
        let end = max(day, (stays.last?.last ?? day) + Self.periodDays)
        while day < end, longestStay(from: day) == 0 { day = day + 1 }
        return day
    }
}
