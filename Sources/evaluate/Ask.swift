import Agents
import Chat
import Glibc
import Ownership

/// Puts one message to the companion and shows its whole answer, to see behind the figures.
enum Ask {
    static func run(_ text: String, catalog: any BookCatalog) async throws {
        let companion = BookCompanion(model: Spoken(), catalog: catalog, preferences: NoPreferences())
        let turn = TurnContext(
            user: makeOwner("usr_evaluation"), session: SessionID(rawValue: "ses_evaluation"),
            userMessageID: Identifiers.message(),
            replyID: Identifiers.message(), text: text, history: [], createdAt: .now())
        _ = try await companion.reply(to: turn, into: Printing())
    }
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

private struct Printing: ReplySink {
    func text(_ batch: TextBatch) { print(String(decoding: batch.bytes, as: UTF8.self), terminator: "") }
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

    func recommendations(_ books: [Book]) {
        print("\n")
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
