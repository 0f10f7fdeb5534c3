import Chat
import Testing

@testable import Catalog

@Suite struct SubjectTests {
    private func terms(_ headings: [String], shelves: [String] = [], classes: [String] = []) -> [String] {
        var terms = SubjectTerms()
        for heading in headings { terms.add(SubjectHeading(heading)) }
        for shelf in shelves { terms.add(Genres.named(Folding.key(shelf))) }
        for mark in classes { terms.add(LibraryClass.genres(mark)) }
        return terms.listed()
    }

    @Test func `library headings become genres and topics in everyday words, genres first`() {
        let found = terms([
            "Whaling -- Fiction", "Sea stories", "Holmes, Sherlock (Fictitious character) -- Fiction",
            "London (England) -- Fiction",
            "World War, 1914-1918 -- Fiction", "Brothers -- Fiction",
        ])
        #expect(found.first == "detective fiction")
        for term in [
            "sea", "war", "fiction", "whaling", "sherlock holmes", "london", "first world war", "brothers", "siblings",
        ] {
            #expect(found.contains(term), "\(term)")
        }
        #expect(found.allSatisfy { $0 == $0.lowercased() })
        #expect(!found.contains("history"))
    }

    @Test func `a novel does not become a work of history by its headings`() {
        let found = terms(
            ["United States -- History -- Civil War, 1861-1865 -- Fiction"], shelves: ["Category: History - American"])
        #expect(found.contains("fiction"))
        #expect(found.contains("american civil war"))
        #expect(!found.contains("history"))
        #expect(!found.contains("non-fiction"))
    }

    @Test func `what is about facts is non-fiction, poems and plays are neither`() {
        #expect(terms(["Astronomy"], classes: ["QB"]).contains("non-fiction"))
        #expect(terms(["United States -- History -- Revolution, 1775-1783 -- Sources"]).contains("non-fiction"))
        let poems = terms(["English poetry -- 19th century"])
        #expect(poems.contains("poetry") && !poems.contains("fiction") && !poems.contains("non-fiction"))
    }

    @Test func `a work about ghost stories is none`() {
        let found = terms(["Ghost stories, English -- History and criticism"])
        #expect(found.contains("literary criticism"))
        #expect(!found.contains("ghost story") && !found.contains("horror"))
    }

    @Test func `dates and other parts that say nothing alone are left out`() {
        let found = terms([
            "Great Britain -- History -- Elizabeth, 1558-1603", "France -- Social life and customs -- 19th century",
        ])
        #expect(found.contains("britain") && found.contains("france"))
        #expect(found.allSatisfy { !$0.contains("15") && !$0.contains("century") })
    }

    @Test func `the language a work was translated from is read from its heading`() {
        #expect(SubjectHeading("Epic poetry, Greek -- Translations into English").translatedFrom == "el")
        #expect(SubjectHeading("Russian fiction -- Translations into Finnish").translatedFrom == "ru")
        #expect(SubjectHeading("Whaling -- Fiction").translatedFrom == nil)
    }

    @Test func `language tags and names become codes`() {
        #expect(
            ["eng", "en-US", "English", "fre", "French", "grc", "zh"].map { Languages.code($0) } == [
                "en", "en", "en", "fr", "fr", "grc", "zh",
            ])
        #expect(Languages.code("") == nil)
        #expect(Languages.code("mul") == nil)
        #expect(Languages.codes(["Greek"]) == ["el", "grc"])
    }

    @Test func `length is told where there is ground`() {
        #expect(LengthClues.length(title: "The Raven", genres: [.poetry], isVolume: false) == nil)
        #expect(LengthClues.length(title: "Hamlet", genres: [.drama], isVolume: false) == .short)
        #expect(LengthClues.length(title: "The Gold Bug", genres: [.shortStories], isVolume: false) == .short)
        #expect(LengthClues.length(title: "Twice-Told Tales", genres: [.shortStories], isVolume: false) == .medium)
        #expect(LengthClues.length(title: "Clarissa, Volume 1", genres: [.novel], isVolume: true) == .long)
        #expect([90, 300, 900, 3].map { LengthClues.length(pages: $0) } == [.short, .medium, .long, nil])
    }

    @Test func `every genre has its own term and a line of headings`() {
        #expect(Set(Genre.allCases.map(\.term)).count == Genre.allCases.count)
        for genre in Genre.allCases {
            #expect(Genre(term: genre.term) == genre)
            #expect(Genres.named(Folding.key(genre.term)).contains(genre), "\(genre.term)")
        }
    }

    @Test func `a set of genres holds what was put in, in the order of the genres`() {
        var set: GenreSet = [.nonFiction, .scienceFiction, .poetry]
        #expect(Array(set) == [.scienceFiction, .poetry, .nonFiction])
        set.remove(.poetry)
        set.subtract([.nonFiction])
        #expect(Array(set) == [.scienceFiction])
        #expect(!set.isDisjoint(with: [.scienceFiction, .fiction]))
        #expect(set.isDisjoint(with: [.fiction, .nonFiction]))
    }
}
