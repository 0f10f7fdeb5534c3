import Chat
import Synchronization
import Testing

@testable import Agents

/// The order of a series.
@Suite struct SeriesTests {
    private static func entry(_ id: String, _ title: String, _ author: String, _ year: Int, _ subjects: [String])
        -> CatalogEntry
    {
        CatalogEntry(
            id: BookID(rawValue: id), title: title, authors: [author], year: year, period: year...year,
            languages: ["en"],
            subjects: subjects, length: .medium, summary: nil, rating: nil, popularity: 0.5)
    }

    private static let mort = entry("a", "Mort", "Terry Pratchett", 1987, ["fantasy", "discworld", "discworld #4"])
    private static let discworld = [
        entry("c", "Equal Rites", "Terry Pratchett", 1987, ["discworld", "discworld #3"]), mort,
        entry("b", "Sourcery", "Terry Pratchett", 1988, ["discworld", "discworld #5"]),
        entry("x", "Good Omens", "Terry Pratchett", 1990, ["fantasy"]),
        entry("d", "The Colour of Magic", "Terry Pratchett", 1983, ["discworld", "discworld #1"]),
    ]

    private func asked(_ text: String) async throws -> SeriesAsked? {
        let reading = Reading(text)
        let mentions = try await MentionResolver(catalog: StarterCatalog.shared).mentions(in: reading)
        return WishBuilder(reading: reading, mentions: mentions).seriesAsked()
    }

    @Test(
        arguments: [
            ("What is the order of the Harry Potter books?", SeriesQuestion.order),
            ("In what order should I read Discworld?", .order), ("How many Harry Potter books are there?", .order),
            ("What comes after The Hunger Games?", .number(2)), ("Which Narnia book comes third?", .number(3)),
            ("How many books are in the Narnia series?", .order),
            ("What's the third book in the Hunger Games series?", .number(3)), ("book 2 of Earthsea", .number(2)),
            ("What is the last Harry Potter book?", .number(-1)),
            ("Which book comes after The Fellowship of the Ring?", .after),
            ("What comes before The Return of the King?", .before), ("Is there a sequel to Little Women?", .after),
        ])
    func `is asked for by a series' name or a book of it`(text: String, question: SeriesQuestion) async throws {
        #expect(try await asked(text)?.question == question)
    }

    @Test(
        arguments: [
            "What should I read after Dune?", "I read Emma first, what next?", "give me one book like Dracula",
            "the second one", "Tell me about part one of Faust", "books by Dickens in order of length",
            "What is the first book by Jules Verne?",
        ])
    func `other messages with such words are wishes`(text: String) async throws {
        #expect(try await asked(text) == nil)
    }

    @Test func `is by the books' numbers, and only of what belongs to it`() async throws {
        let catalog = ListedCatalog(Self.discworld)
        let asked = SeriesAsked(question: .after, work: Self.mort)
        let series = try #require(try await SeriesBooks.find(asked, in: catalog))
        #expect(series.books.map(\.title) == ["The Colour of Magic", "Equal Rites", "Mort", "Sourcery"])
        #expect(series.isNumbered && series.chosen(asked).map(\.title) == ["Sourcery"])
        let answer = SeriesAnswer(asked: asked, series: series).sentences().joined()
        #expect(answer.hasPrefix("After *Mort* comes *Sourcery* by Terry Pratchett (1988)."))
        let last = SeriesAsked(question: .after, work: Self.discworld[2])
        #expect(SeriesAnswer(asked: last, series: series).sentences().joined().contains("is the last book"))
    }

    @Test func `without numbers is by the years; where nothing is known, that is said`() async throws {
        let reply = try await Talk().say("What is the order of the Lord of the Rings books?")
        #expect(Array(reply.titles.prefix(1)) == ["The Fellowship of the Ring"])
        #expect(reply.text.contains("by the years"))
        let talk = Talk()
        let next = try await talk.say("What comes after The Two Towers?")
        #expect(next.titles == ["The Return of the King"])
        let unknown = try await talk.say("Which book comes after Middlemarch?")
        #expect(unknown.text.contains("does not say in which order") && unknown.books.isEmpty)
    }
}

/// A catalogue of a few books, each found by its author.
private struct ListedCatalog: BookCatalog {
    let entries: [CatalogEntry]
    init(_ entries: [CatalogEntry]) { self.entries = entries }

    func search(_ query: CatalogQuery) async throws -> [CatalogMatch] {
        entries.filter { query.authors.isEmpty || !Set($0.authors).isDisjoint(with: query.authors) }
            .map { CatalogMatch(entry: $0, textScore: 0) }
    }
    func works(titled title: String, isFuzzy: Bool) async throws -> [CatalogEntry] {
        entries.filter { $0.title == title }
    }
    func authors(named name: String) async throws -> [String] { [] }
    func works(withIDs ids: [BookID]) async throws -> [CatalogEntry] { entries.filter { ids.contains($0.id) } }
    func readURLs(of ids: [BookID]) async throws -> [BookID: String] { [:] }
    func count() async throws -> Int { entries.count }
}
