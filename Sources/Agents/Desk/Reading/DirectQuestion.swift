import Markets

/// A question that has one answer, which is given instead of a report.
enum DirectQuestion: Equatable {
    /// "What did it close at on 3 March 2026?"
    case close(on: TradingDay)
    /// "How much has it fallen since 3 March 2026?"; up to a day where one is named.
    case change(since: TradingDay, until: TradingDay?)
    /// "What was its highest close this year?"; of all prices where no time is named.
    case extreme(isHighest: Bool, over: Timeframe? = nil)
    /// "How far is it below its high?"
    case belowHigh
    /// "Which has the highest return of all?"
    case ranking(Ranking, isHighest: Bool)
    case correlation
    /// "60/40": parts of a whole, in the order of the symbols.
    case weights([Double])
    /// "What would 1000 have become?"
    case amount(Double, since: TradingDay?)
    /// "Will it go up?": nobody knows; with an amount, what it would have become in the past is told.
    case future(amount: Double?)
    /// A date that can be read in two ways.
    case ambiguousDate(String)

    enum Ranking: Equatable { case totalReturn, risk, price }

    /// Whether the symbols of the whole folder are looked at where the message names none.
    var isOfAll: Bool { if case .ranking = self { true } else { false } }

    /// Nil for a request that wants a report.
    static func read(_ message: String, today: TradingDay) -> DirectQuestion? {
        let words = Words(message)
        guard words.words.count <= 60 else { return nil }
        let amount = amount(in: words)
        if words.hasAny(futureWords), !words.hasAny(historyWords) { return .future(amount: amount) }
        let weights = weights(in: words)
        if weights.count > 1 { return .weights(weights) }
        let dates = dates(in: message)
        if let ambiguous = dates.ambiguous, words.hasAny(priceWords + changeWords) { return .ambiguousDate(ambiguous) }
        let day = dates.days.first ?? year(in: words)
        if let amount { return .amount(amount, since: day) }
        if words.hasAny(["correlat*"]) { return .correlation }
        if let day {
            if words.hasAny(changeWords) || dates.days.count > 1 {
                return .change(since: day, until: dates.days.dropFirst().first)
            }
            if words.hasAny(priceWords) { return .close(on: day) }
        }
        if words.hasAny(belowHighWords), words.hasAny(changeWords + ["below", "off", "far", "from", "under"]) {
            return .belowHigh
        }
        let isHighest = words.hasAny(highestWords)
        guard isHighest || words.hasAny(lowestWords) else { return nil }
        // "Which is best?" wants to hear why; "best of all" wants a name.
        let isVague = !words.hasAny([
            "highest", "lowest", "riskiest", "safest", "greatest", "biggest", "smallest", "volatil*", "return*",
        ])
        if words.hasAny(["of all", "all symbols", "all stocks", "of them all"]) || !isVague && words.hasAny(allWords) {
            if words.hasAny(["risk*", "volatil*", "safe*", "safest"]) {
                return .ranking(.risk, isHighest: isHighest && !words.hasAny(["safest"]))
            }
            if words.hasAny(["price", "close", "closed", "expensive", "cheapest"]) {
                return .ranking(.price, isHighest: isHighest)
            }
            return .ranking(.totalReturn, isHighest: isHighest)
        }
        return words.hasAny([
            "price*", "close*", "closing", "level", "all time", "high", "low", "ever", "value", "point",
        ])
            ? .extreme(isHighest: isHighest) : nil
    }

    // MARK: - Pieces

    private static let futureWords = [
        "will it", "will they", "will the price", "will go", "going to go", "going to rise", "going to fall",
        "going to crash", "gonna",
        "will rise", "will fall", "will crash", "will drop", "will double", "will recover", "will be worth",
        "will i have", "will become",
        "will 1*", "predict*", "price target", "target price", "where will", "go up", "go down", "become in",
        "be worth in", "in the future",
        "tomorrow", "guarantee*",
    ]
    /// Words of what was: "did it go up?" is about the past.
    private static let historyWords = [
        "did", "has", "have been", "would have", "went", "since", "ago", "last year", "last month", "last week",
    ]
    private static let changeWords = [
        "since", "fall*", "fell", "rise*", "risen", "rose", "gain*", "lost", "lose", "drop*", "chang*", "mov*",
        "return*", "perform*", "did it do",
        "grow*", "grew", "went", "up", "down",
    ]
    private static let priceWords = [
        "close*", "closing", "price*", "worth", "trade*", "cost*", "stand", "stood", "quote", "value",
    ]
    private static let highestWords = [
        "highest", "best", "most", "greatest", "biggest", "top", "maximum", "peak", "riskiest", "all time high",
    ]
    private static let lowestWords = [
        "lowest", "worst", "least", "smallest", "minimum", "bottom", "safest", "cheapest", "all time low",
    ]
    private static let belowHighWords = [
        "since its high", "since its highest", "since its peak", "since the peak", "since the high", "since the top",
        "since its top",
        "from its high", "from its highest", "from its peak", "from the peak", "from the high", "from the top",
        "below its high",
        "below its highest", "below its peak", "below the peak", "below the high", "off its high", "off its highs",
        "off its peak",
        "off the high", "off the highs", "under its high", "under its peak", "since its all time high",
        "from its all time high",
        "below its all time high", "off its all time high",
    ]
    private static let allWords = [
        "of all", "of them", "of these", "among", "which of", "which one", "which symbol", "which stock", "which share",
        "which has", "which did",
        "which is", "what has the", "all symbols", "all stocks", "all of them", "who",
    ]

    private static func dates(in message: String) -> (days: [TradingDay], ambiguous: String?) {
        let reader = DateReader(message)
        var days: [TradingDay] = []
        for mention in reader.mentions(order: reader.order) {
            switch mention.meaning {
            case .day(let day): days.append(TradingDay(number: Int32(clamping: day.number)))
            case .month(let year, let month):
                if let day = TradingDay(year: year, month: month, day: 1) { days.append(day) }
            case .ambiguous: return ([], mention.text)
            case .withoutYear, .impossible: break
            }
        }
        return (days, nil)
    }

    /// "since 2024".
    private static func year(in words: Words) -> TradingDay? {
        for (before, word) in zip(words.words, words.words.dropFirst()) {
            if ["since", "in", "from"].contains(before.folded), word.folded.utf8.count == 4,
                let year = Int(word.folded),
                (1900...2100).contains(year)
            {
                return TradingDay(year: year, month: 1, day: 1)
            }
        }
        return nil
    }

    /// "60/40", "60% and 40%", "70 percent": at least two parts that make up a whole.
    private static func weights(in words: Words) -> [Double] {
        var found: [Double] = []
        for word in words.words {
            let text = word.folded.hasPrefix("$") ? "" : word.folded
            guard let number = Double(text), number > 0, number < 100 else { continue }
            found.append(number)
        }
        let sum = found.reduce(0, +)
        if abs(sum - 100) < 0.5 { return found.map { $0 / sum } }
        if found.count > 1, abs(sum - 1) < 0.005 { return found }
        return []
    }

    /// "$1000", "1,000", "1000 euros" where money is put into something.
    private static func amount(in words: Words) -> Double? {
        let money: Set<String> = [
            "dollar", "dollars", "euro", "euros", "eur", "usd", "bucks", "pounds", "gbp", "chf", "francs",
        ]
        let verbs = ["invest*", "put", "become", "became", "worth", "turn*", "grow*", "have", "made", "buy", "bought"]
        for (place, word) in words.words.enumerated() {
            let isMarked = word.folded.hasPrefix("$")
            var text = word.folded.filter { $0 != "$" && $0 != "," }
            var factor = 1.0
            if text.hasSuffix("k") { (text, factor) = (String(text.dropLast()), 1_000) }
            guard let number = Double(text), number > 0, number * factor < 1e12 else { continue }
            let next = place + 1 < words.words.count ? words.words[place + 1].folded : ""
            let isYear = (1900...2100).contains(number) && factor == 1 && !isMarked && !money.contains(next)
            if isMarked || money.contains(next) || number * factor >= 100 && !isYear && words.hasAny(verbs) {
                return number * factor
            }
        }
        return nil
    }
}
