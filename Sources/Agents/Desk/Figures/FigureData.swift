import Chat
import JSON
import Markets

/// What one at the desk goes by, as data beside the words: `Figures` of docs/api.md.
struct FigureData {
    let agent: AssistantType
    let figures: DeskFigures

    /// The note of a reply that one of the desk gives alone; nil where there are no figures.
    var note: AgentNote? { json.map { AgentNote(kind: "figures", json: $0) } }

    /// A JSON object; nil where there are no figures.
    var json: [UInt8]? {
        let shown = agent == .economist ? (figures.symbols + [figures.benchmark].compactMap { $0 }) : figures.symbols
        guard !shown.isEmpty else { return nil }
        var json = JSONWriter(reservingCapacity: 4096)
        json.beginObject()
        json.member("agent", agent.rawValue)
        json.member("timeframe", figures.timeframe.rawValue)
        json.member("riskTolerance", figures.tolerance.rawValue)
        if let day = figures.lastDay {
            json.member("lastDay", day.description)
        }
        json.key("symbols")
        json.beginArray()
        var told: Set<Symbol> = []
        for one in shown where told.insert(one.symbol).inserted { write(one, to: &json) }
        json.endArray()
        let lines = PriceLine.lines(for: agent, figures)
        if !lines.isEmpty {
            json.key("lines")
            json.beginArray()
            for line in lines { line.write(name: figures.names[line.symbol], to: &json) }
            json.endArray()
        }
        writeGroup(to: &json)
        if !figures.missing.isEmpty {
            json.member("missing", figures.missing.map(\.symbol.description))
        }
        json.member("note", ifPresent: figures.note)
        json.endObject()
        return json.bytes
    }

    private func write(_ one: SymbolFigures, to json: inout JSONWriter) {
        json.beginObject()
        json.member("symbol", one.symbol.description)
        json.member("name", ifPresent: figures.names[one.symbol])
        json.key("values")
        json.beginObject()
        for (name, value) in values(of: one) {
            // What cannot be measured is left out.
            guard let value else { continue }
            json.key(name)
            json.number(PriceLine.rounded(value, places: 6))
        }
        json.endObject()
        json.endObject()
    }

    private func values(of one: SymbolFigures) -> [(String, Double?)] {
        let drawdown = one.drawdown.map(\.depth)
        let risk = one.fit(to: figures.tolerance).map(\.figure)
        switch agent {
        case .general:
            return [
                ("lastClose", one.lastClose), ("totalReturn", known(one.totalReturn)),
                ("volatility", known(one.volatility)), ("drawdown", known(drawdown)),
            ]
        case .analyst:
            return [
                ("lastClose", one.lastClose), ("totalReturn", known(one.totalReturn)),
                ("volatility", known(one.volatility)), ("sharpeRatio", known(one.sharpeRatio)),
                ("yearHigh", one.yearHigh), ("yearLow", one.yearLow),
            ]
        case .trader:
            return [
                ("lastClose", one.lastClose), ("weekReturn", known(one.weekReturn)),
                ("monthReturn", known(one.monthReturn)), ("average50", one.movingAverages[50].flatMap(known)),
                ("average200", one.movingAverages[200].flatMap(known)),
                ("relativeStrength", known(one.relativeStrengthIndex)),
            ]
        case .advisor:
            return [
                ("volatility", known(one.volatility)), ("drawdown", known(drawdown)), ("riskFigure", known(risk)),
            ]
        case .riskManager:
            return [
                ("volatility", known(one.volatility)), ("downsideDeviation", known(one.downsideDeviation)),
                ("drawdown", known(drawdown)), ("currentDrawdown", known(one.belowPeak)),
                ("valueAtRisk", known(one.tail.map(\.valueAtRisk))),
                ("expectedShortfall", known(one.tail.map(\.expectedShortfall))), ("riskFigure", known(risk)),
            ]
        case .economist:
            return [
                ("totalReturn", known(one.totalReturn)), ("volatility", known(one.volatility)),
                ("beta", figures.group?.betas[one.symbol].flatMap(known)),
            ]
        }
    }

    private func known(_ measure: Measure<Double>) -> Double? { try? measure.get() }

    /// What the tolerance bears, and how the symbols move together.
    private func writeGroup(to json: inout JSONWriter) {
        guard agent == .riskManager || agent == .advisor else { return }
        json.key("limits")
        json.beginObject()
        json.member("drawdown", figures.tolerance.maximumDrawdown)
        json.member("volatility", figures.tolerance.maximumVolatility)
        json.endObject()
        guard let pairs = figures.group?.pairs, !pairs.isEmpty else { return }
        json.key("correlations")
        json.beginArray()
        for pair in pairs {
            json.beginObject()
            json.member("a", pair.a.description)
            json.member("b", pair.b.description)
            json.member("value", PriceLine.rounded(pair.correlation, places: 4))
            json.endObject()
        }
        json.endArray()
    }
}
