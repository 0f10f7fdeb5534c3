/// The span of time a question is about, counted back from a series' last day.
public enum Timeframe: String, CaseIterable, Sendable {
    case oneWeek = "1W"
    case oneMonth = "1M"
    case threeMonths = "3M"
    case sixMonths = "6M"
    case yearToDate = "YTD"
    case oneYear = "1Y"
    case threeYears = "3Y"
    case fiveYears = "5Y"
    case maximum = "MAX"

    /// The day whose close the span begins with: the close on that day, or the last one before it. For `YTD` the last day of
    /// the year before. Nil for `MAX`: it begins with the first price there is.
    public func start(endingOn end: TradingDay) -> TradingDay? {
        switch self {
        case .oneWeek: end.adding(days: -7)
        case .oneMonth: end.subtracting(months: 1)
        case .threeMonths: end.subtracting(months: 3)
        case .sixMonths: end.subtracting(months: 6)
        case .yearToDate: TradingDay(year: end.date.year - 1, month: 12, day: 31)
        case .oneYear: end.subtracting(months: 12)
        case .threeYears: end.subtracting(months: 36)
        case .fiveYears: end.subtracting(months: 60)
        case .maximum: nil
        }
    }

    /// "the last three months".
    public var words: String {
        switch self {
        case .oneWeek: "the last week"
        case .oneMonth: "the last month"
        case .threeMonths: "the last three months"
        case .sixMonths: "the last six months"
        case .yearToDate: "this year so far"
        case .oneYear: "the last year"
        case .threeYears: "the last three years"
        case .fiveYears: "the last five years"
        case .maximum: "all the time there are prices for"
        }
    }

    /// A timeframe as people and programs write it: `3m`, `6mo`, `1yr`, `90 days`, `year to date`. Nil for one that is none of ours.
    public init?(hint text: String) {
        let word = text.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
        if let known = Timeframe(rawValue: word.uppercased()) {
            self = known
            return
        }
        switch word {
        case "yeartodate", "thisyear": self = .yearToDate
        case "all", "alltime", "maximum", "full": self = .maximum
        case "week", "weekly": self = .oneWeek
        case "month", "monthly": self = .oneMonth
        case "quarter", "quarterly": self = .threeMonths
        case "halfyear": self = .sixMonths
        case "year", "yearly", "annual": self = .oneYear
        default:
            let digits = word.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits), let days = Self.days(number, String(word.dropFirst(digits.count))) else {
                return nil
            }
            let spans: [(ClosedRange<Int>, Timeframe)] = [
                (5...7, .oneWeek), (28...31, .oneMonth), (84...93, .threeMonths), (180...186, .sixMonths),
                (360...366, .oneYear),
                (1080...1096, .threeYears), (1800...1827, .fiveYears),
            ]
            guard let found = spans.first(where: { $0.0.contains(days) }) else { return nil }
            self = found.1
        }
    }

    private static func days(_ number: Int, _ unit: String) -> Int? {
        guard (1...4_000).contains(number) else { return nil }
        switch unit {
        case "d", "day", "days": return number
        case "w", "wk", "wks", "week", "weeks": return number * 7
        case "m", "mo", "mos", "mon", "month", "months": return number * 30
        case "q", "quarter", "quarters": return number * 90
        case "y", "yr", "yrs", "year", "years": return number * 365
        default: return nil
        }
    }
}
