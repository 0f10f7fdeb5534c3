// The tutor: what a turn is about, what the documents have on it, what is asked back.

public import Chat
import Scheduling
import Substrings

/// Decides what a turn of a session with the tutor is about.
///
/// By rules where the embedded provider answers. With a language model, the model plans by structured output and the rules'
/// plan is what it falls back to: on an error, a late answer, or one that is not what was asked for.
public struct FocusPlanner: Sendable {
    /// How much of a session is read: the learner's last messages.
    static let maximumMessages = 12

    private let model: any LanguageModel
    private let knowledge: any KnowledgeBase
    private let agent: String
    private let timeLimit: Duration

    /// - Parameters:
    ///   - agent: whose documents tell which subjects belong together.
    ///   - timeLimit: how long a language model may take to plan.
    public init(
        model: any LanguageModel, knowledge: any KnowledgeBase, agent: String, timeLimit: Duration = .seconds(10)
    ) {
        self.model = model
        self.knowledge = knowledge
        self.agent = agent
        self.timeLimit = timeLimit
    }

    /// The focus of a turn and how it came about.
    struct Plan: Sendable {
        var focus: SessionFocus
        var task: StudyTask
        var move: StudyMove?
        /// The document on the topic; nil when there is none.
        var document: String?
        var done: Int
        var past: [FocusRules.Topic]
        /// Whether the task is another than in the turn before.
        var isTaskNew: Bool
        /// Whether the example was shown before its turn came.
        var hasExample: Bool
        /// How many questions are asked for, and the one that the message points at.
        var count: Int?
        var number: Int?
        /// What a language model took to plan; nil when the rules planned.
        var usage: Usage?
    }

    /// The focus for `message` after `history`, oldest first.
    /// - Throws: `CancellationError` only; without documents or model the rules plan alone.
    public func focus(for message: String, after history: [Message]) async throws -> SessionFocus {
        try await plan(for: message, after: history).focus
    }

    /// - Parameter byRules: whether no language model is asked.
    func plan(for message: String, after history: [Message], byRules: Bool = false) async throws -> Plan {
        let messages = history.filter { $0.role == .user }.suffix(Self.maximumMessages).map(\.content)
        let state = try await offload { await session(messages + [message]) }
        try Task.checkCancellation()
        var plan = Plan(
            focus: state.focus, task: state.task, move: state.move, document: state.document?.path, done: state.done,
            past: state.past, isTaskNew: state.isTaskNew, hasExample: state.hasExample, count: state.count,
            number: StudyReading(ForeignQuestion.english(message)).number)
        guard !byRules, model.readsConversation, SmallTalk(ForeignQuestion.english(message)) == nil else { return plan }
        let request = ModelPlan.request(for: message, after: history, suggestion: state.focus)
        do {
            let (text, usage) = try await answer(to: request)
            if let focus = ModelPlan.focus(from: text, isFirst: messages.isEmpty) {
                if focus.topic != plan.focus.topic {
                    plan.document = try await offload { await document(on: focus.topic) }?.path
                }
                plan.focus = focus
            }
            // Billed also when it was of no use.
            plan.usage = usage
        } catch {
            // The model's fault is the plan's loss, not the turn's; but a turn that was ended is over.
            try Task.checkCancellation()
        }
        return plan
    }

    /// Plans the session message by message; each plan is the next one's ground.
    private func session(_ messages: [String]) async -> FocusRules.State {
        var state: FocusRules.State?
        for message in messages.map(ForeignQuestion.english) {
            // "Thanks" changes nothing about what a session is about.
            if SmallTalk(message) != nil, state != nil { continue }
            let reading = StudyReading(message)
            let document = await document(for: reading, after: state)
            state = FocusRules.next(state, reading, document: document)
        }
        return state ?? FocusRules.next(nil, StudyReading(""), document: nil)
    }

    private func document(for reading: StudyReading, after state: FocusRules.State?) async -> StudyDocument? {
        let found =
            reading.query.isEmpty ? nil : await document(on: reading.query, said: reading.said, before: state?.document)
        // "How can I remember it all?": the task says which document, where no subject is named.
        if let task = reading.task, task.methodTopic != nil, state == nil || reading.changes || state?.document == nil,
            reading.topic == nil && found == nil || task == .plan && found?.named(in: reading.said) ?? 0 == 0
        {
            return await document(on: task.methodWords, isMethod: true)
        }
        // "I keep putting off revising until the night before": photosynthesis has the night, and is not what is named.
        if reading.move == nil, found?.isNamed(in: reading.query) != true, let method = await method(for: reading) {
            return method
        }
        if found == nil, let problem = reading.problem { return await document(on: problem) }
        // "Why do we subtract first?" has a word of another document, and goes on with this one.
        if let before = state?.document, let other = found, other != before, reading.asksWhy || reading.goesOn,
            reading.terms.count <= 1, other.named(in: reading.said) == 0
        {
            return before
        }
        return found
    }

    /// The document on how to study that has most of the whole message, the words about studying included.
    private func method(for reading: StudyReading) async -> StudyDocument? {
        let found = (try? await knowledge.search(reading.wholeQuery, agent: agent, limit: 12)) ?? []
        guard let best = found.max(by: { $0.coverage < $1.coverage }), best.coverage >= 0.55,
            StudyDocuments.isMethod(best.section.document)
        else { return nil }
        return StudyDocument(best.section)
    }

    /// The document that has most on a topic; nil when none has enough.
    ///
    /// - Parameters:
    ///   - said: the whole message, in which a document's name may stand.
    ///   - before: the document of the turn before, which stays where it has as much.
    private func document(
        on topic: String, said: String? = nil, before: StudyDocument? = nil, isMethod: Bool = false
    ) async -> StudyDocument? {
        // Without documents the rules still know the session's own words.
        let found = (try? await knowledge.search(topic, agent: agent, limit: 12)) ?? []
        // Who names a document means it, whatever else there is in the message.
        if !isMethod {
            let named = found.map { (document: StudyDocument($0.section), coverage: $0.coverage) }
                .filter { !StudyDocuments.isMethod($0.document.path) }
                .map { (document: $0.document, words: $0.document.named(in: said ?? topic), coverage: $0.coverage) }
            if let best = named.max(by: { ($0.words, $0.coverage) < ($1.words, $1.coverage) }), best.words > 0 {
                return named.first { $0.document == before && $0.words == best.words }?.document ?? best.document
            }
        }
        let fitting = found.filter {
            $0.coverage >= (isMethod ? 0.2 : 0.55) && (!isMethod || StudyDocuments.isMethod($0.section.document))
        }
        // How to study something is its subject's document first.
        let subjects = fitting.filter { !StudyDocuments.isMethod($0.section.document) }
        guard let best = (subjects.isEmpty ? fitting : subjects).max(by: { $0.coverage < $1.coverage }) else {
            return nil
        }
        let chosen =
            fitting.first { $0.section.document == before?.path && $0.coverage >= best.coverage - 0.1 }
            ?? fitting.first {
                $0.coverage == best.coverage && StudyDocuments.isMethod($0.section.document) == subjects.isEmpty
            }
            ?? best
        return StudyDocument(chosen.section)
    }

    private func answer(to request: ModelRequest) async throws -> (text: [UInt8], usage: Usage) {
        try await withThrowingTaskGroup(of: (text: [UInt8], usage: Usage)?.self) { group in
            group.addTask {
                let sink = CollectingSink(limit: ModelPlan.maximumBytes)
                let completion = try await model.respond(to: request, into: sink)
                return (sink.bytes, completion.usage)
            }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let answer = first else {
                throw ModelError(kind: .timeout, provider: "", detail: "the plan took too long")
            }
            return answer
        }
    }
}

/// One of the tutor's documents.
struct StudyDocument: Sendable, Equatable {
    var path: String
    var title: String
    /// Words by which it is asked for, folded.
    private var names: [String]
    /// What it is called: its title, the parts of it, names and phrases among the keywords; the words of each, folded.
    private var calls: [[String]]

    init(_ section: KnowledgeSection) {
        path = section.document
        names = Folding.words(section.title + " " + section.keywords)
        let keywords = section.keywords.split(separator: ",").map { $0.drop { $0 == " " } }
        let telling = keywords.enumerated().filter { place, word in
            place == 0 || word.contains(" ") || word.first?.isUppercase == true
        }
        let titles =
            [section.title] + section.title.replacing(" and ", with: "\n").split(separator: "\n").map(String.init)
        calls = (titles + telling.map { String($0.element) }).map { Folding.words($0).filter { $0 != "the" } }
        // "Photosynthesis" is no name, "Macbeth" is one: the keywords and the text tell.
        let first = section.title.prefix { $0.isLetter }
        let isWord = (section.keywords + section.text).contains(first.lowercased().dropLast(first.last == "s" ? 1 : 0))
        let isArticle = first == "The"
        title = isWord || isArticle ? first.lowercased() + section.title.dropFirst(first.count) : section.title
    }

    static func == (left: Self, right: Self) -> Bool { left.path == right.path }

    /// The words of the longest name of it that stands whole in a query.
    func named(in query: String) -> Int {
        let words = Folding.words(query)
        return calls.filter { call in call.allSatisfy { name in words.contains { $0.isForm(of: name) } } }
            .map(\.count).max() ?? 0
    }

    func isNamed(in query: String) -> Bool {
        Folding.words(query).contains { word in names.contains { word.isForm(of: $0) } }
    }

    /// What a topic in it is called: as the learner called it where that is the document's title or a part of it, else by the title.
    func topic(as named: String?, words: String) -> String {
        let titled = Folding.words(title)
        if let named, Folding.words(words).allSatisfy({ word in titled.contains { word.isForm(of: $0) } }) {
            return named
        }
        return title
    }
}

extension String {
    /// Whether two words are one word in two forms, or nearly: "work" and "working", "quadratics" and "quadratic". Both folded.
    func isForm(of other: String) -> Bool {
        if self == other { return true }
        let common = zip(self, other).prefix { $0 == $1 }.count
        let (short, long) = (Swift.min(count, other.count), Swift.max(count, other.count))
        if common == short { return long - short <= (short >= 4 ? 3 : short == 3 ? 1 : 0) }
        return common >= 5 && long - common <= 4 || common >= 4 && common == short - 1 && (1...2).contains(long - short)
    }
}

/// How the tutor's documents are ordered.
enum StudyDocuments {
    /// Documents in this folder are on how to study; all others are on subjects.
    static func isMethod(_ document: String) -> Bool { document.hasPrefix("skills/") }
}
