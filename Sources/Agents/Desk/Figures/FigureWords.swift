import Glibc
import Markets

/// Figures as text: rounded, with their sign and unit.
enum FigureWords {
    /// `1234.50`. Numbers beyond what can be written so are cut to a million million.
    static func fixed(_ value: Double, decimals: Int) -> String {
        let scale = pow(10, Double(decimals))
        let limited = min(max(value, -1e12), 1e12)
        let scaled = Int64((limited * scale).rounded())
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = scaled < 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// A fraction as `12.3%`.
    static func percent(_ fraction: Double) -> String { fixed(fraction * 100, decimals: 1) + "%" }

    /// A fraction as `+12.3%`.
    static func change(_ fraction: Double) -> String {
        let text = percent(fraction)
        return text.hasPrefix("-") || text == "0.0%" ? text : "+" + text
    }

    /// "gained 12.3%", "lost 4.0%", "ended where it began".
    static func moved(_ fraction: Double) -> String {
        let size = percent(abs(fraction))
        return size == "0.0%" ? "ended where it began" : (fraction > 0 ? "gained " : "lost ") + size
    }

    /// A price: two decimals, four below 1.
    static func price(_ value: Double) -> String { fixed(value, decimals: value < 1 ? 4 : 2) }

    static func ratio(_ value: Double) -> String { fixed(value, decimals: 2) }

    /// A figure, or why there is none: "12.3%", "not known: too few daily prices (5 of the 21 it takes)".
    static func text<Value>(_ measure: Measure<Value>, _ write: (Value) -> String) -> String {
        switch measure {
        case .success(let value): write(value)
        case .failure(let reason): "not known: \(reason)"
        }
    }

    static func verdict(_ verdict: RiskFit.Verdict) -> String {
        switch verdict {
        case .within: "within the limit of 1"
        case .above: "above the limit of 1"
        case .farAbove: "far above the limit of 1"
        }
    }

    /// "**DEMO4** (Demo Lantern Software)".
    static func name(_ symbol: Symbol, _ figures: DeskFigures) -> String {
        guard let name = figures.names[symbol] else { return "**\(symbol)**" }
        return "**\(symbol)** (\(Phrase.plain(name)))"
    }

    static func symbols(_ symbols: [Symbol]) -> String { Phrase.list(symbols.map(\.name)) }
}
