import Chat

/// Plans a turn's focus by the terms and questions of the session. Pure: the same session gives the same plan, and every
/// part of it can be traced to a rule here.
enum FocusRules {
    /// Where a session stands after one of the learner's messages.
    struct State: Sendable, Equatable {
        var focus: SessionFocus
        var task: StudyTask
        var move: StudyMove?
        /// The stems that the topic's turns have had so far.
        var terms: Set<String>
        /// The document on the topic; nil when there is none.
        var document: String?
        /// Steps that "next" has passed.
        var done: Int
    }

    /// - Parameters:
    ///   - state: after the message before; nil for a session's first.
    ///   - document: what the tutor's documents have on the message's subject; nil for nothing.
    static func next(_ state: State?, _ reading: StudyReading, document: String?) -> State {
        guard let state else { return begin(reading, document: document, isFirst: true) }
        guard !isNewTopic(reading, state, document: document) else {
            return begin(reading, document: document, isFirst: false)
        }
        var next = state
        next.move = reading.move
        next.terms.formUnion(reading.terms)
        // A method alone is no topic; the first subject that comes takes its place.
        var level = reading.level ?? state.focus.level
        switch reading.move {
        case .confused:
            level = level.lower
            next.task = .explain
            next.done = 0
        case .harder:
            level = level.higher
            next.done = 0
        case .next:
            next.done += 1
        case .claim, .hint, .summary: break
        case .example, nil:
            if let task = reading.task {
                if task != state.task { next.done = 0 }
                next.task = task
            }
        }
        next.focus = focus(
            topic: state.focus.topic, task: next.task, move: next.move, level: level, done: next.done,
            isCarriedOver: true)
        return next
    }

    /// Whether a message brings enough that the topic has not had.
    static func isNewTopic(_ reading: StudyReading, _ state: State, document: String?) -> Bool {
        if reading.changes, !reading.terms.isEmpty || reading.task?.methodTopic != nil { return true }
        guard !reading.terms.isEmpty else {
            // "How do I take notes?" is a topic of its own, "quiz me" is not.
            return reading.move == nil && state.terms.isEmpty && reading.task?.methodTopic != nil
                && reading.task?.methodTopic != state.focus.topic
        }
        let known = reading.terms.intersection(state.terms)
        if known.count * 2 >= reading.terms.count { return false }
        // The same document has both: chlorophyll belongs to photosynthesis.
        if let document, document == state.document { return false }
        // A claim or an answer has words of its own, and is about the topic unless a document says otherwise.
        if let move = reading.move, [.claim, .hint, .summary].contains(move), document == nil { return false }
        // Nothing was a topic yet.
        guard !state.terms.isEmpty else { return true }
        // "I don't get the light part": one new word in a message that goes on is a part of the topic.
        if reading.move != nil, reading.terms.count <= 2, document == nil { return false }
        if reading.goesOn, reading.terms.count == 1, document == nil { return false }
        return true
    }

    private static func begin(_ reading: StudyReading, document: String?, isFirst: Bool) -> State {
        let task = reading.task ?? .explain
        let topic = reading.topic ?? task.methodTopic ?? StudySteps.noTopic
        let move = isFirst && reading.move == .next ? nil : reading.move
        let level = reading.level ?? (move == .confused ? .beginner : move == .harder ? .advanced : .intermediate)
        return State(
            focus: focus(topic: topic, task: task, move: move, level: level, done: 0, isCarriedOver: false), task: task,
            move: move, terms: reading.terms, document: document, done: 0)
    }

    private static func focus(
        topic: String, task: StudyTask, move: StudyMove?, level: SessionFocus.Level, done: Int, isCarriedOver: Bool
    ) -> SessionFocus {
        let all = StudySteps.steps(task: task, topic: topic, level: level)
        let left = Array(all.dropFirst(done))
        return SessionFocus(
            topic: topic, objective: StudySteps.objective(task: task, move: move, topic: topic, level: level),
            level: level,
            steps: left.isEmpty ? StudySteps.review(topic) : left, isCarriedOver: isCarriedOver)
    }
}

extension SessionFocus.Level {
    var lower: SessionFocus.Level { self == .advanced ? .intermediate : .beginner }
    var higher: SessionFocus.Level { self == .beginner ? .intermediate : .advanced }
}
