import Markets

/// Decides whether a request wants several specialists.
///
/// By the first rule that holds, of those that need at least one symbol with prices (without prices there is nothing to work
/// out, and one voice says so):
/// A question that has one answer is none of them, nor is one that declines ("don't do a full analysis").
///
/// 1. It asks for everybody ("full analysis", "all specialists", "workflow"): all five.
/// 2. It is about a portfolio ("should I rebalance"): analyst, risk manager, economist, then the advisor.
/// 3. Two or more symbols are compared or analysed ("compare A and B", "which is better", "analyze A and B"): analyst and risk
///    manager, then the advisor, and the specialist of every other subject that is spoken of.
/// 4. Subjects of two or more specialists are spoken of ("risk and outlook"): those.
///
/// Anything else is one specialist's. The advisor waits for all others of its workflow; the others wait for nobody.
enum WorkflowDetector {
    /// - Parameter symbols: how many symbols with prices the request names.
    static func plan(for reading: RequestReading, symbols: Int) -> WorkflowPlan? {
        guard symbols > 0, reading.direct == nil, !reading.isDeclined else { return nil }
        if reading.isExplicit { return plan("full analysis", Set(specialists)) }
        if reading.isPortfolio {
            return plan("portfolio review", reading.topics.union([.analyst, .riskManager, .economist, .advisor]))
        }
        if symbols > 1, reading.isComparison || reading.topics.contains(.analyst) {
            return plan("comparison", reading.topics.union([.analyst, .riskManager, .advisor]))
        }
        guard reading.topics.count > 1 else { return nil }
        let titles = specialists.filter(reading.topics.contains).map { Self.subjects[$0] ?? $0.title }
        return plan(Phrase.list(titles), reading.topics)
    }

    /// In the order they are named and started.
    static let specialists: [AssistantType] = [.analyst, .trader, .riskManager, .economist, .advisor]

    private static let subjects: [AssistantType: String] = [
        .analyst: "returns", .trader: "chart", .riskManager: "risk", .economist: "outlook", .advisor: "suitability",
    ]

    private static func plan(_ name: String, _ agents: Set<AssistantType>) -> WorkflowPlan? {
        let ordered = specialists.filter(agents.contains).map(\.rawValue)
        let steps = ordered.map { agent in
            WorkflowPlan.Step(
                agent, after: agent == AssistantType.advisor.rawValue ? ordered.filter { $0 != agent } : [])
        }
        return try? WorkflowPlan(name: name, steps: steps, known: Set(AssistantType.allCases.map(\.rawValue)))
    }
}
