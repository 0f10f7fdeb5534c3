import Chat
import Synchronization

@testable import Agents
@testable import Ownership

/// A conversation with Noah, turn by turn, as the engine would lead it.
final class Talk: Sendable {
    let preferences = MemoryPreferences()
    private let companion: BookCompanion
    private let user: UserID
    private let history = Mutex<[Message]>([])

    init(user: String = "reader") {
        self.user = UserID(rawValue: user)
        companion = BookCompanion(
            model: EmbeddedModel(), recommender: StarterCatalog.recommender, preferences: preferences)
    }

    struct Reply {
        var text: String
        var books: [Book]
        /// What came in which order: "text", "books".
        var order: [String]

        var titles: [String] { books.map(\.title) }
    }

    @discardableResult
    func say(_ text: String) async throws -> Reply {
        let sink = RecordingSink()
        let turn = TurnContext(
            user: user, session: SessionID(rawValue: "s1"), userMessageID: Identifiers.message(),
            replyID: Identifiers.message(), text: text, history: history.withLock { $0 }, createdAt: .now())
        _ = try await companion.reply(to: turn, into: sink)
        let reply = sink.reply
        history.withLock { history in
            history.append(
                Message(
                    id: turn.userMessageID, role: .user, content: text, status: .complete, createdAt: turn.createdAt))
            history.append(
                Message(
                    id: turn.replyID, role: .assistant, content: reply.text, status: .complete, createdAt: .now(),
                    recommendations: reply.books))
        }
        return reply
    }

    /// The entry of a recommended book.
    func entry(_ book: Book) async throws -> CatalogEntry {
        try await StarterCatalog.shared.works(withIDs: [book.id])[0]
    }
}

/// Plays the agent's own answer, as the embedded provider does.
struct EmbeddedModel: LanguageModel {
    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        try await request.embeddedAnswer?.compose { sink.text(TextBatch($0)) }
        return ModelCompletion(
            finishReason: "stop", provider: "builtin", model: "librarian",
            usage: Usage(promptTokens: 0, completionTokens: 0, isEstimated: true))
    }

    var availability: [ModelAvailability] { [] }
}

/// Keeps what a model is asked that takes no tools.
final class ListeningModel: LanguageModel {
    private let heard = Mutex<ModelRequest?>(nil)

    var request: ModelRequest? { heard.withLock { $0 } }

    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        let request = try await request.toolFreeForm?.request() ?? request
        heard.withLock { $0 = request }
        return ModelCompletion(
            finishReason: "stop", provider: "test", model: "test",
            usage: Usage(promptTokens: 0, completionTokens: 0, isEstimated: true))
    }

    var availability: [ModelAvailability] { [] }
}

final class RecordingSink: ReplySink {
    private let state = Mutex(Talk.Reply(text: "", books: [], order: []))

    var reply: Talk.Reply { state.withLock { $0 } }

    func text(_ batch: TextBatch) {
        state.withLock { reply in
            reply.text += String(decoding: batch.bytes, as: UTF8.self)
            reply.order.append("text")
        }
    }

    func reasoning(_ batch: TextBatch) {}
    func note(_ note: AgentNote) {}
    func toolCalls(_ pieces: [ToolCallPiece]) {}
    func answering(provider: String, model: String) {}
    func model(_ name: String) {}
    func reasoningDetails(_ json: [UInt8]) {}
    func attemptFailed(_ attempt: FailedAttempt) {}
    func emitted(last bytes: Int) -> [UInt8] { state.withLock { Array($0.text.utf8.suffix(bytes)) } }
    var supportsReset: Bool { true }
    var wantsMore: Bool { true }
    func providerSwitch(_ change: ProviderSwitch) {}

    func recommendations(_ books: [Book]) {
        state.withLock { reply in
            reply.books = books
            reply.order.append("books")
        }
    }
}

/// Preferences in memory, with the store's rules: an override wins, the same message counts once.
final class MemoryPreferences: PreferenceStore {
    private let known = Mutex<[Preference]>([])
    private let isBroken = Mutex(false)

    /// From now on every call fails.
    func breakDown() { isBroken.withLock { $0 = true } }

    private func check() throws {
        if isBroken.withLock({ $0 }) { throw StoreError(kind: .unavailable, detail: "broken on purpose") }
    }

    private let marked = Mutex<[MarkedBook]>([])

    func mark(_ id: BookID, _ mark: MarkedBook.Mark) {
        marked.withLock { $0.append(MarkedBook(id: id, mark: mark, markedAt: .now())) }
    }

    func markedBooks(of user: UserID) async throws -> [MarkedBook] {
        try check()
        return marked.withLock { $0 }
    }

    func learns(of user: UserID) async throws -> Bool { true }

    func preferences(of user: UserID) async throws -> [Preference] {
        try check()
        return known.withLock { known in
            known.filter { $0.source == .override }
                + known.filter { $0.source == .inferred }.sorted { $0.weight > $1.weight }
        }
    }

    func apply(_ override: PreferenceOverride, of user: UserID) async throws -> Bool {
        try check()
        known.withLock { known in
            known.removeAll { $0.source == .override && $0.type == override.type && $0.value == override.value }
            guard let weight = override.weight else { return }
            known.append(
                Preference(
                    type: override.type, value: override.value, weight: weight, source: .override, confidence: 1,
                    evidence: [], updatedAt: override.timestamp))
        }
        return true
    }

    func note(_ inferred: [InferredPreference], of user: UserID) {
        guard !isBroken.withLock({ $0 }) else { return }
        known.withLock { known in
            for item in inferred {
                known.removeAll { $0.source == .inferred && $0.type == item.type && $0.value == item.value }
                known.append(
                    Preference(
                        type: item.type, value: item.value, weight: item.weight, source: .inferred, confidence: 0.5,
                        evidence: [item.evidence], updatedAt: item.evidence.createdAt))
            }
        }
    }
}
