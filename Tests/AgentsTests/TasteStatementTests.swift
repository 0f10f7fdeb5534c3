import Chat
import Testing

@testable import Agents

/// What a reader does not care for, and what somebody else likes.
@Suite struct TasteStatementTests {
    private func inferred(_ text: String) async throws -> [InferredPreference] {
        let reading = Reading(text)
        let mentions = try await MentionResolver(catalog: StarterCatalog.shared).mentions(in: reading)
        return PreferenceInference.preferences(
            in: reading, mentions: mentions, message: MessageID(rawValue: "msg_1"), at: Timestamp(milliseconds: 0))
    }

    @Test(
        arguments: [
            "Dickens bores me", "Dickens bores me to tears", "Dickens is not my thing", "Dickens isn't my cup of tea",
            "Dickens does nothing for me", "Dickens doesn't do it for me", "Dickens is overrated",
            "I find Dickens boring",
            "I always found Dickens tedious", "I can't get into Dickens", "I have no patience with Dickens",
            "Dickens leaves me cold", "Dickens gets on my nerves", "Dickens is just not for me",
            "Dickens doesn't appeal to me",
            "I struggle with Dickens",
        ])
    func `a verdict after the name counts against it, in whatever words`(text: String) async throws {
        let found = try await inferred(text).first { $0.type == .author }
        #expect(found?.value == "charles dickens" && found?.weight ?? 0 < -0.25, "\(String(describing: found))")
        let reply = try await Talk().say(text + ". What should I read?")
        #expect(reply.books.allSatisfy { !$0.authors.contains("Charles Dickens") })
    }

    @Test func `a verdict after what is liked counts against its own clause only`() async throws {
        let found = try await inferred("I've always loved Agatha Christie, science fiction bores me")
        #expect(found.contains { $0.value == "agatha christie" && $0.weight > 0 }, "\(found)")
        #expect(found.contains { $0.value == "science fiction" && $0.weight < 0 }, "\(found)")
    }

    @Test func `the day a present is for is no subject`() async throws {
        let reply = try await Talk().say("I want to buy my wife a present for christmas, she likes romance")
        #expect(!reply.titles.contains { $0.contains("Christmas") } && !reply.text.contains("\"buy\""), "\(reply.text)")
    }

    @Test(
        arguments: [
            "My husband loves Agatha Christie", "A present for my sister, who adores Agatha Christie",
            "My grandfather is blind and loves sailing stories",
            "I need a birthday gift for a friend, she likes horror",
            "My students enjoy science fiction", "My daughter is a huge fan of dragons",
            "My boss hates Agatha Christie",
        ])
    func `what somebody else likes is no taste of the reader's`(text: String) async throws {
        #expect(try await inferred(text).isEmpty)
    }

    @Test(
        arguments: [
            "My husband loves Agatha Christie, I don't", "my wife loves Agatha Christie, I find her dull",
            "My sister adores Agatha Christie but I can't stand her", "My dad likes Agatha Christie. Not me.",
        ])
    func `and may be what the reader does not like`(text: String) async throws {
        let found = try await inferred(text).first { $0.type == .author }
        #expect(found?.value == "agatha christie" && found?.weight ?? 0 < 0, "\(String(describing: found))")
    }

    @Test(
        arguments: [
            "I love Agatha Christie", "I can't get enough of Agatha Christie",
            "My class hates Agatha Christie but I think she's wonderful",
            "My wife says I should read more. I love Agatha Christie.",
        ])
    func `the reader's own liking stays theirs, no matter who else is spoken of`(text: String) async throws {
        #expect(try await inferred(text).contains { $0.value == "agatha christie" && $0.weight > 0 })
    }
}
