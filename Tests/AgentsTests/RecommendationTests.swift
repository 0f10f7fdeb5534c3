import Chat
import Testing

@testable import Agents

/// Recommendations from the shipped catalogue.
@Suite struct RecommendationTests {
    @Test func `science fiction about Mars by H. G. Wells puts The War of the Worlds first`() async throws {
        let reply = try await Talk().say("science fiction about Mars by H. G. Wells")
        #expect(reply.titles.first == "The War of the Worlds")
        #expect(reply.books.allSatisfy { $0.authors.contains("H. G. Wells") })
        #expect(reply.text.contains("*The War of the Worlds*"))
    }

    @Test func `something like Frankenstein but shorter: only works known to be short, and not Frankenstein`()
        async throws
    {
        let talk = Talk()
        let reply = try await talk.say("something like Frankenstein but shorter")
        #expect(reply.books.count >= 5)
        for book in reply.books {
            #expect(try await talk.entry(book).length == .short, "\(book.title)")
            #expect(book.title != "Frankenstein")
        }
        #expect(reply.titles.prefix(5).contains("Strange Case of Dr Jekyll and Mr Hyde"))
        #expect(
            reply.books.contains { $0.reasons.contains { $0.kind == .similarTo && $0.text.contains("Frankenstein") } })
        #expect(reply.books.contains { $0.reasons.contains { $0.text.contains("shorter than Frankenstein") } })
    }

    @Test(
        arguments: [
            "Victorian novels, but not Dickens", "long Victorian novels, nothing by Dickens",
            "Victorian novels without Dickens please",
        ])
    func `not Dickens leaves Dickens out`(text: String) async throws {
        let talk = Talk()
        let reply = try await talk.say(text)
        #expect(reply.books.count >= 5)
        for book in reply.books {
            #expect(!book.authors.contains("Charles Dickens"))
            let period = try #require(try await talk.entry(book).period)
            #expect(period.overlaps(1837...1901), "\(book.title)")
        }
        #expect(reply.text.contains("no Charles Dickens"))
    }

    @Test(
        arguments: [
            ("War novels? Not for me. I'd rather have something funny.", "war"),
            ("Horror? No thanks. Give me a gentle novel.", "horror"),
        ])
    func `a kind that is named as a question and refused after it is left out`(text: String, refused: String)
        async throws
    {
        let talk = Talk()
        let reply = try await talk.say(text)
        #expect(reply.books.count >= 4)
        for book in reply.books { #expect(!(try await talk.entry(book)).subjects.contains(refused), "\(book.title)") }
        #expect(reply.text.contains("but no \(refused)"), "\(reply.text)")
    }

    @Test(
        arguments: [
            // "Time machine" are two words in a row.
            ("a man builds a time machine and meets two races in the far future", "The Time Machine"),
            // The story comes after a question, and has a place in it.
            (
                "What's it called? A teenage cancer patient meets a boy in a support group and they travel to Amsterdam",
                "The Fault in Our Stars"
            ),
            ("a father and his son walk through a burnt America after the end of the world", "The Road"),
            (
                "Ich suche ein Buch über einen Mönch, der Morde in einem Kloster mit einer Bibliothek aufklärt",
                "The Name of the Rose"
            ),
        ])
    func `a plot leads to its book`(text: String, title: String) async throws {
        #expect(try await Talk().say(text).titles.prefix(3).contains(title))
    }

    @Test func `a mood with a clause behind it is no plot`() async throws {
        let reply = try await Talk().say("A gentle, cosy comfort read where nothing terrible happens")
        #expect(!reply.text.contains("That sounds like"), "\(reply.text)")
    }

    @Test func `non-fiction has no stories among it`() async throws {
        let talk = Talk()
        for book in try await talk.say("non-fiction about slavery").books {
            #expect(!(try await talk.entry(book)).subjects.contains("literary fiction"), "\(book.title)")
        }
    }

    @Test func `what is told of a book that was liked is not searched for`() async throws {
        let reply = try await Talk().say("I finally got round to Middlemarch last summer and adored it.")
        #expect(reply.text.contains("*Middlemarch*") && !reply.text.contains("summer"), "\(reply.text)")
    }

    @Test func `written before 1700, in French`() async throws {
        let talk = Talk()
        let reply = try await talk.say("a play written before 1700, in French")
        #expect(reply.books.count >= 3)
        for book in reply.books {
            let entry = try await talk.entry(book)
            #expect(entry.languages.contains("fr"), "\(book.title)")
            #expect(try #require(entry.period).lowerBound < 1700, "\(book.title)")
            #expect(
                entry.subjects.contains("drama") || entry.subjects.contains("tragedy")
                    || entry.subjects.contains("comedy"), "\(book.title)")
            #expect(book.reasons.contains { $0.text.contains("in French") })
        }
    }

    @Test(
        arguments: [
            "ghost stories", "I loved The Time Machine, what next?", "recommend me a good book", "something by Tolstoy",
            "a Russian novel",
        ])
    func `every card says why, weighs it between 0 and 1, and has a score that never rises`(text: String) async throws {
        let reply = try await Talk().say(text)
        #expect(!reply.books.isEmpty)
        for book in reply.books {
            #expect(!book.reasons.isEmpty, "\(book.title)")
            #expect(book.reasons.allSatisfy { (0...1).contains($0.weight) && !$0.text.isEmpty })
            #expect((0...1).contains(book.score))
        }
        #expect(zip(reply.books, reply.books.dropFirst()).allSatisfy { $0.score >= $1.score })
        #expect(Set(reply.books.map(\.id)).count == reply.books.count)
    }

    @Test func `at most two works by one author, unless the author was asked for`() async throws {
        let mixed = try await Talk().say("a classic novel")
        for author in Set(mixed.books.flatMap(\.authors)) {
            #expect(mixed.books.filter { $0.authors.contains(author) }.count <= 2, "\(author)")
        }
        let asked = try await Talk().say("what should I read by Charles Dickens?")
        #expect(asked.books.count > 2)
        #expect(asked.books.allSatisfy { $0.authors.contains("Charles Dickens") })
    }

    @Test func `the same message gives the same answer`() async throws {
        let first = try await Talk().say("gothic novels before 1850")
        let second = try await Talk().say("gothic novels before 1850")
        #expect(first.books == second.books)
        #expect(first.text == second.text)
    }

    @Test func `what cannot be met is given up in words, and a refusal is never given up`() async throws {
        let talk = Talk()
        let reply = try await talk.say("short science fiction by H. G. Wells written before 1700, in French")
        #expect(!reply.books.isEmpty)
        #expect(reply.text.contains("give up"))
        let refused = try await talk.say("plays by Molière, but not Molière")
        #expect(refused.books.allSatisfy { !$0.authors.contains("Molière") })
    }

    @Test func `a book that was read does not come again, under any of its names`() async throws {
        let reply = try await Talk().say(
            "I've read Twenty Thousand Leagues Under the Sea. Something else by Jules Verne?")
        #expect(!reply.books.isEmpty)
        #expect(!reply.titles.contains { $0.contains("Twenty Thousand") })
    }

    @Test func `an unwanted subject is left out`() async throws {
        let talk = Talk()
        let reply = try await talk.say("something funny, but no love stories and no plays")
        #expect(!reply.books.isEmpty)
        for book in reply.books {
            let subjects = try await talk.entry(book).subjects
            #expect(!subjects.contains("romance") && !subjects.contains("drama"), "\(book.title)")
        }
    }

    @Test func `a title by itself shows that book, and what is near it`() async throws {
        for text in ["Dune", "dune", "\"Dune\"", "Dune by Frank Herbert"] {
            let reply = try await Talk().say(text)
            #expect(reply.titles.first == "Dune", "\(text)")
            #expect(reply.books.count > 1)
        }
    }

    @Test func `a year is a title where it was read, and a year elsewhere`() async throws {
        let reply = try await Talk().say("I loved 1984, what next?")
        #expect(!reply.books.isEmpty)
        #expect(!reply.titles.contains("Nineteen Eighty-Four"))
        #expect(reply.text.contains("Nineteen Eighty-Four"))
    }

    @Test(
        arguments: ["poems by women", "a prize winning novel", "audiobooks about war"])
    func `what the catalogue cannot check is said`(text: String) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.text.contains("could not check"))
    }

    @Test func `a disliked book makes its like less likely`() async throws {
        let open = try await Talk().say("an adventure at sea")
        #expect(open.titles.contains("Moby-Dick"))
        let reply = try await Talk().say("I hated Moby Dick. An adventure at sea?")
        #expect(!reply.books.isEmpty)
        #expect(!reply.titles.contains("Moby-Dick"))
    }

    @Test func `a message as long as the route allows is answered`() async throws {
        let reply = try await Talk().say(String(repeating: "I loved Dune and ", count: 2_000))
        #expect(!reply.text.isEmpty)
    }

    @Test(
        arguments: [
            ("American novels, anything except Hemingway and Fitzgerald", "Ernest Hemingway"),
            ("I want a romance that isn't by Jane Austen or the Brontës", "Emily Brontë"),
            ("a French novel, only please not Proust, Hugo or Zola", "Émile Zola"),
            ("ghost stories; M. R. James I have already", "M. R. James"),
            ("I've had it with Sherlock Holmes. Another detective?", "Arthur Conan Doyle"),
            ("Enough Austen. Other Regency novels?", "Jane Austen"),
            ("a mystery, please leave Agatha Christie out of it", "Agatha Christie"),
            ("I finished all of Jane Austen's novels, what now?", "Jane Austen"),
            ("Books in the style of P. G. Wodehouse, but not by him", "P. G. Wodehouse"),
            ("No Shakespear please, but a good tragedy", "William Shakespeare"),
            ("plays, aside from Shakespeare", "William Shakespeare"),
            ("a sea story, no Melville, Conrad", "Joseph Conrad"),
            ("something like Harry Poter", "J. K. Rowling"),
        ])
    func `a refusal is understood however it is said`(text: String, author: String) async throws {
        let reply = try await Talk().say(text)
        #expect(!reply.books.isEmpty)
        for book in reply.books {
            #expect(!book.authors.contains { AuthorMatch.isSamePerson($0, author) }, "\(book.title)")
        }
    }

    @Test(
        arguments: [
            ("dystopias apart from 1984, Brave New World and Fahrenheit 451", "Fahrenheit 451"),
            ("Skip Moby Dick, what else about the sea?", "Moby-Dick"),
            ("What should I read after Crime and Punishment?", "Crime and Punishment"),
            ("If I enjoyed The Name of the Rose, what else would I like?", "The Name of the Rose"),
            ("Rebecca is one of my all-time favourites. Suggestions?", "Rebecca"),
            ("anything as funny as Catch-22?", "Catch-22"),
            ("War and Peace but shorter", "War and Peace"), ("I loved To Kill a Mokingbird", "To Kill a Mockingbird"),
            ("loved jane eyre and rebecca, hated wuthering heights", "Wuthering Heights"),
            ("read the odyssey last month, more like it please", "The Odyssey"),
        ])
    func `a book that was named as known or unwanted does not come back`(text: String, title: String) async throws {
        let reply = try await Talk().say(text)
        #expect(!reply.books.isEmpty)
        #expect(!reply.titles.contains(title))
    }

    @Test func `a refused word keeps out the books that bear it, and no others`() async throws {
        let tragedies = try await Talk().say("Greek tragedies, not Oedipus")
        #expect(!tragedies.books.isEmpty)
        #expect(tragedies.titles.contains("Antigone") || tragedies.titles.contains("Medea"))
        #expect(!tragedies.titles.contains { $0.contains("Oedipus") })
        let science = try await Talk().say("science fiction but no space opera")
        #expect(science.books.contains { $0.subjects.contains("science fiction") })
    }

    @Test func `what else an author wrote leaves out the book that was named`() async throws {
        let reply = try await Talk().say("What else did the author of War and Peace write?")
        #expect(!reply.books.isEmpty)
        #expect(reply.books.allSatisfy { $0.authors.contains("Leo Tolstoy") && $0.title != "War and Peace" })
    }

    @Test(
        arguments: ["nothing written after 1900", "nothing American", "No more Victorian novels!"])
    func `a message that only refuses is a wish all the same`(text: String) async throws {
        let talk = Talk()
        let reply = try await talk.say(text)
        #expect(!reply.books.isEmpty)
        if text.contains("1900") {
            for book in reply.books { #expect(try #require(book.year) <= 1900, "\(book.title)") }
        }
    }
}
