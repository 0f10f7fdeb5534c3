public import Chat
import JSON
import Scheduling

/// The tutor: plans what this turn of the session is about, then teaches from its documents, or lets a language model teach
/// with the plan and the documents before it.
public struct Tutor: Agent {
    public let persona: Persona
    public var name: String { persona.name }
    public var availability: [ModelAvailability] { model.availability }

    private let knowledge: any KnowledgeBase
    private let model: any LanguageModel
    private let planner: FocusPlanner

    public init(persona: Persona, model: any LanguageModel, knowledge: any KnowledgeBase) {
        self.persona = persona
        self.model = model
        self.knowledge = knowledge
        planner = FocusPlanner(model: model, knowledge: knowledge, agent: persona.name)
    }

    /// Answers one turn: first a note of kind `focus`, then one of kind `sources` when the answer rests on documents, then the
    /// text.
    ///
    /// The tokens that planning took are counted with the answer's.
    /// - Throws: `ModelError`, `StoreError` (the documents cannot be read), `CancellationError`.
    public func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        if let care = try await Care.reply(to: turn, by: model, into: sink) { return care }
        let plan = try await planner.plan(for: turn.text, after: turn.history.withoutNeed)
        let step = AgentStep(name: "plan_focus", summary: "Planned the turn: \(plan.focus.topic)")
        sink.note(
            step.note { json in
                json.key("topic")
                json.string(plan.focus.topic)
            })
        sink.note(plan.focus.note)
        let answer = try await apart { try await prepare(turn, plan) }
        if answer.hasSearched {
            sink.note(SourceReference.step(id: 2, query: plan.focus.topic, read: answer.sources.count))
        }
        if !answer.sources.isEmpty { sink.note(SourceReference.note(answer.sources)) }
        sink.prompt(bytes: answer.request.promptBytes)
        var completion = try await model.respond(to: answer.request.goingOn(after: turn.beginning), into: sink)
        if let usage = plan.usage { completion.usage = completion.usage + usage }
        return completion
    }

    private struct Answer: Sendable {
        var request: ModelRequest
        var sources: [SourceReference]
        /// Whether the documents were looked at.
        var hasSearched = true
    }

    private func prepare(_ turn: TurnContext, _ plan: FocusPlanner.Plan) async throws -> Answer {
        let lesson =
            SmallTalk(turn.text) == nil
            ? try await Lesson(plan, question: turn.text, knowledge: knowledge, agent: persona.name) : Lesson()
        let composed = TutorComposer(persona: persona, plan: plan, lesson: lesson).answer(to: turn.text)
        let sources = lesson.matches.map { SourceReference($0, of: persona.name) }
        guard model.readsConversation else {
            let question = ModelMessage(role: .user, content: turn.text)
            return Answer(
                request: ModelRequest(instructions: "", messages: [question], embeddedAnswer: composed),
                sources: sources, hasSearched: SmallTalk(turn.text) == nil)
        }
        var plan =
            ["topic: \(plan.focus.topic)", "objective: \(plan.focus.objective)", "level: \(plan.focus.level.rawValue)"]
            + plan.focus.steps.enumerated().map { "step \($0 + 1): \($1)" }
        if lesson.subject.isEmpty { plan.append("the tutor's documents have nothing on the topic itself") }
        let blocks = [QuotedData.block("FOCUS", plan), QuotedData.block(lesson.matches)]
        var request = ModelRequest(
            instructions: persona.instructions + "\n\n" + QuotedData.rules + "\n" + QuotedData.beyond
                + "\nKeep to the plan's topic, level and first step.",
            messages: QuotedData.conversation(turn.history) + [QuotedData.question(turn.text, after: blocks)],
            maximumOutputTokens: persona.maximumOutputTokens, temperature: persona.temperature, embeddedAnswer: composed
        )
        request.isFresh = turn.isRegeneration
        request.isAgentsOwn = true
        return Answer(request: request, sources: sources, hasSearched: SmallTalk(turn.text) == nil)
    }
}

extension Usage {
    /// Of two calls together; numbers are a provider's word, so the sum stops at the greatest.
    fileprivate static func + (left: Usage, right: Usage) -> Usage {
        func sum(_ a: Int, _ b: Int) -> Int {
            let (sum, isOver) = a.addingReportingOverflow(b)
            return isOver ? .max : sum
        }
        return Usage(
            promptTokens: sum(left.promptTokens, right.promptTokens),
            completionTokens: sum(left.completionTokens, right.completionTokens),
            isEstimated: left.isEstimated || right.isEstimated)
    }
}
