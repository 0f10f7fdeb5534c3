import Markets

/// What a message asks of the desk, by the words in it.
struct RequestReading: Equatable {
    /// The specialists whose subjects it speaks of.
    var topics: Set<AssistantType> = []
    /// It sets things side by side: "compare", "which is better", "A or B".
    var isComparison = false
    /// It is about a portfolio as a whole: "should I rebalance".
    var isPortfolio = false
    /// It asks for everybody in so many words: "full analysis", "all specialists".
    var isExplicit = false
    /// It wants no workflow: "don't do a full analysis, just …".
    var isDeclined = false
    /// A greeting or thanks and nothing else.
    var isSmallTalk = false
    /// It asks what a word means: "what is", "explain".
    var isExplanation = false
    /// The timeframe it names; nil when it names none.
    var timeframe: Timeframe?
    /// A question that has one answer.
    var direct: DirectQuestion?
    /// It points at symbols that were named before: "which of them".
    var pointsBack = false
    /// It asks what a word means, also beside figures.
    var isDefinition = false
    /// It begins like something that goes on: "and DEMO2?"
    private var goesOn = false
    /// Lengths of averages that it names: "the 50 day one".
    private var lengths: [Int] = []
    /// The days that it names, where it asks nothing of its own.
    private var period: DeskPeriod?

    /// - Parameter today: the day of the question.
    init(_ message: String, today: TradingDay = TradingDay(number: 0)) {
        let message = ForeignQuestion.english(message)
        let words = Words(message)
        topics = Set(Self.topicWords.filter { words.hasAny($0.value) }.keys)
        isComparison = words.hasAny(Self.comparisonWords)
        isPortfolio = words.hasAny(Self.portfolioWords)
        isDeclined = words.hasAny(Self.declined) && words.hasAny(Self.explicitWords + ["analysis", "report", "review"])
        isExplicit = words.hasAny(Self.explicitWords) && !isDeclined
        isExplanation = words.hasAny(Self.explanationWords) && !words.hasAny(["its", "their"])
        isSmallTalk =
            words.words.count <= 6 && words.words.allSatisfy { Self.smallTalk.contains($0.folded) }
            || words.words.count <= 10 && words.hasAny(Self.identity)
        direct = isExplicit || words.hasAny(["rebalanc*"]) ? nil : DirectQuestion.read(message, today: today)
        // A portfolio is reviewed, unless its parts are given.
        if isPortfolio, case .weights = direct?.kind {} else if isPortfolio { direct = nil }
        timeframe = Self.timeframes.first { words.hasAny($0.phrases) }?.timeframe
        pointsBack = words.hasAny(["of them", "of these", "of those", "which one", "the two", "of the two", "both"])
        isDefinition = words.hasAny(["explain*", "define", "definition of", "meaning of", "mean by", "mean", "means"])
        goesOn =
            words.words.count <= 10
            && (Self.openings.contains { words.place(of: $0) == 0 }
                || words.words.allSatisfy { Symbol($0.text[...]) != nil })
        if goesOn { lengths = DeskFigure.lengths(in: words.words.map(\.folded)) }
        if goesOn, direct == nil, case .period(let period) = DeskPeriod.read(message, today: today) {
            self.period = period
        }
    }

    /// Takes what a message that only names a symbol or a time leaves out from those before it: "and DEMO2?", "and this year?"
    /// - Parameter earlier: the user's messages before, the newest first.
    mutating func goOn(after earlier: [String], today: TradingDay) {
        guard goesOn, !isSmallTalk, !isExplicit, !isPortfolio else { return }
        guard topics.isEmpty || direct != nil else { return }
        let before = earlier.prefix(6).lazy.map { RequestReading($0, today: today) }
            .first { $0.direct != nil || !$0.topics.isEmpty || $0.isExplicit || $0.isPortfolio }
        guard let before else { return }
        if var own = direct {
            own.period = own.period ?? before.direct?.period
            direct = own
            return
        }
        switch before.direct?.kind {
        case .weights, .choice, .inventory, .ambiguousDate: return
        case .ranking(let figure, _, _):
            direct = DirectQuestion(kind: .figures([figure]), period: before.direct?.period)
        case .figures(let figures)
        where figures.contains { if case .average = $0 { true } else { false } } && !lengths.isEmpty:
            direct = DirectQuestion(kind: .figures(lengths.map { .average($0) }))
        default: direct = before.direct
        }
        if let period {
            direct?.period = period
            if direct?.kind == .close, period.day == nil { direct?.kind = .change }
        }
        topics = before.topics
        timeframe = timeframe ?? before.timeframe
    }

    private static let openings = [
        ["and"], ["what", "about"], ["how", "about"], ["same"], ["the", "same"], ["also"], ["now"], ["or"], ["then"],
        ["plus"],
        ["ok"], ["okay"], ["but"],
    ]

    private static let topicWords: [AssistantType: [String]] = [
        .analyst: [
            "analy*", "perform*", "return", "returns", "fundamental*", "sharpe", "did better", "gained", "how did",
            "how has",
            "how have", "doing", "deep dive",
        ],
        .trader: [
            "trade", "trading", "trader", "entry", "exit", "momentum", "technical*", "rsi", "moving average*", "trend*",
            "support", "resistance", "overbought", "oversold", "chart*", "timing", "signal*", "breakout*",
        ],
        .riskManager: [
            "risk", "risks", "risky", "riskier", "riskiest", "riskmanager", "volatil*", "drawdown*", "var",
            "value at risk",
            "shortfall", "hedg*", "exposure", "downside", "stress*", "safe", "safer", "safest", "lose", "loss",
            "losses",
            "correlat*",
        ],
        .economist: [
            "outlook", "econom*", "macro*", "inflation", "interest rate*", "rates", "recession*", "forecast*",
            "market conditions", "next quarter", "next year", "next month", "cycle", "benchmark", "beta", "the market",
        ],
        .advisor: [
            "advis*", "advice", "allocat*", "diversif*", "suit", "suits", "suitable", "fit", "fits", "tolerance",
            "should i buy", "should i sell", "should i hold", "should i invest", "retire*", "savings", "buy or sell",
        ],
    ]
    private static let comparisonWords = [
        "compar*", "versus", "vs", "better", "best", "worse", "worst", "which", "or", "between", "against",
        "side by side",
        "difference*", "differ*",
    ]
    private static let portfolioWords = [
        "rebalanc*", "portfolio*", "my holdings", "my positions", "asset mix", "my allocation",
    ]
    private static let explicitWords = [
        "full analysis", "complete analysis", "full review", "complete review", "full report", "full picture",
        "comprehensive*", "all specialists", "every specialist", "all agents", "whole team", "full team", "every angle",
        "all angles", "due diligence", "workflow", "everything about", "in depth report",
    ]
    /// "Don't do a full analysis, just tell me …"
    private static let declined = [
        "don t", "dont", "do not", "no full", "no complete", "no workflow", "no analysis", "not a full",
        "without a full",
        "without full", "no need for", "instead of", "skip the", "rather than a full", "not the full", "no in depth",
        "no comprehensive",
    ]
    private static let explanationWords = [
        "what is", "what s", "what are", "what does", "what do", "explain*", "define", "definition of", "meaning of",
        "mean by",
        "how is", "how do you",
    ]
    private static let identity = [
        "what can you do", "what do you do", "who are you", "what are you", "how can you help", "what can i ask",
    ]
    private static let smallTalk: Set<String> = [
        "hi", "hello", "hey", "good", "morning", "afternoon", "evening", "there", "thanks", "thank", "you", "so",
        "much", "very",
        "ok", "okay", "great", "bye", "goodbye", "desk",
    ]
    /// Longer phrases first where one is within another.
    private static let timeframes: [(phrases: [String], timeframe: Timeframe)] = [
        (["ytd", "year to date", "this year", "since january"], .yearToDate),
        (["1w", "last week", "past week", "this week"], .oneWeek),
        (["3m", "last quarter", "past quarter", "three months", "3 months"], .threeMonths),
        (["6m", "six months", "6 months", "half year", "half a year"], .sixMonths),
        (["1m", "last month", "past month", "one month", "1 month"], .oneMonth),
        (["3y", "three years", "3 years"], .threeYears),
        (["5y", "five years", "5 years"], .fiveYears),
        (["1y", "last year", "past year", "one year", "1 year", "twelve months", "12 months"], .oneYear),
        (["max", "all time", "ever", "since the beginning"], .maximum),
    ]
}
