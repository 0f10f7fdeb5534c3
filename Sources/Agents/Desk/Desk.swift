public import Chat
public import Markets
public import Scheduling

/// The desk: six assistants that speak of securities from daily prices, alone or several together in a workflow.
///
/// The figures are worked out before anybody speaks. A language model is given them as data and words them; without one the
/// desk words them itself. Every answer ends with what there are no prices of and that it is no advice, no matter who wrote it.
public struct Desk: Agent {
    public struct Options: Sendable {
        /// Specialists of one workflow that work at once; 1 or more.
        public var concurrency = 3
        /// How long a specialist may take, in milliseconds.
        public var specialistDeadlineMilliseconds = 60_000
        /// Where it is another for one of them.
        public var specialistDeadlines: [AssistantType: Int] = [:]

        public init() {}
    }

    public let name = "desk"
    public var availability: [ModelAvailability] { model.availability }
    /// As many as a workflow has seats: whether a message begins one is known when it is read.
    public var usualCalls: Int { AssistantType.allCases.count }

    let model: any LanguageModel
    let runner: WorkflowRunner
    let prices: PriceDesk
    let history: (any MessageSearch)?

    /// Who would be asked first for words, as things stand; nil when there is nobody at all.
    public var firstAsked: ModelAvailability? {
        let all = model.availability
        return all.first(where: \.isAvailable) ?? all.first
    }

    /// - Parameters:
    ///   - model: who words the figures.
    ///   - prices: the operator's folder; nil where there is none.
    ///   - samples: prices to go by as long as the operator's folder has none.
    ///   - history: finds what a user said in earlier conversations.
    ///   - timers: for the specialists' deadlines.
    public init(
        model: any LanguageModel, prices: PriceFolder?, samples: PriceFolder? = nil,
        history: (any MessageSearch)? = nil, timers: TimerQueue, options: Options = Options()
    ) {
        self.model = model
        self.history = history
        self.prices = PriceDesk(folders: [prices, samples].compactMap { $0 })
        runner = WorkflowRunner(
            timers: timers,
            options: WorkflowRunner.Options(
                concurrency: max(1, options.concurrency), deadlineMilliseconds: options.specialistDeadlineMilliseconds,
                deadlines: Dictionary(
                    uniqueKeysWithValues: options.specialistDeadlines.map { ($0.key.rawValue, $0.value) })))
    }

    /// Answers as the general assistant, without a context. A workflow's events become notes of the turn.
    public func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        try await reply(to: turn, context: DeskContext(), assistant: .general, into: WorkflowNotes(sink))
    }

    /// Answers one turn.
    ///
    /// A request that wants several specialists (`WorkflowDetector` has the rules) is a workflow: its events go to `sink`
    /// first, the text comes after the last of them. The completion's usage and attempts are those of all its calls together.
    /// Prices that cannot be read are no error; the answer says so. A specialist that fails is none either.
    /// - Throws: `ModelError` when the answer itself fails, `CancellationError`.
    public func reply(
        to turn: TurnContext, context: DeskContext, assistant: AssistantType, into sink: some DeskSink
    ) async throws -> ModelCompletion {
        if let care = try await Care.reply(to: turn, by: model, into: sink) { return care }
        let today = TradingDay(turn.createdAt)
        let earlier = turn.history.reversed().filter { $0.role == .user }.map(\.content)
        var reading = RequestReading(turn.text, today: today)
        reading.goOn(after: earlier, today: today)
        let figures = try await offload { [reading] in
            try await prices.figures(for: turn.text, reading: reading, context: context, earlier: earlier, today: today)
        }
        // "Which is better?" of symbols that are named wants to hear why.
        if case .ranking(_, _, isVague: true) = reading.direct?.kind, !figures.isOfAll { reading.direct = nil }
        // Who asks everybody about symbols without prices is told so by everybody.
        let named = figures.symbols.isEmpty && reading.isExplicit ? context.symbols.count : figures.symbols.count
        if let plan = WorkflowDetector.plan(for: reading, symbols: named) {
            if !figures.symbols.isEmpty { sink.note(Self.step(figures)) }
            let completion = try await workflow(
                plan, turn: turn, assistant: assistant, figures: figures, context: context, into: sink)
            close(figures, hasFigures: !reading.isSmallTalk, isSmallTalk: reading.isSmallTalk, into: sink)
            return completion
        }
        let speaker = Self.speaker(assistant, for: reading)
        let reply = try await alone(speaker, turn, reading, figures, context: context, into: sink)
        close(
            reply.figures, hasFigures: reply.hasFigures && !reading.isSmallTalk, isSmallTalk: reading.isSmallTalk,
            into: sink)
        return reply.completion
    }

    /// The answer of one at the desk.
    /// - Returns: also what it rests on, and whether there are figures in it.
    private func alone(
        _ speaker: AssistantType, _ turn: TurnContext, _ reading: RequestReading, _ figures: DeskFigures,
        context: DeskContext, into sink: some DeskSink
    ) async throws -> (completion: ModelCompletion, figures: DeskFigures, hasFigures: Bool) {
        // The economist speaks of the benchmark where nothing else is named.
        let hasFigures = !figures.symbols.isEmpty || speaker == .economist
        let rules = RuleAnswer(turn, into: sink) {
            let answer = DeskAnswer(of: speaker, reading: reading, message: turn.text, figures: figures)
            var notes = figures.symbols.isEmpty ? [] : [Self.step(figures)]
            if !reading.isSmallTalk, let data = FigureData(agent: speaker, figures: figures).note { notes.append(data) }
            return RuleAnswer.Prepared(request: request(speaker, turn, figures, answer: answer), notes: notes)
        }
        guard model.readsConversation else {
            let request = try await rules.request()
            return (try await model.respond(to: request, into: sink), figures, hasFigures)
        }
        let table = PriceTable(prices, context: context, today: TradingDay(turn.createdAt), assistant: speaker)
        let question = request(
            [speaker.instructions, FiguresBriefing.toolRules], data: [FiguresBriefing.request(figures)], turn,
            history: turn.history)
        let tools =
            Self.tools([.priceFigures, .comparePrices], table)
            + ToolServices(history: history).tools([.searchHistory], turn)
        let outcome = try await AgentLoop(model: model).run(
            question.goingOn(after: turn.beginning), tools: tools, rules: rules, into: sink)
        if rules.used != nil { return (outcome.completion, figures, hasFigures) }
        return (outcome.completion, table.used ?? figures, table.used.map { !$0.symbols.isEmpty } ?? false)
    }

    /// The tools of these names, by what a turn has worked out.
    static func tools(_ names: [ToolName], _ table: PriceTable) -> [any AgentTool] {
        names.compactMap { name in
            switch name {
            case .priceFigures: PriceFigures(table: table)
            case .comparePrices: ComparePrices(table: table)
            default: nil
            }
        }
    }

    /// The same for another agent's turn.
    func tools(_ names: [ToolName], _ turn: TurnContext) -> [any AgentTool] {
        Self.tools(
            names,
            PriceTable(prices, context: DeskContext(), today: TradingDay(turn.createdAt), assistant: .general))
    }

    /// That the figures are there.
    private static func step(_ figures: DeskFigures) -> AgentNote {
        let symbols = figures.symbols.map(\.symbol.description)
        let named =
            symbols.prefix(4).joined(separator: ", ") + (symbols.count > 4 ? " and \(symbols.count - 4) more" : "")
        let step = AgentStep(
            name: "price_figures", summary: "Worked out the figures of \(named) over \(figures.timeframe.words)")
        return step.note { json in
            json.member("symbols", symbols)
            json.member("timeframe", figures.timeframe.rawValue)
        }
    }

    /// The general assistant leaves a subject that is one specialist's to it.
    private static func speaker(_ assistant: AssistantType, for reading: RequestReading) -> AssistantType {
        guard assistant == .general, reading.topics.count == 1, let only = reading.topics.first else {
            return assistant
        }
        return only
    }

    private func request(
        _ speaker: AssistantType, _ turn: TurnContext, _ figures: DeskFigures, answer: DeskAnswer
    ) -> ModelRequest {
        request(
            [speaker.instructions, FiguresBriefing.rules] + (answer.direct == nil ? [] : [FiguresBriefing.workedRule]),
            data: [FiguresBriefing.figures(figures)] + (answer.direct.map { [FiguresBriefing.worked($0)] } ?? []), turn,
            history: turn.history, answer: answer)
    }

    /// A request whose last message is the user's, with the data in one before it: names and notes in it are anybody's words, which
    /// do not belong among the instructions. A model that reads no conversation is given the user's message alone.
    func request(
        _ instructions: [String], data: [String], _ turn: TurnContext, history: [Message], answer: DeskAnswer? = nil
    ) -> ModelRequest {
        let question = ModelMessage(role: .user, content: turn.text)
        var request =
            model.readsConversation
            ? ModelRequest(
                instructions: instructions.joined(separator: "\n"),
                messages: QuotedData.conversation(history, limit: .max, maximumBytes: .max) + [
                    ModelMessage(role: .user, content: data.joined(separator: "\n")), question,
                ],
                embeddedAnswer: answer)
            : ModelRequest(instructions: "", messages: [question], embeddedAnswer: answer)
        request.isFresh = turn.isRegeneration
        return request
    }

    /// What must stand in every answer is put there by the desk itself; a language model could leave it out.
    private func close(_ figures: DeskFigures, hasFigures: Bool, isSmallTalk: Bool, into sink: some DeskSink) {
        guard sink.wantsMore else { return }
        let cautions = isSmallTalk ? [] : DataNotes.cautions(figures)
        var batch = TextBatch()
        if !cautions.isEmpty { batch.append("\n\n" + cautions.joined(separator: " ")) }
        batch.append("\n\n" + DataNotes.disclaimer(figures, hasFigures: hasFigures))
        sink.text(batch)
    }
}

extension TradingDay {
    /// The day in UTC.
    init(_ time: Timestamp) {
        let day = time.milliseconds / 86_400_000
        self.init(number: Int32(clamping: time.milliseconds < 0 ? day - 1 : day))
    }
}
