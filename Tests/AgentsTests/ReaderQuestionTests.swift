import Chat
import Testing

@testable import Agents

/// Questions as readers ask them.
@Suite struct ReaderQuestionTests {
    @Test(
        arguments: [
            ("a governess falls in love with her employer who keeps his mad wife in the attic", "Jane Eyre"),
            ("a teenager expelled from school wanders around New York and hates phonies", "The Catcher in the Rye"),
            ("the one about the guy who turns into a bug", "The Metamorphosis"),
            ("a boy is stranded on a lifeboat with a tiger", "Life of Pi"),
            ("an old fisherman catches a huge fish", "The Old Man and the Sea"),
            ("a book set in a monastery with murders", "The Name of the Rose"),
            ("a rich man throws parties to win back a lost love", "The Great Gatsby"),
            ("a society where books are burned", "Fahrenheit 451"),
            ("kids fight to the death on tv", "The Hunger Games"),
            ("a hobbit goes on a journey with dwarves", "The Hobbit"),
            // what people in the story refuse, love or are
            ("a boy who never grows up takes three children to an island with pirates", "Peter Pan"),
            ("a gang leader who loves Beethoven and violence is brainwashed", "A Clockwork Orange"),
            ("a woman has to wear a red letter on her dress", "The Scarlet Letter"),
            ("a poet is guided through hell by Virgil", "The Divine Comedy"),
            ("a black woman in Georgia writes letters to God", "The Color Purple"),
            ("three witches tell a Scottish lord that he will be king", "Macbeth"),
            ("a doctor and a nurse fall in love at the Italian front", "A Farewell to Arms"),
        ])
    func `a plot in the reader's own words finds the book`(text: String, title: String) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.titles.prefix(5).contains(title), "\(text): \(reply.titles)")
    }

    @Test(
        arguments: ["a light summer romance without vampires", "a dark crime novel with no detectives in it"])
    func `what is refused of a kind of book stays refused`(text: String) {
        let wish = WishBuilder(reading: Reading(text), mentions: []).wish()
        #expect(!wish.isPlot && !(wish.excludedConcepts.isEmpty && wish.excludedPhrases.isEmpty))
    }

    @Test func `anything similar is like the book on the table, and what is known leaves the wish as it was`()
        async throws
    {
        let talk = Talk()
        _ = try await talk.say("who wrote Dracula?")
        let reply = try await talk.say("anything similar?")
        #expect(
            !reply.titles.contains("Dracula") && reply.titles.contains { ["Carmilla", "Frankenstein"].contains($0) },
            "\(reply.titles)")
    }

    @Test func `a book about somebody is none by them, and a question of age is about the book`() async throws {
        let wish = try await Talk().say("a good biography of Charles Dickens")
        #expect(wish.books.allSatisfy { !$0.authors.contains("Charles Dickens") }, "\(wish.titles)")
        let reply = try await Talk().say("is Dracula suitable for a 12 year old?")
        #expect(reply.titles == ["Dracula"] && reply.text.contains("what age"), "\(reply.text)")
    }

    @Test func `where a plot fits well the book is named, and else it is said that it may be another`() async throws {
        let sure = try await Talk().say("a man wakes up as a monstrous insect")
        #expect(sure.text.prefix(60).contains("*The Metamorphosis*"), "\(sure.text)")
        let unsure = try await Talk().say("a plumber who collects stamps inherits a lighthouse in Uruguay")
        #expect(!unsure.text.contains("That sounds like"), "\(unsure.text)")
    }

    @Test(
        arguments: [
            "a book to read aloud to my kids at bedtime", "a play for a school theatre group",
            "I need a book for my book club",
            "a book for a girl who hates sad endings", "someone who loves Jane Austen and has read it all",
            "a history of mathematics and geometry in Babylon", "recent novels about climate change, after 2010",
        ])
    func `whom or what a book is for makes it no plot`(text: String) {
        #expect(!PlotReader(reading: Reading(text)).isPlot([]))
    }

    @Test(
        arguments: ["books about chess", "something with lighthouses"])
    func `openings do not say that no kind was named where words were`(text: String) async throws {
        let reply = try await Talk().say(text)
        #expect(!reply.text.contains("didn't name a kind") && !reply.text.contains("no other hint"), "\(reply.text)")
    }

    @Test(
        arguments: [
            "a good book about the Python loop", "a novel set on Long Island", "novels set in Wood Green",
            "something like Blade Runner",
        ])
    func `ordinary words and places are no authors`(text: String) async throws {
        let reading = Reading(text)
        let mentions = try await MentionResolver(catalog: StarterCatalog.shared).mentions(in: reading)
        #expect(mentions.allSatisfy { $0.author == nil }, "\(mentions)")
    }

    @Test func `libraries and societies are not asked for as authors, people are`() {
        #expect(AuthorMatch.isCorporate("Long Island Library Resources Council"))
        #expect(AuthorMatch.isCorporate("United States. Department of the Army"))
        #expect(!AuthorMatch.isCorporate("Jane Austen") && !AuthorMatch.isCorporate("Charlotte Mary Yonge"))
    }

    @Test(arguments: ["\"The Quantum Gardener of Prague\"", "\"It Was Emma\""])
    func `a title in quotation marks is one title`(title: String) async throws {
        let reply = try await Talk().say("Do you have \(title)?")
        #expect(reply.books.isEmpty && reply.text.contains("no book called"), "\(reply.text)")
    }

    @Test func `the list stays on the table while single books of it are spoken of`() async throws {
        let talk = Talk()
        let list = try await talk.say("ghost stories")
        #expect(list.books.count == 5)
        for question in ["who wrote it?", "the shortest of these", "how long is the second one?"] {
            let reply = try await talk.say(question)
            #expect(reply.books.count == 1 && list.books.contains { $0.id == reply.books[0].id }, "\(question)")
        }
        let oldest = try await talk.say("the oldest one")
        #expect(oldest.books.first?.year == list.books.compactMap(\.year).min())
        #expect(try await talk.say("give me 3").titles == Array(list.titles.prefix(3)))
    }

    @Test func `one fact is answered with that fact`() async throws {
        let talk = Talk()
        try await talk.say("ghost stories")
        let reply = try await talk.say("who wrote it?")
        #expect(!reply.text.contains("look at") && reply.text.utf8.count < 120, "\(reply.text)")
    }

    @Test func `the list is compared by what its books are, and what is not known of them is said`() async throws {
        let talk = Talk()
        let list = try await talk.say("satirical novels")
        let funniest = try await talk.say("which one is the funniest?")
        #expect(funniest.text.contains("the funniest of these"), "\(funniest.text)")
        #expect(list.books.contains { $0.id == funniest.books.first?.id })
        let women = try await talk.say("are any of these by women?")
        #expect(women.text.contains("does not say"), "\(women.text)")
    }

    @Test func `more than the list has are looked for`() async throws {
        let talk = Talk()
        try await talk.say("science fiction")
        #expect(try await talk.say("give me 8").books.count == 8)
    }

    @Test(
        arguments: [
            ("modern novels, but before 1800", "before 1800"), ("a short long novel", "short"),
            ("contemporary novels from the 18th century", "18th century"),
        ])
    func `conditions that exclude each other are named`(text: String, kept: String) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.text.contains("exclude each other") && reply.text.contains(kept), "\(reply.text)")
    }

    @Test func `words that nothing was found for are named, and refusals that no catalogue records are not promised`()
        async throws
    {
        let words = try await Talk().say("detective stories with quokkas")
        #expect(words.text.contains("nothing in the catalogue for \"quokkas\""), "\(words.text)")
        let refused = try await Talk().say("a thriller without swearing")
        #expect(refused.text.contains("cannot promise") && refused.books.count > 2, "\(refused.text)")
    }

    @Test(
        arguments: [
            "Un libro di avventure per favore", "Я ищу роман о любви", "Ik zoek een boek over de zee", "本を探しています",
        ])
    func `other languages are told which ones are read`(text: String) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.books.isEmpty && reply.text.contains("English, German, French and Spanish"), "\(reply.text)")
    }

    @Test(
        arguments: [
            "a novel about Rome", "books by Umberto Eco", "Il nome della rosa", "Les Misérables", "Don Quijote",
        ])
    func `English, and titles in other languages, are read`(text: String) {
        #expect(!ForeignWish.isOtherLanguage(text))
    }

    @Test(
        arguments: [
            "compare Emma and Persuasion", "Dracula or Frankenstein, which is better?",
            "what is the difference between Emma and Persuasion?",
        ])
    func `two books are put side by side`(text: String) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.books.count == 2 && reply.text.contains("older one"), "\(reply.text)")
    }

    @Test func `a liked book is not recommended under another spelling of its name`() async throws {
        let reply = try await Talk().say("something like Don Quijote")
        #expect(!reply.titles.contains { $0.contains("Quixote") }, "\(reply.titles)")
    }

    @Test func `small children get what is marked for them`() async throws {
        let reply = try await Talk().say("books for a 5 year old")
        #expect(reply.books.count >= 3)
        #expect(!reply.titles.contains { $0.contains("Harry Potter") || $0.contains("Huckleberry") }, "\(reply.titles)")
    }

    @Test func `what a present's receiver is, and what an essay is, are no subjects`() async throws {
        let gift = try await Talk().say("I'm looking for a gift for my blind grandfather who likes sailing")
        #expect(!gift.books.contains { $0.subjects.contains("blind") }, "\(gift.titles)")
        let essay = try await Talk().say("I'm writing an essay on slavery, what can I read?")
        #expect(!essay.text.contains("essays") && essay.books.count > 2, "\(essay.text)")
        let husband = try await Talk().say("My husband loves Agatha Christie, I don't. What should I read?")
        #expect(!husband.text.contains("husband"), "\(husband.text)")
    }

    @Test func `the same time is that of the author who was named`() async throws {
        let reply = try await Talk().say("Dickens bores me. Anything else from that time?")
        #expect(!reply.books.isEmpty)
        #expect(
            reply.books.allSatisfy {
                (1800...1900).contains($0.year ?? 1850) && !$0.authors.contains("Charles Dickens")
            })
    }

    @Test func `a wish and what follows it are answered in the reader's language`() async throws {
        let talk = Talk()
        let list = try await talk.say(
            "Ich suche einen historischen Roman über das Mittelalter, aber keine Liebesgeschichte")
        #expect(list.text.contains("„Mittelalter“") && !list.text.contains("„aber“"), "\(list.text)")
        let who = try await talk.say("wer hat es geschrieben?")
        #expect(who.text.contains(" von ") && !who.text.contains(" is by "), "\(who.text)")
    }

    @Test func `what a named book costs is a question about its price`() async throws {
        let reply = try await Talk().say("how much does Pride and Prejudice cost?")
        #expect(reply.books.isEmpty && reply.text.contains("cost"), "\(reply.text)")
    }
}
