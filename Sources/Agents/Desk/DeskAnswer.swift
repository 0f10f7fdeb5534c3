import Chat

/// The desk's own words for one turn, given out paragraph by paragraph.
struct DeskAnswer: EmbeddedAnswer {
    let paragraphs: [String]
    /// The answer to a question that has one.
    private(set) var direct: String?

    var text: String { paragraphs.joined(separator: "\n\n") }

    func compose(_ say: (String) async throws -> Void) async throws {
        for (place, paragraph) in paragraphs.enumerated() {
            try await say((place == 0 ? "" : "\n\n") + paragraph)
        }
    }

    /// What one at the desk says by itself.
    init(of assistant: AssistantType, reading: RequestReading, message: String, figures: DeskFigures) {
        var paragraphs: [String] = []
        let meanings = reading.isExplanation ? Glossary.meanings(in: message) : []
        if meanings.isEmpty || !figures.symbols.isEmpty,
            let direct = reading.direct.flatMap({ DirectAnswer.text($0, figures) })
        {
            self.init(paragraphs: (reading.isDefinition ? meanings : []) + [direct])
            self.direct = direct
            return
        }
        if reading.isSmallTalk {
            paragraphs = [GeneralWords.welcome(figures)]
        } else {
            paragraphs = meanings
            if !figures.symbols.isEmpty || (assistant == .economist && figures.benchmark != nil) {
                paragraphs += assistant.specialist.paragraphs(figures)
            } else if paragraphs.isEmpty {
                paragraphs = [DataNotes.offer(figures)]
            }
        }
        self.init(paragraphs: paragraphs)
    }

    init(paragraphs: [String]) {
        self.paragraphs = paragraphs
    }

    /// What a workflow's specialists found, one after the other, what is missing, and the sum of it.
    init(of plan: WorkflowPlan, outcome: WorkflowOutcome, figures: DeskFigures) {
        let agents = plan.agents.compactMap(AssistantType.init(rawValue:))
        let present = agents.filter { outcome.findings[$0.rawValue] != nil }
        var paragraphs: [String] = []
        if !present.isEmpty {
            let who = Phrase.list(present.map { "the \($0.title)" })
            paragraphs.append(
                "\(Phrase.sentence(who)) looked at \(FigureWords.symbols(figures.symbols.map(\.symbol))) over "
                    + "\(figures.timeframe.words).")
        }
        for agent in present {
            paragraphs.append("**The \(agent.title)**")
            paragraphs.append(outcome.findings[agent.rawValue]?.text ?? "")
        }
        for agent in agents {
            if let reason = outcome.failures[agent.rawValue] {
                paragraphs.append("The \(agent.title)'s part is missing. \(reason)")
            }
        }
        if present.count > 1 {
            let sums = present.compactMap { outcome.findings[$0.rawValue]?.summary }
            paragraphs.append("**Taken together:** " + sums.joined(separator: " "))
        }
        self.init(paragraphs: paragraphs)
    }
}
