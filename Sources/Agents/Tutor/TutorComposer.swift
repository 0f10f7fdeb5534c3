import Chat

/// What the tutor says where no language model answers.
struct TutorComposer {
    let persona: Persona
    let plan: FocusPlanner.Plan
    let lesson: Lesson

    func answer(to text: String) -> ComposedAnswer {
        if let talk = SmallTalk(text) { return ComposedAnswer(paragraphs: self.talk(talk)) }
        var paragraphs = [opening]
        if lesson.subject.isEmpty, !isMethodItself {
            paragraphs.append(
                "I have no notes on \(plan.focus.topic) itself, and without a language model I do not make any up. I can "
                    + "show you how to study it from your own material.")
        }
        for match in lesson.subject { paragraphs += Quotation.paragraphs(match, isWhole: true) }
        for match in lesson.method { paragraphs += Quotation.paragraphs(match, isWhole: lesson.subject.isEmpty) }
        paragraphs.append(
            "What to do now:\n"
                + plan.focus.steps.prefix(3).enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n"))
        paragraphs.append(closing)
        return ComposedAnswer(paragraphs: paragraphs)
    }

    /// The topic is a way of studying.
    private var isMethodItself: Bool {
        plan.document == nil
            && (plan.focus.topic == plan.task.methodTopic || plan.focus.topic == StudySteps.noTopic
                || lesson.method.contains { $0.coverage >= 0.6 && isNamed(in: $0) })
    }

    private func isNamed(in match: KnowledgeMatch) -> Bool {
        let words = Folding.stems(match.section.title + " " + match.section.heading)
        return Folding.stems(plan.focus.topic).contains { words.contains($0) && !QuestionWords.common.contains($0) }
    }

    private var opening: String {
        switch plan.move {
        case .confused: "Let us take \(plan.focus.topic) again, more simply. \(plan.focus.objective)"
        case .harder: "Then one level up with \(plan.focus.topic). \(plan.focus.objective)"
        case .example: "An example for \(plan.focus.topic)."
        case .next: "On with \(plan.focus.topic)."
        case .claim:
            lesson.subject.isEmpty
                ? "I cannot judge that without notes on \(plan.focus.topic)."
                : "Compare what you said with my notes on \(plan.focus.topic), the usual mistakes first."
        case .hint: "A hint, not the answer: look at \(plan.focus.topic) from here."
        case .summary: "Our topic was \(plan.focus.topic). In short:"
        case nil:
            plan.focus.isCarriedOver
                ? "Still on \(plan.focus.topic). \(plan.focus.objective)"
                : "Our topic: \(plan.focus.topic). \(plan.focus.objective)"
        }
    }

    private var closing: String {
        if plan.task == .practise {
            return "Write your answers, then say \"next\", or tell me which one you could not answer."
        }
        return "Say \"next\" to go on, \"I don't get it\" for plainer words, or \"quiz me\" for questions."
    }

    private func talk(_ talk: SmallTalk) -> [String] {
        switch talk {
        case .greeting: [persona.greeting ?? introduction]
        case .thanks: ["You are welcome. Say \"next\" to go on with \(plan.focus.topic), or name another topic."]
        case .farewell: ["Goodbye. Repeat today's main points tomorrow from memory; five minutes are enough."]
        case .identity: [introduction] + [persona.limits].compactMap { $0 }
        }
    }

    private var introduction: String {
        "I am the \(persona.title), a program. I plan what each turn of our session is about and teach from short notes; on subjects "
            + "that I have no notes on, I show how to study them. Name a topic, an exam or a task."
    }
}
