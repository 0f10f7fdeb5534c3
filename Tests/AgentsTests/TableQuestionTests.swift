import Chat
import Testing

@testable import Agents

/// A question about the books on the table.
@Suite struct TableQuestionTests {
    @Test(
        arguments: [
            ("who wrote it?", "is by"), ("Who is the author?", "is by"), ("who's it by?", "is by"),
            ("when was it written?", "is by"),
            ("what year is it from", "is by"), ("how long is it?", "is by"), ("how many pages does it have?", "is by"),
            ("what is it about?", "is by"), ("tell me more about it", "is by"), ("is it any good?", "Readers"),
            ("is it sad?", "is by"),
            ("what language is it in?", "written in"), ("should I read it?", "is by"),
        ])
    func `is of the first book where it says "it"`(question: String, expected: String) async throws {
        let talk = Talk()
        let first = try await talk.say("ghost stories")
        let reply = try await talk.say(question)
        #expect(reply.titles.first == first.titles.first, "\(reply.titles)")
        #expect(reply.text.contains(first.titles[0]), "\(reply.text)")
        #expect(reply.text.contains(expected) || expected == "Readers", "\(reply.text)")
    }

    @Test(
        arguments: [
            "I finished it last night", "I read it last week. What should I read now?", "Loved it! More of that kind?",
            "read it already", "I really enjoyed that one", "Das habe ich gestern ausgelesen",
        ])
    func `a remark on having read it is no wish of its own: that book is off the list`(remark: String) async throws {
        let talk = Talk()
        let first = try await talk.say("ghost stories")
        let reply = try await talk.say(remark)
        #expect(reply.text.contains(first.titles[0]), "\(reply.text)")
        #expect(!reply.titles.isEmpty && !reply.titles.contains(first.titles[0]), "\(reply.titles)")
    }

    @Test func `fewer are two of the list, and an author's other books are found`() async throws {
        let talk = Talk()
        let first = try await talk.say("science fiction by H. G. Wells")
        #expect(try await talk.say("fewer please").titles == Array(first.titles.prefix(2)))
        let others = try await talk.say("has he written anything else?")
        #expect(
            !others.books.isEmpty && others.books.allSatisfy { $0.authors.contains("H. G. Wells") }, "\(others.text)")
        #expect(!others.titles.contains(first.titles[0]))
    }

    @Test func `is of the series of the book, and which is for a beginner`() async throws {
        let talk = Talk()
        try await talk.say("Tell me about Pride and Prejudice")
        #expect(!(try await talk.say("is it part of a series?").text.contains("come nearest")))
        let others = try await talk.say("what else did she write?")
        #expect(try await talk.say("what about the second one?").books.first?.id == others.books.dropFirst().first?.id)
        let start = try await talk.say("which of them is best for a beginner?")
        #expect(
            start.text.contains("I would start with") && start.books.first?.authors == ["Jane Austen"], "\(start.text)")
        let funny = try await talk.say("one more like the first")
        #expect(funny.books.count == 1, "\(funny.titles)")
    }

    @Test func `goes on from the book that was asked about`() async throws {
        let talk = Talk()
        try await talk.say("what is Dracula about?")
        let reply = try await talk.say("who wrote it?")
        #expect(reply.text.contains("Bram Stoker"))
        #expect(try await talk.say("and when was it written?").text.contains("1897"))
    }

    @Test func `finds the oldest, the newest and the shortest of the list, and the list stays`() async throws {
        let talk = Talk()
        let first = try await talk.say("science fiction by H. G. Wells")
        let years = first.books.compactMap(\.year)
        let oldest = try await talk.say("which is the oldest one?")
        #expect(oldest.books.count == 1 && oldest.books[0].year == years.min())
        let again = Talk()
        let list = try await again.say("science fiction by H. G. Wells")
        let newest = try await again.say("the newest of these")
        #expect(newest.books.count == 1 && newest.books[0].year == list.books.compactMap(\.year).max())
        let third = Talk()
        let books = try await third.say("Russian novels")
        let shortest = try await third.say("and the shortest of these?")
        #expect(shortest.books.allSatisfy { book in books.books.contains { $0.id == book.id } })
    }

    @Test func `names one to start with, and says why`() async throws {
        let talk = Talk()
        let first = try await talk.say("ghost stories")
        let reply = try await talk.say("which should I start with?")
        #expect(reply.titles == [first.titles[0]])
        #expect(reply.text.contains("I would start with"))
        let why = try await talk.say("why that one?")
        #expect(why.text.contains("is there because"))
    }

    @Test func `why the second is answered with the second's reasons`() async throws {
        let talk = Talk()
        let first = try await talk.say("ghost stories")
        let reply = try await talk.say("why the second?")
        #expect(reply.titles == [first.titles[1]])
        #expect(reply.text.contains(first.titles[1]) && reply.text.contains("because"))
    }

    @Test(arguments: [("just one", 1), ("give me 3", 3), ("only two please", 2), ("one", 0)])
    func `honours a number`(message: String, count: Int) async throws {
        let talk = Talk()
        let first = try await talk.say("ghost stories")
        let reply = try await talk.say(message)
        guard count > 0 else { return }
        #expect(reply.titles == Array(first.titles.prefix(count)))
    }

    @Test(
        arguments: [
            ("give me three ghost stories", 3), ("recommend two books about whales", 2),
            ("I want just one novel by Jane Austen", 1),
            ("top 7 classics", 7), ("ghost stories", 5), ("novels from 1850", 5),
        ])
    func `a wish's number is honoured, and five is the usual`(message: String, count: Int) async throws {
        #expect(try await Talk().say(message).books.count == count)
    }

    @Test(
        arguments: [
            "Catch-22", "two sisters in a village", "a book for my 3 kids", "under 200 pages",
            "one hundred years of solitude", "the second one",
            "something I can read in 2 hours", "another one", "Fahrenheit 451", "three men in a boat",
        ])
    func `numbers of other things are none of books`(message: String) {
        #expect(CountReader.read(Tokenizer.tokens(of: message)) == nil)
    }

    @Test(
        arguments: ["I have read it", "I've read that one already", "already read it", "I know it already"])
    func `what has been read leaves the list, and others come`(message: String) async throws {
        let talk = Talk()
        let first = try await talk.say("ghost stories")
        let reply = try await talk.say(message)
        #expect(!reply.books.isEmpty && !reply.titles.contains(first.titles[0]))
        #expect(reply.text.contains("off the list"), "\(reply.text)")
    }

    @Test(
        arguments: [
            "the oldest Greek tragedy", "who wrote Dracula?", "short stories by Chekhov", "what is Emma about?",
            "the best books about whales",
        ])
    func `a wish of its own is none`(message: String) async throws {
        let talk = Talk()
        try await talk.say("ghost stories")
        let reply = try await talk.say(message)
        #expect(!reply.text.contains("of these") && !reply.text.contains("is there because"), "\(reply.text)")
    }

    @Test func `is nothing where there is no list`() async throws {
        #expect(try await Talk().say("who wrote it?").books.isEmpty)
        #expect(try await Talk().say("the shortest of these").text.isEmpty == false)
    }

    @Test func `twenty answers in a row do not open alike`() async throws {
        let talk = Talk()
        let wishes = [
            "ghost stories", "sea stories", "Russian novels", "plays by Shakespeare", "funny books", "poetry",
            "science fiction about Mars",
            "detective stories", "books about whales", "Victorian novels", "fairy tales", "short French novels",
            "war stories", "essays",
            "dark novels", "adventure stories", "travel books", "books about Rome", "love stories", "horror",
        ]
        var openings: [String] = []
        for wish in wishes {
            let text = try await talk.say(wish).text
            openings.append(text.split(separator: " ").prefix(2).joined(separator: " "))
        }
        for (one, next) in zip(openings, openings.dropFirst()) { #expect(one != next, "\(openings)") }
        #expect(Set(openings).count >= 8, "\(openings)")
    }
}
