// What a model at the desk may call.

import Chat
import JSON
import Markets
import Synchronization

/// What the desk's tools work with in one turn, and what they worked out last.
final class PriceTable: Sendable {
    let prices: PriceDesk
    let context: DeskContext
    let today: TradingDay
    /// Whose figures the reply's clients are shown.
    let assistant: AssistantType
    private let latest = Mutex<DeskFigures?>(nil)

    init(_ prices: PriceDesk, context: DeskContext, today: TradingDay, assistant: AssistantType) {
        self.prices = prices
        self.context = context
        self.today = today
        self.assistant = assistant
    }

    /// The figures that a tool gave last; nil when none did.
    var used: DeskFigures? { latest.withLock { $0 } }

    /// The figures of some symbols, for a question in plain English where there is one.
    /// - Throws: `ToolFailure` for symbols that are none; `CancellationError`.
    func figures(_ arguments: ToolArguments, question: String = "") async throws -> (DeskFigures, RequestReading) {
        let texts = try arguments.texts("symbols", count: DeskContext.maximumSymbols, bytes: 40)
        var context = context
        if !texts.isEmpty {
            context.symbols = try texts.map { text in
                guard let symbol = Symbol(text) else {
                    throw ToolFailure("\(text.summarized(bytes: 40)) is no symbol; give ticker symbols such as AAPL.")
                }
                return symbol
            }
        }
        if let timeframe = try arguments.word("timeframe", as: Timeframe.self) { context.timeframe = timeframe }
        let reading = RequestReading(question, today: today)
        let figures = try await prices.figures(
            for: question, reading: reading, context: context, earlier: [], today: today)
        latest.withLock { $0 = figures }
        return (figures, reading)
    }

    /// What the reply's clients are shown of them.
    func notes(_ figures: DeskFigures) -> [AgentNote] {
        [FigureData(agent: assistant, figures: figures).note].compactMap { $0 }
    }

    /// For a model that asked for what there are no prices of.
    func nothing(_ figures: DeskFigures) -> ToolResult {
        ToolResult("There are no prices of what was asked for") { json in
            json.member(
                "no_prices_of", (figures.missing.map(\.symbol) + figures.unlisted).prefix(20).map(\.description))
            json.member("there_are_prices_of", figures.examples.map(\.description))
            json.member("symbols_with_prices", figures.available)
        }
    }

    static let members = """
        "symbols":{"type":"array","maxItems":\(DeskContext.maximumSymbols),"items":{"type":"string"},"description":"Ticker symbols."},\
        "timeframe":{"type":"string","enum":["1W","1M","3M","6M","YTD","1Y","3Y","5Y","MAX"],"description":"1Y when left out."}
        """
}

/// Works out the figures of symbols, and answers a question that has one answer.
struct PriceFigures: AgentTool {
    let table: PriceTable

    var name: ToolName { .priceFigures }
    var description: String {
        """
        Works out figures from daily prices: closes, returns, volatility, deepest fall, Sharpe ratio, averages, value at risk, correlations. For a \
        question with one answer (a close on a date, a fall since a day, weights such as 60/40, the highest of all) give it in question too. Every \
        number in your answer must come from here, unchanged.
        """
    }
    static let parameters = Array(
        """
        {"type":"object","properties":{\(PriceTable.members),\
        "question":{"type":"string","description":"In English, with symbols and dates: \\"What was the close of AAPL on 2026-03-02?\\""}}}
        """.utf8)

    func opening(_ arguments: ToolArguments) -> String {
        let symbols = (try? arguments.texts("symbols", count: DeskContext.maximumSymbols)) ?? []
        return symbols.isEmpty ? "Working out figures" : "Working out the figures of \(symbols.joined(separator: ", "))"
    }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        let (figures, reading) = try await table.figures(
            arguments, question: try arguments.text("question", bytes: 600) ?? "")
        guard !figures.symbols.isEmpty else { return table.nothing(figures) }
        let direct = reading.direct.flatMap { DirectAnswer.text($0, figures) }
        var result = ToolResult(
            "Worked out the figures of \(FigureWords.symbols(figures.symbols.map(\.symbol))) over \(figures.timeframe.words)"
        ) { json in
            json.member("answer_to_the_question", ifPresent: direct)
            json.member("figures", FiguresBriefing.lines(figures).map { FiguresBriefing.clean($0, limit: 900) })
        }
        result.notes = table.notes(figures)
        return result
    }
}

/// Sets symbols side by side.
struct ComparePrices: AgentTool {
    let table: PriceTable

    var name: ToolName { .comparePrices }
    var description: String {
        "Sets two or more symbols side by side over the same time: return, volatility, deepest fall, Sharpe ratio, correlations, and the order by return and by risk."
    }
    static let parameters = Array(
        "{\"type\":\"object\",\"properties\":{\(PriceTable.members)},\"required\":[\"symbols\"]}".utf8)

    func opening(_ arguments: ToolArguments) -> String {
        let symbols = (try? arguments.texts("symbols", count: DeskContext.maximumSymbols)) ?? []
        return "Comparing \(symbols.joined(separator: ", "))"
    }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        let (figures, _) = try await table.figures(arguments)
        guard figures.symbols.count > 1 else {
            if figures.symbols.isEmpty { return table.nothing(figures) }
            throw ToolFailure("There are prices of one of these symbols only; give two or more, or call price_figures.")
        }
        func known(_ measure: Measure<Double>) -> Double? { try? measure.get() }
        func order(_ value: (SymbolFigures) -> Double?, rising: Bool) -> [String] {
            figures.symbols.compactMap { one in value(one).map { (one.symbol.description, $0) } }
                .sorted { rising ? $0.1 < $1.1 : $0.1 > $1.1 }.map(\.0)
        }
        var result = ToolResult(
            "Compared \(FigureWords.symbols(figures.symbols.map(\.symbol))) over \(figures.timeframe.words)"
        ) {
            json in
            json.member("over", figures.timeframe.words)
            json.key("symbols")
            json.beginArray()
            for one in figures.symbols {
                json.beginObject()
                json.member("symbol", one.symbol.description)
                if let name = figures.names[one.symbol] {
                    json.member("name", FiguresBriefing.clean(name, limit: 80))
                }
                for (key, measure, form) in [
                    ("return", one.totalReturn, FigureWords.change),
                    ("yearly_volatility", one.volatility, { FigureWords.percent($0) }),
                    ("deepest_fall", one.drawdown.map(\.depth), { FigureWords.percent($0) }),
                    ("sharpe_ratio", one.sharpeRatio, FigureWords.ratio),
                ] as [(String, Measure<Double>, (Double) -> String)] {
                    json.key(key)
                    json.string(FigureWords.text(measure, form))
                }
                json.endObject()
            }
            json.endArray()
            json.member("by_return_best_first", order({ known($0.totalReturn) }, rising: false))
            json.member("by_volatility_calmest_first", order({ known($0.volatility) }, rising: true))
            json.member(
                "together",
                (figures.group.map(FiguresBriefing.together) ?? []).map { FiguresBriefing.clean($0, limit: 300) })
            json.member("cautions", DataNotes.cautions(figures))
        }
        result.notes = table.notes(figures)
        return result
    }
}
