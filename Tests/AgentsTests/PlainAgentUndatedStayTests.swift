import Testing

@testable import Agents

/// Without its days a stay cannot be counted: what is needed is asked, and nothing is quoted that only looks like an answer.
@Suite struct PlainAgentUndatedStayTests {
    private static let today = CalendarDay(year: 2026, month: 11, day: 30)!

    private static func lines(_ kind: String) -> [String] {
        Cases.lines("undated-stays.txt").filter { $0[0] == kind }.map { $0[1] }
    }

    private static func finding(_ text: String, earlier: [String] = []) -> SchengenTool.Finding? {
        SchengenTool.finding(for: text, earlier: earlier, today: today)
    }

    @Test(
        arguments: lines("asked"))
    func `are asked for`(message: String) throws {
        let finding = try #require(Self.finding(message))
        #expect(finding.isQuestion && finding.lines.joined().contains("day of entry"))
    }

    @Test(
        arguments: lines("other"))
    func `are no question of days where something else is asked`(message: String) {
        #expect(Self.finding(message) == nil)
    }

    @Test func `that come with their days in the next message are counted`() throws {
        for question in [
            "I have been in Germany. How many days may I still stay?",
            "I spent 20 days in Spain this autumn, can I go to France now?",
        ] {
            let finding = try #require(Self.finding("from 1 October 2026 to 20 October 2026", earlier: [question]))
            #expect(finding.kind == .count && finding.lines.joined().contains("20 days of 90"), "\(finding.lines)")
        }
    }

    @Test(
        arguments: [
            ("I was in Switzerland May 1 - May 14 this year. How many Schengen days on 1 June 2026?", 14),
            ("Germany from 3 October to 12 October this year, how many Schengen days used?", 10),
            ("I was in Rome from 20 December to 24 December last year. Schengen days used on 1 February 2026?", 5),
        ])
    func `of "this year" and "last year" are of that year`(message: String, used: Int) throws {
        let finding = try #require(Self.finding(message))
        #expect(finding.lines.joined().contains("In them \(used) days of 90"), "\(finding.lines)")
    }

    @Test func `without a year are still asked about`() throws {
        let finding = try #require(
            Self.finding("I was in Switzerland May 1 - May 14. How many Schengen days are left?"))
        #expect(finding.isQuestion && finding.lines.joined().contains("Which year"))
    }
}
