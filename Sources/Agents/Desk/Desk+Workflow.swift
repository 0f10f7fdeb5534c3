import Chat
import Markets

extension Desk {
    /// Lets the plan's specialists work, then has the whole put together by the assistant that was asked.
    func workflow(
        _ plan: WorkflowPlan, turn: TurnContext, assistant: AssistantType, figures: DeskFigures, context: DeskContext,
        into sink: some DeskSink
    ) async throws -> ModelCompletion {
        let id = WorkflowID(of: turn.replyID).rawValue
        let after = Dictionary(uniqueKeysWithValues: plan.steps.map { ($0.agent, $0.after) })
        sink.workflow(.detected(id: id, name: plan.name, agents: plan.agents, after: after))
        // Should the turn be cut off before the answer, it is known whom it cost and, roughly, how much.
        var prompts = model.readsConversation ? FiguresBriefing.figures(figures).utf8.count * plan.agents.count : 0
        if prompts > 0, let first = model.availability.first(where: \.isAvailable) {
            sink.prompt(bytes: prompts)
            sink.answering(provider: first.provider, model: first.model)
        }
        let outcome = try await runner.run(plan, id: id) { update in
            sink.workflow(.update(update))
        } work: { assignment in
            try await finding(for: assignment, turn: turn, figures: figures, context: context) { sink.wantsMore }
        }
        let findings = plan.agents.compactMap { outcome.findings[$0] }
        for attempt in findings.flatMap(\.failedAttempts) + outcome.failedAttempts { sink.attemptFailed(attempt) }
        let request = synthesis(plan, outcome, turn: turn, assistant: assistant, figures: figures)
        prompts += request.promptBytes
        sink.prompt(bytes: prompts)
        let answer = try await model.respond(to: request.goingOn(after: turn.beginning), into: sink)
        return answer.counting(findings.compactMap(\.completion))
    }

    /// Specialists are several, and each has a deadline.
    private static let specialistLimits = AgentLoop.Limits(steps: 4, calls: 6, milliseconds: 30_000, tokens: 40_000)

    /// One specialist's work: its figures put into words, by the language model where there is one.
    private func finding(
        for assignment: Assignment, turn: TurnContext, figures: DeskFigures, context: DeskContext,
        isWanted: @escaping @Sendable () -> Bool
    ) async throws -> Finding {
        let specialist = AssistantType(rawValue: assignment.agent) ?? .general
        var paragraphs = specialist.specialist.paragraphs(figures)
        if figures.symbols.isEmpty {
            paragraphs = ["There are no daily prices of what was asked about, so there is nothing to work out."]
        }
        let answer = DeskAnswer(paragraphs: paragraphs + Self.gaps(assignment.missing))
        let summary = specialist.specialist.summary(figures)
        let chart = FigureData(agent: specialist, figures: figures).json
        guard model.readsConversation else { return Finding(text: answer.text, summary: summary, figures: chart) }
        let before = assignment.findings.sorted { $0.key < $1.key }
            .map { (title: AssistantType(rawValue: $0.key)?.title ?? $0.key, text: $0.value.text) }
        var data = [FiguresBriefing.figures(figures)]
        if !before.isEmpty || !assignment.missing.isEmpty {
            data.append(FiguresBriefing.findings(before, missing: Self.titles(assignment.missing)))
        }
        let request = request(
            [specialist.instructions, FiguresBriefing.rules], data: data, turn, history: [], answer: answer)
        let sink = SpecialistSink(isWanted: isWanted)
        // The figures of the assignment are there; what else it takes, a specialist works out itself.
        let table = PriceTable(prices, context: context, today: TradingDay(turn.createdAt), assistant: specialist)
        let rules = RuleAnswer(RuleAnswer.Prepared(request: request))
        do {
            let completion = try await AgentLoop(model: model, limits: Self.specialistLimits).run(
                request, tools: Self.tools([.priceFigures, .comparePrices], table), rules: rules, into: sink
            ).completion
            let text = sink.text
            guard text.contains(where: { !$0.isWhitespace }) else {
                throw WorkflowRunner.AgentFailure(
                    reason: "The language model said nothing.", failedAttempts: sink.failedAttempts)
            }
            return Finding(
                text: text, summary: summary, figures: chart, completion: completion,
                failedAttempts: sink.failedAttempts)
        } catch let error as ModelError {
            // The kind is a word of the API's; the detail stays out.
            throw WorkflowRunner.AgentFailure(
                reason: "The language model could not answer (\(error.kind.rawValue)).",
                failedAttempts: sink.failedAttempts)
        }
    }

    private func synthesis(
        _ plan: WorkflowPlan, _ outcome: WorkflowOutcome, turn: TurnContext, assistant: AssistantType,
        figures: DeskFigures
    ) -> ModelRequest {
        let answer = DeskAnswer(of: plan, outcome: outcome, figures: figures)
        let findings = plan.agents.compactMap { agent in
            outcome.findings[agent].map { (title: AssistantType(rawValue: agent)?.title ?? agent, text: $0.text) }
        }
        let missing = plan.agents.filter { outcome.failures[$0] != nil }
        let instructions = [
            assistant.instructions,
            "Your colleagues have worked on the request. Put what they found together into one answer to the reader.",
            FiguresBriefing.rules,
        ]
        let data = [
            FiguresBriefing.figures(figures), FiguresBriefing.findings(findings, missing: Self.titles(missing)),
        ]
        return request(instructions, data: data, turn, history: turn.history, answer: answer)
    }

    private static func titles(_ agents: [String]) -> [String] {
        agents.map { AssistantType(rawValue: $0)?.title ?? $0 }
    }

    private static func gaps(_ missing: [String]) -> [String] {
        missing.isEmpty ? [] : ["This was said without a part of \(Phrase.list(titles(missing).map { "the \($0)" }))."]
    }
}
