import Markets

/// What one at the desk says by itself, without a language model: paragraphs of figures put into words, and a sentence of them.
protocol Specialist {
    static func paragraphs(_ figures: DeskFigures) -> [String]
    /// Without line breaks; a sentence or two.
    static func summary(_ figures: DeskFigures) -> String
}

extension AssistantType {
    var specialist: any Specialist.Type {
        switch self {
        case .general: GeneralWords.self
        case .analyst: AnalystWords.self
        case .trader: TraderWords.self
        case .advisor: AdvisorWords.self
        case .riskManager: RiskWords.self
        case .economist: EconomistWords.self
        }
    }
}

extension DeskFigures {
    /// The symbols for which a figure is known, the greatest first; of equal ones in the order asked for.
    func ranked(by figure: (SymbolFigures) -> Measure<Double>) -> [(symbol: Symbol, value: Double)] {
        symbols.enumerated()
            .compactMap { place, one in (try? figure(one).get()).map { (place: place, symbol: one.symbol, value: $0) } }
            .sorted { ($1.value, $0.place) < ($0.value, $1.place) }
            .map { ($0.symbol, $0.value) }
    }
}
