// Made by make-figures.py from agents/desk/prices-sample; not by the program under test. Do not edit.

struct ExpectedFigures {
    var symbol: String
    var frame: String
    var first: String
    var last: String
    var totalReturn: Double
    var volatility: Double
    var downside: Double
    var sharpe: Double
    var depth: Double
    var peak: String
    var trough: String

    static let all: [ExpectedFigures] = [
        ExpectedFigures(
            symbol: "DEMO1", frame: "3M", first: "2026-08-20", last: "2026-11-20",
            totalReturn: 0.002430133657351119,
            volatility: 0.07032264835230635,
            downside: 0.049105531832528755,
            sharpe: 0.16639201755490182,
            depth: 0.036166976508365756, peak: "2026-09-07", trough: "2026-11-13"),
        ExpectedFigures(
            symbol: "DEMO1", frame: "6M", first: "2026-05-20", last: "2026-11-20",
            totalReturn: 0.0450597176981542,
            volatility: 0.07484350641123011,
            downside: 0.04660906004451667,
            sharpe: 1.1601799932410444,
            depth: 0.036166976508365756, peak: "2026-09-07", trough: "2026-11-13"),
        ExpectedFigures(
            symbol: "DEMO1", frame: "YTD", first: "2025-12-31", last: "2026-11-20",
            totalReturn: 0.04129102055535516,
            volatility: 0.08084080712898478,
            downside: 0.05414848992025164,
            sharpe: 0.5836339612501131,
            depth: 0.04815716272600845, peak: "2026-04-17", trough: "2026-05-22"),
        ExpectedFigures(
            symbol: "DEMO1", frame: "1Y", first: "2025-11-20", last: "2026-11-20",
            totalReturn: 0.02448110697179362,
            volatility: 0.08168366864683546,
            downside: 0.05587397276477684,
            sharpe: 0.3264835453924832,
            depth: 0.04815716272600845, peak: "2026-04-17", trough: "2026-05-22"),
        ExpectedFigures(
            symbol: "DEMO1", frame: "3Y", first: "2023-11-20", last: "2026-11-20",
            totalReturn: 0.197139303482587,
            volatility: 0.08626955091908575,
            downside: 0.05859974015945681,
            sharpe: 0.7134422619232732,
            depth: 0.15167930660888418, peak: "2024-06-18", trough: "2025-02-12"),
        ExpectedFigures(
            symbol: "DEMO1", frame: "MAX", first: "2023-09-01", last: "2026-11-20",
            totalReturn: 0.21043806329909875,
            volatility: 0.08619105500477836,
            downside: 0.05841945568539855,
            sharpe: 0.7077093280157805,
            depth: 0.15167930660888418, peak: "2024-06-18", trough: "2025-02-12"),
        ExpectedFigures(
            symbol: "DEMO4", frame: "3M", first: "2026-08-20", last: "2026-11-20",
            totalReturn: -0.051703163017031595,
            volatility: 0.28076095602708784,
            downside: 0.20064161903962424,
            sharpe: -0.5830224740166261,
            depth: 0.1762644440234893, peak: "2026-08-26", trough: "2026-11-11"),
        ExpectedFigures(
            symbol: "DEMO4", frame: "6M", first: "2026-05-20", last: "2026-11-20",
            totalReturn: -0.21388351962349772,
            volatility: 0.26730453510862195,
            downside: 0.2006420426186688,
            sharpe: -1.5859648627614191,
            depth: 0.2690982435498781, peak: "2026-05-20", trough: "2026-11-11"),
        ExpectedFigures(
            symbol: "DEMO4", frame: "YTD", first: "2025-12-31", last: "2026-11-20",
            totalReturn: -0.2401299756295694,
            volatility: 0.273452272746464,
            downside: 0.20041247381499475,
            sharpe: -0.9545425354527556,
            depth: 0.32893518518518516, peak: "2026-01-26", trough: "2026-11-11"),
        ExpectedFigures(
            symbol: "DEMO4", frame: "1Y", first: "2025-11-20", last: "2026-11-20",
            totalReturn: -0.2802400738688827,
            volatility: 0.27465197491363497,
            downside: 0.20210658593600192,
            sharpe: -1.0193044889663938,
            depth: 0.3872331430987107, peak: "2025-11-28", trough: "2026-11-11"),
        ExpectedFigures(
            symbol: "DEMO4", frame: "3Y", first: "2023-11-20", last: "2026-11-20",
            totalReturn: -0.26520031421838175,
            volatility: 0.2801580594638939,
            downside: 0.1970166769717925,
            sharpe: -0.21346578245999193,
            depth: 0.49241274658573597, peak: "2024-05-24", trough: "2026-11-11"),
        ExpectedFigures(
            symbol: "DEMO4", frame: "MAX", first: "2023-09-01", last: "2026-11-20",
            totalReturn: -0.22315422307117339,
            volatility: 0.280007571839318,
            downside: 0.19629455787938518,
            sharpe: -0.13060346015538493,
            depth: 0.49241274658573597, peak: "2024-05-24", trough: "2026-11-11"),
        ExpectedFigures(
            symbol: "DEMO5", frame: "3M", first: "2026-08-20", last: "2026-11-20",
            totalReturn: -0.12106135986733002,
            volatility: 0.33213065380151974,
            downside: 0.2498770673355858,
            sharpe: -1.3229789563831698,
            depth: 0.18711656441717783, peak: "2026-10-12", trough: "2026-11-20"),
        ExpectedFigures(
            symbol: "DEMO5", frame: "6M", first: "2026-05-20", last: "2026-11-20",
            totalReturn: -0.10270880361173806,
            volatility: 0.3189647248707484,
            downside: 0.22819476043357995,
            sharpe: -0.4903103081616251,
            depth: 0.1916624300965939, peak: "2026-06-09", trough: "2026-11-20"),
        ExpectedFigures(
            symbol: "DEMO5", frame: "YTD", first: "2025-12-31", last: "2026-11-20",
            totalReturn: 0.031128404669260812,
            volatility: 0.3534357234988025,
            downside: 0.23850983310739637,
            sharpe: 0.26974800461729387,
            depth: 0.23373493975903614, peak: "2026-03-19", trough: "2026-11-20"),
        ExpectedFigures(
            symbol: "DEMO5", frame: "1Y", first: "2025-11-20", last: "2026-11-20",
            totalReturn: 0.005692599620493288,
            volatility: 0.3555663298761672,
            downside: 0.2388219085720808,
            sharpe: 0.1922620595230906,
            depth: 0.23373493975903614, peak: "2026-03-19", trough: "2026-11-20"),
        ExpectedFigures(
            symbol: "DEMO5", frame: "3Y", first: "2023-11-20", last: "2026-11-20",
            totalReturn: -0.13774403470715835,
            volatility: 0.358999666645105,
            downside: 0.24446499818602221,
            sharpe: 0.04670203970920142,
            depth: 0.5432614988742361, peak: "2024-05-20", trough: "2025-09-29"),
        ExpectedFigures(
            symbol: "DEMO5", frame: "MAX", first: "2023-09-01", last: "2026-11-20",
            totalReturn: -0.06525573192239864,
            volatility: 0.3609978314808411,
            downside: 0.24351223380034745,
            sharpe: 0.12417039935756384,
            depth: 0.5432614988742361, peak: "2024-05-20", trough: "2025-09-29"),
        ExpectedFigures(
            symbol: "DEMOIDX", frame: "3M", first: "2026-08-20", last: "2026-11-20",
            totalReturn: -0.01230011063059433,
            volatility: 0.08443600631076778,
            downside: 0.05749922184365312,
            sharpe: -0.5176586154979993,
            depth: 0.04653673281124271, peak: "2026-09-17", trough: "2026-11-16"),
        ExpectedFigures(
            symbol: "DEMOIDX", frame: "6M", first: "2026-05-20", last: "2026-11-20",
            totalReturn: -0.05028673107236448,
            volatility: 0.10246526600161104,
            downside: 0.07380704198167598,
            sharpe: -0.9103936895483301,
            depth: 0.0675381263616559, peak: "2026-06-11", trough: "2026-11-16"),
        ExpectedFigures(
            symbol: "DEMOIDX", frame: "YTD", first: "2025-12-31", last: "2026-11-20",
            totalReturn: -0.09739531634866361,
            volatility: 0.11384861111907289,
            downside: 0.08436311208158286,
            sharpe: -0.9217603253719436,
            depth: 0.11044781585621555, peak: "2026-04-15", trough: "2026-11-16"),
        ExpectedFigures(
            symbol: "DEMOIDX", frame: "1Y", first: "2025-11-20", last: "2026-11-20",
            totalReturn: -0.08493985445803787,
            volatility: 0.11083641927711833,
            downside: 0.0817520933964049,
            sharpe: -0.7186837370268744,
            depth: 0.1342594655284568, peak: "2025-12-23", trough: "2026-11-16"),
        ExpectedFigures(
            symbol: "DEMOIDX", frame: "3Y", first: "2023-11-20", last: "2026-11-20",
            totalReturn: -0.013084243636253934,
            volatility: 0.12189967819718418,
            downside: 0.08485766941484416,
            sharpe: 0.02614607253785955,
            depth: 0.21842133307101463, peak: "2024-05-28", trough: "2025-02-03"),
        ExpectedFigures(
            symbol: "DEMOIDX", frame: "MAX", first: "2023-09-01", last: "2026-11-20",
            totalReturn: -0.013510527161684327,
            volatility: 0.124114187632965,
            downside: 0.08631319618092481,
            sharpe: 0.02910595628001981,
            depth: 0.21842133307101463, peak: "2024-05-28", trough: "2025-02-03"),
    ]
}

enum ExpectedSingles {
    /// Over the last year: value at risk, expected shortfall, days.
    static let tails: [String: (Double, Double, Int)] = [
        "DEMO1": (0.00822603719599424, 0.009984162476051297, 261),
        "DEMO4": (0.028991223745192807, 0.034755104104820085, 261),
        "DEMO5": (0.03285077951002224, 0.04135290757222854, 261),
        "DEMOIDX": (0.011191521335073396, 0.01580888201857909, 261),
    ]
    /// Means of the last 20, 50 and 200 closes; relative strength index.
    static let chart: [String: (Double, Double, Double, Double)] = [
        "DEMO1": (57.802499999999995, 58.0644, 56.969849999999994, 48.32496564439708),
        "DEMO4": (90.104, 94.3924, 106.90435, 55.96098968287807),
        "DEMO5": (17.511000000000003, 18.249000000000002, 17.970399999999998, 30.048233766693276),
        "DEMOIDX": (988.4955, 998.6569999999999, 1022.528, 42.85924600272623),
    ]
    /// Correlations of logarithmic returns over a year.
    static let correlations: [(String, String, Double)] = [
        ("DEMO1", "DEMO4", 0.29248915964854927),
        ("DEMO1", "DEMO5", 0.27506291721590476),
        ("DEMO1", "DEMOIDX", 0.5151722589390345),
        ("DEMO4", "DEMO5", 0.27786778871237905),
        ("DEMO4", "DEMOIDX", 0.616803975485882),
        ("DEMO5", "DEMOIDX", 0.4306647092131324),
    ]
    /// Betas to DEMOIDX over a year.
    static let betas: [String: Double] = [
        "DEMO1": 0.38077413842287455,
        "DEMO4": 1.529975747217725,
        "DEMO5": 1.3856823539739658,
    ]
    /// DEMO1, DEMO4 and DEMO5 in equal parts over a year: volatility, depth, diversification.
    static let basket = (0.1802247412315689, 0.15231191211369344, 1.316693014458583)
}
