import Chat
import Testing

@testable import Agents

@Suite("Questions as readers ask them")
struct ReaderQuestionTests {
    @Test(
        "a plot in the reader's own words finds the book",
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
    func plots(text: String, title: String) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.titles.prefix(5).contains(title), "\(text): \(reply.titles)")
    }

    @Test(
        "what is refused of a kind of book stays refused",
        arguments: ["a light summer romance without vampires", "a dark crime novel with no detectives in it"])
    func refused(text: String) {
        let wish = WishBuilder(reading: Reading(text), mentions: []).wish()
        #expect(!wish.isPlot && !(wish.excludedConcepts.isEmpty && wish.excludedPhrases.isEmpty))
    }

    @Test("anything similar is like the book on the table, and what is known leaves the wish as it was")
    func similar() async throws {
        let talk = Talk()
        _ = try await talk.say("who wrote Dracula?")
        let reply = try await talk.say("anything similar?")
        #expect(
            !reply.titles.contains("Dracula") && reply.titles.contains { ["Carmilla", "Frankenstein"].contains($0) },
            "\(reply.titles)")
    }

    @Test("a book about somebody is none by them, and a question of age is about the book")
    func subjects() async throws {
        let wish = try await Talk().say("a good biography of Charles Dickens")
        #expect(wish.books.allSatisfy { !$0.authors.contains("Charles Dickens") }, "\(wish.titles)")
        let reply = try await Talk().say("is Dracula suitable for a 12 year old?")
        #expect(reply.titles == ["Dracula"] && reply.text.contains("what age"), "\(reply.text)")
    }

    @Test("where a plot fits well the book is named, and else it is said that it may be another")
    func plotOpenings() async throws {
        let sure = try await Talk().say("a man wakes up as a monstrous insect")
        #expect(sure.text.prefix(60).contains("*The Metamorphosis*"), "\(sure.text)")
        let unsure = try await Talk().say("a plumber who collects stamps inherits a lighthouse in Uruguay")
        #expect(!unsure.text.contains("That sounds like"), "\(unsure.text)")
    }

    @Test(
        "whom or what a book is for makes it no plot",
        arguments: [
            "a book to read aloud to my kids at bedtime", "a play for a school theatre group",
            "I need a book for my book club",
            "a book for a girl who hates sad endings", "someone who loves Jane Austen and has read it all",
            "a history of mathematics and geometry in Babylon", "recent novels about climate change, after 2010",
        ])
    func noPlots(text: String) {
        #expect(!PlotReader(reading: Reading(text)).isPlot([]))
    }

    @Test(
        "openings do not say that no kind was named where words were",
        arguments: ["books about chess", "something with lighthouses"])
    func openings(text: String) async throws {
        let reply = try await Talk().say(text)
        #expect(!reply.text.contains("didn't name a kind") && !reply.text.contains("no other hint"), "\(reply.text)")
    }

    @Test(
        "ordinary words and places are no authors",
        arguments: [
            "a good book about the Python loop", "a novel set on Long Island", "novels set in Wood Green",
            "something like Blade Runner",
        ])
    func names(text: String) async throws {
        let reading = Reading(text)
        let mentions = try await MentionResolver(catalog: StarterCatalog.shared).mentions(in: reading)
        #expect(mentions.allSatisfy { $0.author == nil }, "\(mentions)")
    }

    @Test("libraries and societies are not asked for as authors, people are")
    func corporate() {
        #expect(AuthorMatch.isCorporate("Long Island Library Resources Council"))
        #expect(AuthorMatch.isCorporate("United States. Department of the Army"))
        #expect(!AuthorMatch.isCorporate("Jane Austen") && !AuthorMatch.isCorporate("Charlotte Mary Yonge"))
    }

    @Test(
        "a title in quotation marks is one title", arguments: ["\"The Quantum Gardener of Prague\"", "\"It Was Emma\""])
    func quoted(title: String) async throws {
        let reply = try await Talk().say("Do you have \(title)?")
        #expect(reply.books.isEmpty && reply.text.contains("no book called"), "\(reply.text)")
    }

    @Test("the list stays on the table while single books of it are spoken of")
    func table() async throws {
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

    @Test("one fact is answered with that fact")
    func fact() async throws {
        let talk = Talk()
        try await talk.say("ghost stories")
        let reply = try await talk.say("who wrote it?")
        #expect(!reply.text.contains("look at") && reply.text.utf8.count < 120, "\(reply.text)")
    }

    @Test("the list is compared by what its books are, and what is not known of them is said")
    func compared() async throws {
        let talk = Talk()
        let list = try await talk.say("satirical novels")
        let funniest = try await talk.say("which one is the funniest?")
        #expect(funniest.text.contains("the funniest of these"), "\(funniest.text)")
        #expect(list.books.contains { $0.id == funniest.books.first?.id })
        let women = try await talk.say("are any of these by women?")
        #expect(women.text.contains("does not say"), "\(women.text)")
    }

    @Test("more than the list has are looked for")
    func more() async throws {
        let talk = Talk()
        try await talk.say("science fiction")
        #expect(try await talk.say("give me 8").books.count == 8)
    }

    @Test(
        "conditions that exclude each other are named",
        arguments: [
            ("modern novels, but before 1800", "before 1800"), ("a short long novel", "short"),
            ("contemporary novels from the 18th century", "18th century"),
        ])
    func conflicts(text: String, kept: String) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.text.contains("exclude each other") && reply.text.contains(kept), "\(reply.text)")
    }

    @Test("words that nothing was found for are named, and refusals that no catalogue records are not promised")
    func unread() async throws {
        let words = try await Talk().say("detective stories with quokkas")
        #expect(words.text.contains("nothing in the catalogue for \"quokkas\""), "\(words.text)")
        let refused = try await Talk().say("a thriller without swearing")
        #expect(refused.text.contains("cannot promise") && refused.books.count > 2, "\(refused.text)")
    }

    @Test(
        "other languages are told which ones are read",
        arguments: [
            "Un libro di avventure per favore", "Я ищу роман о любви", "Ik zoek een boek over de zee", "本を探しています",
        ])
    func languages(text: String) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.books.isEmpty && reply.text.contains("English, German, French and Spanish"), "\(reply.text)")
    }

    @Test(
        "English, and titles in other languages, are read",
        arguments: [
            "a novel about Rome", "books by Umberto Eco", "Il nome della rosa", "Les Misérables", "Don Quijote",
        ])
    func read(text: String) {
        #expect(!ForeignWish.isOtherLanguage(text))
    }

    @Test(
        "two books are put side by side",
        arguments: [
            "compare Emma and Persuasion", "Dracula or Frankenstein, which is better?",
            "what is the difference between Emma and Persuasion?",
        ])
    func comparison(text: String) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.books.count == 2 && reply.text.contains("older one"), "\(reply.text)")
    }

    @Test("a liked book is not recommended under another spelling of its name")
    func spelling() async throws {
        let reply = try await Talk().say("something like Don Quijote")
        #expect(!reply.titles.contains { $0.contains("Quixote") }, "\(reply.titles)")
    }

    @Test("small children get what is marked for them")
    func age() async throws {
        let reply = try await Talk().say("books for a 5 year old")
        #expect(reply.books.count >= 3)
        #expect(!reply.titles.contains { $0.contains("Harry Potter") || $0.contains("Huckleberry") }, "\(reply.titles)")
    }

    @Test("what a present's receiver is, and what an essay is, are no subjects")
    func gifts() async throws {
        let gift = try await Talk().say("I'm looking for a gift for my blind grandfather who likes sailing")
        #expect(!gift.books.contains { $0.subjects.contains("blind") }, "\(gift.titles)")
        let essay = try await Talk().say("I'm writing an essay on slavery, what can I read?")
        #expect(!essay.text.contains("essays") && essay.books.count > 2, "\(essay.text)")
        let husband = try await Talk().say("My husband loves Agatha Christie, I don't. What should I read?")
        #expect(!husband.text.contains("husband"), "\(husband.text)")
    }

    @Test("the same time is that of the author who was named")
    func sameTime() async throws {
        let reply = try await Talk().say("Dickens bores me. Anything else from that time?")
        #expect(!reply.books.isEmpty)
        #expect(
            reply.books.allSatisfy {
                (1800...1900).contains($0.year ?? 1850) && !$0.authors.contains("Charles Dickens")
            })
    }

    @Test("a wish and what follows it are answered in the reader's language")
    func german() async throws {
        let talk = Talk()
        let list = try await talk.say(
            "Ich suche einen historischen Roman über das Mittelalter, aber keine Liebesgeschichte")
        #expect(list.text.contains("„Mittelalter“") && !list.text.contains("„aber“"), "\(list.text)")
        let who = try await talk.say("wer hat es geschrieben?")
        #expect(who.text.contains(" von ") && !who.text.contains(" is by "), "\(who.text)")
    }

    @Test("what a named book costs is a question about its price")
    func price() async throws {
        let reply = try await Talk().say("how much does Pride and Prejudice cost?")
        #expect(reply.books.isEmpty && reply.text.contains("cost"), "\(reply.text)")
    }
}
