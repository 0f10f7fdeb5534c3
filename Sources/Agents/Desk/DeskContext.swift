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
    /// Hints that were not understood, a sentence each for the answer.
    public var notes: [String] = []

    public init(symbols: [Symbol] = [], timeframe: Timeframe? = nil, riskTolerance: RiskTolerance? = nil) {
        self.symbols = symbols
        self.timeframe = timeframe
        self.riskTolerance = riskTolerance
    }

    /// Reads what a client sent. Nil stands for a field that is not there. Timeframe and tolerance are hints: what is not known is no
    /// error, and noted.
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
            self.timeframe = Timeframe(hint: timeframe)
            if self.timeframe == nil {
                notes.append("The timeframe \(Self.quoted(timeframe)) is not known here and was passed over.")
            }
        }
        if let riskTolerance {
            self.riskTolerance = RiskTolerance(hint: riskTolerance)
            if self.riskTolerance == nil {
                notes.append("The risk tolerance \(Self.quoted(riskTolerance)) is not known here and was passed over.")
            }
        }
    }

    /// What a client sent, short and in one line.
    private static func quoted(_ text: String) -> String {
        let short = text.unicodeScalars.prefix(24).filter {
            $0.properties.generalCategory != .control && !"*_`<>\"".unicodeScalars.contains($0)
        }
        return "\"\(String(String.UnicodeScalarView(short)))\""
    }
}

/// A field of the context that is wrong.
public struct DeskContextError: Error, Equatable, Sendable {
    /// Within the context: `symbols`.
    public var field: String
    /// What to do, for the client.
    public var detail: String
}
