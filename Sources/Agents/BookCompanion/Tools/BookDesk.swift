// What a model in Noah's place may call.

import Chat
import JSON
import Scheduling

/// What Noah's tools work with in one turn: the catalogue, the rules that read and rank, and the reader.
///
/// An object, which all tools of the turn share.
final class BookDesk: Sendable {
    let catalog: any BookCatalog
    let recommender: Recommender
    let understanding: Understanding
    let preferences: any PreferenceStore
    let gate: AsyncSemaphore
    let turn: TurnContext

    init(
        catalog: any BookCatalog, recommender: Recommender, understanding: Understanding,
        preferences: any PreferenceStore, gate: AsyncSemaphore, turn: TurnContext
    ) {
        self.catalog = catalog
        self.recommender = recommender
        self.understanding = understanding
        self.preferences = preferences
        self.gate = gate
        self.turn = turn
    }

    /// The tools, by name.
    func tools(_ names: [ToolName]) -> [any AgentTool] {
        names.compactMap { name in
            switch name {
            case .searchBooks: SearchBooks(desk: self)
            case .bookDetails: BookDetails(desk: self)
            case .similarBooks: SimilarBooks(desk: self)
            case .readerPreferences: ReaderPreferences(desk: self)
            case .setPreference: SetPreference(desk: self)
            default: nil
            }
        }
    }

    /// What is known of the reader's taste. Preferences that cannot be read are none.
    func taste() async -> Taste {
        let known = (try? await preferences.preferences(of: turn.user)) ?? []
        let marked = (try? await preferences.markedBooks(of: turn.user)) ?? []
        return Taste(known, marked: marked)
    }

    /// Books shown in this conversation before.
    var shown: Set<BookID> { Set(turn.history.flatMap(\.recommendations).map(\.id)) }

    /// Runs what takes a processor where it holds up nobody.
    /// - Parameter isBrief: that it takes a moment.
    /// - Throws: `ToolFailure`, `StoreError`, `CancellationError`.
    func work<Result: Sendable>(
        isBrief: Bool = false, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await offload(isBrief: isBrief) { [gate] in try await gate.withPermit(body) }
    }

    /// The work that a model names by its id, or by title and author.
    /// - Throws: `ToolFailure` when there is none.
    func work(_ arguments: ToolArguments) async throws -> CatalogEntry {
        if let id = try arguments.text("book_id", bytes: 200) {
            if let entry = try await catalog.works(withIDs: [BookID(rawValue: id)]).first { return entry }
            if try arguments.text("title") == nil {
                throw ToolFailure("There is no book with this book_id; take one from a search, or give the title.")
            }
        }
        let title = try arguments.requiredText("title")
        guard let entry = try await work(titled: title, by: try arguments.text("author")) else {
            throw ToolFailure("The catalogue has no book of this title.")
        }
        return entry
    }

    /// Of several works of a title the author's, else the best known; nil when there is none.
    func work(titled title: String, by author: String? = nil) async throws -> CatalogEntry? {
        for isFuzzy in [false, true] {
            let works = try await catalog.works(titled: title, isFuzzy: isFuzzy)
            guard let author else {
                if let first = works.first { return first }
                continue
            }
            let words = Folding.words(author)
            let its = works.first { work in
                work.authors.contains { AuthorMatch.isSame(words, as: FoldedName($0), isFuzzy: true) }
            }
            if let its { return its }
        }
        return nil
    }
}

extension JSONWriter {
    /// The books of a list, each with why it is there.
    mutating func books(_ found: Recommendations) {
        key("books")
        beginArray()
        for (book, scored) in zip(found.books, found.scored) {
            work(scored.entry, why: book.reasons.map(\.text).joined(separator: "; "), readURL: book.readURL)
        }
        endArray()
    }

    /// A work as a tool gives it.
    mutating func work(_ entry: CatalogEntry, why: String? = nil, readURL: String? = nil, isWhole: Bool = false) {
        beginObject()
        member("book_id", entry.id.rawValue)
        member("title", entry.title.summarized(bytes: 200))
        member("authors", entry.authors.prefix(4).map { $0.summarized() })
        if let year = entry.year {
            member("year", year)
        } else if let period = entry.period {
            member("written_between", "\(period.lowerBound) and \(period.upperBound)")
        }
        if let length = entry.length {
            member("length", length.rawValue)
        }
        if !entry.languages.isEmpty {
            member("languages", Array(entry.languages.prefix(4)))
        }
        member("subjects", entry.subjects.prefix(isWhole ? 20 : 8).map { $0.summarized(bytes: 80) })
        if let summary = entry.summary {
            member("summary", summary.summarized(bytes: isWhole ? 2_000 : 400))
        }
        if let rating = entry.rating {
            member("readers_rating_of_5", rating)
        }
        if let why {
            member("why", why.summarized(bytes: 300))
        }
        if let readURL {
            member("free_at", readURL)
        }
        endObject()
    }
}

extension Book {
    /// The card of a work that was asked about.
    init(asked entry: CatalogEntry, readURL: String?) {
        self.init(
            id: entry.id, title: entry.title, authors: entry.authors, year: entry.year,
            subjects: Array(entry.subjects.prefix(8)), rating: entry.rating, score: 1,
            reasons: [Reason(kind: .query, text: "the book you asked about", weight: 1)], readURL: readURL)
    }
}
