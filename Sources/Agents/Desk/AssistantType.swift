// The desk: assistants, their workflows and their tools.

/// Who answers at the desk, as a client names it (`assistantType`). Each is data: what it looks at, and what a language model
/// is told that speaks for it.
public enum AssistantType: String, CaseIterable, Sendable {
    case general, analyst, trader, advisor, riskManager, economist

    /// "risk manager".
    public var title: String {
        switch self {
        case .general: "desk"
        case .analyst: "analyst"
        case .trader: "trader"
        case .advisor: "advisor"
        case .riskManager: "risk manager"
        case .economist: "economist"
        }
    }

    /// The part of a language model's instructions that makes it this one.
    var instructions: String {
        switch self {
        case .general:
            "You are the desk's general assistant. Give a short look at the symbols: how they did, how much they scatter."
        case .analyst:
            """
            You are the desk's analyst. Judge how the symbols did over the timeframe: total return, return for the risk taken, \
            place between the year's high and low; compare them when there are several.
            """
        case .trader:
            """
            You are the desk's trader. Read the chart figures: price against its moving averages, relative strength, the last \
            week and month. Say what they describe, and that they do not foretell.
            """
        case .advisor:
            """
            You are the desk's advisor. Set the risk of the symbols, alone and together, beside the reader's tolerance. Say what \
            does not fit and what the reader should find out; you do not know what the reader owns, and name no weights.
            """
        case .riskManager:
            """
            You are the desk's risk manager. Say what could be lost: volatility, the deepest fall and when, bad days (value at \
            risk, expected shortfall), which symbols move together; compare with the tolerance.
            """
        case .economist:
            """
            You are the desk's economist. There are no economic data here, only prices: say so. Read the market's state off the \
            benchmark, its volatility now and over a year, and the symbols' betas. You make no forecast.
            """
        }
    }
}
