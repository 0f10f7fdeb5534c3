import Chat

/// What the tutor says where no language model answers.
struct TutorComposer {
    let persona: Persona
    let plan: FocusPlanner.Plan
    let lesson: Lesson
    /// Of the conversation, from 0; answers in a row do not open alike.
    var turn = 0
    /// Whether the learner asks for what is to be handed in.
    var asksForWork = false
    /// For a learner who writes in another language than that of the notes.
    var phrases: DocumentPhrases?

    func answer(to text: String) -> ComposedAnswer {
        if let talk = SmallTalk(text) {
            return ComposedAnswer(paragraphs: (phrases.map { [$0.lesson] } ?? []) + self.talk(talk))
        }
        if plan.move == .summary { return ComposedAnswer(paragraphs: summary) }
        var paragraphs = [opening]
        if asksForWork { paragraphs.insert(Self.ownWork, at: 0) }
        if plan.document == nil, plan.move != .claim, plan.focus.topic != StudySteps.noTopic {
            let told =
                "I have no notes on \(plan.focus.topic), and without a language model I do not make any up. I can "
                + "show you how to study it from your own material."
            // What there are no notes on is announced once.
            if plan.move == nil, plan.task != .practise { paragraphs = [told] } else { paragraphs.append(told) }
        } else if !lesson.unmentioned.isEmpty {
            paragraphs.append(
                "My notes on \(plan.focus.topic) do not mention \(lesson.unmentioned.joined(separator: ", ")). What they have:"
            )
        } else if lesson.isGeneral {
            paragraphs.append("My notes have no direct answer to that. The nearest they have:")
        }
        for match in lesson.subject { paragraphs += Quotation.paragraphs(match, isWhole: true) }
        for match in lesson.method { paragraphs += Quotation.paragraphs(match, isWhole: lesson.subject.isEmpty) }
        if let count = plan.count, let questions = lesson.questions, count > questions {
            paragraphs.append("I have only \(questions) questions on \(plan.focus.topic).")
        }
        if lesson.asks == nil, !lesson.isAnswer, [nil, .next, .confused, .harder].contains(plan.move),
            plan.task != .practise || plan.document == nil
        {
            paragraphs.append(
                "What to do now:\n"
                    + steps.prefix(3).enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n"))
        }
        if let phrases {
            paragraphs.append(phrases.lesson)
        } else if turn == 0, plan.document != nil {
            paragraphs.append(
                "Say \"next\" to go on, \"I don't get it\" for plainer words, \"hint\", or \"quiz me\" for questions.")
        }
        return ComposedAnswer(paragraphs: paragraphs + [question])
    }

    private var steps: [String] {
        guard plan.document == nil, plan.focus.topic != StudySteps.noTopic else { return plan.focus.steps }
        let own = "Take what you have of your own on it: textbook, notes."
        guard plan.task == .practise else { return [own] + plan.focus.steps.dropFirst(plan.task == .explain ? 1 : 0) }
        return [
            own, "Write five questions from it, with the answers on another sheet.",
            "Answer them tomorrow, notes closed.",
        ]
    }

    /// What the session was about.
    private var summary: [String] {
        let names = plan.past.map(\.name)
        guard !names.isEmpty else { return ["We have not worked on a topic yet. Name one, an exam or a task."] }
        let list =
            names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
        var paragraphs = ["In this session we worked on \(list)."]
        if lesson.subject.isEmpty {
            paragraphs.append("I have no notes on \(list), so I cannot sum up the subject itself.")
        }
        for match in lesson.subject { paragraphs += Quotation.paragraphs(match, isWhole: true) }
        return paragraphs + [
            "Close this and say the main points from memory. Say \"quiz me\" for questions on \(plan.focus.topic)."
        ]
    }

    private var opening: String {
        let topic = plan.focus.topic
        switch plan.move {
        case .confused: return "Let us take \(topic) again, more simply."
        case .harder: return "Then one level up with \(topic): where most go wrong."
        case .example:
            let hasOne = lesson.subject.contains { $0.section.isHeaded("example") }
            return hasOne || plan.document == nil
                ? "An example for \(topic)." : "My notes on \(topic) have no worked example. What comes nearest:"
        case .next:
            return Phrase.turned(
                turn, ["On with \(topic).", "The next part of \(topic):", "Then we go on with \(topic)."])
        case .claim: return judgement
        case .hint: return "A hint, not the answer. Look at \(topic) from here:"
        case .summary, nil:
            if lesson.verdict != nil { return judgement }
            if lesson.isAnswer { return place }
            if plan.task == .practise, plan.document == nil { return "You want questions on \(topic)." }
            if plan.task == .practise, plan.document != nil {
                return "Questions on \(topic). Answer without looking anything up."
            }
            return lesson.asks == nil ? "\(place) \(plan.focus.objective)" : place
        }
    }

    /// What the turn is about, in a sentence.
    private var place: String {
        let topic = plan.focus.topic
        return Phrase.turned(
            turn,
            plan.focus.isCarriedOver
                ? ["Still on \(topic).", "More on \(topic).", "We stay with \(topic)."]
                : ["Our topic: \(topic).", "Let us look at \(topic).", "Now to \(topic)."])
    }

    private var judgement: String {
        let topic = plan.focus.topic
        if plan.document == nil {
            return
                "I have no notes on \(topic), so I cannot tell whether that is right. Check it against your textbook."
        }
        switch lesson.verdict {
        case .right: return "Yes, that agrees with my notes on \(topic):"
        case .wrong: return "No, that is one of the usual mistakes; my notes on \(topic) say:"
        case .compare: return "Compare what you said with this point of my notes on \(topic):"
        case .answer: return "Compare your answer with that of my notes on \(topic):"
        case .unsettled, nil:
            return plan.task == .solve
                ? "I cannot work out your numbers myself. Put your result back into the problem: if both sides agree, it is right. The usual mistakes with \(topic):"
                : "My notes on \(topic) do not settle that. The usual mistakes with it:"
        }
    }

    /// The one question that a turn ends with.
    private var question: String {
        if let asks = lesson.asks {
            let number = asks.prefix(while: \.isNumber)
            return "Now you (answer with \"\(number). …\"): \(asks.drop { $0 != " " }.drop { $0 == " " })"
        }
        if plan.focus.topic == StudySteps.noTopic { return "What are you working on?" }
        switch plan.move {
        case .hint: return "What would you write for it now?"
        case .claim where plan.document == nil: return "What does your textbook say on it?"
        case .claim:
            return switch lesson.verdict {
            case .right, .wrong: "Can you say in your own words why?"
            case .compare: "Does it agree with what you said?"
            case .answer: "What did yours leave out?"
            case .unsettled, nil: "Could it be one of these?"
            }
        default: break
        }
        if asksForWork { return "What have you got so far?" }
        guard let document = plan.document else { return "What do you know about it already?" }
        if lesson.questions != nil {
            return "Send me your answers with their numbers (\"1. …\"), or ask for a hint. Which one do you begin with?"
        }
        return StudyDocuments.isMethod(document)
            ? "What will you try it on first?" : "Can you say the main point in your own words?"
    }

    private static let ownWork =
        "I do not write essays or do homework: what you hand in has to be yours. I can help you to do it yourself."

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
