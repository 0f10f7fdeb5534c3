/// What the words of the desk mean.
enum Glossary {
    /// The meanings of the words that a message asks for; empty when it asks for none that is known.
    static func meanings(in message: String) -> [String] {
        let words = Words(message)
        return entries.filter { words.hasAny($0.phrases) }.prefix(3).map(\.meaning)
    }

    private static let entries: [(phrases: [String], meaning: String)] = [
        (
            ["volatil*"],
            "**Volatility** is how much daily returns scatter: their standard deviation, made yearly by the root of 252 trading days."
        ),
        (
            ["downside*", "sortino"],
            "**Downside deviation** counts only the losing days: the root of the mean square of returns below 0, made yearly."
        ),
        (
            ["drawdown*"],
            "A **drawdown** is the fall from a peak to a later low, as a part of the peak; the deepest one is meant mostly."
        ),
        (
            ["sharpe*"],
            "The **Sharpe ratio** is the mean return over its standard deviation, made yearly; here with a risk-free rate of 0."
        ),
        (
            ["value at risk", "var"],
            "**Value at risk** (95%, one day) is the loss that one day in twenty exceeded; read off past days here."
        ),
        (
            ["expected shortfall", "shortfall"],
            "**Expected shortfall** (95%) is the mean loss of the worst twentieth of the days: what value at risk leaves out."
        ),
        (
            ["correlat*"],
            "**Correlation** says how alike two securities move from day to day: 1 in step, 0 independently, -1 against each other."
        ),
        (["beta"], "**Beta** is how much a security moved, on average, when its benchmark moved one percent."),
        (
            ["moving average*", "sma"],
            "A **moving average** is the mean of the last closes, of 20, 50 or 200 days here; it shows a direction late but smoothly."
        ),
        (
            ["rsi", "relative strength*"],
            "The **relative strength index** (14 days) sets average gains against average losses on a scale of 0 to 100; above 70 is "
                + "called overbought, below 30 oversold."
        ),
        (
            ["diversif*"],
            "**Diversification** is that parts offset each other. The ratio here is the mean volatility of the parts over that of all in "
                + "equal parts: 1 offsets nothing."
        ),
        (
            ["risk figure*", "risk tolerance", "tolerance"],
            "The **risk figure** sets volatility and deepest fall against what a tolerance bears (low 10%, medium 25%, high 50% for "
                + "both) and gives the greater of the two; 1 is the limit."
        ),
        (
            ["rebalanc*"],
            "**Rebalancing** sells what has grown beyond its part and buys what has shrunk, so that the parts are as chosen."
        ),
    ]
}
