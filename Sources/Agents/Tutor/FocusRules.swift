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
        var document: StudyDocument?
        /// Steps that "next" has passed.
        var done: Int
        /// What the session was about so far, the last topic included.
        var past: [Topic]
        /// How many questions a quiz may have.
        var count: Int?
        /// Whether the task is another than in the turn before.
        var isTaskNew: Bool
        /// Whether the example was shown before its turn came.
        var hasExample = false
    }

    struct Topic: Sendable, Equatable {
        var name: String
        var document: StudyDocument?
    }

    /// - Parameters:
    ///   - state: after the message before; nil for a session's first.
    ///   - document: what the tutor's documents have on the message's subject; nil for nothing.
    static func next(_ state: State?, _ reading: StudyReading, document: StudyDocument?) -> State {
        guard let state else { return begin(reading, document: document, isFirst: true) }
        guard !isNewTopic(reading, state, document: document) else {
            var next = begin(reading, document: document, isFirst: false)
            if !state.terms.isEmpty || state.document != nil {
                next.past = state.past.filter { $0.name != next.focus.topic } + next.past
            }
            return next
        }
        var next = state
        next.move = reading.move ?? (isAnswer(reading, state) ? .claim : nil)
        next.count = reading.count ?? state.count
        next.isTaskNew = false
        next.hasExample = state.hasExample || reading.move == .example && state.done == 0
        next.terms.formUnion(reading.terms)
        // A method alone is no topic; the first subject that comes takes its place.
        var level = reading.level ?? state.focus.level
        switch next.move {
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
                if task != state.task || reading.count != nil { next.done = 0 }
                next.isTaskNew = task != state.task
                next.task = task
            }
        }
        next.focus = focus(
            topic: state.focus.topic, task: next.task, move: next.move, level: level, done: next.done,
            isCarriedOver: true)
        return next
    }

    /// Whether a message brings enough that the topic has not had.
    static func isNewTopic(_ reading: StudyReading, _ state: State, document: StudyDocument?) -> Bool {
        if reading.changes, !reading.terms.isEmpty || reading.task?.methodTopic != nil { return true }
        guard !reading.terms.isEmpty else {
            // "How do I take notes?" is a topic of its own, "quiz me" is not.
            return reading.move == nil && state.terms.isEmpty && reading.task?.methodTopic != nil
                && reading.task?.methodTopic != state.focus.topic
        }
        let known = reading.terms.intersection(state.terms)
        if state.document == nil, known.count * 2 >= reading.terms.count { return false }
        // What the documents have decides: chlorophyll belongs to photosynthesis.
        if let document { return document != state.document }
        if known.count * 2 >= reading.terms.count { return false }
        // Nothing was a topic yet.
        guard !state.terms.isEmpty else { return true }
        // A claim or an answer has words of its own, and is about the topic unless a document says otherwise.
        if let move = reading.move, [.claim, .hint, .summary].contains(move) { return false }
        if isAnswer(reading, state) { return false }
        // "I don't get the light part": one new word in a message that goes on is a part of the topic.
        if reading.move != nil, reading.terms.count <= 2 { return false }
        if reading.goesOn, reading.terms.count == 1, reading.names.isEmpty { return false }
        return true
    }

    /// After questions or a problem, what asks for nothing is the learner's answer.
    private static func isAnswer(_ reading: StudyReading, _ state: State) -> Bool {
        [.practise, .exam, .solve].contains(state.task) && reading.move == nil && reading.task == nil
            && reading.count == nil && !reading.isQuestion && !reading.changes && !reading.isEmpty
    }

    private static func begin(_ reading: StudyReading, document: StudyDocument?, isFirst: Bool) -> State {
        let task = reading.task ?? .explain
        let isMethod = document.map { StudyDocuments.isMethod($0.path) } ?? false
        let topic =
            (isMethod ? task.methodTopic : nil)
            ?? (reading.topic == nil && task.methodTopic != nil
                ? nil : document?.topic(as: reading.topic, words: reading.query)) ?? reading.topic ?? task.methodTopic
            ?? StudySteps.noTopic
        let move = isFirst && reading.move == .next ? nil : reading.move
        let level = reading.level ?? (move == .confused ? .beginner : move == .harder ? .advanced : .intermediate)
        return State(
            focus: focus(topic: topic, task: task, move: move, level: level, done: 0, isCarriedOver: false), task: task,
            move: move, terms: reading.terms, document: document, done: 0,
            past: topic == StudySteps.noTopic ? [] : [Topic(name: topic, document: document)], count: reading.count,
            isTaskNew: true)
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
