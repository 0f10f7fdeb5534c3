public import Chat
import Scheduling

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
        let state = try await apart { await session(messages + [message]) }
        try Task.checkCancellation()
        var plan = Plan(
            focus: state.focus, task: state.task, move: state.move, document: state.document, done: state.done)
        guard !byRules, model.readsConversation, SmallTalk(message) == nil else { return plan }
        let request = ModelPlan.request(for: message, after: history, suggestion: state.focus)
        do {
            let (text, usage) = try await answer(to: request)
            if let focus = ModelPlan.focus(from: text, isFirst: messages.isEmpty) {
                if focus.topic != plan.focus.topic {
                    plan.document = try await apart { await document(on: focus.topic) }
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
        for message in messages {
            // "Thanks" changes nothing about what a session is about.
            if SmallTalk(message) != nil, state != nil { continue }
            let reading = StudyReading(message)
            let document = reading.terms.isEmpty ? nil : await document(on: reading.topic ?? "")
            state = FocusRules.next(state, reading, document: document)
        }
        return state ?? FocusRules.next(nil, StudyReading(""), document: nil)
    }

    /// The document that has most on a topic; nil when none has enough.
    private func document(on topic: String) async -> String? {
        // Without documents the rules still know the session's own words.
        let found = (try? await knowledge.search(topic, agent: agent, limit: 4)) ?? []
        return found.first { $0.coverage >= 0.6 && !StudyDocuments.isMethod($0.section.document) }?.section.document
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

/// How the tutor's documents are ordered.
enum StudyDocuments {
    /// Documents in this folder are on how to study; all others are on subjects.
    static func isMethod(_ document: String) -> Bool { document.hasPrefix("skills/") }
}
