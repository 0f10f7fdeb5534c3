import Scheduling

@testable import Agents
@testable import Catalog
@testable import Chat
@testable import Knowledge
@testable import Markets
@testable import Ownership
@testable import Storage

/// What the readers need beside a text: the parts of the program, small. The current folder is the repository's.
struct Parts: Sendable {
    static let user = UserID(rawValue: "reader")

    let catalog: SQLiteBookCatalog
    let knowledge: KnowledgeIndex
    let store: SQLiteChatStore
    let understanding: Understanding
    let companion: BookCompanion
    let tutor: Tutor
    let general: PlainAgent
    let visaExpert: PlainAgent
    let desk: Desk
    let symbols: SymbolFinder

    /// Makes the catalogue, which takes longer than all reading.
    static func prepare(in folder: String) throws {
        _ = try CatalogImporter(path: folder + "/catalog.db").run(file: folder + "/books.csv")
        _ = try Parts(in: folder)
    }

    init(in folder: String) throws {
        catalog = try SQLiteBookCatalog(path: folder + "/catalog.db", threads: 1)
        store = try SQLiteChatStore(path: folder + "/chat.db")
        let personas = try PersonaReader.personas(in: "agents")
        knowledge = try KnowledgeIndex(
            path: folder + "/knowledge.db",
            folders: personas.map { KnowledgeFolder(agent: $0.name, path: $0.knowledgeFolder) },
            rescanEvery: .seconds(86_400))
        let model = Embedded()
        understanding = Understanding(catalog: catalog, keeper: Recommender(catalog: catalog).keeper)
        companion = BookCompanion(model: model, catalog: catalog, preferences: store)
        let prices = PriceFolder(path: "agents/desk/prices-sample")
        desk = Desk(model: model, prices: prices, timers: TimerQueue())
        symbols = SymbolFinder(try prices.listing())
        func persona(_ name: String) throws -> Persona {
            guard let persona = personas.first(where: { $0.name == name }) else { fail("no persona \(name)") }
            return persona
        }
        tutor = Tutor(persona: try persona("tutor"), model: model, knowledge: knowledge)
        general = PlainAgent(persona: try persona("general"), model: model, knowledge: knowledge)
        visaExpert = PlainAgent(persona: try persona("visa_expert"), model: model, knowledge: knowledge)
    }

    static func turn(_ text: String) -> TurnContext {
        TurnContext(
            user: user, session: SessionID(rawValue: "s1"), userMessageID: MessageID(rawValue: "m1"),
            replyID: MessageID(rawValue: "m2"), text: text, history: [],
            createdAt: Timestamp(milliseconds: 1_795_000_000_000))
    }
}

/// Plays the agent's own answer, as the embedded provider does.
private struct Embedded: LanguageModel {
    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        try await request.embeddedAnswer?.compose { sink.text(TextBatch($0)) }
        return ModelCompletion(
            finishReason: "stop", provider: "builtin", model: "librarian",
            usage: Usage(promptTokens: 0, completionTokens: 0, isEstimated: true))
    }

    var availability: [ModelAvailability] { [] }
    var readsConversation: Bool { false }
}

struct NoSink: ReplySink {
    func text(_ batch: TextBatch) {}
    func reasoning(_ batch: TextBatch) {}
    func reasoningDetails(_ json: [UInt8]) {}
    func toolCalls(_ pieces: [ToolCallPiece]) {}
    func answering(provider: String, model: String) {}
    func model(_ name: String) {}
    func providerSwitch(_ change: ProviderSwitch) {}
    func attemptFailed(_ attempt: FailedAttempt) {}
    func recommendations(_ books: [Book]) {}
    func note(_ note: AgentNote) {}
    func emitted(last bytes: Int) -> [UInt8] { [] }
    var supportsReset: Bool { false }
    var wantsMore: Bool { true }
}
