import Testing

@testable import Agents

/// How Noah puts it.
@Suite struct SpeechTests {
    @Test func `adjectives are used as such, and names are written large`() {
        #expect(Phrase.kinds(["evolution", "science fiction", "dark"]) == "dark science fiction about evolution")
        #expect(Phrase.kinds(["dark"]) == "dark books")
        #expect(Phrase.kinds(["paris", "revenge"]) == "books about Paris and revenge")
        #expect(
            Phrase.subject("new york") == "New York"
                && Phrase.subject("the french revolution") == "the French Revolution")
        #expect(
            Phrase.subject("insects") == "insects" && Phrase.subject("social life of india") == "social life of India")
    }

    @Test(
        arguments: ["novels set in paris", "a mystery set in new york", "books about india"])
    func `places are written large in answers`(text: String) async throws {
        let reply = try await Talk().say(text)
        for name in [" paris", " new york", " india"] { #expect(!reply.text.contains(name), "\(reply.text)") }
    }

    @Test func `no book has something in common with itself, and every sentence has a subject`() async throws {
        let christie = try await Talk().say("I adore Agatha Christie")
        for book in christie.books {
            #expect(!book.reasons.contains { $0.text.hasSuffix("in common with \(book.title)") }, "\(book)")
        }
        let any = try await Talk().say("recommend me a good book")
        #expect(!any.text.contains(": Is ") && !any.text.contains(". Is one") && !any.text.contains("filed under"))
    }

    @Test func `a plot is looked for in what is said of each book, the best known first`() async throws {
        for (text, title) in [
            ("Book where a man turns into a giant insect", "The Metamorphosis"),
            ("novel about a whale hunted by a mad captain", "Moby-Dick"),
            ("the one with the man who stays young while his portrait ages", "The Picture of Dorian Gray"),
            ("a story in which pigs take over a farm from people", "Animal Farm"),
            ("schoolboys stranded on an island try to govern themselves", "Lord of the Flies"),
        ] {
            let reply = try await Talk().say(text)
            #expect(reply.titles.prefix(3).contains(title), "\(text): \(reply.titles)")
        }
    }

    @Test func `one book is named for a plot that is met, and others only by the way`() async throws {
        for plot in [
            "a poor student murders a pawnbroker with an axe and is eaten up by guilt",
            "a boy helps an escaped convict and later gets money from a secret benefactor",
        ] {
            let reply = try await Talk().say(plot)
            #expect(
                !reply.text.contains("Also worth a look") && !reply.text.contains("nothing in the catalogue"),
                "\(reply.text)")
            #expect(
                reply.text.contains("Is that the one?") || reply.text.contains("another detail"), "\(reply.text)")
            #expect(!reply.text.contains("It is about"), "\(reply.text)")
        }
    }

    @Test(
        arguments: [
            ("A governess falls for her employer, but he keeps his mad wife locked in the attic", "Jane Eyre"),
            (
                "What's that one with the handmaids in red and the women who cannot have jobs anymore",
                "The Handmaid's Tale"
            ),
        ])
    func `a plot in other words than the summary's is guessed at, and one book shown`(
        plot: String, title: String
    ) async throws {
        let text = try await Talk().say(plot).text
        #expect(text.contains("*\(title)* by ") && text.components(separatedBy: "* by ").count == 2, "\(text)")
        #expect(!text.contains("I am not sure which book you mean"), "\(text)")
    }

    @Test func `a refused mood and somebody else's favourite are left out`() async throws {
        let sad = try await Talk().say("not in the mood for anything sad today")
        #expect(sad.text.contains("Leaving out sad books"), "\(sad.text)")
        let king = try await Talk().say("my husband swears by Stephen King but I don't like him at all")
        #expect(!king.books.isEmpty && !king.books.contains { $0.authors.contains("Stephen King") }, "\(king.text)")
    }

    @Test(
        arguments: [
            ("Ich suche einen traurigen Roman über den Krieg", "etwas kürzeres"),
            ("Je cherche un roman d'amour triste", "quelque chose de plus court"),
            ("Busco una novela de amor", "otra más corta"),
        ])
    func `follow-ups are read in German, French and Spanish`(wish: String, followUp: String) async throws {
        let talk = Talk()
        let first = try await talk.say(wish)
        let second = try await talk.say(followUp)
        #expect(!second.books.isEmpty && Set(second.titles).isDisjoint(with: first.titles))
        #expect(!second.text.contains("in its title"), "\(second.text)")
        for book in second.books {
            let entry = try await talk.entry(book)
            #expect(entry.length != .long, "\(book.title)")
        }
    }

    @Test(
        arguments: [
            "wer hat das erste geschrieben?", "wer hat es geschrieben?", "qui l'a écrit ?", "¿quién lo escribió?",
        ])
    func `who wrote one of the list is answered, in whatever language it is asked`(question: String) async throws {
        let talk = Talk()
        let first = try await talk.say("I want a ghost story")
        let second = try await talk.say(question)
        #expect(
            second.titles.first == first.titles.first && second.text.contains(first.books[0].authors[0]),
            "\(second.text)")
    }

    @Test(
        arguments: ["encore une fois la mer", "plus", "mehr Licht", "more books about whales"])
    func `what no follow-up is, is none`(text: String) {
        #expect(ForeignWish.read(text)?.text != "more" || text == "plus")
    }
}
