import Chat
import SQLite
import Testing

@testable import Catalog

@Suite struct MergingTests {
    @Test func `one work from several sources is one entry, with what each knows best`() async throws {
        let catalog = try TrialCatalog()
        try catalog.add(Samples.gutenberg)
        try catalog.add(Samples.goodbooks)
        try catalog.add(Samples.plain)
        try catalog.add(Samples.goodreads)
        let book = try #require(try await catalog.entry("st:frankenstein"))
        #expect(book.title == "Frankenstein")
        #expect(book.authors == ["Mary Shelley"])
        #expect(book.year == 1818)
        #expect(book.rating == 3.75)
        #expect(book.summary == "A student makes a living being and flees from it.")
        #expect(book.languages == ["en", "fr"])
        #expect(book.subjects.starts(with: ["science fiction", "gothic", "loneliness"]))
        #expect(book.subjects.contains("monsters"))
        #expect(book.popularity > 0.8)
        let titles = try catalog.works().filter { $0.contains("rankenstein") }
        #expect(titles.count == 1)
        #expect(try catalog.faults().isEmpty)
    }

    @Test func `identifiers of every edition and source find the work`() async throws {
        let catalog = try TrialCatalog()
        for text in [Samples.gutenberg, Samples.goodbooks, Samples.plain] { try catalog.add(text) }
        for id in ["pg:84", "pg:20038", "pg:62404", "gr:18490", "st:frankenstein"] {
            #expect(try await catalog.entry(id)?.id.rawValue == "st:frankenstein", "\(id)")
        }
        #expect(try await catalog.entry("pg:99999") == nil)
        #expect(try await catalog.entry("") == nil)
    }

    @Test func `the outcome does not depend on the order of the files`() throws {
        let files = [Samples.gutenberg, Samples.goodbooks, Samples.plain, Samples.goodreads]
        var outcomes: [[String]] = []
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
            let catalog = try TrialCatalog()
            for index in order { try catalog.add(files[index]) }
            #expect(try catalog.faults().isEmpty)
            outcomes.append(try catalog.works())
        }
        #expect(!outcomes[0].isEmpty)
        for outcome in outcomes { #expect(outcome == outcomes[0]) }
    }

    @Test func `volumes of one work are one long entry, named after the whole`() async throws {
        let catalog = try TrialCatalog()
        let report = try catalog.add(
            Samples.gutenbergHeader + """
                48731,Text,,"Les Misérables, v. 1/5: Fantine",en,"Hugo, Victor, 1802-1885",Historical fiction,PQ,Category: French Literature
                48732,Text,,"Les Misérables, v. 2/5: Cosette",en,"Hugo, Victor, 1802-1885",Historical fiction,PQ,Category: French Literature
                48733,Text,,"Les Misérables, v. 3/5: Marius",en,"Hugo, Victor, 1802-1885",Historical fiction,PQ,Category: French Literature
                """)
        #expect(report.worksAdded == 1)
        let work = try #require(try await catalog.entry("pg:48733"))
        #expect(work.title == "Les Misérables")
        #expect(work.length == .long)
        #expect(work.languages == ["fr", "en"])
    }

    @Test func `equal short titles of two authors of one surname stay two works`() throws {
        let catalog = try TrialCatalog()
        try catalog.add(
            Samples.gutenbergHeader + """
                1,Text,,Poems,en,"Brontë, Anne, 1820-1849",English poetry,PR,
                2,Text,,Poems,en,"Brontë, Emily, 1818-1848",English poetry,PR,
                """)
        #expect(try catalog.works().count == 2)
    }

    @Test func `books that share only the first half of a title stay apart`() throws {
        let catalog = try TrialCatalog()
        try catalog.add(Samples.goodbooks)
        #expect(try catalog.works().filter { $0.contains("Batman") }.count == 2)
    }

    @Test func `two works that name one Gutenberg number as theirs stay two`() throws {
        let catalog = try TrialCatalog()
        try catalog.add(
            Samples.gutenbergHeader + "31,Text,,Plays of Sophocles,en,\"Sophocles, -496--406\",Tragedies (Drama),PA,\n")
        try catalog.add("title,authors,gutenberg_id\nAntigone,Sophocles,31\nOedipus Rex,Sophocles,31\n")
        #expect(try catalog.works().count == 3)
        #expect(try catalog.faults().isEmpty)
    }

    @Test func `a source that corrects itself parts what it had joined`() throws {
        let catalog = try TrialCatalog()
        let header = Samples.gutenbergHeader
        let first = "1,Text,,The Same Tale,en,\"Smith, Ann, 1850-1900\",Fiction,PR,\n"
        try catalog.add(header + first + "2,Text,,The Same Tale,en,\"Smith, Ann, 1850-1900\",Fiction,PR,\n")
        #expect(try catalog.works().count == 1)
        let report = try catalog.add(
            header + first + "2,Text,,Quite Another,en,\"Smith, Ann, 1850-1900\",Fiction,PR,\n")
        #expect(report.recordsUpdated == 1)
        #expect(report.recordsUnchanged == 1)
        #expect(try catalog.works().count == 2)
        #expect(try catalog.faults().isEmpty)
        let straight = try TrialCatalog()
        try straight.add(header + first + "2,Text,,Quite Another,en,\"Smith, Ann, 1850-1900\",Fiction,PR,\n")
        #expect(try catalog.works() == straight.works())
    }

    @Test func `a year far outside the author's life is an edition's and is not believed`() async throws {
        let catalog = try TrialCatalog()
        try catalog.add(
            Samples.gutenbergHeader + "1,Text,,An Old Tale Retold,en,\"Smith, Ann, 1650-1700\",Fiction,PR,\n")
        try catalog.add(
            """
            book_id,goodreads_book_id,authors,original_publication_year,title,ratings_count
            1,77,Ann Smith,1987.0,An Old Tale Retold,1000
            """)
        let work = try #require(try await catalog.entry("pg:1"))
        #expect(work.year == nil)
        #expect(work.period == 1668...1700)
        #expect(try await catalog.entry("gr:77")?.id == work.id)
    }
}
