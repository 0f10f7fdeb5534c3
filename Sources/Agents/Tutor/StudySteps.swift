import Chat

/// What is aimed at with a topic, and the way there.
enum StudySteps {
    /// The topic of a session that has none yet.
    static let noTopic = "how to study"

    static func objective(
        task: StudyTask, move: StudyMove?, topic: String, level: SessionFocus.Level
    ) -> String {
        if topic == noTopic { return "Choose a topic, an exam or a task to work on." }
        if topic == task.methodTopic { return "Know how to go about \(topic), and try it on a task of yours." }
        if move == .confused { return "Understand the core of \(topic) in plain words, one idea at a time." }
        if move == .claim { return "Set what you said against what \(topic) is, and against the usual mistakes." }
        if move == .hint { return "Find the next step of \(topic) yourself, with a hint only." }
        if move == .summary { return "Say from memory what you have learnt of \(topic)." }
        if move == .example { return "See \(topic) at work in an example, and redo it alone." }
        return switch task {
        case .explain:
            switch level {
            case .beginner: "Say in your own words what \(topic) is about."
            case .intermediate: "Explain \(topic) in your own words, and how the parts fit together."
            case .advanced: "Explain \(topic) precisely, with its conditions, exceptions and reasons."
            }
        case .practise: "Answer questions on \(topic) without looking anything up."
        case .exam: "Be able to answer typical exam questions on \(topic) within the time allowed."
        case .solve: "Solve a problem on \(topic) step by step, and check the result."
        case .essay: "Write a structured text on \(topic) that argues one thesis."
        case .labReport: "Write a complete report on \(topic): question, method, results, discussion."
        case .plan: "Have a plan for \(topic) with dates, short enough to be kept."
        case .memorise: "Recall \(topic) after days, not only minutes."
        case .notes: "Have notes on \(topic) that you can study from."
        case .reading: "Get the main points on \(topic) out of the text and keep them."
        }
    }

    static func steps(task: StudyTask, topic: String, level: SessionFocus.Level) -> [String] {
        if topic == noTopic {
            return ["Name the topic and what it is for.", "Say what you know already, and what is hard."]
        }
        switch task {
        case .explain:
            let first =
                level == .beginner
                ? "Read the plain version of \(topic) once, slowly." : "Read the outline of \(topic)."
            return [
                first, "Close it and say the main idea in two sentences.", "Go through how the parts work together.",
                "Work through an example.", "Answer two questions without looking.",
            ]
        case .practise:
            return [
                "Answer the questions on \(topic) in writing, notes closed.", "Compare, and mark what was missing.",
                "Repeat only the missed ones tomorrow, then in three days.",
            ]
        case .exam:
            return [
                "Write down from memory all you know about \(topic).", "Compare with your notes and mark the gaps.",
                "Close the gaps, one at a time.", "Answer past questions against the clock.",
                "Repeat the missed ones the day after, and again before the exam.",
            ]
        case .solve:
            return [
                "Write down what is given and what is asked.", "Say which rule or method on \(topic) could lead there.",
                "Carry it out line by line.", "Check the result by putting it back in, or by its size and unit.",
            ]
        case .essay:
            return [
                "Turn the task into one question.", "Answer it in one sentence: your thesis.",
                "List three reasons with evidence.", "Write the paragraphs, then the introduction and the end.",
                "Revise: first the argument, then the sentences.",
            ]
        case .labReport:
            return [
                "State the question and the hypothesis.", "Describe the method so that others could repeat it.",
                "Give the results in a table or a graph with units.", "Discuss errors and what the results mean.",
            ]
        case .plan:
            return [
                "List what has to be learnt for \(topic).", "Put an estimate and a date on each part.",
                "Fix three or four short sessions a week.", "Look back every week and move what was not done.",
            ]
        case .memorise:
            return [
                "Make a card for each fact: question in front, answer behind.",
                "Go through them today, then sort by known and not.",
                "Repeat after one day, three days, a week, two weeks.",
            ]
        case .notes:
            return [
                "Before: look at the headings.", "During: write key points in your own words, leave a margin.",
                "Within a day: write questions into the margin.", "Later: cover the notes and answer the questions.",
            ]
        case .reading:
            return [
                "Look over headings, pictures and the summary.", "Turn each heading into a question.",
                "Read one section to answer it.", "Close the book and answer.", "Go over all questions at the end.",
            ]
        }
    }

    static func review(_ topic: String) -> [String] {
        [
            "Say what you know of \(topic) from memory.", "Note what was missing, and repeat it in three days.",
            "Choose the next topic.",
        ]
    }
}
