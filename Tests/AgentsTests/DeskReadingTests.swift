import Foundation
import Markets
import Testing

@testable import Agents

/// The synthetic prices that are shipped.
enum DeskSample {
    static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "agents/desk/prices-sample").path
}

/// A folder of prices of its own, gone when this goes.
final class PriceFiles: Sendable {
    let path: String
    var folder: PriceFolder { PriceFolder(path: path) }

    /// - Parameter names: lines of `names.csv`.
    init(_ symbols: [String], names: [String] = [], rows: String = "2026-11-19,10\n2026-11-20,11\n") throws {
        path = NSTemporaryDirectory() + "desk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for symbol in symbols { try write("\(symbol).csv", "Date,Close\n" + rows) }
        if !names.isEmpty { try write("names.csv", "symbol,name\n" + names.joined(separator: "\n")) }
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// What the desk reads out of a message.
@Suite struct DeskReadingTests {
    private let files = try! PriceFiles(
        ["AAPL", "MSFT", "F", "NOW", "IT", "BRK-B", "^GSPC", "DEMO1", "0700.HK", "7203", "GAP", "DMB", "DMBN"],
        names: ["AAPL,Apple Inc.", "MSFT,Microsoft Corporation", "GAP,Gap", "DMB,Demo Bank", "DMBN,Demo Bank North"])

    @Test(
        arguments: [
            ("Analyze AAPL and MSFT for the next quarter", ["AAPL", "MSFT"]),
            ("what about $tsla, $AAPL. and $F?", ["TSLA", "AAPL", "F"]),
            ("I have $100 and $5.50 left", []),
            ("I think F is fine, and A too", []),
            ("aapl and msft", []),
            ("how is brk-b doing against demo1 and ^gspc", ["BRK-B", "DEMO1", "^GSPC"]),
            ("AAPL's risk (MSFT/NOW)", ["AAPL", "MSFT", "NOW"]),
            ("TELL ME NOW ABOUT AAPL, IT IS GOOD", ["AAPL"]),
            ("IT against NOW", ["IT", "NOW"]),
            ("in 7203 days; 0700.hk; $7203", ["0700.HK", "7203"]),
            ("Is Apple better than microsoft or Microsoft?", ["AAPL", "MSFT"]),
            ("mind the gap; Gap is a shop", ["GAP"]),
            ("demo bank north beats Demo Bank", ["DMBN", "DMB"]),
            ("AAPL AAPL $AAPL Apple", ["AAPL"]),
            ("../../etc/passwd $../x ZZZZ", []),
            ("", []),
        ])
    func `symbols are found where they are meant, and words are left alone`(_ message: String, _ expected: [String])
        throws
    {
        let found = SymbolFinder(try files.folder.listing()).symbols(in: message)
        #expect(found.symbols.map(\.name) == expected)
    }

    @Test func `capitals without prices are noted apart, but not the usual abbreviations`() throws {
        let finder = SymbolFinder(try files.folder.listing())
        let found = finder.symbols(in: "Is the GDP good for NVDA, says the CEO of AAPL and TSLA?")
        #expect(found.symbols.map(\.name) == ["AAPL"])
        #expect(found.unlisted.map(\.name) == ["NVDA", "TSLA"])
        #expect(finder.symbols(in: "PLEASE ANSWER ME TODAY").unlisted.isEmpty)
    }

    struct Request: Sendable, CustomTestStringConvertible {
        var message: String
        var symbols = 1
        /// Nil: one specialist is enough.
        var agents: [AssistantType]?
        var name: String?
        var testDescription: String { message }
    }

    @Test(
        arguments: [
            Request(
                message: "Analyze AAPL and MSFT for the next quarter", symbols: 2,
                agents: [.analyst, .riskManager, .economist, .advisor], name: "comparison"),
            Request(
                message: "Compare AAPL with MSFT", symbols: 2, agents: [.analyst, .riskManager, .advisor],
                name: "comparison"),
            Request(message: "AAPL or MSFT?", symbols: 2, agents: [.analyst, .riskManager, .advisor]),
            Request(message: "Compare AAPL", symbols: 1),
            Request(
                message: "Risk and outlook for AAPL", agents: [.riskManager, .economist], name: "risk and outlook"),
            Request(
                message: "Volatility, momentum and what suits me", agents: [.trader, .riskManager, .advisor],
                name: "chart, risk and suitability"),
            Request(
                message: "Should I rebalance?", symbols: 3, agents: [.analyst, .riskManager, .economist, .advisor],
                name: "portfolio review"),
            Request(
                message: "Give me a full analysis of AAPL",
                agents: [.analyst, .trader, .riskManager, .economist, .advisor], name: "full analysis"),
            Request(
                message: "I want all specialists on it",
                agents: [.analyst, .trader, .riskManager, .economist, .advisor]),
            Request(message: "Full analysis, please", symbols: 0),
            Request(message: "Risk and outlook", symbols: 0),
            Request(message: "How risky is AAPL?"),
            Request(message: "AAPL and MSFT", symbols: 2),
            Request(message: "Hello", symbols: 2),
            Request(message: ""),
        ])
    func `several specialists come where a request wants several`(_ request: Request) {
        let plan = WorkflowDetector.plan(for: RequestReading(request.message), symbols: request.symbols)
        #expect(plan?.agents == request.agents?.map(\.rawValue))
        if let name = request.name { #expect(plan?.name == name) }
        // The advisor hears all others, and nobody else waits.
        for step in plan?.steps ?? [] {
            #expect(step.after == (step.agent == "advisor" ? plan?.agents.filter { $0 != "advisor" } : []))
        }
    }

    @Test(
        arguments: [
            ("How did it do over the last three months?", Timeframe.threeMonths), ("return YTD", .yearToDate),
            ("the past year", .oneYear), ("in 5 years", .fiveYears), ("how is it", nil),
        ])
    func `a timeframe is read out of the words`(_ message: String, _ timeframe: Timeframe?) {
        #expect(RequestReading(message).timeframe == timeframe)
    }

    @Test func `a context is checked field by field`() throws {
        let context = try DeskContext(symbols: ["aapl", "MSFT", "AAPL"], timeframe: "3m", riskTolerance: "low")
        #expect(context.symbols.map(\.name) == ["AAPL", "MSFT"])
        #expect(context.timeframe == .threeMonths)
        #expect(context.riskTolerance == .low)
        #expect(try DeskContext(symbols: nil, timeframe: nil, riskTolerance: nil) == DeskContext())
        #expect {
            try DeskContext(symbols: ["../x"], timeframe: nil, riskTolerance: nil)
        } throws: { ($0 as? DeskContextError)?.field == "symbols" }
        #expect {
            try DeskContext(symbols: Array(repeating: "A", count: 21), timeframe: nil, riskTolerance: nil)
        } throws: { ($0 as? DeskContextError)?.field == "symbols" }
    }

    @Test(
        arguments: [
            ("3m", Timeframe.threeMonths), ("6mo", .sixMonths), ("6 months", .sixMonths), ("1yr", .oneYear),
            ("12m", .oneYear), ("90d", .threeMonths),
            ("Year to date", .yearToDate), ("all", .maximum), ("5 years", .fiveYears), ("36mo", .threeYears),
            ("1wk", .oneWeek), ("30D", .oneMonth),
        ])
    func `timeframe and tolerance are hints, read in many spellings`(text: String, timeframe: Timeframe) throws {
        #expect(try DeskContext(symbols: nil, timeframe: text, riskTolerance: nil).timeframe == timeframe)
    }

    @Test func `a hint that is not known is no error, and noted`() throws {
        for (text, tolerance) in [
            ("Low", RiskTolerance.low), ("moderate", .medium), ("AGGRESSIVE", .high), ("Medium", .medium),
        ] {
            #expect(try DeskContext(symbols: nil, timeframe: nil, riskTolerance: text).riskTolerance == tolerance)
        }
        for text in ["1D", "2Y", "", "fortnight", "99999999999999999999y", "soon"] {
            let context = try DeskContext(symbols: nil, timeframe: text, riskTolerance: "reckless*\n")
            #expect(context.timeframe == nil && context.riskTolerance == nil)
            #expect(context.notes.count == 2)
            #expect(context.notes.allSatisfy { !$0.contains("*") && !$0.contains("\n") })
        }
    }
}

/// Long and odd messages at the desk.
@Suite struct DeskOddMessageTests {
    @Test(
        arguments: [
            String(repeating: "risk-adjusted ", count: 2340), String(repeating: "A", count: 32_768),
            String(repeating: "$ ^ - . ", count: 4000), "\u{0}\u{202E}\u{FEFF} 日本 İSTANBUL ß ﬁ 🇩🇪", "-", "$", "$$AAPL$$",
            "=^._-",
        ])
    func `any message is read, whatever is in it`(_ message: String) throws {
        let files = try PriceFiles(["AAPL", "A"], names: ["AAPL,-- Inc", "A,İ Group"])
        let found = SymbolFinder(try files.folder.listing()).symbols(in: message)
        #expect(found.symbols.count <= 1)
        #expect(Words(message).words.count <= Words.maximum)
        #expect(RequestReading(message).isComparison == false)
    }
}
