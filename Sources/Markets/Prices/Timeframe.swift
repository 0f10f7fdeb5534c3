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
}
