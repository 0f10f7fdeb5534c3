import Glibc
import JSON
import Markets

/// A symbol's prices as a line to draw, in as many points as a small picture has room for.
struct PriceLine: Equatable {
    enum Kind: String {
        /// 100 on the first day.
        case indexed
        /// How far below the highest price since the first day, as a part of it: 0 or less.
        case fall
        /// As returns are worked out from it: adjusted where the file has that.
        case price
    }

    /// Points of one line, and of all lines of a chart together.
    static let maximumPoints = 120
    static let maximumPointsInAll = 480
    static let minimumPoints = 24

    var symbol: Symbol
    var kind: Kind
    var days: [TradingDay]
    var values: [Double]

    /// The lines that one at the desk goes by.
    static func lines(for agent: AssistantType, _ figures: DeskFigures) -> [PriceLine] {
        let kind: Kind
        var series = figures.series
        switch agent {
        case .general, .analyst: kind = .indexed
        case .trader: kind = .price
        case .riskManager: kind = .fall
        case .economist: (kind, series) = (.indexed, [figures.benchmarkSeries].compactMap { $0 })
        case .advisor: return []
        }
        let points = max(minimumPoints, min(maximumPoints, maximumPointsInAll / max(1, series.count)))
        return series.map { one in
            // A fall is measured over the days that the figures of risk are from, which a week is too short for.
            let risk = figures.symbols.first { $0.symbol == one.symbol }?.riskSpan
            let span = kind == .fall ? risk ?? one.span(figures.timeframe) : one.span(figures.timeframe)
            return PriceLine(one, kind, in: span.places, points: points)
        }
    }

    /// - Parameter points: at most so many, two at least; the first and the last day are among them, and of a fall the deepest.
    init(_ series: PriceSeries, _ kind: Kind, in places: Range<Int>, points: Int) {
        let first = series.values[places.lowerBound]
        var highest = first
        let all = places.map { place -> Double in
            let value = series.values[place]
            highest = max(highest, value)
            switch kind {
            case .indexed: return Self.rounded(100 * value / first, places: 2)
            case .fall: return Self.rounded(value / highest - 1, places: 4)
            case .price: return Self.rounded(value, places: 4)
            }
        }
        let kept = Self.kept(of: all, points: points, lowest: kind == .fall)
        symbol = series.symbol
        self.kind = kind
        days = kept.map { series.days[places.lowerBound + $0] }
        values = kept.map { all[$0] }
    }

    /// Places that are spread evenly, ends included. With `lowest`, each is where the values around it are lowest.
    private static func kept(of values: [Double], points: Int, lowest: Bool) -> [Int] {
        guard values.count > points else { return Array(values.indices) }
        let inner = points - 2
        let middle = (0..<inner).map { point -> Int in
            let start = 1 + point * (values.count - 2) / inner
            let end = 1 + (point + 1) * (values.count - 2) / inner
            return lowest ? (start..<end).min { values[$0] < values[$1] } ?? start : (start + end) / 2
        }
        return [0] + middle + [values.count - 1]
    }

    static func rounded(_ value: Double, places: Int) -> Double {
        let factor = pow(10, Double(places))
        // Without the sign of a zero.
        return (value * factor).rounded() / factor + 0
    }

    func write(name: String?, to json: inout JSONWriter) {
        json.beginObject()
        json.member("symbol", symbol.description)
        json.member("name", ifPresent: name)
        json.member("kind", kind.rawValue)
        json.key("days")
        json.beginArray()
        for day in days { json.string(day.description) }
        json.endArray()
        json.key("values")
        json.beginArray()
        for value in values { json.number(value) }
        json.endArray()
        json.endObject()
    }
}
