/// The words of questions that have one answer. A `*` stands for any ending.
extension DirectWords {
    static let futureWords = [
        "going to go", "going to rise", "going to fall", "going to crash", "gonna", "predict*", "prediction*",
        "price target",
        "target price", "where will", "how will", "when will", "what will", "go up", "go down", "become in",
        "be worth in",
        "in the future", "tomorrow", "guarantee*", "next week", "worth in",
    ]
    static let futureVerbs: Set<String> = [
        "go", "rise", "fall", "crash", "drop", "double", "triple", "recover", "reach", "hit", "climb", "beat",
        "outperform", "lose",
        "gain", "grow", "become", "be", "do", "keep", "continue", "bounce", "rebound", "collapse", "perform", "up",
        "down", "get",
    ]
    /// Words of what was: "did it go up?" is about the past.
    static let pastWords = [
        "did", "has", "have been", "would have", "would", "went", "since", "ago", "last year", "last month",
        "last week", "was",
        "were", "had", "how often", "how many days",
    ]
    static let changeWords = [
        "since", "fall*", "fell", "rise*", "risen", "rose", "gain*", "lost", "lose", "drop*", "chang*", "mov*", "grow*",
        "grew", "went", "up", "down", "slid", "slump*", "climb*", "declin*", "increas*",
        "decreas*", "made", "ahead",
    ]
    static let doingWords = [
        "did", "do", "does", "done", "doing", "happen*", "fare*", "been", "like", "perform*", "return*",
    ]
    static let priceWords = [
        "close*", "closing", "price*", "worth", "trade*", "cost*", "stand", "stood", "quote*", "value", "at",
    ]
    /// Words that ask for the present price.
    static let nowWords = [
        "price", "quote", "last close", "latest close", "trading at", "trade at", "trades at", "stand at", "stands at",
        "standing",
        "how much is", "how much does", "what is it worth", "close at", "closed at", "closing price", "at now",
        "right now",
    ]
    static let highestWords = [
        "highest", "best", "most", "greatest", "biggest", "top", "maximum", "peak", "riskiest", "wildest", "strongest",
    ]
    static let lowestWords = [
        "lowest", "worst", "least", "smallest", "minimum", "bottom", "safest", "cheapest", "all time low", "calmest",
        "steadiest",
        "weakest",
    ]
    static let belowHighWords = phrases(
        ["since", "from", "below", "off", "under", "beneath"],
        [
            "high", "highs", "highest", "peak", "top", "all time high", "record high", "record", "52 week high",
            "year high", "maximum",
        ])
    static let aboveLowWords = phrases(
        ["since", "from", "above", "off", "over"],
        [
            "low", "lows", "lowest", "bottom", "all time low", "record low", "52 week low", "year low", "trough",
            "minimum",
        ])

    private static func phrases(_ openings: [String], _ ends: [String]) -> [String] {
        openings.flatMap { opening in
            ends.flatMap { ["\(opening) its \($0)", "\(opening) the \($0)", "\(opening) their \($0)"] }
        }
    }

    static let upWords = [
        "up", "rise*", "rose", "risen", "gain*", "climb*", "jump*", "rally", "rallies", "winning", "increase*",
        "higher", "rallied",
    ]
    static let downWords = [
        "down", "fall*", "fell", "drop*", "lose", "loses", "lost", "loss", "losses", "declin*", "crash*", "slump*",
        "decrease*",
        "lower", "plunge*", "slide", "losing", "worst", "hurt*",
    ]
    static let moveNouns = [
        "fall", "falls", "drop", "drops", "loss", "losses", "decline", "declines", "gain", "gains", "rise", "jump",
        "jumps", "move",
        "moves", "swing", "slump", "crash", "rally", "increase", "decrease", "plunge", "daily move",
    ]
    static let allPhrases = [
        "of all", "all symbols", "all stocks", "all shares", "of them all", "all of them", "all your",
        "of your symbols",
        "everything you have", "in your list", "you have prices", "of the lot", "whole list",
    ]
    /// One of several is asked for.
    static let oneOfWords = [
        "of them", "of these", "of those", "among", "which of", "which one", "which symbol*", "which stock*",
        "which share*",
        "what stock*", "what symbol*", "which compan*", "which has", "which had", "which did", "which is", "which was",
        "what has the",
        "which perform*", "which gained", "which lost", "which fell", "which rose", "which were", "who",
        "best performer",
        "worst performer", "top performer", "biggest winner", "biggest loser", "best performing", "worst performing",
        "riskiest symbol", "safest symbol",
    ]
    static let choiceWords = [
        "should i choose", "should i pick", "should i buy first", "what should i buy", "which should i buy",
        "what to buy",
        "which stock should i", "which symbol should i", "which one should i", "what should i invest",
        "where should i invest",
        "best stock to buy", "best investment", "which stock to buy", "recommend a stock", "recommend me a stock",
        "what do you recommend", "pick a stock", "stock tip*", "what can i buy", "what stock should i",
        "what would you buy",
        "which would you buy", "where should i put", "what shall i buy",
    ]
    static let reasonWords = [
        "why did", "why has", "why is", "why was", "why does", "why are", "why have", "what caused", "reason for",
        "reason why",
        "what made", "what drove", "what is behind", "what s behind", "how come",
    ]
    static let inventoryWords = [
        "how many symbols", "how many stocks", "how many shares do you have", "which symbols do you",
        "which stocks do you",
        "what symbols do you", "what stocks do you", "list of symbols", "list the symbols", "list all", "list your",
        "which symbols are", "what symbols are", "which stocks are there", "what do you have", "which prices do you",
        "what prices do you", "what data do you", "which data do you", "which symbols can", "what symbols can",
        "which stocks can",
        "show me all symbols", "available symbols", "symbols available",
    ]
    static let extentWords = [
        "how far back", "how old is", "how recent", "how up to date", "up to date", "how current", "since when",
        "which period",
        "what period", "which dates", "latest date", "last date", "first date", "how many days of prices",
        "when does your data",
        "when do your prices", "when do the prices", "data go back", "prices go back", "how fresh",
    ]
    /// Words of a report: a figure beside them is a part of it.
    static let reportWords = [
        "momentum", "suit*", "outlook", "advi*", "should i", "trend*", "technical*", "risk", "risky", "riskier",
        "riskiest", "econom*",
        "forecast*", "deep dive", "rebalanc*", "portfolio*", "strategy", "entry", "exit", "timing", "allocat*",
        "diversif*",
    ]

    /// What daily prices do not have.
    static let unknown: [(name: String, phrases: [String])] = [
        (
            "price-earnings ratio",
            [
                "p e", "p e ratio", "pe ratio", "pe", "p e s", "price earnings", "price to earnings",
                "earnings multiple", "peg ratio",
                "p b", "price to book", "price to sales", "ev ebitda",
            ]
        ),
        (
            "earnings or revenue",
            [
                "earning*", "eps", "revenue*", "net income", "ebitda", "cash flow*", "cashflow*", "sales figures",
                "margins", "margin",
                "profitab*", "quarterly results", "annual report", "balance sheet", "debt", "debts", "book value",
                "turnover of",
            ]
        ),
        ("dividends", ["dividend*", "payout*", "dividend yield", "yield", "ex date"]),
        (
            "market value or number of shares",
            [
                "market cap*", "market value", "capitali*", "outstanding shares", "shares outstanding", "free float",
                "how big is",
                "short interest", "shareholders", "who owns", "insider*",
            ]
        ),
        (
            "company",
            [
                "ceo", "employees", "headquarter*", "who runs", "founded", "founder", "what does the company", "sector",
                "industry",
                "competitor*", "products", "isin", "wkn", "cusip", "listed on", "which exchange", "what exchange",
                "ipo",
            ]
        ),
        (
            "news",
            [
                "news", "headline*", "announce*", "press release*", "rumour*", "rumor*", "analyst rating*", "ratings",
                "rating",
            ]
        ),
        (
            "fair value",
            ["fair value", "intrinsic value", "undervalued", "overvalued", "over valued", "under valued", "dcf"]
        ),
        (
            "options or implied volatility",
            ["implied volatility", "option chain", "call option*", "put option*", "calls and puts", "futures"]
        ),
        (
            "prices within a day",
            [
                "intraday", "hourly", "real time", "realtime", "live price", "live quote", "bid", "ask price",
                "opening price",
                "open price", "opened at", "open at", "pre market", "premarket", "after hours",
            ]
        ),
        ("exchange rates", ["exchange rate*", "in euros instead", "currency", "which currency"]),
    ]
}
