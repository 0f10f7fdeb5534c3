import Chat

/// What the tutor's documents have for a turn: on the subject, and on how to study it.
struct Lesson: Sendable {
    /// Sections on the subject, in the order they are taught; empty when there is no document on it.
    var subject: [KnowledgeMatch] = []
    /// Sections on the method.
    var method: [KnowledgeMatch] = []

    var matches: [KnowledgeMatch] { subject + method }

    init() {}

    /// - Throws: `StoreError`.
    init(
        _ plan: FocusPlanner.Plan, question: String, knowledge: any KnowledgeBase, agent: String
    ) async throws {
        if let document = plan.document {
            let sections = try await knowledge.sections(of: document, agent: agent)
            subject = Self.chosen(from: sections, plan)
            if plan.move == nil, plan.task != .practise {
                let found = try await knowledge.search(question, agent: agent, limit: 12)
                putFirst(of: found.filter { $0.section.document == document })
            }
            subject = Array(subject.prefix(2))
        }
        let isMethodItself = plan.document == nil
        guard isMethodItself || ![.explain, .practise, .solve].contains(plan.task) else { return }
        if isMethodItself {
            // The topic may be a method: "spaced repetition".
            let found = try await knowledge.search(plan.focus.topic, agent: agent, limit: 4)
            method = found.filter { StudyDocuments.isMethod($0.section.document) && $0.coverage >= 0.6 }
        }
        if method.isEmpty {
            let found = try await knowledge.search(plan.task.methodWords, agent: agent, limit: 6)
            method = found.filter { StudyDocuments.isMethod($0.section.document) }
        }
        method = Array(method.prefix(1))
    }

    /// Puts a section first that has more on the question than those whose turn it is.
    private mutating func putFirst(of found: [KnowledgeMatch]) {
        // Questions to the learner are no answer to the learner's.
        let answers = found.filter { $0.section.headings.last?.lowercased() != "check yourself" }
        guard let best = answers.max(by: { $0.coverage < $1.coverage }), best.coverage >= 0.5 else { return }
        let chosen = subject.compactMap { match in found.first { $0.section == match.section }?.coverage }.max() ?? 0
        guard best.coverage > chosen + 0.05 else { return }
        subject.removeAll { $0.section == best.section }
        subject.insert(best, at: 0)
    }

    /// Headings that a task asks for, in order. Documents that have others are taught from their beginning.
    private static func headings(_ plan: FocusPlanner.Plan) -> [String] {
        switch plan.move {
        case .example: return ["example"]
        case .claim: return ["common mistakes", "in short"]
        case .hint: return ["in plain words"]
        case .summary: return ["in short"]
        case .confused, .harder, .next, nil: break
        }
        if plan.move == .confused || plan.focus.level == .beginner && plan.task == .explain && plan.done == 0 {
            return ["in plain words", "in short"]
        }
        switch plan.task {
        case .practise: return ["check yourself"]
        case .exam: return plan.done == 0 ? ["in short", "check yourself"] : ["common mistakes", "check yourself"]
        case .solve: return ["example", "in short"]
        default: return []
        }
    }

    private static func chosen(from sections: [KnowledgeSection], _ plan: FocusPlanner.Plan) -> [KnowledgeMatch] {
        var chosen: [KnowledgeSection] = []
        for heading in headings(plan) {
            chosen += sections.filter { $0.headings.last?.lowercased() == heading }.prefix(1)
        }
        if chosen.isEmpty {
            // "Next" goes through the document; what is for the other levels and tasks is left out.
            let course = sections.filter { !["in plain words"].contains($0.headings.last?.lowercased()) }
            chosen = Array(course.dropFirst(min(plan.done, max(0, course.count - 1))).prefix(1))
        }
        return chosen.map { section in
            KnowledgeMatch(section: section, excerpt: excerpt(of: section.text), score: 0, coverage: 1)
        }
    }

    /// The beginning of a text on one line, whole words, at most 400 bytes.
    static func excerpt(of text: String) -> String {
        var excerpt = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            if excerpt.utf8.count + word.utf8.count + 1 > 396 { return excerpt + "…" }
            excerpt += (excerpt.isEmpty ? "" : " ") + word
        }
        return excerpt
    }
}
