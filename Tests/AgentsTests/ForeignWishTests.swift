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
        ])
    func `are put into English`(message: String, english: String) throws {
        #expect(try #require(ForeignWish.read(message)).text == english)
    }

    @Test(
        arguments: [
            "Krieg und Frieden", "Les Misérables", "El amor en los tiempos del cólera", "Guerre et Paix",
            "Don Quijote de la Mancha", "ghost stories",
            "a novel about love and war", "Der Tod in Venedig", "La La Land", "a book like Die Verwandlung", "", "die",
            "Cien años de soledad",
        ])
    func `titles and English are what they are`(message: String) {
        #expect(ForeignWish.read(message) == nil)
    }

    @Test(
        arguments: [
            ("Ich suche einen Krimi", "Zu „"),
            ("Je cherche un roman policier", "Pour «"),
            ("Busco una novela policíaca", "Para «"),
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
