// What a model of these agents may call.

import Chat
import JSON

/// Counts the days of stays. It goes by the same reader and rules as a message does, so that no model decides what counts.
struct SchengenDays: AgentTool {
    let today: CalendarDay

    private static let maximumStays = 20

    var name: ToolName { .schengenDays }
    var description: String {
        """
        Counts days of short stays by the Schengen 90/180 rule. Every number of such days in your answer must come from it, unchanged. Give each \
        stay that the reader named with the day of entry, the day of exit and the place; ask the reader for what is missing or ambiguous, and do not guess.
        """
    }
    static let parameters = Array(
        """
        {"type":"object","properties":{"stays":{"type":"array","maxItems":\(Self.maximumStays),"items":{"type":"object","properties":{\
        "entry":{"type":"string","description":"YYYY-MM-DD"},"exit":{"type":"string","description":"YYYY-MM-DD"},\
        "place":{"type":"string","description":"Country or city, in English."}},"required":["entry","exit","place"]}},\
        "on":{"type":"string","description":"The day asked about, YYYY-MM-DD; today when left out."},\
        "about_the_reader":{"type":"string","description":"The reader's own words on citizenship, residence permit or kind of visa, if any."}},\
        "required":["stays"]}
        """.utf8)

    func opening(_ arguments: ToolArguments) -> String { "Counting days in the Schengen area" }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        let stays = try arguments.objects("stays", count: Self.maximumStays)
        guard !stays.isEmpty else { throw ToolFailure("stays is empty; ask the reader for them.") }
        var sentences: [String] = []
        if let words = try arguments.text("about_the_reader", bytes: 200) { sentences.append(words) }
        for stay in stays {
            let (entry, exit) = (try Self.day(stay, "entry"), try Self.day(stay, "exit"))
            guard entry <= exit else { throw ToolFailure("The exit \(exit.iso) is before the entry \(entry.iso).") }
            let place = try stay.requiredText("place", bytes: 60)
            let letters = String(
                place.unicodeScalars.map { $0.properties.isAlphabetic || $0 == "-" ? Character($0) : " " })
            sentences.append("I was in \(letters) from \(entry.iso) to \(exit.iso)")
        }
        let day = try arguments.text("on", bytes: 20) == nil ? today : try Self.day(arguments, "on")
        sentences.append("How many Schengen days do I have left on \(day.iso)?")
        guard let finding = SchengenTool.finding(for: sentences.joined(separator: ". "), earlier: [], today: today)
        else {
            throw ToolFailure(
                "These stays cannot be counted; ask the reader for the days of entry and exit and the place of each.")
        }
        guard finding.kind == .count, let count = finding.count else {
            return ToolResult("The days cannot be counted yet") { json in
                json.member("tell_the_reader", finding.lines)
            }
        }
        let number = count.stays.count
        var result = ToolResult("Counted \(number) \(number == 1 ? "stay" : "stays") against \(day.name)") { json in
            json.member("calculation", finding.lines)
        }
        result.notes = [count.note]
        return result
    }

    private static func day(_ arguments: ToolArguments, _ key: String) throws(ToolFailure) -> CalendarDay {
        let text = try arguments.requiredText(key, bytes: 20)
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        if parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            let day = CalendarDay(year: year, month: month, day: day)
        {
            return day
        }
        throw ToolFailure("\(key) must be a day of the calendar as YYYY-MM-DD.")
    }
}
