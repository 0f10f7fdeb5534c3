import Chat
import Testing

@testable import Agents

/// A day by its ISO date.
private func day(_ text: String) -> CalendarDay {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, let day = CalendarDay(year: parts[0], month: parts[1], day: parts[2]) else {
        fatalError("no day: \(text)")
    }
    return day
}

private func stay(_ first: String, _ last: String) -> DayRange { DayRange(first: day(first), last: day(last)) }

@Suite struct PlainAgentSchengenTests {
    @Test func `days and dates agree, through leap years and centuries`() {
        #expect(day("1970-01-01").number == 0)
        #expect(day("2000-03-01").number == 11_017)
        #expect(CalendarDay(year: 2026, month: 2, day: 29) == nil)
        #expect(CalendarDay(year: 1900, month: 2, day: 29) == nil)
        #expect(CalendarDay(year: 2024, month: 2, day: 29) != nil)
        var previous = day("1999-12-31")
        for number in (previous.number + 1)...(previous.number + 40_000) {
            let next = CalendarDay(number: number)
            let date = next.parts
            #expect(CalendarDay(year: date.year, month: date.month, day: date.day) == next)
            #expect(next > previous)
            previous = next
        }
        #expect(CalendarDay(Timestamp(milliseconds: 86_400_000 * 5 - 1)).number == 4)
        #expect(CalendarDay(Timestamp(milliseconds: -1)).number == -1)
    }

    @Test func `entry and exit day both count, and a day within two stays counts once`() {
        #expect(SchengenCalculator([stay("2026-05-01", "2026-05-10")]).daysUsed(on: day("2026-05-10")) == 10)
        #expect(SchengenCalculator([stay("2026-05-01", "2026-05-01")]).daysUsed(on: day("2026-05-01")) == 1)
        let overlapping = SchengenCalculator([stay("2026-05-01", "2026-05-10"), stay("2026-05-10", "2026-05-12")])
        #expect(overlapping.daysUsed(on: day("2026-05-20")) == 12)
    }

    @Test func `a day is in the period of the 180th day and out of that of the 181st`() {
        let calculator = SchengenCalculator([stay("2026-01-01", "2026-01-01")])
        #expect(SchengenCalculator.period(endingWith: day("2026-06-29")).first == day("2026-01-01"))
        #expect(calculator.daysUsed(on: day("2026-06-29")) == 1)
        #expect(calculator.daysUsed(on: day("2026-06-30")) == 0)
        // Days to come do not count.
        #expect(calculator.daysUsed(on: day("2025-12-31")) == 0)
    }

    @Test func `the example of the documents`() {
        let calculator = SchengenCalculator([stay("2026-03-01", "2026-03-30"), stay("2026-06-01", "2026-07-30")])
        #expect(calculator.daysUsed(on: day("2026-07-30")) == 90)
        #expect(calculator.overstay() == nil)
        #expect(calculator.longestStay(from: day("2026-07-31")) == 0)
        #expect(calculator.nextEntry(from: day("2026-07-31")) == day("2026-08-28"))
        // From then on a day falls out each day, until the stay in March has fallen out.
        #expect(calculator.longestStay(from: day("2026-08-28")) == 30)
    }

    @Test func `ninety days without a break, then ninety days out`() {
        let first = stay("2026-01-01", "2026-03-31")
        #expect(first.count == 90)
        let calculator = SchengenCalculator([first])
        #expect(calculator.overstay() == nil)
        #expect(calculator.nextEntry(from: day("2026-04-01")) == day("2026-06-30"))
        #expect(calculator.longestStay(from: day("2026-06-30")) == 90)
        let longer = SchengenCalculator([stay("2026-01-01", "2026-04-02")])
        let over = longer.overstay()
        #expect(over?.first == day("2026-04-01") && over?.days == 2)
    }

    @Test func `nobody who was not there has used a day`() {
        let calculator = SchengenCalculator([])
        #expect(calculator.daysUsed(on: day("2026-01-01")) == 0)
        #expect(calculator.longestStay(from: day("2026-01-01")) == 90)
        #expect(calculator.nextEntry(from: day("2026-01-01")) == day("2026-01-01"))
    }

    @Test func `the same as counting day by day, for many random journeys`() {
        var seed: UInt64 = 42
        func random(_ count: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % count
        }
        for _ in 0..<120 {
            let origin = day("2025-06-01").number
            let stays = (0..<(1 + random(6))).map { _ in
                let first = CalendarDay(number: origin + random(400))
                return DayRange(first: first, last: first + random(70))
            }
            let present = Set(stays.flatMap { ($0.first.number...$0.last.number) })
            func used(_ day: Int, _ present: Set<Int>) -> Int {
                (day - 179...day).reduce(0) { $0 + (present.contains($1) ? 1 : 0) }
            }
            let calculator = SchengenCalculator(stays)
            let asked = origin + random(700)
            #expect(calculator.daysUsed(on: CalendarDay(number: asked)) == used(asked, present))
            let tooMany = present.sorted().filter { used($0, present) > 90 }
            #expect(calculator.overstay()?.first.number == tooMany.first)
            #expect((calculator.overstay()?.days ?? 0) == tooMany.count)
            func longest(_ start: Int) -> Int {
                var there = present
                var length = 0
                while length < 400 {
                    there.insert(start + length)
                    if used(start + length, there) > 90 { break }
                    length += 1
                }
                return min(length, 90)
            }
            #expect(calculator.longestStay(from: CalendarDay(number: asked)) == longest(asked))
            var next = asked
            while longest(next) == 0 { next += 1 }
            #expect(calculator.nextEntry(from: CalendarDay(number: asked)).number == next)
        }
    }
}

/// Dates in a message.
@Suite struct PlainAgentDateTests {
    private func meanings(_ text: String) -> [DateMention.Meaning] {
        let reader = DateReader(text)
        return reader.mentions(order: reader.order).map(\.meaning)
    }

    @Test(
        arguments: [
            "2026-05-03", "2026/5/3", "3 May 2026", "3rd of May 2026", "3. Mai was; 3 may 2026", "May 3, 2026",
            "May 3rd 2026",
            "MAY 3 2026", "03.05.2026", "3.5.2026", "3.5.26", "on the 3rd May, 2026.", "(2026-05-03)", "3 May, 2026",
        ])
    func `every way of writing a day`(text: String) {
        #expect(meanings(text).last == .day(day("2026-05-03")))
    }

    @Test func `three letters of a month are enough, with or without a full stop`() {
        #expect(
            meanings("3 Oct. 2026 and Sep 4 2026, 5 Sept 2026") == [
                .day(day("2026-10-03")), .day(day("2026-09-04")), .day(day("2026-09-05")),
            ])
    }

    @Test func `what can be read in two ways is left open`() {
        #expect(meanings("03/05/2026") == [.ambiguous(dayFirst: day("2026-05-03"), monthFirst: day("2026-03-05"))])
        #expect(meanings("03-05-2026") == [.ambiguous(dayFirst: day("2026-05-03"), monthFirst: day("2026-03-05"))])
        #expect(meanings("05/05/2026") == [.day(day("2026-05-05"))])
        #expect(meanings("25/05/2026") == [.day(day("2026-05-25"))])
        #expect(meanings("05/25/2026") == [.day(day("2026-05-25"))])
    }

    @Test("one date that can be read in one way only tells how to read the others; two that disagree tell nothing")
    func order() {
        #expect(meanings("03/05/2026 to 25/05/2026") == [.day(day("2026-05-03")), .day(day("2026-05-25"))])
        #expect(meanings("03/05/2026 to 05/25/2026") == [.day(day("2026-03-05")), .day(day("2026-05-25"))])
        #expect(meanings("03/05/2026, day first") == [.day(day("2026-05-03"))])
        #expect(meanings("03/05/2026 (mm/dd)") == [.day(day("2026-03-05"))])
        #expect(
            meanings("03/05/2026, 25/05/2026, 05/25/2026").first
                == .ambiguous(dayFirst: day("2026-05-03"), monthFirst: day("2026-03-05")))
    }

    @Test func `a day that is none, and one without a year`() {
        #expect(meanings("31 February 2026") == [.impossible])
        #expect(meanings("2026-13-01") == [.impossible])
        #expect(meanings("40/40/2026") == [.impossible])
        #expect(meanings("3 May") == [.withoutYear(month: 5, day: 3)])
    }

    @Test(
        arguments: [
            "90/180", "I may stay 90 days", "call 030 123456", "1.5 million", "version 2.3.4567.8", "in May", "2026",
            "I may 30 days stay", "room 12, floor 3", "",
        ])
    func `numbers that are no dates are left alone`(text: String) {
        #expect(meanings(text).isEmpty)
    }

    @Test func `any text is read without harm, cut at every place`() {
        let text = "from 3rd of May, 2026 to 25/05/2026; 2026-06-01 – 31.12.26 → Oct. 5 ünïcode 😀 1/2/20"
        for end in text.indices {
            let reader = DateReader(String(text[..<end]))
            #expect(reader.mentions(order: reader.order).count <= 6)
        }
    }
}

/// Stays in a message.
@Suite struct PlainAgentStayTests {
    private func read(_ text: String) -> StayReading { StayReader(text).read() }

    @Test(
        arguments: [
            "from 3 May 2026 to 10 June 2026", "2026-05-03 - 2026-06-10", "2026-05-03/2026-06-10",
            "between 3 May 2026 and 10 June 2026", "I entered on 3 May 2026 and left on 10 June 2026",
            "entry 03.05.2026, exit 10.06.2026", "3 May to 10 June 2026", "from 3 May 2026 until 10 June",
            "03/05/2026 – 10/06/2026 (day first)",
            "arrived May 3, 2026; left again: from May 3, 2026 through June 10, 2026",
        ])
    func `two days that belong together are a stay`(text: String) {
        #expect(read(text).stays.contains(stay("2026-05-03", "2026-06-10")))
    }

    @Test func `several stays and the day that is asked about`() {
        let reading = read(
            "In Schengen from 1 Mar 2026 to 30 Mar 2026, from 2026-06-01 to 2026-07-30. How many days have I left on "
                + "1 September 2026?")
        #expect(reading.stays == [stay("2026-03-01", "2026-03-30"), stay("2026-06-01", "2026-07-30")])
        #expect(reading.reference == day("2026-09-01"))
        #expect(reading.doubts.isEmpty && reading.asksForDays && reading.isAboutRule)
    }

    @Test func `the days left are not the day somebody left`() {
        let reading = read("I entered on 1 May 2026. How many days are left on 1 June 2026?")
        #expect(reading.stays.isEmpty)
        #expect(reading.openSince == day("2026-05-01"))
        #expect(reading.reference == day("2026-06-01"))
    }

    @Test func `a stay over the turn of the year may name the year once`() {
        #expect(read("20 December to 5 January 2026").stays == [stay("2025-12-20", "2026-01-05")])
        #expect(read("20 December 2025 to 5 January").stays == [stay("2025-12-20", "2026-01-05")])
    }

    @Test func `what cannot be counted is a doubt, not a guess`() {
        #expect(
            read("from 03/05/2026 to 04/06/2026").doubts.first
                == .ambiguous(text: "03/05/2026", dayFirst: day("2026-05-03"), monthFirst: day("2026-03-05")))
        #expect(read("from 3 May to 10 June").doubts == [.yearMissing(text: "3 May")])
        #expect(read("from 31.02.2026 to 03.03.2026").doubts == [.impossible(text: "31.02.2026")])
        #expect(
            read("from 10 June 2026 to 3 May 2026").doubts
                == [.backwards(entry: day("2026-06-10"), exit: day("2026-05-03"))])
        #expect(read("on 1 May 2026 and on 5 May 2026").doubts == [.loose(day("2026-05-05"))])
        #expect(read("from 1 May 1990 to 1 May 2026").doubts == [.tooMuch])
        let many = (1...130).map { _ in "2026-05-03" }.joined(separator: ", ")
        #expect(read(many).doubts == [.tooMuch])
    }
}
