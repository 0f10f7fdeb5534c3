import Chat
import JSON
import Testing

@testable import Agents

/// Counted days as data.
@Suite struct DayCountTests {
    private func count(_ message: String, today: String = "2026-09-01T00:00:00Z") throws -> JSONValue? {
        let day = CalendarDay(try #require(Timestamp(rfc3339: today)))
        let finding = try #require(SchengenTool.finding(for: message, earlier: [], today: day))
        return try finding.count.map { try JSONValue(parsing: $0.note.json) }
    }

    @Test func `stays, days used and left, the period, until when, and from when on again`() throws {
        let days = try #require(
            try count(
                "I was in Spain from 3 May to 10 June 2026 and in Italy from 2 to 30 August 2026. "
                    + "How long can I stay from 1 October 2026?"))
        #expect(days["on"]?.stringValue == "2026-10-01")
        #expect(days["is_today"]?.boolValue == false)
        #expect(days["used"]?.integerValue == 68)
        #expect(days["left"]?.integerValue == 22)
        #expect(days["period"]?["first"]?.stringValue == "2026-04-05")
        let stays = try #require(days["stays"]?.arrayValue)
        #expect(stays.map { $0["days"]?.integerValue } == [39, 29])
        #expect(days["strip"]?.arrayValue?.map { $0["first"]?.stringValue } == ["2026-05-03", "2026-08-02"])
        #expect(days["longest_stay"]?["days"]?.integerValue == 22)
        #expect(days["longest_stay"]?["last"]?.stringValue == "2026-10-22")
        // On 30 October the 180 days reach back to 4 May: the first day of May's stay has fallen out.
        #expect(days["back_on"]?.stringValue == "2026-10-30")
        #expect(days["overstay"]?.isNull == true)
        #expect(days["visa_days"]?.isNull == true)
    }

    @Test(
        "what lies before the period is counted as a stay and not on the strip; who is over the limit may come back later"
    )
    func edges() throws {
        let days = try #require(
            try count(
                "I was in France from 1 January 2026 to 10 April 2026. How many days have I left on 20 May 2026?"))
        #expect(days["overstay"]?["first"]?.stringValue == "2026-04-01")
        #expect(days["overstay"]?["days"]?.integerValue == 10)
        #expect(days["left"]?.integerValue == 0)
        #expect(days["longest_stay"]?.isNull == true)
        // The first day on which fewer than 90 of the 180 days before it were spent there.
        #expect(days["back_on"]?.stringValue == "2026-07-10")
        let old = try #require(
            try count("I was in France from 1 to 20 March 2026. How many days have I left on 10 September 2026?"))
        #expect(old["stays"]?.arrayValue?.first?["days"]?.integerValue == 20)
        #expect(old["stays"]?.arrayValue?.first?["days_in_period"]?.integerValue == 6)
        #expect(old["strip"]?.arrayValue?.first?["first"]?.stringValue == "2026-03-15")
    }

    @Test func `days that do not count are told with the reason`() throws {
        let days = try #require(
            try count(
                "I was in Ireland from 1 to 10 May 2026 and in Spain from 12 to 20 May 2026. How many days have I left on 1 June 2026?"
            ))
        let one = try #require(days["uncounted"]?.arrayValue?.first)
        #expect(one["days"]?.integerValue == 10)
        #expect(one["reason"]?.stringValue?.contains("Ireland") == true)
        #expect(days["used"]?.integerValue == 9)
    }

    @Test func `a question back has no count`() throws {
        #expect(try count("How many Schengen days have I left? I was there from 3/4/2026 to 5/6/2026") == nil)
    }
}
