import Agents
import Chat
import Glibc
import Ownership
import Synchronization

/// Puts one message to the companion and shows its whole answer, to see behind the figures.
enum Ask {
    static func run(_ text: String, catalog: any BookCatalog) async throws {
        let companion = BookCompanion(model: Spoken(), catalog: catalog, preferences: NoPreferences())
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

/// A conversation with the companion, turn by turn.
final class Conversation {
    private let companion: BookCompanion
    private var history: [Message] = []
    private let session = SessionID(rawValue: "ses_evaluation")

    init(catalog: any BookCatalog) {
        companion = BookCompanion(model: Spoken(), catalog: catalog, preferences: NoPreferences())
    }

    private init(_ companion: BookCompanion) { self.companion = companion }

    /// Another conversation with the same companion, whose tables are read already.
    func another() -> Conversation { Conversation(companion) }

    func say(_ text: String) async throws -> (text: String, books: [Book]) {
        let asked = Identifiers.message()
        let turn = TurnContext(
            user: makeOwner("usr_evaluation"), session: session, userMessageID: asked,
            replyID: Identifiers.message(), text: text, history: history, createdAt: .now())
        let sink = Noting()
        _ = try await companion.reply(to: turn, into: sink)
        let reply = sink.state.withLock { (text: $0.text, books: $0.books) }
        history.append(Message(id: asked, role: .user, content: text, status: .complete, createdAt: turn.createdAt))
        history.append(
            Message(
                id: turn.replyID, role: .assistant, content: reply.text, status: .complete, createdAt: .now(),
                recommendations: reply.books))
        return reply
    }

    /// Shows whole conversations: each line a message, an empty line between two conversations.
    static func show(_ lines: [String], catalog: any BookCatalog, showsCards: Bool) async throws {
        var talk = Conversation(catalog: catalog)
        await talk.companion.warmUp()
        for line in lines {
            if line.isEmpty {
                talk = talk.another()
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

/// Keeps a reply.
private final class Noting: ReplySink {
    let state = Mutex((text: "", books: [Book]()))
    func text(_ batch: TextBatch) { state.withLock { $0.text += String(decoding: batch.bytes, as: UTF8.self) } }
    func recommendations(_ books: [Book]) { state.withLock { $0.books = books } }
    func reasoning(_ batch: TextBatch) {}
    func note(_ note: AgentNote) {}
    func toolCalls(_ pieces: [ToolCallPiece]) {}
    func answering(provider: String, model: String) {}
    func model(_ name: String) {}
    func reasoningDetails(_ json: [UInt8]) {}
    func attemptFailed(_ attempt: FailedAttempt) {}
    func given(last bytes: Int) -> [UInt8] { [] }
    var canTakeBack: Bool { true }
    var wantsMore: Bool { true }
    func providerSwitch(_ change: ProviderSwitch) {}
}

/// Gives the embedded answer as it is.
private struct Spoken: LanguageModel {
    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        try await request.embeddedAnswer?.compose { sink.text(TextBatch($0)) }
        return ModelCompletion(
            finishReason: "stop", provider: "builtin", model: "librarian",
            usage: Usage(promptTokens: 0, completionTokens: 0, isEstimated: true))
    }

    var availability: [ModelAvailability] { [] }
}
