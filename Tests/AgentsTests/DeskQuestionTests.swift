import Chat
import Foundation
import Markets
import Scheduling
import Testing

@testable import Agents
@testable import Ownership

/// Tables of cases that lie in `Tests/cases`.
enum Cases {
    /// The fields of each line, which tabs part. Lines that begin with `#` are remarks.
    static func lines(_ name: String) -> [[String]] {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "cases/" + name)
        guard let text = try? String(contentsOf: path, encoding: .utf8) else { fatalError("there is no \(path)") }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t").map(String.init) }
    }
}

/// A conversation with the desk over the synthetic prices, on 30 November 2026; they end on the 20th.
final class DeskConversation {
    private let desk: Desk
    private var history: [Message] = []

    init(_ folder: PriceFolder = PriceFolder(path: DeskSample.path)) {
        desk = Desk(model: QuotingModel(), prices: folder, timers: TimerQueue())
    }

    @discardableResult
    func say(_ text: String) async throws -> DeskRecorder {
        let sink = DeskRecorder()
        let now = try #require(Timestamp(rfc3339: "2026-11-30T12:00:00Z"))
        let turn = TurnContext(
            user: UserID(rawValue: "u"), session: SessionID(rawValue: "s"), userMessageID: Identifiers.message(),
            replyID: Identifiers.message(), text: text, history: history, createdAt: now)
        _ = try await desk.reply(to: turn, context: DeskContext(), assistant: .general, into: sink)
        history += [
            Message(id: turn.userMessageID, role: .user, content: text, status: .complete, createdAt: now),
            Message(id: turn.replyID, role: .assistant, content: sink.text, status: .complete, createdAt: now),
        ]
        return sink
    }
}

/// Questions at the desk as people ask them.
@Suite struct DeskQuestionTests {
    private static let conversations = Cases.lines("desk-questions.txt")

    @Test(
        arguments: conversations
    )
    func `get their one answer and no report, also where a message goes on with the one before`(line: [String])
        async throws
    {
        let desk = DeskConversation()
        var reply: DeskRecorder?
        for message in line[0].split(separator: "|") { reply = try await desk.say(String(message)) }
        let last = try #require(reply)
        #expect(last.text.contains(line[1]), "\(line[0]): \(last.text)")
        if line.count > 2 { #expect(!last.text.contains(line[2]), "\(line[0]): \(last.text)") }
        #expect(last.events.isEmpty)
    }

    @Test func `a file without volumes says so, and too few days are told`() async throws {
        let files = try PriceFiles(["AAA"])
        let desk = DeskConversation(files.folder)
        #expect(try await desk.say("average volume of $AAA").text.contains("has no volumes"))
        #expect(
            try await desk.say("Is AAA above its 200 day average?").text.contains("too few for an average of 200 days"))
        #expect(try await desk.say("volatility of AAA").text.contains("not known: too few daily prices"))
        #expect(try await desk.say("price of AAA on 2020-01-02").text.contains("begin on 2026-11-19"))
    }

    private static let today = TradingDay(year: 2026, month: 11, day: 30)!

    private static func day(_ text: String) -> TradingDay {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return TradingDay(year: parts[0], month: parts[1], day: parts[2])!
    }

    @Test(
        arguments: [
            ("since June", "2026-06-01", nil), ("since 3 March", "2026-03-03", nil),
            ("in December", "2025-12-01", "2025-12-31"),
            ("this year", "2026-01-01", nil), ("last year", "2025-01-01", "2025-12-31"),
            ("in 2024", "2024-01-01", "2024-12-31"),
            ("since 2024", "2024-01-01", nil), ("this month", "2026-11-01", nil),
            ("last month", "2026-10-01", "2026-10-31"),
            ("Q1 2026", "2026-01-01", "2026-03-31"), ("in the third quarter", "2026-07-01", "2026-09-30"),
            ("first half of 2025", "2025-01-01", "2025-06-30"), ("yesterday", "2026-11-29", "2026-11-29"),
            ("on Friday", "2026-11-27", "2026-11-27"), ("two weeks ago", "2026-11-16", "2026-11-16"),
            ("since last summer", "2026-06-01", nil), ("from January to March", "2026-01-01", "2026-03-31"),
            ("year-to-date", "2026-01-01", nil), ("since the start of the year", "2026-01-01", nil),
            ("since Christmas", "2025-12-25", nil),
            ("since a year ago", "2025-11-30", nil),
            ("in May 2024", "2024-05-01", "2024-05-31"),
            ("from 2024-01-02 until 2024-02-01", "2024-01-02", "2024-02-01"),
        ] as [(String, String, String?)])
    func `days are read as people name them`(text: String, first: String, last: String?) {
        guard case .period(let period) = DeskPeriod.read("DEMO1 \(text)?", today: Self.today) else {
            Issue.record("\(text): no days")
            return
        }
        #expect(period.first == Self.day(first) && period.last == last.map(Self.day), "\(text): \(period)")
    }

    @Test(
        arguments: [
            "will it march on", "may I ask about DEMO1", "its 200 day average", "what will it be in 3 years",
            "the second one",
            "put 2000 euros into DEMO1", "buy 2000 shares", "DEMO1 and DEMO2",
        ])
    func `words that name no days are not read as such`(text: String) {
        #expect(DeskPeriod.read(text, today: Self.today) == .none)
    }
}
