// Noah. The folders are in the order of a reply: Understanding, Ranking, Composition.

public import Chat
import JSON
import Scheduling

/// Noah, the book companion: understands what a reader wants, finds and ranks works, and lets a language model say it, or
/// says it himself where the embedded provider answers.
public final class BookCompanion: Agent {
    public let name = "noah"
    public var availability: [ModelAvailability] { model.availability }
    public var usualCalls: Int { AgentLoop.usualSteps }

    private let model: any LanguageModel
    private let catalog: any BookCatalog
    private let preferences: any PreferenceStore
    private let understanding: Understanding
    private let history: (any MessageSearch)?
    let recommender: Recommender
    /// Finding books is work for a processor, and takes a megabyte meanwhile.
    private let gate = AsyncSemaphore(places: 4)

    /// - Parameter history: finds what a reader said in earlier conversations.
    public convenience init(
        model: any LanguageModel, catalog: any BookCatalog, preferences: any PreferenceStore,
        history: (any MessageSearch)? = nil
    ) {
        self.init(
            model: model, recommender: Recommender(catalog: catalog), preferences: preferences, history: history)
    }

    /// - Parameter recommender: of the catalogue, perhaps one that others use as well.
    init(
        model: any LanguageModel, recommender: Recommender, preferences: any PreferenceStore,
        history: (any MessageSearch)? = nil
    ) {
        self.model = model
        self.history = history
        self.preferences = preferences
        self.recommender = recommender
        catalog = recommender.catalog
        understanding = Understanding(catalog: catalog, keeper: recommender.keeper)
    }

    /// Reads the tables of wordings and reads the best known works from the catalogue, so that the first reader does not wait for it. Not needed: the
    /// first recommendation does the same. When it fails, nothing is lost; the next recommendation tries again.
    public func warmUp() async {
        _ = (CareReader.need(in: ""), Aside.read(""))
        _ = try? await recommender.recommendations(for: Wish(), taste: Taste(), limit: 1)
    }

    /// Answers one turn: text first, then the cards of the books it speaks of.
    ///
    /// What the message tells of the user's taste is noted; when that fails, or the notes cannot be read, the reply goes
    /// on without them.
    /// - Throws: `ModelError`, `StoreError` (the catalogue cannot be read), `CancellationError`.
    public func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        if let care = try await Care.reply(to: turn, by: model, into: sink) { return care }
        let rules = RuleAnswer(turn, into: sink) { [self] in try await found(for: turn) }
        guard model.readsConversation else { return try await compose(rules, into: sink) }
        let desk = desk(turn)
        let outcome: AgentLoop.Outcome
        do {
            outcome = try await AgentLoop(model: model).run(
                question(turn), tools: tools(desk), rules: rules, into: sink)
        } catch {
            // What was said was said, also where the answer was stopped; a task of its own is not cancelled with it.
            await Task { await noteTaste(of: turn, at: desk) }.value
            throw error
        }
        sink.recommendations(try await books(outcome, rules))
        // After the answer, which does not wait for it.
        await noteTaste(of: turn, at: desk)
        return outcome.completion
    }

    /// The cards of a reply.
    @inline(never)
    private func books(_ outcome: AgentLoop.Outcome, _ rules: RuleAnswer) async throws -> [Book] {
        // An answer that was replayed came without its calls.
        let isReplay = outcome.completion.isCached && !outcome.hasCalled
        let prepared = isReplay ? try await rules.prepared() : rules.used
        return prepared?.books.books ?? ShownBooks.cards(outcome)
    }

    /// Says what the rules made of the message.
    @inline(never)
    private func compose(_ rules: RuleAnswer, into sink: some ReplySink) async throws -> ModelCompletion {
        let completion = try await model.respond(to: try await rules.request(), into: sink)
        sink.recommendations(try await rules.prepared().books.books)
        return completion
    }

    // Out of line, as all that is done before and after the long wait for a model: what it holds takes no memory meanwhile.
    @inline(never)
    private func tools(_ desk: BookDesk) -> [any AgentTool] {
        desk.tools(Self.tools) + ToolServices(history: history).tools([.searchHistory], desk.turn)
    }

    /// Keeps what the message tells of the reader's taste, where a model answers it. Losing it is no reason to lose the reply.
    @inline(never)
    private func noteTaste(of turn: TurnContext, at desk: BookDesk) async {
        _ = try? await desk.work(isBrief: turn.text.utf8.count <= Self.briefBytes) { [self] in
            note(try await understanding.understand(turn.text, history: []), of: turn)
        }
    }

    /// What a language model may call in Noah's place.
    static let tools: [ToolName] = [.searchBooks, .bookDetails, .similarBooks, .readerPreferences, .setPreference]

    /// What tools work with in a turn.
    @inline(never)
    func desk(_ turn: TurnContext) -> BookDesk {
        BookDesk(
            catalog: catalog, recommender: recommender, understanding: understanding, preferences: preferences,
            gate: gate, turn: turn)
    }

    /// The message as a language model with tools is asked it.
    @inline(never)
    private func question(_ turn: TurnContext) -> ModelRequest {
        var request = ModelRequest(
            instructions: Briefing.instructionsWithTools,
            messages: QuotedData.conversation(turn.history, limit: .max, maximumBytes: .max) + [
                ModelMessage(role: .user, content: turn.text)
            ])
        request.isFresh = turn.isRegeneration
        return request.goingOn(after: turn.beginning)
    }

    /// What the rules make of the message, and how a model without tools is asked with it.
    private func found(for turn: TurnContext) async throws -> RuleAnswer.Prepared {
        try await offload { [self] in try await gate.withPermit { try await prepare(turn) } }
    }

    /// The books a message by itself leads to, without a user's taste and without words: what the evaluation measures.
    /// - Throws: what the catalogue throws.
    package func books(for message: String) async throws -> [Book] {
        let understood = try await understanding.understand(message, history: [])
        return try await findings(for: understood.wish, taste: Taste()).books
    }

    private func prepare(_ given: TurnContext) async throws -> RuleAnswer.Prepared {
        var turn = given
        if !turn.historyHasCards { turn.history = try await NamedBooks(catalog: catalog).cards(in: turn.history) }
        let understood = try await understanding.understand(turn.text, history: turn.history.withoutNeed)
        let taste = await taste(of: turn, noting: understood)
        let wish = understood.wish
        var found = try await findings(for: wish, taste: taste, limit: wish.count ?? Self.usualCount)
        let sentences: [String]
        switch wish.intent {
        case .choose(let choice):
            let answer = ChoiceAnswer(choice: choice, table: wish.table, cards: wish.tableCards)
            sentences =
                wish.language.map { ForeignAnswer(language: $0, wish: wish, found: found).chosen(answer.chosen) }
                ?? answer.sentences()
        case .compare(let works):
            found = try await cards(of: works)
            sentences = ComparisonAnswer(works: works).sentences()
        case .series(let asked):
            let series = try await SeriesBooks.find(asked, in: catalog)
            found = try await cards(of: series?.chosen(asked) ?? [])
            sentences = SeriesAnswer(asked: asked, series: series).sentences()
        case .recommend, .identify:
            sentences = ListAnswer(wish: wish, found: found, turn: Self.number(of: turn)).sentences()
        case .about(let aspects):
            guard let subject = found.scored.first?.entry else { fallthrough }
            sentences =
                wish.language.map { ForeignAnswer(language: $0, wish: wish, found: found).facts(subject, aspects) }
                ?? ListAnswer.unchecked(wish)
                + FactAnswer(entry: subject, aspects: aspects, similar: Array(found.scored.dropFirst())).sentences()
        case .smallTalk, .needsLanguageModel, .unknown, .aside, .unreadable:
            let last = turn.history.last { !$0.recommendations.isEmpty }?.recommendations ?? []
            sentences = TalkAnswer(wish: wish, taste: taste, last: last, catalogSize: try await catalog.count())
                .sentences()
        }
        let question = ModelMessage(role: .user, content: turn.text)
        var request =
            model.readsConversation
            ? ModelRequest(
                instructions: Briefing.instructions(wish: wish),
                messages: QuotedData.conversation(turn.history, limit: .max, maximumBytes: .max) + [
                    Briefing.findings(
                        wish: wish, found: found, subject: wish.subjectWork, taste: taste, said: sentences.joined()),
                    question,
                ],
                embeddedAnswer: LibrarianAnswer(sentences: sentences))
            : ModelRequest(
                instructions: "", messages: [question], embeddedAnswer: LibrarianAnswer(sentences: sentences))
        request.isFresh = turn.isRegeneration
        return RuleAnswer.Prepared(
            request: request, notes: [try await step(wish, found)].compactMap { $0 }, books: PackedBooks(found.books))
    }

    /// The step of looking for books; nil for a message that did not ask for any.
    private func step(_ wish: Wish, _ found: Recommendations) async throws -> AgentNote? {
        switch wish.intent {
        case .recommend, .identify: break
        default: return nil
        }
        let parts = WishDescription.parts(of: wish)
        let searched = try await catalog.count()
        let step = AgentStep(
            name: ToolName.searchBooks.rawValue, summary: SearchBooks.summary(parts, found, of: searched))
        return step.note { json in
            json.member("looked_for", parts)
            json.member("searched", searched)
            json.member("fit", found.exactCount)
            json.member("chosen", found.books.count)
        }
    }

    /// Books of a reply in which no number was asked for.
    private static let usualCount = 5

    private func findings(
        for wish: Wish, taste: Taste, limit: Int = Recommender.listLength
    ) async throws -> Recommendations {
        switch wish.intent {
        case .recommend, .identify:
            return try await recommender.recommendations(for: wish, taste: taste, limit: limit)
        case .choose(let choice):
            let chosen = ChoiceAnswer(choice: choice, table: wish.table, cards: wish.tableCards).chosen
            var found = Recommendations()
            found.scored = chosen.map { Scored(work: Work($0), score: 0) }
            found.books = chosen.compactMap { entry in wish.tableCards.first { $0.id == entry.id } }
            return found
        case .about(let aspects):
            guard let subject = wish.subjectWork else { return Recommendations() }
            guard !aspects.isDisjoint(with: [.content, .worth, .availability]) else {
                return try await cards(of: [subject])
            }
            let similar = try await recommender.recommendations(
                for: Self.neighbours(of: subject), taste: taste, limit: 4)
            let readURL = try await catalog.readURLs(of: [subject.id])[subject.id]
            return Self.putting(subject, readableAt: readURL, before: similar)
        case .smallTalk, .needsLanguageModel, .unknown, .aside, .series, .compare, .unreadable: return Recommendations()
        }
    }

    /// Cards of books that were asked for, in their order.
    private func cards(of entries: [CatalogEntry]) async throws -> Recommendations {
        var found = Recommendations()
        let readURLs = try await catalog.readURLs(of: entries.map(\.id))
        for entry in entries.prefix(Recommender.listLength) {
            found.scored.append(Scored(work: Work(entry), score: 0))
            found.books.append(Book(asked: entry, readURL: readURLs[entry.id]))
        }
        return found
    }

    /// What to read beside a book that is asked about.
    private static func neighbours(of subject: CatalogEntry) -> Wish {
        var wish = Wish()
        wish.seeds = [subject]
        wish.knownWorks = [subject]
        return wish
    }

    private static func putting(
        _ subject: CatalogEntry, readableAt readURL: String?, before similar: Recommendations
    ) -> Recommendations {
        var found = similar
        let card = Book(asked: subject, readURL: readURL)
        found.books.insert(card, at: 0)
        found.scored.insert(Scored(work: Work(subject), score: 0), at: 0)
        return found
    }

    /// The user's taste before this message, to which is added what the message tells of it.
    private func taste(of turn: TurnContext, noting understood: Understanding.Understood) async -> Taste {
        let known = (try? await preferences.preferences(of: turn.user)) ?? []
        let marked = (try? await preferences.markedBooks(of: turn.user)) ?? []
        note(understood, of: turn)
        return Taste(known, marked: marked)
    }

    /// Keeps what a message tells of the user's taste. Losing it is no reason to lose the reply.
    private func note(_ understood: Understanding.Understood, of turn: TurnContext) {
        // A message that is answered anew was read before; what was forgotten since stays forgotten.
        guard turn.isKept, !turn.isRegeneration, understood.wish.intent.isAboutBooks else { return }
        let inferred = PreferenceInference.preferences(
            in: understood.reading, mentions: understood.mentions, message: turn.userMessageID, at: turn.createdAt)
        preferences.note(inferred, of: turn.user)
    }

    /// Messages of so many bytes are read in a moment.
    private static let briefBytes = 400

    /// A number that counts on with each turn of a conversation, and begins elsewhere for another first message.
    private static func number(of turn: TurnContext) -> Int {
        let asked = turn.history.filter { $0.role == .user }
        let first = asked.first?.content ?? turn.text
        return first.utf8.prefix(200).reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } + asked.count
    }
}
