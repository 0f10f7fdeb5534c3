import Chat
import Foundation
import JSON
import Knowledge
import Synchronization
import Testing

@testable import Agents
@testable import Ownership

/// The shipped personas with their documents, indexed once for all tests.
enum ShippedAgents {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "agents").path()

    static let personas: [Persona] = {
        do { return try PersonaReader.personas(in: folder) } catch { fatalError("\(error)") }
    }()

    static let knowledge: KnowledgeIndex = {
        let path = FileManager.default.temporaryDirectory.path + "/agents-tests-\(UUID().uuidString).db"
        do {
            return try KnowledgeIndex(
                path: path,
                folders: personas.map { KnowledgeFolder(agent: $0.name, path: $0.knowledgeFolder) },
                rescanEvery: .seconds(3600))
        } catch {
            fatalError("\(error)")
        }
    }()

    static func persona(_ name: String) throws -> Persona { try #require(personas.first { $0.name == name }) }
}

/// Plays the agent's own answer, as the embedded provider does; it reads no conversation.
struct QuotingModel: LanguageModel {
    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        try await request.embeddedAnswer?.compose { sink.text(TextBatch($0)) }
        return ModelCompletion(
            finishReason: "stop", provider: "builtin", model: "librarian",
            usage: Usage(promptTokens: 0, completionTokens: 0, isEstimated: true))
    }

    var availability: [ModelAvailability] { [] }
    var readsConversation: Bool { false }
}

/// A model that takes no tools: gives prepared answers one after the other, and keeps what it was asked.
final class PreparedModel: LanguageModel {
    enum Line: Sendable {
        case say(String)
        case fail(ModelError.Kind)
        /// Never answers; ends when its task is cancelled.
        case silence
    }

    private let state: Mutex<(lines: [Line], requests: [ModelRequest])>

    init(_ lines: Line...) { state = Mutex((lines, [])) }

    var requests: [ModelRequest] { state.withLock { $0.requests } }
    var availability: [ModelAvailability] { [] }

    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        let request = try await request.toolFreeForm?.request() ?? request
        let line = state.withLock { state -> Line in
            state.requests.append(request)
            return state.lines.isEmpty ? .say("") : state.lines.removeFirst()
        }
        switch line {
        case .say(let text): sink.text(TextBatch(text))
        case .fail(let kind): throw ModelError(kind: kind, provider: "scripted", detail: "on purpose")
        case .silence: try await Task.sleep(for: .seconds(3600))
        }
        return ModelCompletion(
            finishReason: "stop", provider: "scripted", model: "m1",
            usage: Usage(promptTokens: 10, completionTokens: 5, isEstimated: false))
    }
}

/// Keeps what a reply brings, in order.
final class LessonSink: ReplySink {
    struct Kept: Sendable {
        var text = ""
        var focus: SessionFocus?
        var sources: [SourceReference] = []
        /// "focus", "sources", "text"; text once.
        var order: [String] = []
    }

    private let state = Mutex(Kept())
    var kept: Kept { state.withLock { $0 } }

    func text(_ batch: TextBatch) {
        state.withLock { kept in
            kept.text += String(decoding: batch.bytes, as: UTF8.self)
            if kept.order.last != "text" { kept.order.append("text") }
        }
    }
    func note(_ note: AgentNote) {
        let value = try? JSONValue(parsing: note.json)
        state.withLock { kept in
            // What is told beside the answer has tests of its own.
            if !["step", "days"].contains(note.kind) { kept.order.append(note.kind) }
            switch note.kind {
            case "focus": kept.focus = value.flatMap(SessionFocus.init)
            case "sources": kept.sources = (value?.arrayValue ?? []).compactMap(SourceReference.init)
            default: break
            }
        }
    }
    func answering(provider: String, model: String) {}
    func model(_ name: String) {}
    func reasoningDetails(_ json: [UInt8]) {}
    func emitted(last bytes: Int) -> [UInt8] { Array(kept.text.utf8.suffix(bytes)) }
    func recommendations(_ books: [Book]) {}
    func reasoning(_ batch: TextBatch) {}
    func toolCalls(_ pieces: [ToolCallPiece]) {}
    func attemptFailed(_ attempt: FailedAttempt) {}
    func providerSwitch(_ change: ProviderSwitch) {}
    var supportsReset: Bool { true }
    var wantsMore: Bool { true }
}

extension SessionFocus {
    /// As the API shows it.
    init?(_ value: JSONValue) {
        guard let topic = value["topic"]?.stringValue, let objective = value["objective"]?.stringValue,
            let level = value["level"]?.stringValue.flatMap(Level.init(rawValue:)),
            let steps = value["steps"]?.arrayValue?.compactMap(\.stringValue),
            let isCarriedOver = value["carriedOver"]?.boolValue
        else { return nil }
        self.init(topic: topic, objective: objective, level: level, steps: steps, isCarriedOver: isCarriedOver)
    }
}

extension SourceReference {
    /// As the API shows it.
    init?(_ value: JSONValue) {
        guard let title = value["title"]?.stringValue, let section = value["section"]?.stringValue,
            let excerpt = value["excerpt"]?.stringValue
        else { return nil }
        self.init(title: title, section: section, excerpt: excerpt)
    }
}

/// Documents as given, each a section; for what the shipped documents must not decide.
struct PaperKnowledge: KnowledgeBase {
    var matches: [KnowledgeMatch] = []
    var isBroken = false

    static func match(_ text: String, title: String = "Paper", heading: String = "Part") -> KnowledgeMatch {
        KnowledgeMatch(
            section: KnowledgeSection(
                document: "paper.md", title: title, headings: [heading], text: text, written: "2026-11-21"),
            excerpt: String(text.prefix(300)), score: 1, coverage: 1)
    }

    func search(_ text: String, agent: String, limit: Int) async throws -> [KnowledgeMatch] {
        if isBroken { throw StoreError(kind: .unavailable, detail: "on purpose") }
        return Array(matches.prefix(limit))
    }
    func sections(of document: String, agent: String) async throws -> [KnowledgeSection] { matches.map(\.section) }
    func titles(agent: String) async throws -> [String] { matches.map(\.section.title) }
}

/// A session with an agent, turn by turn, as the engine would lead it.
final class Session<Who: Agent>: Sendable {
    private let agent: Who
    private let history = Mutex<[Message]>([])
    /// 21 November 2026, 12:00 UTC.
    private let now = Timestamp(milliseconds: 1_795_262_400_000)

    init(_ agent: Who) { self.agent = agent }

    @discardableResult
    func say(_ text: String) async throws -> LessonSink.Kept {
        try await turn(text).kept
    }

    func turn(_ text: String) async throws -> (kept: LessonSink.Kept, completion: ModelCompletion) {
        let sink = LessonSink()
        let turn = TurnContext(
            user: UserID(rawValue: "u"), session: SessionID(rawValue: "s1"), userMessageID: Identifiers.message(),
            replyID: Identifiers.message(), text: text, history: history.withLock { $0 }, createdAt: now)
        let completion = try await agent.reply(to: turn, into: sink)
        let kept = sink.kept
        history.withLock { history in
            history.append(
                Message(id: turn.userMessageID, role: .user, content: text, status: .complete, createdAt: now))
            history.append(
                Message(id: turn.replyID, role: .assistant, content: kept.text, status: .complete, createdAt: now))
        }
        return (kept, completion)
    }
}
