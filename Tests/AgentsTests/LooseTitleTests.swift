import Chat
import Testing

@testable import Agents

/// Short and misspelt names of well-known works.
@Suite struct LooseTitleTests {
    @Test(
        arguments: [
            ("I loved Dorian Gray, what next?", "The Picture of Dorian Gray"),
            ("something like Jekyll and Hyde", "Strange Case of Dr Jekyll and Mr Hyde"),
            ("I loved Alice in Wunderland", "Alice's Adventures in Wonderland"),
            ("I've read Monte Cristo", "The Count of Monte Cristo"),
            ("similar to The Karamazov Brothers", nil), ("I loved the brothers karamasov", "The Brothers Karamazov"),
            ("Something like Huckleberry Finn", "Adventures of Huckleberry Finn"),
            ("I hated Robinson Cruso", "Robinson Crusoe"),
            ("something like Journey to the Centre of the Earth", "Journey to the Center of the Earth"),
        ] as [(String, String?)])
    func `mean the work`(text: String, title: String?) async throws {
        let keeper = StarterCatalog.recommender.keeper
        let understanding = Understanding(catalog: StarterCatalog.shared, keeper: keeper)
        let wish = try await understanding.understand(text, history: []).wish
        let named = wish.knownWorks + wish.excludedWorks
        // A name with its words in another order is left alone.
        if let title { #expect(named.map(\.title) == [title]) }
        let books = try await StarterCatalog.recommender.recommendations(for: wish, taste: Taste())
            .books
        #expect(!books.contains { $0.title == title })
    }

    @Test(
        arguments: ["I loved my new garden", "Something set in the Great War", "the brothers next door"])
    func `do not swallow other works and other words`(text: String) async throws {
        let keeper = StarterCatalog.recommender.keeper
        let wish = try await Understanding(catalog: StarterCatalog.shared, keeper: keeper).understand(text, history: [])
            .wish
        #expect(wish.knownWorks.isEmpty)
    }

    @Test func `titles of one author are akin when one's words are in the other in order`() {
        #expect(LooseTitles.areAkin("alice in wonderland", "alices adventures in wonderland"))
        #expect(
            LooseTitles.areAkin("from the earth to the moon", "from the earth to the moon direct in ninety seven hours")
        )
        #expect(!LooseTitles.areAkin("foundation", "foundation and empire"))
        #expect(!LooseTitles.areAkin("king henry iv part 1", "king henry iv part 2"))
        #expect(!LooseTitles.areAkin("war and peace", "the war of the worlds"))
    }
}
