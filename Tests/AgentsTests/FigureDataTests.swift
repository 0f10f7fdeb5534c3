import Chat
import JSON
import Testing

@testable import Agents
@testable import Markets

/// The desk's figures as data.
@Suite struct FigureDataTests {
    private static func series(_ name: String, _ values: [Double]) throws -> PriceSeries {
        let first = try #require(TradingDay(year: 2026, month: 1, day: 1))
        let prices = values.enumerated().map { DailyPrice(day: first.adding(days: $0), close: $1) }
        let symbol = try #require(Symbol(name))
        return try #require(PriceSeries(symbol: symbol, prices: prices))
    }

    private static func figures(_ series: [PriceSeries]) throws -> DeskFigures {
        var figures = DeskFigures(timeframe: .maximum, tolerance: .low, today: series[0].lastDay)
        figures.series = series
        figures.symbols = series.map { SymbolFigures($0, timeframe: .maximum) }
        figures.group = GroupFigures(series, benchmark: nil, timeframe: .maximum)
        return figures
    }

    private static func data(_ agent: AssistantType, _ figures: DeskFigures) throws -> JSONValue {
        try JSONValue(parsing: try #require(FigureData(agent: agent, figures: figures).json))
    }

    @Test func `a line begins at 100, ends with the last day, and has no more points than a picture has room for`()
        throws
    {
        let values = (0..<1_000).map { 50 + Double($0 % 7) }
        let line = try #require(PriceLine.lines(for: .analyst, try Self.figures([try Self.series("A", values)])).first)
        #expect(line.values.count == PriceLine.maximumPoints)
        #expect(line.values.first == 100)
        #expect(line.days.last == (try Self.series("A", values)).lastDay)
        #expect(zip(line.days.dropFirst(), line.days).allSatisfy { $0 > $1 })
        let many = try (0..<20).map { try Self.series("A\($0)", values) }
        let lines = PriceLine.lines(for: .analyst, try Self.figures(many))
        #expect(lines.count == 20)
        #expect(lines.allSatisfy { $0.values.count == PriceLine.minimumPoints })
        let short = try Self.figures([try Self.series("B", [4, 5])])
        #expect(PriceLine.lines(for: .trader, short).first?.values == [4, 5])
        #expect(try Self.data(.analyst, try Self.figures([try Self.series("B", [4])]))["lines"]?.arrayValue?.count == 1)
    }

    @Test func `the deepest fall is on the line, however few points it has`() throws {
        var values = [Double](repeating: 100, count: 2_000)
        values[777] = 40
        let line = try #require(
            PriceLine.lines(for: .riskManager, try Self.figures([try Self.series("A", values)])).first)
        #expect(line.values.min() == -0.6)
        #expect(line.values.max() == 0)
    }

    @Test func `each agent has its own figures; what cannot be measured is left out`() throws {
        let values = (0..<300).map { 100 + Double($0 % 9) }
        let figures = try Self.figures([try Self.series("A", values), try Self.series("B", values.map { $0 * 2 })])
        let expected: [AssistantType: String] = [
            .general: "drawdown", .analyst: "sharpeRatio", .trader: "average200", .advisor: "riskFigure",
            .riskManager: "valueAtRisk", .economist: "totalReturn",
        ]
        for (agent, name) in expected {
            let data = try Self.data(agent, figures)
            #expect(data["agent"]?.stringValue == agent.rawValue)
            #expect(data["symbols"]?.arrayValue?.count == 2)
            #expect(data["symbols"]?.arrayValue?.first?["values"]?[name]?.numberValue != nil, "\(agent)")
        }
        let risk = try Self.data(.riskManager, figures)
        #expect(risk["limits"]?["drawdown"]?.numberValue == 0.1)
        #expect(risk["correlations"]?.arrayValue?.first?["value"]?.numberValue == 1)
        let few = try Self.data(.trader, try Self.figures([try Self.series("C", [1, 2, 3])]))
        #expect(few["symbols"]?.arrayValue?.first?["values"]?["average200"] == nil)
        #expect(few["symbols"]?.arrayValue?.first?["values"]?["lastClose"]?.numberValue == 3)
        #expect(
            FigureData(
                agent: .general, figures: DeskFigures(timeframe: .oneYear, tolerance: .low, today: figures.today)
            ).json == nil)
    }
}
