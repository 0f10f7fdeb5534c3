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

/// Puts conversations to the companion: each line a message, an empty line between two conversations.
enum Conversation {
    static func run(_ lines: [String], catalog: any BookCatalog, showsCards: Bool) async throws {
        let companion = BookCompanion(model: Spoken(), catalog: catalog, preferences: NoPreferences())
        await companion.warmUp()
        var history: [Message] = []
        let session = SessionID(rawValue: "ses_evaluation")
        for line in lines {
            if line.isEmpty {
                history = []
                print("\n----")
                continue
            }
            let asked = Identifiers.message()
            let turn = TurnContext(
                user: makeOwner("usr_evaluation"), session: session, userMessageID: asked,
                replyID: Identifiers.message(), text: line, history: history, createdAt: .now())
            let sink = Noting()
            let clock = ContinuousClock()
            let start = clock.now
            _ = try await companion.reply(to: turn, into: sink)
            let (text, books) = sink.state.withLock { ($0.text, $0.books) }
            print("\n> \(line)   [\(Evaluation.milliseconds(clock.now - start)) ms]\n\(text)")
            if showsCards {
                print(books.map { "  - \($0.title) / \($0.authors.first ?? "-")" }.joined(separator: "\n"))
            }
            history.append(
                Message(id: asked, role: .user, content: line, status: .complete, createdAt: turn.createdAt))
            history.append(
                Message(
                    id: turn.replyID, role: .assistant, content: text, status: .complete, createdAt: .now(),
                    recommendations: books))
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
