import Chat
import SQLite
import Testing

@testable import Catalog

@Suite struct SearchTests {
    /// One small catalogue for a test; closed by the folder's end.
    private func sample() throws -> (TrialCatalog, SQLiteBookCatalog) {
        let catalog = try TrialCatalog()
        try catalog.add(Self.books)
        try catalog.add(Samples.gutenberg)
        return (catalog, try SQLiteBookCatalog(path: catalog.path, threads: 1))
    }

    static let books = """
        title,authors,year,language,length,subjects,description
        The Time Machine,H. G. Wells,1895,en,short,science fiction; time travel; dystopia,A traveller sees the end of the world.
        The War of the Worlds,H. G. Wells,1898,en,medium,science fiction; mars; war,Martians land near London.
        Moby-Dick,Herman Melville,1851,en,long,adventure; sea; whales; revenge,A captain hunts the whale that took his leg.
        Crime and Punishment,Fyodor Dostoevsky,1866,ru,long,crime; murder; guilt,A student kills and cannot live with it.
        The Brothers Karamazov,Fyodor Dostoevsky,1880,ru,long,murder; faith; family,Three brothers and their father's death.
        Emma,Jane Austen,1815,en,medium,comedy; marriage; manners,A young woman makes matches and mistakes.
        Madame Bovary,Gustave Flaubert,1857,fr,medium,marriage; adultery; france,A doctor's wife dreams of another life.
        Candide,Voltaire,1759,fr,short,satire; philosophy; travel,An optimist meets the world.
        Strange Case of Dr Jekyll and Mr Hyde,Robert Louis Stevenson,1886,en,short,horror; gothic; double life,A doctor divides himself.
        The Odyssey,Homer,-725,grc,long,epic; sea; gods,A king sails home for ten years.

        """

    private func titles(_ catalog: SQLiteBookCatalog, _ change: (inout CatalogQuery) -> Void) async throws -> [String] {
        var query = CatalogQuery()
        change(&query)
        return try await catalog.search(query).map(\.entry.title)
    }

    @Test func `a table that is missing is a fault, told with its cause, and a closed catalogue is unavailable`()
        async throws
    {
        let (folder, catalog) = try sample()
        try Connection(path: folder.path).execute("ALTER TABLE works RENAME TO gone")
        let fault = await #expect(throws: StoreError.self) { try await catalog.count() }
        #expect(fault?.kind == .fault)
        #expect(fault?.detail.contains("no such table") == true)
        await catalog.close()
        let refusal = await #expect(throws: StoreError.self) { try await catalog.count() }
        #expect(refusal?.kind == .unavailable)
    }

    @Test func `words are looked for in title, authors, subjects and summary, whatever their ending and marks`()
        async throws
    {
        let (folder, catalog) = try sample()
        #expect(try await titles(catalog) { $0.words = ["whaling"] } == ["Moby-Dick"])
        #expect(try await titles(catalog) { $0.words = ["dostoevsky"] }.count == 2)
        #expect(try await titles(catalog) { $0.words = ["time", "travel"] }.first == "The Time Machine")
        #expect(try await titles(catalog) { $0.words = ["MÁRTIANS"] } == ["The War of the Worlds"])
        #expect(try await titles(catalog) { $0.words = ["nothing of the kind zzz"] } == [])
        withExtendedLifetime(folder) {}
    }

    @Test func `works with all words come before works with some, and greater scores are better`() async throws {
        let (folder, catalog) = try sample()
        var query = CatalogQuery()
        query.words = ["science fiction mars"]
        let matches = try await catalog.search(query)
        #expect(matches.first?.entry.title == "The War of the Worlds")
        #expect(matches.count > 1)
        #expect(matches.allSatisfy { $0.textScore > 0 })
        query.words = []
        #expect(try await catalog.search(query).allSatisfy { $0.textScore == 0 })
        withExtendedLifetime(folder) {}
    }

    @Test func `without words the best known come first`() async throws {
        let (folder, catalog) = try sample()
        let fame = try await catalog.search(CatalogQuery()).map(\.entry.popularity)
        #expect(fame.count == 16)
        #expect(fame == fame.sorted(by: >))
        withExtendedLifetime(folder) {}
    }

    @Test func `every condition narrows, alone and together`() async throws {
        let (folder, catalog) = try sample()
        #expect(try await titles(catalog) { $0.subjects = ["time travel"] } == ["The Time Machine"])
        #expect(
            try await Set(
                titles(catalog) {
                    $0.subjects = ["sci-fi"]
                    $0.years = 1890...1896
                })
                == ["The Time Machine", "Twenty Thousand Leagues under the Sea"])
        #expect(
            try await Set(
                titles(catalog) {
                    $0.languages = ["French"]
                    $0.lengths = [.short, .medium]
                }) == ["Candide", "Madame Bovary"])
        #expect(try await titles(catalog) { $0.years = -800 ... -700 } == ["The Odyssey"])
        #expect(try await titles(catalog) { $0.languages = ["el"] } == ["The Odyssey"])
        #expect(
            try await Set(titles(catalog) { $0.authors = ["H.G. Wells", "Voltaire"] }) == [
                "Candide", "The Time Machine", "The War of the Worlds",
            ])
        #expect(
            try await titles(catalog) {
                $0.authors = ["Wells"]
                $0.excludedSubjects = ["mars"]
            } == ["The Time Machine"])
        #expect(
            try await titles(catalog) {
                $0.words = ["murder"]
                $0.excludedBooks = [BookID(rawValue: "st:crime-and-punishment")]
            } == ["The Brothers Karamazov"])
        #expect(
            try await titles(catalog) {
                $0.subjects = ["sea"]
                $0.excludedAuthors = ["Melville", "Jules Verne", "John Masefield"]
            } == ["The Odyssey"])
        #expect(
            try await titles(catalog) {
                $0.words = ["fiction"]
                $0.lengths = [.short]
                $0.authors = ["Wells"]
            } == ["The Time Machine"])
        withExtendedLifetime(folder) {}
    }

    @Test func `conditions are honoured by all matches, in whatever combination`() async throws {
        let (folder, catalog) = try sample()
        var generator = SplitMix(state: 11)
        for _ in 0..<300 {
            var query = CatalogQuery()
            if Bool.random(using: &generator) {
                query.words = [
                    ["sea", "murder", "fiction", "a doctor", "world"].randomElement(using: &generator) ?? ""
                ]
            }
            if Bool.random(using: &generator) {
                query.subjects = [["science fiction", "marriage", "sea", "war"].randomElement(using: &generator) ?? ""]
            }
            if Bool.random(using: &generator) {
                query.languages = [["en", "fr", "ru"].randomElement(using: &generator) ?? ""]
            }
            if Bool.random(using: &generator) {
                query.lengths = [BookLength.allCases.randomElement(using: &generator) ?? .short]
            }
            if Bool.random(using: &generator) { query.years = 1800...Int.random(in: 1800...1950, using: &generator) }
            if Bool.random(using: &generator) { query.excludedAuthors = ["H. G. Wells"] }
            if Bool.random(using: &generator) { query.excludedSubjects = ["gothic"] }
            query.limit = Int.random(in: 1...20, using: &generator)
            let matches = try await catalog.search(query)
            #expect(matches.count <= query.limit)
            for match in matches {
                let entry = match.entry
                if let years = query.years { #expect(entry.period?.overlaps(years) == true) }
                if let length = query.lengths.first { #expect(entry.length == length) }
                if let language = query.languages.first { #expect(entry.languages.contains(language)) }
                if let subject = query.subjects.first { #expect(entry.subjects.contains(subject)) }
                if !query.excludedAuthors.isEmpty { #expect(!entry.authors.contains("H. G. Wells")) }
                if !query.excludedSubjects.isEmpty { #expect(!entry.subjects.contains("gothic")) }
            }
        }
        withExtendedLifetime(folder) {}
    }

    @Test func `a condition that nothing meets yields nothing rather than everything`() async throws {
        let (folder, catalog) = try sample()
        #expect(try await titles(catalog) { $0.authors = ["Nobody Atall"] } == [])
        #expect(try await titles(catalog) { $0.subjects = ["underwater basket weaving"] } == [])
        #expect(try await titles(catalog) { $0.languages = ["tlh"] } == [])
        #expect(try await titles(catalog) { $0.words = ["..."] }.isEmpty == false)
        withExtendedLifetime(folder) {}
    }

    @Test(
        arguments: [
            "title:emma", "\"emma", "emma\"", "emma OR", "NOT emma", "NEAR(emma, 2)", "emma*", "^emma", "{title}: emma",
            "emma + ", "-emma",
            "(emma", "emma AND NOT austen", "'; DROP TABLE works; --", "emma\u{0}austen", "💥", "\"\"\"\"", "title : (",
            ":", "* * *",
            "col:umn:s", "emma\u{1f}austen", "--", "%_%", "\\", "emma NEAR/3 austen",
        ])
    func `signs that mean something to full-text search or SQL are words or nothing`(_ text: String) async throws {
        let (folder, catalog) = try sample()
        var query = CatalogQuery()
        query.words = [text]
        _ = try await catalog.search(query)
        query.words = []
        query.subjects = [text]
        _ = try await catalog.search(query)
        query.excludedSubjects = [text]
        query.authors = [text]
        query.excludedAuthors = [text]
        query.languages = [text]
        query.excludedBooks = [BookID(rawValue: text)]
        _ = try await catalog.search(query)
        _ = try await catalog.works(titled: text, isFuzzy: true)
        _ = try await catalog.authors(named: text)
        _ = try await catalog.works(withIDs: [BookID(rawValue: text)])
        #expect(try await catalog.count() == 16)
        withExtendedLifetime(folder) {}
    }

    @Test func `questions of any size are answered`() async throws {
        let (folder, catalog) = try sample()
        let long = String(repeating: "whale science fiction murder ", count: 5_000)
        var query = CatalogQuery()
        query.words = Array(repeating: long, count: 20)
        query.subjects = (0..<500).map { "subject \($0)" } + ["sea"]
        query.excludedBooks = (0..<5_000).map { BookID(rawValue: "pg:\($0)") }
        query.excludedAuthors = Array(repeating: long, count: 100)
        query.limit = .max
        _ = try await catalog.search(query)
        query.limit = -5
        #expect(try await catalog.search(query).count <= 1)
        _ = try await catalog.works(titled: long, isFuzzy: true)
        _ = try await catalog.authors(named: long)
        withExtendedLifetime(folder) {}
    }

    @Test func `a title is found without its article, subtitle and marks, and with a slip only when that is allowed`()
        async throws
    {
        let (folder, catalog) = try sample()
        func find(_ title: String, _ isFuzzy: Bool = false) async throws -> [String] {
            try await catalog.works(titled: title, isFuzzy: isFuzzy).map(\.title)
        }
        for title in ["The Time Machine", "time machine", "THE TIME MACHINE!", "Time Machine: An Invention"] {
            #expect(try await find(title) == ["The Time Machine"], "\(title)")
        }
        #expect(try await find("Moby Dick; or, The Whale") == ["Moby-Dick"])
        #expect(try await find("The Modern Prometheus").count == 1)
        #expect(try await find("Mobby Dick") == [])
        #expect(try await find("Mobby Dick", true) == ["Moby-Dick"])
        #expect(try await find("Crime and Punishmnet", true) == ["Crime and Punishment"])
        #expect(try await find("Jekyll and Hyde", true) == ["Strange Case of Dr Jekyll and Mr Hyde"])
        #expect(try await find("Ema", true) == [])
        #expect(try await find("A Completely Different Title", true) == [])
        #expect(try await find("", true) == [])
        withExtendedLifetime(folder) {}
    }

    @Test(
        arguments: [
            ("Wells", "H. G. Wells"), ("H.G. Wells", "H. G. Wells"), ("HG Wells", "H. G. Wells"),
            ("wells, h. g.", "H. G. Wells"),
            ("Herbert Wells", "H. G. Wells"), ("Dostoyevski", "Fyodor Dostoevsky"),
            ("Dostojewskij", "Fyodor Dostoevsky"),
            ("Jane Austin", "Jane Austen"), ("Melvile", "Herman Melville"),
            ("Cervantes", "Miguel de Cervantes Saavedra"),
            ("Miguel de Cervantes", "Miguel de Cervantes Saavedra"), ("R. L. Stevenson", "Robert Louis Stevenson"),
        ])
    func `authors are found by what people type`(_ typed: String, _ name: String) async throws {
        let (folder, catalog) = try sample()
        #expect(try await catalog.authors(named: typed).first == name)
        withExtendedLifetime(folder) {}
    }

    @Test func `nobody is found for a name that is no author's`() async throws {
        let (folder, catalog) = try sample()
        for name in ["", " ", "Zzyzx", "?", "the"] { #expect(try await catalog.authors(named: name) == [], "\(name)") }
        withExtendedLifetime(folder) {}
    }

    @Test func `two spellings of one person are shown as one and found as one`() async throws {
        let (folder, catalog) = try sample()
        try folder.add(Samples.plain)
        let found = try await catalog.authors(named: "Shelley")
        #expect(found == ["Mary Shelley"])
        #expect(try await titles(catalog) { $0.authors = ["Mary Shelley"] } == ["Frankenstein"])
        #expect(try await titles(catalog) { $0.authors = ["Mary Wollstonecraft Shelley"] } == ["Frankenstein"])
        withExtendedLifetime(folder) {}
    }

    @Test func `works come in the order in which they were asked for, each once, unknown ones left out`() async throws {
        let (folder, catalog) = try sample()
        let ids = ["st:emma", "pg:1", "st:candide", "st:emma", "pg:84"].map { BookID(rawValue: $0) }
        #expect(try await catalog.works(withIDs: ids).map(\.id.rawValue) == ["st:emma", "st:candide", "pg:84"])
        withExtendedLifetime(folder) {}
    }

    @Test func `an empty catalogue answers with nothing`() async throws {
        let folder = try TemporaryFolder()
        let catalog = try SQLiteBookCatalog(path: folder.path("catalog.db"))
        #expect(try await catalog.count() == 0)
        #expect(try await catalog.search(CatalogQuery()).isEmpty)
        #expect(try await catalog.works(titled: "Emma", isFuzzy: true).isEmpty)
        #expect(try await catalog.authors(named: "Austen").isEmpty)
        #expect(try await catalog.statistics().works == 0)
        withExtendedLifetime(folder) {}
    }
}
