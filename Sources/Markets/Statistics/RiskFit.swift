/// How much risk somebody says they want to bear.
public enum RiskTolerance: String, CaseIterable, Sendable {
    case low, medium, high

    /// A tolerance as people and programs write it: `Low`, `moderate`, `aggressive`. Nil for one that is none of ours.
    public init?(hint text: String) {
        switch text.lowercased().filter({ $0 != " " && $0 != "_" && $0 != "-" }) {
        case "low", "verylow", "conservative", "cautious", "defensive", "riskaverse", "minimal", "l": self = .low
        case "medium", "moderate", "mid", "middle", "balanced", "average", "normal", "m": self = .medium
        case "high", "veryhigh", "aggressive", "speculative", "growth", "h": self = .high
        default: return nil
        }
    }

    /// The highest annualised volatility that fits, a fraction: 10 %, 25 %, 50 %.
    ///
    /// 10 % and 25 % are where the volatility classes 4 and 6 of the European fund risk indicator end (CESR/10-673, Box 1;
    /// it looks at weekly returns of five years, this program at daily ones of the timeframe); 50 % is this program's own
    /// choice, for the classes have no end above.
    public var maximumVolatility: Double {
        switch self {
        case .low: 0.10
        case .medium: 0.25
        case .high: 0.50
        }
    }

    /// The deepest drawdown that fits, a fraction: 10 %, 25 %, 50 %. This program's own choice.
    public var maximumDrawdown: Double { maximumVolatility }
}

/// A position's risk beside what a tolerance bears.
public struct RiskFit: Sendable, Equatable {
    public enum Verdict: String, Sendable, Equatable {
        /// Neither limit is passed: a figure up to 1.
        case within
        /// A figure above 1, up to 1.5.
        case above
        /// A figure above 1.5.
        case farAbove
    }

    public var tolerance: RiskTolerance
    /// The greater of volatility over its limit and drawdown over its limit. 1 is just at the limit, 2 is twice over it.
    public var figure: Double
    /// Whether the drawdown, not the volatility, made the figure.
    public var isByDrawdown: Bool

    /// - Parameters:
    ///   - volatility: annualised, a fraction.
    ///   - drawdown: the deepest one, 0 to 1.
    public init(volatility: Double, drawdown: Double, tolerance: RiskTolerance) {
        let byVolatility = volatility / tolerance.maximumVolatility
        let byDrawdown = drawdown / tolerance.maximumDrawdown
        self.tolerance = tolerance
        figure = max(byVolatility, byDrawdown)
        isByDrawdown = byDrawdown > byVolatility
    }

    public var verdict: Verdict { figure <= 1 ? .within : figure <= 1.5 ? .above : .farAbove }
}
