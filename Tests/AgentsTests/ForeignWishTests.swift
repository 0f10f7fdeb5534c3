import Testing

@testable import Agents

/// Wishes in German, French and Spanish.
@Suite struct ForeignWishTests {
    @Test(
        arguments: [
            ("Ich suche einen Krimi", "detective novel"), ("Krimi auf Deutsch", "detective novel in German"),
            ("Kannst du mir ein lustiges Buch empfehlen?", "funny"),
            ("eine kurze Geistergeschichte bitte", "short ghost stories"),
            ("Je cherche un roman policier", "detective novel"), ("un roman d'amour triste", "love story sad"),
            ("je voudrais un livre comme Dune", "like Dune"), ("Busco una novela de amor", "love story"),
            ("quiero una novela de aventuras en español", "adventure in Spanish"),
            ("Recomiéndame ciencia ficción", "science fiction"),
            ("Krieg und Frieden", "\"War and Peace\""), ("Guerre et Paix", "\"War and Peace\""),
            ("Der Tod in Venedig", "\"Death in Venice\""),
            ("Cien años de soledad", "\"One Hundred Years of Solitude\""),
            ("El amor en los tiempos del cólera", "\"Love in the Time of Cholera\""),
            ("Was soll ich lesen, wenn mir „Der Prozess“ von Kafka gefallen hat?", "like \"The Trial\" by Kafka?"),
            ("Ein Liebesroman, aber nichts von Jane Austen", "love story, no Jane Austen"),
            ("Ich mag keine Krimis", "i dont like detective novel"), ("J'adore Jules Verne", "i love Jules Verne"),
            ("No me gusta la poesía", "i dont like poetry"),
            ("Wer hat Die Verwandlung geschrieben?", "who wrote \"The Metamorphosis\"?"),
        ])
    func `are put into English`(message: String, english: String) throws {
        #expect(try #require(ForeignWish.read(message)).text == english)
    }

    @Test(
        arguments: [
            "Les Misérables", "Don Quijote de la Mancha", "ghost stories",
            "a novel about love and war", "La La Land", "a book like Die Verwandlung", "", "die", "Roman empire",
        ])
    func `titles and English are what they are`(message: String) {
        #expect(ForeignWish.read(message) == nil)
    }

    @Test(
        arguments: [
            ("Ich suche einen Krimi", "„Krimi“"),
            ("Je cherche un roman policier", "« roman policier »"),
            ("Busco una novela policíaca", "« novela policíaca »"),
        ])
    func `are answered with such books, and in their language as far as set phrases go`(
        message: String, opening: String
    ) async throws {
        let talk = Talk()
        let reply = try await talk.say(message)
        #expect(reply.text.contains(opening), "\(reply.text)")
        #expect(!reply.books.isEmpty)
        for book in reply.books.prefix(2) {
            #expect(
                book.subjects.contains { ["detective fiction", "mystery", "crime", "murder"].contains($0) }, "\(book)")
        }
    }

    @Test func `a part of another name is no misspelt author, and a single question is no liking`() async throws {
        let talk = Talk()
        #expect(try await talk.say("Blade Runner").books.allSatisfy { !$0.authors.contains("William Blake") })
        try await talk.say("a sad novel")
        let next = try await talk.say("books about London")
        #expect(!next.text.contains("your liking"), "\(next.text)")
        let dickens = try await Talk().say("Dickens bores me")
        #expect(dickens.books.allSatisfy { !$0.authors.contains("Charles Dickens") })
    }
}
