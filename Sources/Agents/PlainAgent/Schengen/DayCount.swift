import Chat
import JSON

/// Counted days as data beside the words: `Days` of docs/api.md.
struct DayCount: Equatable, Sendable {
    /// Days that were named and do not count, and why.
    struct Uncounted: Equatable, Sendable {
        var days: DayRange
        var reason: String
    }

    /// The day that is asked about.
    var day: CalendarDay
    var isToday: Bool
    /// In order, none touching the next.
    var stays: [DayRange]
    var uncounted: [Uncounted]
    /// Of a visa that allows fewer days than the rule: how many, and how many of them are used.
    var visa: (allowed: Int, used: Int)?
    /// The longest stay without a break from `day` on; 0 when one may not be there on it.
    var longestStay: Int
    /// The first day one may be there again when the longest stay is used up, or, without one, at all.
    var backOn: CalendarDay

    /// - Parameter atMost: days of the longest stay, where a visa allows fewer than the rule; nil without one.
    init(
        _ calculator: SchengenCalculator, on day: CalendarDay, isToday: Bool, uncounted: [Uncounted] = [],
        visa: (allowed: Int, used: Int)? = nil, atMost: Int? = nil
    ) {
        self.day = day
        self.isToday = isToday
        self.uncounted = uncounted
        self.visa = visa
        stays = calculator.stays
        let length = calculator.longestStay(from: day)
        longestStay = min(length, max(0, atMost ?? length))
        guard length > 0 else {
            backOn = calculator.nextEntry(from: day)
            return
        }
        let used = SchengenCalculator(calculator.stays + [DayRange(first: day, last: day + (length - 1))])
        backOn = used.nextEntry(from: day + length)
    }

    var period: DayRange { SchengenCalculator.period(endingWith: day) }

    static func == (left: DayCount, right: DayCount) -> Bool { left.note == right.note }

    /// As it is kept with the turn: kind `days`.
    var note: AgentNote {
        let calculator = SchengenCalculator(stays)
        let used = calculator.daysUsed(on: day)
        let strip = stays.compactMap { stay -> DayRange? in
            let part = DayRange(first: max(stay.first, period.first), last: min(stay.last, period.last))
            return part.first <= part.last ? part : nil
        }
        var json = JSONWriter(reservingCapacity: 512)
        json.beginObject()
        json.day("on", day)
        json.member("is_today", isToday)
        json.member("allowed", SchengenCalculator.allowedDays)
        json.member("used", used)
        json.member("left", max(0, SchengenCalculator.allowedDays - used))
        json.key("period")
        json.beginObject()
        json.day("first", period.first)
        json.day("last", period.last)
        json.endObject()
        json.ranges("stays", stays) { json, stay in
            json.member("days_in_period", SchengenCalculator([stay]).days(within: period))
        }
        json.ranges("strip", strip)
        json.key("uncounted")
        json.beginArray()
        for item in uncounted {
            json.beginObject()
            json.range(item.days)
            json.member("reason", item.reason)
            json.endObject()
        }
        json.endArray()
        json.key("longest_stay")
        if longestStay > 0 {
            json.beginObject()
            json.member("days", longestStay)
            json.day("last", day + (longestStay - 1))
            json.endObject()
        } else {
            json.null()
        }
        // What a visa allows does not come back with time.
        json.key("back_on")
        if visa == nil { json.string(backOn.iso) } else { json.null() }
        json.key("overstay")
        if let over = calculator.overstay() {
            json.beginObject()
            json.day("first", over.first)
            json.member("days", over.days)
            json.endObject()
        } else {
            json.null()
        }
        json.key("visa_days")
        if let visa {
            json.beginObject()
            json.member("allowed", visa.allowed)
            json.member("used", visa.used)
            json.endObject()
        } else {
            json.null()
        }
        json.member("rule", "Regulation (EU) 2016/399, Article 6")
        json.endObject()
        return AgentNote(kind: "days", json: json.bytes)
    }

    /// The step of counting.
    func step(id: Int) -> AgentNote {
        let count = stays.count
        let step = AgentStep(
            id: id, name: "schengen_days",
            summary: "Counted \(count) \(count == 1 ? "stay" : "stays") against \(day.name)")
        return step.note { json in
            json.member("stays", count)
            json.day("on", day)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func day(_ key: String, _ day: CalendarDay) {
        self.key(key)
        string(day.iso)
    }

    fileprivate mutating func range(_ range: DayRange) {
        day("first", range.first)
        day("last", range.last)
        key("days")
        integer(range.count)
    }

    fileprivate mutating func ranges(
        _ key: String, _ ranges: [DayRange], more: (inout JSONWriter, DayRange) -> Void = { _, _ in }
    ) {
        self.key(key)
        beginArray()
        for range in ranges {
            beginObject()
            self.range(range)
            more(&self, range)
            endObject()
        }
        endArray()
    }
}
