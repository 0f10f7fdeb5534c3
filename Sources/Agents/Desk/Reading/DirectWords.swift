import Markets

/// Finds the one question of a message, by the words in it.
struct DirectWords {
    private let words: Words
    private let amount: Double?
    private let ambiguous: String?
    /// The days that the message names.
    let period: DeskPeriod?

    init(_ words: Words, time: DeskPeriod.Reading) {
        self.words = words
        amount = Self.amount(in: words)
        switch time {
        case .none: (period, ambiguous) = (nil, nil)
        case .period(let named): (period, ambiguous) = (named, nil)
        case .ambiguous(let text): (period, ambiguous) = (nil, text)
        }
    }

    var kind: DirectQuestion.Kind? {
        if isFuture { return .future(amount: amount) }
        let weights = Self.weights(in: words)
        if weights.count > 1 { return .weights(weights) }
        if let ambiguous, has(Self.priceWords + Self.changeWords) { return .ambiguousDate(ambiguous) }
        if has(Self.choiceWords) { return .choice }
        if let amount { return .amount(amount) }
        if let unknown = Self.unknown.first(where: { has($0.phrases) }) { return .unknown(unknown.name) }
        if has(Self.reasonWords) { return .reason }
        if has(["correlat*"]) { return .correlation }
        if has(["volume", "volumes", "shares traded", "traded shares", "turnover"]) { return .volume }
        if has(Self.inventoryWords) { return .inventory }
        if has(Self.extentWords) { return .extent }
        return ofDays ?? ofAll ?? ofExtremes ?? ofFigures ?? ofPrices
    }

    private func has(_ phrases: [String]) -> Bool { words.hasAny(phrases) }

    // MARK: - Kinds

    private var isFuture: Bool {
        if has(Self.pastWords) { return false }
        if has(Self.futureWords) { return true }
        // "Will DEMO1 ever recover?"
        guard let place = words.words.firstIndex(where: { ["will", "shall", "going"].contains($0.folded) }) else {
            return false
        }
        return words.words[(place + 1)...].prefix(6).contains { Self.futureVerbs.contains($0.folded) }
    }

    /// Single days, weeks and months: the best, the worst, how many went up.
    private var ofDays: DirectQuestion.Kind? {
        let isUp = has(Self.upWords)
        let isDown = has(Self.downWords)
        let units: [(DirectQuestion.MoveUnit, [String])] = [
            (
                .day,
                [
                    "day", "days", "daily", "single day", "one day", "trading day", "session", "sessions", "overnight",
                    "intraday",
                ]
            ),
            (.week, ["week", "weeks", "weekly"]), (.month, ["month", "months", "monthly"]),
            (.year, ["year", "years", "yearly"]),
        ]
        if has([
            "how many days", "how many trading days", "how often", "number of days", "percentage of days",
            "share of days",
            "how many sessions", "what percentage of the days", "many up days", "many down days", "up days",
            "down days",
            "winning days", "losing days", "positive days", "negative days", "green days", "red days",
        ]) {
            if has(["losing days", "negative days", "red days", "down days"]) { return .moveCount(isUp: false) }
            if isUp || isDown || has(["winning", "positive", "green"]) { return .moveCount(isUp: !isDown) }
        }
        let isWorst = has(["worst", "blackest"])
        let isBest = has(["best", "strongest"])
        if isWorst || isBest {
            let adjacent = units.first { unit in
                has(
                    unit.1.flatMap {
                        [
                            "worst \($0)", "best \($0)", "strongest \($0)", "worst trading \($0)", "best trading \($0)",
                            "worst single \($0)", "best single \($0)",
                        ]
                    })
            }
            if let adjacent { return .move(adjacent.0, isBest: isBest) }
        }
        // "Which day hurt it the most?"
        let asked = units.first { has(["which \($0.1[0])", "what \($0.1[0])", "the \($0.1[0])"]) }?.0
        if let asked, isUp != isDown, has(["most", "hardest", "furthest"]) { return .move(asked, isBest: isUp) }
        guard has(["biggest", "largest", "greatest", "sharpest", "steepest", "worst", "best", "maximum", "highest"]),
            has(Self.moveNouns), !has(["peak", "trough", "drawdown*"])
        else { return nil }
        let unit =
            units.first { has($0.1.flatMap { ["single \($0)", "one \($0)", "in a \($0)", "\($0)", "\($0)ly"] }) }?.0
            ?? .day
        return .move(unit, isBest: isUp && !isDown)
    }

    /// One out of many.
    private var ofAll: DirectQuestion.Kind? {
        let isHighest = has(Self.highestWords)
        guard isHighest || has(Self.lowestWords) else { return nil }
        let isAll = has(Self.allPhrases)
        let isOne = isAll || has(Self.oneOfWords)
        guard isOne else { return nil }
        let figure = ranked
        // "Which is best?" of two that are named wants to hear why; "best of all" wants a name.
        let isVague = !isAll && figure == nil && !has(["highest", "lowest", "greatest", "biggest", "smallest"])
        var isTop = isHighest && !has(["safest", "calmest", "least", "lowest", "smallest"])
        if figure == .drawdown, has(["best"]) { isTop = false }
        if has(["lost", "fell", "fallen", "dropped"]) { isTop = !isTop }
        return .ranking(figure ?? .totalReturn, isHighest: isTop, isVague: isVague)
    }

    /// What the symbols are ranked by, where it is said.
    private var ranked: DeskFigure? {
        if let named = DeskFigure.named(in: words).first { return named }
        if has(["risk*", "safest", "calmest", "safe", "wildest", "stable", "steadiest"]) { return .volatility }
        if has(["price", "close", "closed", "expensive", "cheapest", "cost*"]) { return .price }
        if has(["gain*", "lost", "fell", "fallen", "rose", "risen", "dropped", "up most"]) { return .totalReturn }
        return nil
    }

    /// The highest and the lowest price, and how far it is from them.
    private var ofExtremes: DirectQuestion.Kind? {
        if has(Self.belowHighWords), has(Self.changeWords + ["below", "off", "far", "from", "under"]) {
            return .fromExtreme(isHighest: true)
        }
        if has(Self.aboveLowWords), has(Self.changeWords + ["above", "off", "far", "from", "over"]) {
            return .fromExtreme(isHighest: false)
        }
        let isHighest = has(["highest", "peak", "maximum", "all time high", "record high", "top", "high", "best"])
        guard isHighest || has(["lowest", "minimum", "all time low", "record low", "bottom", "low", "worst"]) else {
            return nil
        }
        guard DeskFigure.named(in: words).isEmpty else { return nil }
        if has([
            "52 week*", "year high", "year low", "yearly high", "yearly low", "annual high", "annual low",
            "all time high",
            "all time low", "record high", "record low",
        ]) {
            return .extreme(isHighest: has(["high", "highest"]))
        }
        guard
            has([
                "highest", "lowest", "maximum", "minimum", "peak", "best", "worst", "what was the high",
                "what was the low", "the high of", "the low of", "top price", "top close", "bottom price",
                "bottom close",
            ]),
            has([
                "price*", "close*", "closing", "level", "all time", "high", "low", "ever", "value", "point", "was",
                "trade*", "reach*", "peak", "stand",
            ]),
            !has(["risk", "risks"])
        else { return nil }
        return .extreme(isHighest: isHighest)
    }

    /// Figures and nothing around them: "just the volatility", "is it above its 200 day average?"
    private var ofFigures: DirectQuestion.Kind? {
        let named = DeskFigure.named(in: words)
        let isBeating = has([
            "beat", "beats", "beaten", "outperform*", "underperform*", "outpace*", "did better than",
            "done better than", "do better than", "doing better than", "do worse than", "did worse than",
        ])
        if named.isEmpty, isBeating { return .figures([.totalReturn]) }
        guard !named.isEmpty, !has(Self.reportWords) else { return nil }
        // "Don't do a full analysis, just the volatility": what is declined is not asked for.
        if has(["analy*", "report", "review", "performance of"]), !isBrief { return nil }
        if named == [.totalReturn], !has(["return", "returns", "total return"]) || has(["risk", "risks"]) {
            return nil
        }
        return .figures(named)
    }

    /// A price, or a change of it.
    private var ofPrices: DirectQuestion.Kind? {
        let isChange = has(Self.changeWords)
        guard let period else {
            if has(Self.nowWords), !isChange || has(["now", "currently", "latest", "last price", "last close"]) {
                return .figures([.price])
            }
            return nil
        }
        if period.day != nil { return isChange ? .change : has(Self.priceWords + Self.nowWords) ? .close : nil }
        if isChange || has(["since"]) { return .change }
        // A span of the calendar has no report of its own.
        if period.back == nil, has(Self.doingWords) { return .change }
        if has(Self.priceWords) { return .close }
        return nil
    }

    /// Whether the message wants no more than it names.
    private var isBrief: Bool { has(["just", "only", "nothing but", "simply"]) }

    // MARK: - Numbers

    /// "60/40", "60% and 40%", "half … half": at least two parts that make up a whole.
    private static func weights(in words: Words) -> [Double] {
        var found: [Double] = []
        for word in words.words {
            let text = word.folded.hasPrefix("$") ? "" : word.folded == "half" ? "50" : word.folded
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
        let verbs = [
            "invest*", "put", "become", "became", "worth", "turn*", "grow*", "have", "made", "make", "buy", "bought",
        ]
        for (place, word) in words.words.enumerated() {
            let isMarked = word.folded.hasPrefix("$")
            var text = word.folded.filter { $0 != "$" && $0 != "," }
            var factor = 1.0
            if text.hasSuffix("k") { (text, factor) = (String(text.dropLast()), 1_000) }
            guard let number = Double(text), number > 0, number * factor < 1e12 else { continue }
            let next = place + 1 < words.words.count ? words.words[place + 1].folded : ""
            let isYear = (1900...2100).contains(number) && factor == 1 && !isMarked && !money.contains(next)
            let isLength = [
                "day", "days", "week", "weeks", "month", "months", "year", "years", "average", "sma", "dma",
            ].contains(next)
            if isMarked || money.contains(next) || number * factor >= 100 && !isYear && !isLength && words.hasAny(verbs)
            {
                return number * factor
            }
        }
        return nil
    }
}
