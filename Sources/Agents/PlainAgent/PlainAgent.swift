public import Chat
import Scheduling

/// Answers questions from a persona's documents: finds the sections that have something on the message, and lets a language
/// model say it, or quotes them itself where the embedded provider answers.
public struct PlainAgent: Agent {
    public let persona: Persona
    public var name: String { persona.name }
    public var availability: [ModelAvailability] { model.availability }
    public var usualCalls: Int { AgentLoop.usualSteps }

    private let knowledge: any KnowledgeBase
    private let model: any LanguageModel
    /// The model by name; nil leaves it to the route.
    private let modelName: String?
    private let services: ToolServices

    public init(
        persona: Persona, model: any LanguageModel, knowledge: any KnowledgeBase, modelName: String? = nil,
        services: ToolServices = ToolServices()
    ) {
        self.persona = persona
        self.model = model
        self.knowledge = knowledge
        self.modelName = modelName
        self.services = services
    }

    /// The same agent with another model behind it, for a request that chooses its provider.
    public func asking(_ model: any LanguageModel, named name: String? = nil) -> PlainAgent {
        PlainAgent(persona: persona, model: model, knowledge: knowledge, modelName: name, services: services)
    }

    /// Answers one turn. What the answer rests on is a note of kind `sources` before the first text; an answer that states
    /// nothing from a document has none.
    /// - Throws: `ModelError`, `StoreError` (the documents cannot be read), `CancellationError`.
    public func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        if let care = try await Care.reply(to: turn, by: model, named: modelName, into: sink) { return care }
        let rules = RuleAnswer(turn, into: sink) { try await offload { try await prepare(turn) }.prepared }
        guard model.readsConversation else { return try await model.respond(to: try await rules.request(), into: sink) }
        let documents = SearchDocuments(
            knowledge: knowledge, agent: persona.name, hasArea: persona.tools.contains(.schengenDays),
            given: SearchDocuments.Given())
        let tools = services.tools(persona.tools, own: [documents], turn)
        let outcome = try await AgentLoop(model: model).run(
            question(turn).goingOn(after: turn.beginning), tools: tools, rules: rules, into: sink)
        if !outcome.books.isEmpty { sink.recommendations(ShownBooks.cards(outcome)) }
        return outcome.completion
    }

    /// The message as a language model with tools is asked it.
    private func question(_ turn: TurnContext) -> ModelRequest {
        let scope = persona.answersBeyondDocuments ? QuotedData.beyondTools : QuotedData.withinTools
        return request(
            turn, rules: AgentLoop.rules + "\n" + scope + "\n", ModelMessage(role: .user, content: turn.text))
    }

    struct Answer: Sendable {
        var request: ModelRequest
        var sources: [SourceReference]
        /// What was counted.
        var count: DayCount?
        /// What the documents were searched for; nil where they were not.
        var query: String?

        /// What is told before the text: steps, the counted days, what the answer rests on.
        var notes: [AgentNote] {
            var notes: [AgentNote] = []
            if let count { notes += [count.step(id: 1), count.note] }
            if let query {
                notes.append(SourceReference.step(id: notes.isEmpty ? 1 : 2, query: query, read: sources.count))
            }
            if !sources.isEmpty { notes.append(SourceReference.note(sources)) }
            return notes
        }

        var prepared: RuleAnswer.Prepared { RuleAnswer.Prepared(request: request, notes: notes) }
    }

    func prepare(_ turn: TurnContext) async throws -> Answer {
        let retrieval = Retrieval(
            knowledge: knowledge, agent: persona.name, hasArea: persona.tools.contains(.schengenDays))
        let foreign = ForeignQuestion(turn.text)
        let question = foreign?.text ?? turn.text
        let composer = PlainComposer(
            persona: persona, turn: turn.history.count { $0.role == .assistant },
            phrases: foreign.flatMap { DocumentPhrases.of($0.language) })
        if let talk = SmallTalk(question) {
            let titles = try await knowledge.titles(agent: persona.name)
            return answer(turn, composer.talk(talk, titles: titles), blocks: [], sources: [])
        }
        var calculation = calculation(for: turn)
        var findings: Findings
        if calculation?.isBeside == true {
            // Days and years are nothing that documents have; they would only sink what they do have.
            findings = try await retrieval.findings(for: DateReader(turn.text).textWithoutDates)
            if findings.isAnswered { calculation = nil }
        } else {
            let history = turn.history.withoutNeed.map { message in
                var message = message
                if message.role == .user { message.content = ForeignQuestion.english(message.content) }
                return message
            }
            findings = try await retrieval.findings(for: question, history: history)
        }
        if let calculation {
            // The rule itself is what a number of days rests on, whatever words the message has.
            let rule = try await retrieval.findings(for: Self.ruleWords)
            findings = calculation.isQuestion ? Findings() : Findings(matches: Array(rule.matches.prefix(1)))
        }
        let titles =
            findings.isAnswered || calculation != nil ? [] : try await knowledge.titles(agent: persona.name)
        let composed = composer.answer(findings, calculation: calculation, titles: titles)
        // The model gets more than is quoted, and everything it gets is a source.
        let used = model.readsConversation || calculation != nil ? findings.matches : composed.quoted
        // Of an agent that may go beyond its documents nobody needs to hear that they have nothing.
        let isOpen = persona.answersBeyondDocuments && findings.matches.isEmpty
        var blocks = isOpen ? [] : [QuotedData.block(findings.matches)]
        if let calculation { blocks.append(QuotedData.block("CALCULATED", calculation.lines)) }
        var prepared = answer(
            turn, composed.answer, blocks: blocks, sources: used.map { SourceReference($0, of: persona.name) })
        prepared.count = calculation?.count
        if calculation?.isQuestion != true { prepared.query = turn.text }
        return prepared
    }

    private static let ruleWords = "Schengen 90 180 days rule entry exit count"

    private func calculation(for turn: TurnContext) -> SchengenTool.Finding? {
        guard persona.tools.contains(.schengenDays) else { return nil }
        let earlier = turn.history.suffix(12).filter { $0.role == .user }.map(\.content)
        return SchengenTool.finding(for: turn.text, earlier: earlier, today: CalendarDay(turn.createdAt))
    }

    private var rules: String {
        persona.answersBeyondDocuments
            ? QuotedData.rules + "\n" + QuotedData.beyond : QuotedData.rules + "\n" + QuotedData.within
    }

    private func answer(
        _ turn: TurnContext, _ composed: ComposedAnswer, blocks: [String], sources: [SourceReference]
    ) -> Answer {
        guard model.readsConversation else {
            let question = ModelMessage(role: .user, content: turn.text)
            return Answer(
                request: ModelRequest(
                    model: modelName, instructions: "", messages: [question], embeddedAnswer: composed),
                sources: sources)
        }
        let question =
            blocks.isEmpty
            ? ModelMessage(role: .user, content: turn.text) : QuotedData.question(turn.text, after: blocks)
        var request = request(turn, rules: blocks.isEmpty ? "" : rules + "\n", question)
        request.embeddedAnswer = composed
        return Answer(request: request, sources: sources)
    }

    private func request(_ turn: TurnContext, rules: String, _ question: ModelMessage) -> ModelRequest {
        var request = ModelRequest(
            model: modelName,
            instructions: persona.instructions + "\n\n" + rules + "Today is \(CalendarDay(turn.createdAt).name).",
            messages: QuotedData.conversation(turn.history) + [question],
            maximumOutputTokens: persona.maximumOutputTokens, temperature: persona.temperature)
        request.isFresh = turn.isRegeneration
        request.isAgentsOwn = true
        return request
    }
}
