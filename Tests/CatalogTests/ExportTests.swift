import Chat
import Foundation
import Testing

@testable import Catalog

/// Exports of other programs.
@Suite struct ExportTests {
    private func only(_ text: String) async throws -> CatalogEntry {
        let trial = try TrialCatalog()
        let report = try trial.add(text)
        #expect(report.rowsSkipped == 0, "\(report.skips)")
        let catalog = try SQLiteBookCatalog(path: trial.path, threads: 1)
        let found = try await catalog.search(CatalogQuery()).map(\.entry)
        await catalog.close()
        return try #require(found.first)
    }

    private static let goodreads =
        "Book Id,Title,Author,Author l-f,Additional Authors,My Rating,Average Rating,Bookshelves\n"

    @Test(
        arguments: [
            ("\"Neil Gaiman\"", ["Terry Pratchett", "Neil Gaiman"]), ("", ["Terry Pratchett"]),
            ("\"Ann One, Ben Two\"", ["Terry Pratchett", "Ann One", "Ben Two"]),
            ("\"A One, B Two, C Three, D Four\"", ["Terry Pratchett", "A One", "B Two", "C Three"]),
        ])
    func `Goodreads: additional authors are authors, up to three`(further: String, authors: [String]) async throws {
        let entry = try await only(
            Self.goodreads + "2,\"Good Omens\",\"Terry Pratchett\",\"Pratchett, Terry\",\(further),0,4.2,\n")
        #expect(entry.authors == authors)
    }

    @Test("Calibre: authors by &, tags, languages, the year of publication and the comments without their markup")
    func calibre() async throws {
        let entry = try await only(
            """
            author_sort,authors,comments,languages,pubdate,tags,title,uuid
            "Pratchett, Terry & Gaiman, Neil","Terry Pratchett & Neil Gaiman","<div><p>The end of the world is <i>near</i> &amp; funny.</p></div>",\
            "eng","1990-05-01T00:00:00+00:00","Fantasy, to read",Good Omens,1
            """)
        #expect(entry.authors == ["Terry Pratchett", "Neil Gaiman"])
        #expect(entry.year == 1990)
        #expect(entry.languages.contains("en"))
        #expect(entry.subjects.contains("fantasy") && !entry.subjects.contains("to read"))
        let summary = try #require(entry.summary)
        #expect(summary.contains("near & funny") || summary.contains("near  & funny"))
        #expect(!summary.contains("<"))
    }

    @Test func `Calibre: the year 101 is none`() async throws {
        #expect(
            try await only("title,authors,pubdate\nGood Omens,Terry Pratchett,0101-01-01T00:00:00+00:00\n").year == nil)
    }

    @Test(
        arguments: [
            ("Ende, Michael", ["Michael Ende"]), ("\"Kurt Vonnegut, Jr.\"", ["Kurt Vonnegut, Jr."]),
        ])
    func `a table of one's own: names with commas, and the year by another name`(author: String, authors: [String])
        async throws
    {
        let quoted = author.hasPrefix("\"") ? author : "\"\(author)\""
        let entry = try await only("Title,Author,Published\nMomo,\(quoted),1973\n")
        #expect(entry.authors == authors)
        #expect(entry.year == 1973)
    }

    @Test func `StoryGraph: authors by commas`() async throws {
        let entry = try await only(
            "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Star Rating,Tags\n"
                + "Good Omens,\"Terry Pratchett, Neil Gaiman\",,x,paperback,read,4.5,fantasy\n")
        #expect(entry.authors == ["Terry Pratchett", "Neil Gaiman"])
    }

    @Test(
        arguments: ["author", "Author", "AUTHORS", "Author(s)"])
    func `a column Author is as good as authors, and a comma in a name parts nobody`(name: String) async throws {
        #expect(try await only("title,\(name)\nGood Omens,Terry Pratchett\n").authors == ["Terry Pratchett"])
        #expect(try await only("title,\(name)\nThe Dispossessed,\"Le Guin, Ursula K.\"\n").authors.count == 1)
    }

    @Test func `Windows-1252 is read as such, and told`() async throws {
        let trial = try TrialCatalog()
        let folder = try TemporaryFolder()
        var bytes =
            Array("title,authors,year\nLa D".utf8) + [0xE9] + Array("b".utf8) + [0xE2] + Array("cle,".utf8) + [0xC9]
        bytes +=
            Array("mile Zola,1892\nNana,\u{C9}mile Zola,1880\nEuro ".utf8) + [0x80] + Array(",Anna Seghers,1950\n".utf8)
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path("a.csv")))
        let report = try CatalogImporter(path: trial.path).run(file: folder.path("a.csv"))
        #expect(report.rowsInWindows1252 == 2 && report.rowsSkipped == 0)
        let catalog = try SQLiteBookCatalog(path: trial.path, threads: 1)
        let titles = try await catalog.search(CatalogQuery()).map(\.entry.title)
        await catalog.close()
        #expect(Set(titles) == ["La D\u{E9}b\u{E2}cle", "Nana", "Euro \u{20AC}"])
    }

    @Test(
        arguments: [
            ("title;authors\nEmma;Jane Austen\n", "semicolons"), ("title\tauthors\nEmma\tJane Austen\n", "tabs"),
            ("\u{0}t\u{0}i\u{0}t\u{0}l\u{0}e", "UTF-16"),
        ])
    func `what is no table of commas in UTF-8 is refused with its cause`(text: String, cause: String) throws {
        let trial = try TrialCatalog()
        #expect {
            try trial.add(text)
        } throws: { ($0 as? CatalogError)?.description.contains(cause) == true }
    }
}
