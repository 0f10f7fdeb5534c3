import Chat
import Testing

@testable import Catalog

@Suite struct FormatTests {
    @Test func `Gutenberg: rows of one number are one book with several authors, and each row is accounted for`()
        async throws
    {
        let catalog = try TrialCatalog()
        let report = try catalog.add(Samples.gutenberg)
        #expect(report.format == .gutenberg)
        #expect(report.rows == 12)
        #expect(report.recordsAdded == 9)
        #expect(report.furtherRows == 2)
        #expect(report.skips == [ImportReport.Skip(line: 14, reason: "no title")])
        #expect(report.rowsSkipped == 1)
        let several = try #require(try await catalog.entry("pg:40718"))
        #expect(several.authors == ["Annie Hamilton Donnell", "Kathleen Thompson Norris", "Mary Antin"])
        #expect(several.length == .medium)
    }

    @Test("Gutenberg: authors parted by semicolons, without their illustrator; further lines of a title are left out")
    func semicolons() async throws {
        let catalog = try TrialCatalog()
        try catalog.add(Samples.gutenberg)
        let ballads = try #require(try await catalog.entry("pg:70001"))
        #expect(ballads.title == "Ballads of the Sea")
        #expect(ballads.authors == ["John Masefield"])
        #expect(ballads.period == 1896...1967)
        #expect(ballads.subjects.contains("poetry"))
    }

    @Test func `Gutenberg: a French text was written in French, an English one on the French shelf as well`()
        async throws
    {
        let catalog = try TrialCatalog()
        try catalog.add(Samples.gutenberg)
        #expect(try await catalog.entry("pg:54873")?.languages == ["fr"])
        #expect(try await catalog.entry("pg:2488")?.languages == ["fr", "en"])
        #expect(try await catalog.entry("pg:84")?.languages == ["en", "fr"])
    }

    @Test func `Gutenberg: rows of one number that stand apart are still one book`() async throws {
        let catalog = try TrialCatalog()
        let report = try catalog.add(
            Samples.gutenbergHeader + """
                1,Text,,A Joint Work,en,"Smith, Ann, 1850-1900",Fiction,PR,
                2,Text,,Another,en,"Jones, Bob, 1850-1900",Fiction,PR,
                1,Text,,A Joint Work,en,"Brown, Cy, 1860-1910",Fiction,PR,
                """)
        #expect(report.recordsAdded == 2)
        #expect(report.rows == report.recordsAdded + report.recordsUpdated + report.furtherRows)
        #expect(try await catalog.entry("pg:1")?.authors == ["Ann Smith", "Cy Brown"])
    }

    @Test("goodbooks: years with decimals and before the common era, the series as a term, Goodreads' own number")
    func goodbooks() async throws {
        let catalog = try TrialCatalog()
        let report = try catalog.add(Samples.goodbooks)
        #expect(report.format == .goodbooks)
        #expect(report.recordsAdded == 6)
        let odyssey = try #require(try await catalog.entry("gr:1381"))
        #expect(odyssey.year == -720)
        #expect(odyssey.rating == 3.73)
        let potter = try #require(try await catalog.entry("gr:3"))
        #expect(potter.title == "Harry Potter and the Sorcerer's Stone")
        #expect(potter.authors.first == "J. K. Rowling")
        #expect(potter.subjects.contains("harry potter") && potter.subjects.contains("harry potter #1"))
        #expect(potter.popularity > odyssey.popularity)
        #expect(try await catalog.entry("gr:18490")?.authors == ["Mary Wollstonecraft Shelley"])
    }

    @Test func `Goodreads export: what it says about the books is read, what the person did with them is not`()
        async throws
    {
        let catalog = try TrialCatalog()
        let report = try catalog.add(Samples.goodreads)
        #expect(report.format == .goodreads)
        #expect(report.recordsAdded == 2)
        let book = try #require(try await catalog.entry("gr:18490"))
        #expect(book.length == .medium)
        #expect(book.year == 1818)
        #expect(book.subjects.contains("science fiction"))
        let stored = try catalog.works().joined()
        for secret in ["mabel", "secret", "Private"] { #expect(!stored.contains(secret), "\(secret)") }
    }

    @Test("plain table: length, summary and subjects as they were written; equal titles of two authors stay apart")
    func plain() async throws {
        let catalog = try TrialCatalog()
        let report = try catalog.add(Samples.plain)
        #expect(report.format == .csv)
        #expect(report.recordsAdded == 5)
        let book = try #require(try await catalog.entry("st:frankenstein"))
        #expect(book.subjects == ["science fiction", "gothic", "loneliness"])
        #expect(book.summary == "A student makes a living being and flees from it.")
        #expect(book.length == .medium)
        #expect(book.languages == ["en"])
        #expect(try await catalog.entry("st:poems")?.authors == ["Emily Dickinson"])
        #expect(try await catalog.entry("st:poems-owen")?.authors == ["Wilfred Owen"])
    }

    @Test func `plain table: a row with a wrong value is left out with the reason and its line`() throws {
        let catalog = try TrialCatalog()
        let report = try catalog.add(
            """
            Title,Year,Length
            Good,1900,short
            Bad year,the other day,
            Bad length,,huge
            "   ",,
            Too,many,fields,here
            Good,1900,short
            """)
        #expect(report.rows == 6)
        #expect(report.recordsAdded == 1)
        #expect(report.skips.map(\.line) == [3, 4, 5, 6, 7])
        #expect(
            report.skips.map(\.reason) == [
                "year is no year", "length is none of short, medium and long", "no title", "4 fields; the header has 3",
                "the same title and author as an earlier row",
            ])
    }

    @Test func `a file of no known format, or without the columns its format needs, is refused`() throws {
        let catalog = try TrialCatalog()
        #expect(throws: CatalogError.self) { try catalog.add("name,colour\nA,red\n") }
        #expect(throws: CatalogError.self) { try catalog.add("") }
        let error = #expect(throws: CatalogError.self) { try catalog.add("title\nA\n", format: .gutenberg) }
        #expect(error?.reason == .missingColumns(["text#", "authors"]))
    }

    @Test func `a database of another kind is left alone`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("catalog.db", String(repeating: "This is no database. ", count: 100))
        let file = try folder.file("input.csv", Samples.plain)
        #expect(throws: (any Error).self) { try CatalogImporter(path: path).run(file: file) }
    }
}
