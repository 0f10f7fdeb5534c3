import Chat
import Scheduling
import Testing

@testable import Agents
@testable import Markets
@testable import Ownership

/// A question at the desk that has one answer.
@Suite struct DeskDirectTests {
    private static let timers = TimerQueue()

    private func ask(_ message: String, context: DeskContext = DeskContext()) async throws -> DeskRecorder {
        let desk = Desk(model: QuotingModel(), prices: PriceFolder(path: DeskSample.path), timers: Self.timers)
        let sink = DeskRecorder()
        let turn = TurnContext(
            user: UserID(rawValue: "u"), session: SessionID(rawValue: "s"), userMessageID: Identifiers.message(),
            replyID: Identifiers.message(), text: message, history: [],
            createdAt: try #require(Timestamp(rfc3339: "2026-11-21T12:00:00Z")))
        _ = try await desk.reply(to: turn, context: context, assistant: .general, into: sink)
        return sink
    }

    /// Question, what the answer has. Closes as the sample's files have them.
    private static let questions: [(String, String)] = [
        (
            "What did DEMO1 close at on 2023-09-05?",
            "On 2023-09-05 the close of **DEMO1** (Demo Northern Utilities) was 47.65."
        ),
        ("DEMO1 price on 5 September 2023?", "was 47.65"),
        ("What was the price of DEMO1 on 3 September 2023?", "The last close before it was 47.71, on 2023-09-01"),
        ("What did DEMO1 close at on 1 January 2030?", "end on 2026-11-20"),
        ("What did DEMO1 close at on 1 January 2001?", "begin on 2023-09-01"),
        ("How much did DEMO1 gain since 5 September 2023?", "from 2023-09-05 (47.65) to 2026-11-20 (57.75)"),
        ("How far has DEMO1 fallen since 4 September 2023?", "from 2023-09-04 (47.74)"),
        (
            "How did DEMO1 change between 2023-09-01 and 2023-09-05?",
            "lost 0.1% from 2023-09-01 (47.71) to 2023-09-05 (47.65)"
        ),
        ("DEMO1 at 03/05/2024, what was the close?", "Which day is 03/05/2024?"),
        ("What is the highest close of DEMO1?", "The highest close of **DEMO1**"),
        ("What was the lowest price of DEMO2 ever?", "The lowest close of **DEMO2**"),
        ("Which symbol has the highest return of all?", "has the highest return over the last year of the 7"),
        ("Which of all is the riskiest?", "has the highest volatility a year of the 7"),
        ("Which has the lowest volatility of all?", "has the lowest volatility"),
        ("What is the correlation of DEMO1 and DEMO2?", "The daily returns of DEMO1 and DEMO2 have a correlation of "),
        ("correlation between DEMO1, DEMO2 and DEMO3", "DEMO1 and DEMO3: "),
        ("correlation of DEMO1?", "takes two symbols"),
        ("How did 60/40 DEMO1 and DEMO2 do?", "60.0% DEMO1 and 40.0% DEMO2, bought on"),
        ("A portfolio of 70% DEMO1 and 30% DEMO4 over the last year", "70.0% DEMO1 and 30.0% DEMO4"),
        ("DEMO1 50, DEMO2 25, DEMO3 25", "50.0% DEMO1, 25.0% DEMO2 and 25.0% DEMO3"),
        ("60/40 of DEMO1, DEMO2 and DEMO3", "name one part for each"),
        ("Will DEMO1 go up?", "That cannot be known"),
        ("Is DEMO1 going to crash tomorrow?", "That cannot be known"),
        ("What will 1000 in DEMO1 be worth in 3 years?", "That cannot be known"),
        ("If I put $1,000 into DEMO1, what will I have in three years?", "would have been"),
        (
            "What would 1000 euros in DEMO1 since 5 September 2023 have become?",
            "1000.00 put into **DEMO1** (Demo Northern Utilities) on 2023-09-05 would have been 1211.96 on 2026-11-20"
        ),
        ("Give me a price target for DEMO4", "That cannot be known"),
    ]

    @Test(arguments: questions)
    func `gets it, and no workflow`(question: String, expected: String) async throws {
        let reply = try await ask(question)
        #expect(reply.text.contains(expected), "\(question): \(reply.text)")
        #expect(reply.events.isEmpty)
    }

    @Test(
        arguments: [
            "Don't do a full analysis, just tell me how risky DEMO1 is",
            "No full analysis please: is DEMO1 riskier than DEMO2?",
            "Please do not run a workflow, just the return of DEMO1",
        ])
    func `who declines a full analysis gets none`(message: String) async throws {
        #expect(try await ask(message).events.isEmpty)
    }

    @Test(
        arguments: ["Full analysis of DEMO1", "Compare DEMO1 and DEMO2", "Should I rebalance DEMO1 and DEMO2?"])
    func `a report is still one`(message: String) async throws {
        #expect(!(try await ask(message).events.isEmpty))
    }

    @Test func `symbols without prices start a full analysis that says what is missing`() async throws {
        let context = try DeskContext(symbols: ["ZZZZ"], timeframe: "2Y", riskTolerance: nil)
        let reply = try await ask("Do a full analysis", context: context)
        #expect(!reply.events.isEmpty)
        #expect(reply.text.contains("There are no daily prices of ZZZZ"))
        #expect(reply.text.contains("The timeframe \"2Y\" is not known"))
    }

    @Test("the highest close of a time that is named is of that time, and how far below its high a price is, is told")
    func highs() async throws {
        #expect(
            try await ask("What was the highest close of DEMO1 this year?").text.contains(
                "DEMO1** (Demo Northern Utilities) since 2026-01-"))
        #expect(
            try await ask("What was the highest close of DEMO1 ever?").text.contains("in the prices here (since 2023-"))
        for message in [
            "How much has DEMO4 fallen since its high?", "How far is DEMO4 below its peak?", "Is DEMO4 off its high?",
        ] {
            let reply = try await ask(message)
            #expect(reply.text.contains(" below the highest close in the prices here"), "\(reply.text)")
        }
    }

    @Test func `parts are worked out day by day`() throws {
        func series(_ name: String, _ values: [Double]) -> PriceSeries {
            let day = TradingDay(year: 2026, month: 1, day: 5)!
            return PriceSeries(
                symbol: Symbol(name)!,
                prices: values.enumerated().map { DailyPrice(day: day.adding(days: $0.offset), close: $0.element) })!
        }
        let basket = try #require(
            Basket.weighted(
                [series("A1", [100, 110, 120]), series("B1", [50, 50, 25])], weights: [0.6, 0.4], timeframe: .maximum))
        // 0.6 · 1.2 + 0.4 · 0.5
        #expect(abs(basket.totalReturn - (-0.08)) < 1e-12)
        #expect(Basket.weighted([series("A1", [1, 2])], weights: [0.5, 0.5], timeframe: .maximum) == nil)
        #expect(Basket.weighted([series("A1", [1])], weights: [1], timeframe: .maximum) == nil)
    }
}
