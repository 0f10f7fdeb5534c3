import Chat
import Testing

@testable import Agents

/// Titles and authors in a message.
@Suite struct MentionTests {
    private func names(in text: String) async throws -> [String] {
        let mentions = try await MentionResolver(catalog: StarterCatalog.shared).mentions(in: Reading(text))
        return mentions.map { mention in
            switch mention.referent {
            case .work(let entry): entry.title
            case .author(let name): "by \(name)"
            case .series(let series): "all \(series.name)"
            }
        }
    }

    @Test(
        arguments: [
            ("I loved The Time Machine, what next?", ["The Time Machine"]),
            ("i loved the time machine, what next?", ["The Time Machine"]),
            ("Pride and Prejudice is my favourite book", ["Pride and Prejudice"]),
            ("something like Frankenstein but shorter", ["Frankenstein"]),
            ("science fiction about Mars by H. G. Wells", ["by H. G. Wells"]),
            ("science fiction about mars by h.g. wells", ["by H. G. Wells"]),
            ("Jack London's books set in the Klondike", ["by Jack London"]),
            ("Victorian novels, but not Dickens", ["by Charles Dickens"]),
            ("Which Jane Austin novel after Emma?", ["by Jane Austen", "Emma"]),
            ("I adored Wuthering Hights by Emily Bronty", ["Wuthering Heights"]),
            ("I want to read Dostoyevski, which ones first?", ["by Fyodor Dostoevsky"]),
            ("who wrote Middlemarch and what is it about?", ["Middlemarch"]),
            ("anything like Harry Potter but for grown-ups?", ["all Harry Potter"]),
            ("I loved \"Emma\" and Persuasion", ["Emma", "Persuasion"]),
        ])
    func `are found as people write them`(text: String, expected: [String]) async throws {
        #expect(try await names(in: text) == expected)
    }

    @Test(
        arguments: [
            "I loved it, what next?", "she said it was good", "Novels set during the French Revolution",
            "Whaling and life aboard ships",
            "The best short stories", "Is there anything good?", "I need persuasion to read more",
            "a novel about the sea", "Science fiction please",
            "something to read on the train",
        ])
    func `are not seen in everyday words`(text: String) async throws {
        #expect(try await names(in: text) == [])
    }

    @Test func `a message made of names costs a bounded number of look-ups`() async throws {
        let catalog = CountingCatalog()
        let text = (0..<300).map { "Name\($0)" }.joined(separator: " ")
        _ = try await MentionResolver(catalog: catalog).mentions(in: Reading(text))
        #expect(catalog.count <= MentionResolver.maximumLookups)
    }
}
