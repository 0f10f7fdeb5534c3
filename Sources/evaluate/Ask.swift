import Agents
import Chat
import Glibc
import JSON
import Ownership
import Synchronization

/// Puts one message to the companion and shows its whole answer, to see behind the figures.
enum Ask {
    static func run(_ text: String, catalog: any BookCatalog) async throws {
        let companion = companion(catalog)
        let turn = TurnContext(
            user: makeOwner("usr_evaluation"), session: SessionID(rawValue: "ses_evaluation"),
            userMessageID: Identifiers.message(),
            replyID: Identifiers.message(), text: text, history: [], createdAt: .now())
        let sink = Noting()
        _ = try await companion.reply(to: turn, into: sink)
        let (said, books) = sink.state.withLock { ($0.text, $0.books) }
        print("\(said)\n")
        for book in books {
            print(
                "[\(Report.fixed(book.score))] \(book.title) / \(book.authors.joined(separator: ", ")) / \(book.year.map { String($0) } ?? "-")"
            )
            for reason in book.reasons {
                print("    \(reason.kind.rawValue) \(Report.fixed(reason.weight)): \(reason.text)")
            }
        }
    }
}

/// What an agent has answered.
struct Reply {
    var text = ""
    var books: [Book] = []
    /// What the turn was about, of the tutor.
    var topic = ""
    /// The titles of the documents that it rests on.
    var sources: [String] = []
    /// How much the conversation spoke for or against what it named, by its value; of Noah.
    var taste: [String: Double] = [:]
}

/// Keeps what is read of a reader's taste, and lets no answer depend on it.
final class TasteNotes: PreferenceStore {
    private let found = Mutex<[String: Double]>([:])

    /// What was read since the last call.
    func take() -> [String: Double] {
        found.withLock { found in
            defer { found = [:] }
            return found
        }
    }

    func note(_ inferred: [InferredPreference], of user: UserID) {
        found.withLock { found in
            for one in inferred { found[one.value, default: 0] += one.weight }
        }
    }

    func preferences(of user: UserID) async throws -> [Preference] { [] }
    func apply(_ override: PreferenceOverride, of user: UserID) async throws -> Bool { false }
    func markedBooks(of user: UserID) async throws -> [MarkedBook] { [] }
    func learns(of user: UserID) async throws -> Bool { true }
}

/// A conversation with an agent, turn by turn.
final class Conversation {
    private let agent: any Agent
    /// Nil for now.
    private let day: Timestamp?
    private var history: [Message] = []
    private let session = SessionID(rawValue: "ses_evaluation")

    init(with agent: any Agent, on day: Timestamp? = nil) { (self.agent, self.day) = (agent, day) }

    func say(_ text: String) async throws -> Reply {
        let asked = Identifiers.message()
        let turn = TurnContext(
            user: makeOwner("usr_evaluation"), session: session, userMessageID: asked,
            replyID: Identifiers.message(), text: text, history: history, createdAt: day ?? .now())
        let sink = Noting()
        _ = try await agent.reply(to: turn, into: sink)
        let reply = sink.state.withLock { $0 }
        history.append(Message(id: asked, role: .user, content: text, status: .complete, createdAt: turn.createdAt))
        history.append(
            Message(
                id: turn.replyID, role: .assistant, content: reply.text, status: .complete, createdAt: day ?? .now(),
                recommendations: reply.books))
        return reply
    }

    /// Shows whole conversations: each line a message, an empty line between two conversations.
    static func show(_ lines: [String], catalog: any BookCatalog, showsCards: Bool) async throws {
        let companion = companion(catalog)
        await companion.warmUp()
        var talk = Conversation(with: companion)
        for line in lines {
            if line.isEmpty {
                talk = Conversation(with: companion)
                print("\n----")
                continue
            }
            let clock = ContinuousClock()
            let start = clock.now
            let reply = try await talk.say(line)
            print("\n> \(line)   [\(Evaluation.milliseconds(clock.now - start)) ms]\n\(reply.text)")
            if showsCards {
                print(reply.books.map { "  - \($0.title) / \($0.authors.first ?? "-")" }.joined(separator: "\n"))
            }
        }
    }
}

/// Noah over a catalogue.
func companion(_ catalog: any BookCatalog, taste: any PreferenceStore = NoPreferences()) -> BookCompanion {
    BookCompanion(model: Spoken(), catalog: catalog, preferences: taste)
}

/// Keeps a reply.
private final class Noting: ReplySink {
    let state = Mutex(Reply())
    func text(_ batch: TextBatch) { state.withLock { $0.text += String(decoding: batch.bytes, as: UTF8.self) } }
    func recommendations(_ books: [Book]) { state.withLock { $0.books = books } }
    func reasoning(_ batch: TextBatch) {}
    func note(_ note: AgentNote) {
        guard let json = try? JSONValue(parsing: note.json) else { return }
        state.withLock { reply in
            if note.kind == "focus" { reply.topic = json["topic"]?.stringValue ?? "" }
            if note.kind == "sources" {
                reply.sources = (json.arrayValue ?? json["sources"]?.arrayValue ?? []).compactMap { source in
                    source["title"]?.stringValue.map { "\($0) › \(source["section"]?.stringValue ?? "")" }
                }
            }
        }
    }
    func toolCalls(_ pieces: [ToolCallPiece]) {}
    func answering(provider: String, model: String) {}
    func model(_ name: String) {}
    func reasoningDetails(_ json: [UInt8]) {}
    func attemptFailed(_ attempt: FailedAttempt) {}
    func emitted(last bytes: Int) -> [UInt8] { [] }
    var supportsReset: Bool { true }
    var wantsMore: Bool { true }
    func providerSwitch(_ change: ProviderSwitch) {}
}

/// Gives the embedded answer as it is.
struct Spoken: LanguageModel {
    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        try await request.embeddedAnswer?.compose { sink.text(TextBatch($0)) }
        return ModelCompletion(
            finishReason: "stop", provider: "builtin", model: "librarian",
            usage: Usage(promptTokens: 0, completionTokens: 0, isEstimated: true))
    }

    var availability: [ModelAvailability] { [] }
    var readsConversation: Bool { false }
}
