import Substrings

/// What a learner wants to do with a topic.
enum StudyTask: String, Sendable, CaseIterable {
    case explain, practise, exam, solve, essay, labReport, plan, memorise, notes, reading

    /// Words of a message that ask for it, folded; a phrase stands in the message as it is here.
    fileprivate var cues: [String] {
        switch self {
        case .exam:
            [
                "exam", "exams", "midterm", "finals", "final", "test tomorrow", "my test", "a test", "revise",
                "revision", "prepare",
            ]
        case .practise:
            [
                "quiz", "quizz", "test me", "practice", "practise", "exercise", "exercises", "flashcards", "drill",
                "questions on",
                "questions about", "ask me", "more questions", "another question", "exam questions",
            ]
        case .labReport: ["lab report", "laboratory report", "lab write up", "experiment report"]
        case .essay: ["essay", "thesis statement", "argument paper", "term paper"]
        case .solve: ["solve", "calculate", "work out", "homework problem", "word problem", "find x"]
        case .plan:
            [
                "study plan", "plan my", "my week", "schedule", "timetable", "procrastinate", "procrastinating",
                "motivation", "organise", "organize",
            ]
        case .memorise: ["memorise", "memorize", "remember", "by heart", "vocabulary", "forget", "forgetting"]
        case .notes: ["take notes", "taking notes", "note taking", "notes", "lecture notes"]
        case .reading: ["read a textbook", "reading a textbook", "textbook", "read the chapter", "reading faster"]
        case .explain:
            [
                "explain", "what is", "what are", "why", "how does", "how do", "understand", "define",
                "difference between", "teach me",
            ]
        }
    }

    /// Words that find the method for it among the tutor's documents.
    var methodWords: String {
        switch self {
        case .exam: "exam preparation past papers"
        case .practise: "active recall self test"
        case .labReport: "lab report structure"
        case .essay: "essay thesis outline"
        case .solve: "maths problem solving steps"
        case .plan: "planning week timetable"
        case .memorise: "spaced repetition flashcards"
        case .notes: "notes lecture"
        case .reading: "reading textbook chapter"
        case .explain: "Feynman explain own words"
        }
    }

    /// What stands for a topic in a message that names none.
    var methodTopic: String? {
        switch self {
        case .labReport: "lab reports"
        case .essay: "essay writing"
        case .plan: "planning your study"
        case .memorise: "remembering what you learn"
        case .notes: "taking notes"
        case .reading: "reading textbooks"
        case .exam: "exam preparation"
        case .solve: "solving problems"
        case .explain, .practise: nil
        }
    }

    /// The task a message asks for; of several the more particular. Nil when it asks for none.
    static func read(_ folded: String) -> StudyTask? {
        let padded = " \(folded) "
        let order: [StudyTask] = [
            .labReport, .essay, .plan, .practise, .exam, .solve, .notes, .memorise, .reading, .explain,
        ]
        return order.first { task in task.cues.contains { padded.contains(" \($0) ") } }
    }
}

/// What a message does with the turn before it.
enum StudyMove: Sendable, Equatable {
    /// "Next", "go on".
    case next
    /// "I don't get it".
    case confused
    /// "Too easy", "more detail".
    case harder
    case example
    /// "Oxygen comes from CO2, right?": a claim to be judged.
    case claim
    /// "Give me a hint".
    case hint
    /// "Sum up what we did".
    case summary

    static func read(_ folded: String) -> StudyMove? {
        let padded = " \(folded) "
        func has(_ phrases: [String]) -> Bool { phrases.contains { padded.contains(" \($0) ") } }
        if has([
            "dont get", "do not get", "didnt get", "dont understand", "do not understand", "didnt understand",
            "im lost", "i am lost", "confused", "confusing", "too hard", "too difficult", "too complicated", "simpler",
            "more simply", "makes no sense", "doesnt make sense", "still dont", "again please", "explain again",
            "dumb it down", "lost me", "over my head", "not following", "dont follow", "another way",
            "say it differently",
            "put it differently", "explain it differently", "rephrase", "easier words", "simple words", "slow down",
        ]) {
            return .confused
        }
        if has([
            "too easy", "harder", "more difficult", "more detail", "more details", "in more depth", "deeper",
            "go deeper",
            "more advanced",
        ]) {
            return .harder
        }
        if has(["example", "examples", "for instance", "show me one"]) { return .example }
        if has([
            "hint", "hints", "a clue", "a nudge", "help me start", "im stuck", "i am stuck", "dont know how to start",
        ]) {
            return .hint
        }
        if has(["summary", "sum up", "sum it up", "sum this up", "sum that up", "wrap up", "recap", "go over what we"])
            || asksWhatWasDone(folded)
        {
            return .summary
        }
        if has([
            "true or false", "my answer is", "heres my answer", "i think its", "i think it is", "im pretty sure",
            "my solution", "i got",
            "is that right", "is this right", "is it right", "is that correct", "is this correct", "is it correct",
            "am i right", "is it true", "is that true", "is this true",
            "isnt it", "doesnt it", "arent they", "dont they", "check my answer", "check this", "my answer",
            "did i get it right",
            "i thought", "i think", "i would say that", "i believe", "says that", "told me that", "told me",
        ]) || endsInTag(folded) {
            return .claim
        }
        if has([
            "next", "continue", "go on", "carry on", "keep going", "done", "what now", "whats next", "i see", "got it",
            "makes sense", "move on", "more please", "tell me more", "what else",
        ]) {
            return .next
        }
        return nil
    }

    /// "What have we done so far?", "summarise our session".
    private static func asksWhatWasDone(_ folded: String) -> Bool {
        let words = folded.split(separator: " ")
        if let place = words.firstIndex(where: { ["summarise", "summarize"].contains($0) }) {
            return words[(place + 1)...].contains { ["what", "our", "session", "today", "everything"].contains($0) }
        }
        guard let place = words.firstIndex(of: "what"), !words.contains("wrong") else { return false }
        let rest = words[(place + 1)...]
        let asksOfUs =
            ["we", "weve", "ive"].contains(rest.first)
            || ["did", "have"].contains(rest.first) && ["we", "i"].contains(rest.dropFirst().first)
        return asksOfUs
            && rest.contains {
                [
                    "do", "done", "did", "cover", "covered", "learn", "learned", "learnt", "go", "gone", "been",
                    "looked", "study", "studied", "talk", "talked", "discuss", "discussed", "far",
                ].contains($0)
            }
    }

    /// "…, right?", "…, wasn't it?", "…, don't they?"
    private static func endsInTag(_ folded: String) -> Bool {
        let words = folded.split(separator: " ")
        guard words.count > 2, let last = words.last else { return false }
        if ["right", "correct", "yes", "eh", "innit"].contains(last) { return true }
        return ["it", "they", "he", "she", "we", "you", "there"].contains(last)
            && [
                "isnt", "wasnt", "arent", "werent", "doesnt", "dont", "didnt", "cant", "couldnt", "wont", "wouldnt",
                "hasnt",
                "havent", "hadnt", "shouldnt",
            ].contains(words[words.count - 2])
    }
}
