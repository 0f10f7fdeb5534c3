public import Markets

/// What a client says a request is about, beside its message.
public struct DeskContext: Sendable, Equatable {
    /// At most this many symbols in a request.
    public static let maximumSymbols = 20

    public var symbols: [Symbol]
    /// Nil: what the message says, else a year.
    public var timeframe: Timeframe?
    /// Nil: medium.
    public var riskTolerance: RiskTolerance?

    public init(symbols: [Symbol] = [], timeframe: Timeframe? = nil, riskTolerance: RiskTolerance? = nil) {
        self.symbols = symbols
        self.timeframe = timeframe
        self.riskTolerance = riskTolerance
    }

    /// Reads what a client sent. Nil stands for a field that is not there.
    /// - Throws: `DeskContextError` naming the first field that is wrong.
    public init(symbols: [String]?, timeframe: String?, riskTolerance: String?) throws(DeskContextError) {
        let texts = symbols ?? []
        guard texts.count <= Self.maximumSymbols else {
            throw DeskContextError(field: "symbols", detail: "must be at most \(Self.maximumSymbols) symbols")
        }
        self.init()
        for text in texts {
            guard let symbol = Symbol(text) else {
                throw DeskContextError(
                    field: "symbols",
                    detail:
                        "a symbol must be 1 to \(Symbol.maximumLength) of A-Z 0-9 . - ^ = _, beginning with a letter, a digit or ^"
                )
            }
            if !self.symbols.contains(symbol) { self.symbols.append(symbol) }
        }
        if let timeframe {
            guard let known = Timeframe(rawValue: timeframe.uppercased()) else {
                let words = Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
                throw DeskContextError(field: "timeframe", detail: "must be one of \(words)")
            }
            self.timeframe = known
        }
        if let riskTolerance {
            guard let known = RiskTolerance(rawValue: riskTolerance) else {
                throw DeskContextError(field: "riskTolerance", detail: "must be low, medium or high")
            }
            self.riskTolerance = known
        }
    }
}

/// A field of the context that is wrong.
public struct DeskContextError: Error, Equatable, Sendable {
    /// Within the context: `symbols`, `timeframe`, `riskTolerance`.
    public var field: String
    /// What to do, for the client.
    public var detail: String
}
