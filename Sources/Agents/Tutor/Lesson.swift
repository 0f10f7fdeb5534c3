import Chat

/// What the tutor's documents have for a turn: on the subject, and on how to study it.
struct Lesson: Sendable {
    /// Sections on the subject, in the order they are taught; empty when there is no document on it.
    var subject: [KnowledgeMatch] = []
    /// Sections on the method.
    var method: [KnowledgeMatch] = []
    /// What the document says of a claim, or of what a question takes to be so; nil for none.
    var verdict: Verdict?
    /// Names in the question that the document does not have.
    var unmentioned: [String] = []
    /// Whether the document has nothing of what was asked in particular.
    var isGeneral = false
    /// Whether the sections are the answer to a question of the learner's.
    var isAnswer = false
    /// How many questions the document has in all; nil when none are shown.
    var questions: Int?
    /// The question to the learner that ends the turn.
    var asks: String?

    enum Verdict: Sendable {
        case right, wrong
        /// The notes have something on it; the learner compares.
        case compare
        /// The model answer to a question of the quiz.
        case answer
        case unsettled
    }

    var matches: [KnowledgeMatch] { subject + method }

    init() {}

    /// - Throws: `StoreError`.
    init(
        _ plan: FocusPlanner.Plan, question: String, knowledge: any KnowledgeBase, agent: String
    ) async throws {
        var reading = StudyReading(question)
        // What is said about studying is the subject of a document on how to study.
        if StudyDocuments.isMethod(plan.document ?? "") { reading.query = reading.wholeQuery }
        if plan.move == .summary {
            for topic in plan.past.suffix(3) {
                guard let document = topic.document else { continue }
                let sections = try await knowledge.sections(of: document.path, agent: agent)
                subject += sections.first { $0.isHeaded("in short") }.map { [Self.match($0)] } ?? []
            }
            return
        }
        if let document = plan.document {
            let notes = StudyNotes(try await knowledge.sections(of: document, agent: agent))
            switch plan.move {
            case .claim: judge(reading, by: notes, number: plan.number)
            case .hint where plan.number.map(notes.has) == true:
                try await hint(plan.number ?? 1, notes, document, knowledge, agent)
            default:
                subject = notes.sections(for: plan)
                // Amid a quiz, too, a question of the learner's is answered.
                isAnswer = plan.move == nil && reading.isQuestion && reading.task == nil && reading.count == nil
                if plan.move == nil, isAnswer || ![.practise, .exam].contains(plan.task) {
                    if isAnswer { subject.removeAll { $0.section.isHeaded("check yourself") } }
                    let query = reading.query + (reading.asksWhy ? " causes" : "")
                    let found = try await knowledge.search(query, agent: agent, limit: 12)
                    putFirst(of: found.filter { $0.section.document == document }, reading, notes)
                    if reading.isYesNo, let (mistake, finding) = notes.mistake(in: reading) {
                        if finding == .wrong { verdict = finding }
                        subject.removeAll { $0.section.isHeaded("common mistakes") }
                        subject.insert(mistake, at: 0)
                        isGeneral = false
                    }
                }
                if let count = subject.indices.first(where: { subject[$0].section.isHeaded("check yourself") }) {
                    subject[count] = notes.questions(plan.count, after: plan.done) ?? subject[count]
                    questions = notes.questions.count
                }
                if subject.isEmpty {
                    subject = notes.all.first { $0.isHeaded("in short") }.map { [Self.match($0)] } ?? []
                }
                subject = Array(subject.prefix(2))
                // "When" is answered by a year.
                if reading.asksWhen, subject.contains(where: { Self.namesYear($0.section.text) }) { isGeneral = false }
                if questions == nil, plan.move != .example, let told = subject.first?.section {
                    asks = notes.question(on: told, after: plan.done).map { notes.questions[$0 - 1] }
                }
            }
            if plan.move == nil, reading.isQuestion { unmentioned = reading.names.filter { !notes.mentions($0) } }
        }
        let isNewTask = plan.isTaskNew && plan.move == nil && ![.explain, .practise, .solve].contains(plan.task)
        guard plan.document == nil && plan.move != .claim || isNewTask && !StudyDocuments.isMethod(plan.document ?? "")
        else { return }
        let found = try await knowledge.search(plan.task.methodWords, agent: agent, limit: 12)
        method = Array(found.filter { StudyDocuments.isMethod($0.section.document) }.prefix(1))
    }

    /// Puts a section first that has more on the question than those whose turn it is.
    private mutating func putFirst(of found: [KnowledgeMatch], _ reading: StudyReading, _ notes: StudyNotes) {
        let words = Folding.words(reading.query).filter { word in !notes.title.contains { word.isForm(of: $0) } }
        // Questions to the learner are no answer to the learner's.
        let answers = found.filter { !$0.section.isHeaded("check yourself") && !$0.section.isKey }
        guard let best = answers.max(by: { $0.coverage < $1.coverage }), best.coverage >= 0.4 else {
            isGeneral = reading.isQuestion && !words.isEmpty
            return
        }
        let chosen = subject.compactMap { match in found.first { $0.section == match.section }?.coverage }.max() ?? 0
        let text = Folding.words(best.section.heading + " " + best.section.text)
        isGeneral =
            reading.isQuestion && !words.isEmpty && !words.contains { word in text.contains { word.isForm(of: $0) } }
        guard best.coverage > chosen + 0.05 else { return }
        subject.removeAll { $0.section == best.section }
        subject.insert(best, at: 0)
    }

    /// Finds what the document says of a claim, or of an answer to one of its questions.
    private mutating func judge(_ reading: StudyReading, by notes: StudyNotes, number: Int?) {
        if let number, let pair = notes.question(number) {
            verdict = pair.count > 1 ? .answer : .unsettled
            subject = pair
            return
        }
        if let (mistake, finding) = notes.mistake(in: reading) {
            verdict = finding
            subject = [mistake]
        } else if let passage = notes.passage(on: reading) {
            verdict = .compare
            subject = [passage]
        } else {
            verdict = .unsettled
            subject = notes.all.first { $0.isHeaded("common mistakes") }.map { [Self.match($0)] } ?? []
        }
    }

    /// What leads to a question's answer without giving it away.
    private mutating func hint(
        _ number: Int, _ notes: StudyNotes, _ document: String, _ knowledge: any KnowledgeBase, _ agent: String
    ) async throws {
        guard let question = notes.question(number)?.first else { return }
        subject = [question]
        let found = try await knowledge.search(question.section.text, agent: agent, limit: 12)
        let near = found.first {
            $0.section.document == document
                && !$0.section.isHeaded("check yourself") && !$0.section.isKey
                && !$0.section.isHeaded("common mistakes")
        }
        if let near { subject.append(near) }
    }

    /// Whether a text names a year from 1000 to 1999.
    private static func namesYear(_ text: String) -> Bool {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains { word in
            word.utf8.count == 4 && word.utf8.first == UInt8(ascii: "1") && word.utf8.allSatisfy { 0x30...0x39 ~= $0 }
        }
    }

    static func match(_ section: KnowledgeSection) -> KnowledgeMatch {
        KnowledgeMatch(section: section, excerpt: excerpt(of: section.text), score: 0, coverage: 1)
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

extension KnowledgeSection {
    func isHeaded(_ heading: String) -> Bool { headings.last?.lowercased() == heading }

    /// Whether it is for the tutor to judge by, not to teach from.
    var isKey: Bool { isHeaded("answers") || isHeaded("wrong claims") }
}
