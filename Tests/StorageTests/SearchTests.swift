import Chat
import Dispatch
import Testing

@testable import Ownership
@testable import SQLite
@testable import Storage

/// Search over messages.
@Suite struct SearchTests {
    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }

    init() throws {
        fixture = try StoreFixture()
    }

    @discardableResult
    func turn(
        _ question: String, _ reply: String = "", user: UserID? = nil, session: SessionID? = nil, at time: Int64 = 1_000
    ) async throws -> NewTurn {
        let turn = try await fixture.open(question, user: user, session: session, at: time)
        _ = try await store.finish(StoreFixture.end(turn.replyID, reply, from: 2, at: time))
        return turn
    }

    func found(_ query: String, user: UserID? = nil, session: SessionID? = nil, limit: Int = 50) async throws
        -> [String]
    {
        try #require(try await store.search(query, of: user ?? fixture.user, in: session, limit: limit)).map(\.excerpt)
    }

    @Test func `a search that takes long holds up no other read`() async throws {
        try await turn("Where is Arrakis?")
        let hold = DispatchSemaphore(value: 0)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let searcher = try store.searcher()
        async let busy: Void = searcher.read(timeLimit: nil) { _ in
            begin.finish()
            hold.wait()
        }
        for await _ in begun {}
        async let found = found("arrakis")
        while searcher.queued == 0 { await Task.yield() }
        let page = try await store.history(of: fixture.user, in: fixture.session, limit: 5, at: .latest)
        #expect(page?.messages.count == 2)
        #expect(searcher.queued == 1)
        hold.signal()
        try await busy
        #expect(try await found == ["Where is Arrakis?"])
    }

    @Test func `a message is found as soon as it is stored, a reply when it has ended`() async throws {
        let turn = try await fixture.open("Where is Arrakis?")
        #expect(try await found("arrakis") == ["Where is Arrakis?"])
        #expect(try await found("canopus") == [])
        _ = try await store.finish(StoreFixture.end(turn.replyID, "Third planet of Canopus.", from: 2))
        let results = try #require(try await store.search("canopus", of: fixture.user, in: nil, limit: 5))
        #expect(
            results == [
                SearchResult(
                    session: fixture.session, title: "Where is Arrakis?", messageID: turn.replyID, role: .assistant,
                    createdAt: Timestamp(milliseconds: 1_000), excerpt: "Third planet of Canopus.")
            ])
    }

    @Test(
        arguments: [
            ("spice worm", true), ("worm spice", true), ("spice wor", true), ("spi* worm", true), ("spi worm", false),
            ("wor*m", false), ("spice wormhole", false), ("SPICE", true), ("", false), ("*", false), ("ice", false),
            ("\"great sand worm\"", true), ("\"sand great\"", false), ("\"great sand", true), ("\"great sa", true),
            ("\"great sa\"", false), ("\"great sa\"*", true), ("re-read", true), ("reread", false), ("read-re", false),
        ])
    func `all words must be there, in any order; the last may go on, others with a star`(query: String, isFound: Bool)
        async throws
    {
        try await turn("The great sand worm makes the spice; I re-read it.")
        #expect(try await found(query).isEmpty == !isFound)
    }

    @Test(
        arguments: [
            "\"", "\"\"", "\"\"\"", "AND NOT (", "a AND", "OR", "NEAR(", "NEAR(a b, 2)", "words:worm", "words : worm",
            "^worm", "{words} : worm", "-words:worm", "a + b", "(worm", "worm)", "'", "';--", "\\", "\u{0}", "*worm",
            "**",
            "worm *", "\"worm\" *", "12xworm", "1xworm", "👩‍🚀", "e\u{301}\"\u{301}",
        ])
    func `nothing of FTS5's language means anything`(query: String) async throws {
        try await turn("A worm.")
        for text in try await found(query) { #expect(text == "A worm.") }
        if ["^worm", "(worm", "worm)", "*worm", "worm *", "\"worm\" *"].contains(query) {
            #expect(try await found(query) == ["A worm."])
        }
    }

    @Test func `every query of two signs is answered`() async throws {
        try await turn("A worm.")
        let signs = (0x20...0x7E).map { String(Unicode.Scalar(UInt8($0))) }
        for first in signs {
            for second in signs { _ = try await found(first + second) }
        }
    }

    @Test(
        arguments: [
            ("Charlotte Brontë", "bronte"), ("Charlotte Bronte\u{308}", "brontë"), ("Bronte", "BRONTE\u{308}"),
            ("Ångström", "angstrom"), ("ÀÉÎ", "àéî"), ("ΑΧΙΛΛΕΥΣ", "αχιλλε"), ("Война и мир", "ВОЙНА"),
            ("हिन्दी साहित्य", "हिन्दी"), ("東京の夜", "東京"), ("東京の夜", "夜"), ("1984", "1984"), ("R2D2", "r2"),
        ])
    func `marks on letters and their case do not matter, however they are written`(text: String, query: String)
        async throws
    {
        try await turn(text)
        #expect(try await found(query) == [text])
    }

    @Test func `a phrase of characters that no space parts does not match them apart`() async throws {
        try await turn("京の東")
        #expect(try await found("東京") == [])
    }

    @Test func `another user's messages are never found, and one's own are restricted to a session when one is named`()
        async throws
    {
        let elsewhere = SessionID(rawValue: "s2")
        try await turn("a secret word", at: 1)
        try await turn("a secret thing", session: elsewhere, at: 2)
        try await turn("a secret plan", user: fixture.other, at: 3)
        #expect(Set(try await found("secret")) == ["a secret word", "a secret thing"])
        #expect(try await found("secret", session: elsewhere) == ["a secret thing"])
        #expect(try await found("secret", user: fixture.other) == ["a secret plan"])
        #expect(try await found("pla") == [])
        #expect(try await store.search("secret", of: fixture.other, in: elsewhere, limit: 5) == nil)
        #expect(try await store.search("secret", of: UserID(rawValue: "nobody"), in: nil, limit: 5) == [])
        #expect(try await store.search("secret", of: UserID(rawValue: "nobody"), in: elsewhere, limit: 5) == nil)
    }

    @Test func `a user whose number begins another's finds nothing of the other's`() async throws {
        for number in 1...12 {
            try await turn("x\(number) same", user: UserID(rawValue: "u\(number)"))
        }
        for number in 1...12 {
            #expect(try await found("same", user: UserID(rawValue: "u\(number)")) == ["x\(number) same"])
            #expect(try await found("x", user: UserID(rawValue: "u\(number)")) == ["x\(number) same"])
        }
    }

    @Test func `what says it more comes first, of equals the newest; and no more than asked for`() async throws {
        let long = "a dune " + String(repeating: "and much besides ", count: 30)
        for (text, time) in [(long, 9), ("dune one", 1), ("dune two", 3), ("dune dune", 2)] {
            try await turn(text, at: Int64(time))
        }
        let results = try await found("dune")
        #expect(results.prefix(3) == ["dune dune", "dune two", "dune one"])
        #expect(results.count == 4)
        #expect(try await found("dune", limit: 2) == ["dune dune", "dune two"])
    }

    @Test func `an excerpt shows the words found, on one line and not much longer than 160 characters`() async throws {
        let text =
            String(repeating: "Sand and wind.\n", count: 40) + "Then a Shai-Hulud came."
            + String(repeating: " More.", count: 90)
        try await turn(text)
        let excerpt = try #require(try await found("shai hulud").first)
        #expect(excerpt.contains("Then a Shai-Hulud came. More."))
        #expect(excerpt.hasPrefix("…") && excerpt.hasSuffix("…") && !excerpt.contains("\n"))
        #expect((100...162).contains(excerpt.count))
        let heavy = "e" + String(repeating: "\u{301}", count: 5_000)
        try await turn("kwisatz \(heavy)")
        #expect(try #require(try await found("kwisatz").first).utf8.count < 1_000)
    }

    @Test func `of several places the one is shown that has most of the words`() {
        let text = "worm " + String(repeating: "x ", count: 200) + "a spice worm" + String(repeating: " y", count: 200)
        #expect(SearchExcerpt(SearchQuery("spice worm")).of(text).contains("spice worm"))
    }

    @Test func `messages of a store from before the search are found`() async throws {
        let path = fixture.folder + "/old.db"
        let old = Schema(
            applicationID: ChatSchema.schema.applicationID, migrations: [ChatSchema.schema.migrations[0]])
        let connection = try Connection(path: path)
        try connection.migrate(to: old)
        try connection.run("INSERT INTO users (id, name, created_at) VALUES (7, 'usr_ada', 1)")
        try connection.run("INSERT INTO sessions VALUES (3, 7, 's1', 'Old', 250, 1, 1)")
        for number in 1...250 {
            try connection.run(
                "INSERT INTO messages (id, session, name, role, status, content, created_at) VALUES (?1, 3, ?2, 'user', 'complete', ?3, 1)",
                [DatabaseValue(number), .text("msg_\(number)"), .text("old n\(number)")])
        }
        let store = try SQLiteChatStore(path: path)
        for number in [1, 100, 101, 250] {
            #expect(
                try await store.search("\"n\(number)\"", of: fixture.user, in: nil, limit: 5)?.map(\.messageID.rawValue)
                    == ["msg_\(number)"])
        }
        #expect(try await store.search("old", of: fixture.user, in: nil, limit: 50)?.count == 50)
        await store.close()
    }

    @Test func `what another process, or one that was killed, has stored is found at once`() async throws {
        let other = try SQLiteChatStore(path: fixture.path)
        for number in 0..<250 {
            _ = try await other.open(
                StoreFixture.turn(
                    "question n\(number)", user: fixture.user, session: SessionID(rawValue: "s\(number / 50)"),
                    worker: fixture.worker, at: 1_000))
        }
        #expect(try await found("\"n249\"") == ["question n249"])
        #expect(try await found("\"n0\"") == ["question n0"])
        #expect(try fixture.number("SELECT count(*) FROM unindexed_messages") == 0)
        await other.close()
    }

    @Test func `what is removed or taken over before it is indexed leaves nothing behind, and the index whole`()
        async throws
    {
        try await turn("first xylophone", "answer xylophone")
        _ = try await found("xylophone")
        let guest = UserID(rawValue: "usr_guest")
        for number in 0..<20 {
            let session = SessionID(rawValue: "w\(number)")
            try await turn(
                "waiting xylophone", "reply xylophone", user: number % 2 == 0 ? fixture.user : guest, session: session)
        }
        try await store.writer.write { connection in
            // Indexed for none of the removed, of which some still wait.
            for number in stride(from: 0, to: 20, by: 2) {
                let session = try #require(
                    try connection.id(of: SessionID(rawValue: "w\(number)"), of: UserID(rawValue: "usr_ada")))
                try connection.detach(session: session)
            }
        }
        try await store.resumeRemovals()
        #expect(
            try await store.takeOver(guest, by: fixture.user, at: Timestamp(milliseconds: 2_000))
                == .done(conversations: 10))
        #expect(try await found("xylophone").count == 22)
        #expect(try await found("xylophone", user: guest).isEmpty)
        await store.finishRemovals()
        #expect(
            try fixture.number("SELECT count(*) FROM message_search WHERE message_search MATCH '1x' || 'xylophone'")
                == 22)
        #expect(try fixture.number("SELECT count(*) FROM unindexed_messages") == 0)
        try await store.writer.write { connection in
            try connection.run("INSERT INTO message_search (message_search) VALUES ('integrity-check')")
        }
    }

    @Test func `a write that is taken back leaves nothing in the index, and takes nothing of its neighbours' with it`()
        async throws
    {
        struct Refused: Error {}
        try await turn("first")
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    if number % 2 == 0 {
                        try? await store.writer.write { connection in
                            try connection.index("taken back", message: Int64(1_000_000 + number), of: 1)
                            throw Refused()
                        }
                    } else {
                        _ = try? await fixture.open("kept n\(number)", session: SessionID(rawValue: "k\(number)"))
                    }
                }
            }
        }
        // Has what waits indexed.
        _ = try await found("kept")
        #expect(try fixture.number("SELECT count(*) FROM message_search WHERE message_search MATCH '1xtaken'") == 0)
        #expect(try fixture.number("SELECT count(*) FROM message_search WHERE message_search MATCH '1xkept'") == 50)
        for number in stride(from: 1, to: 100, by: 2) {
            #expect(try await found("\"n\(number)\"") == ["kept n\(number)"])
        }
    }

    @Test func `a text of any length and words of any length are taken and found`() async throws {
        let word = String(repeating: "q", count: 5_000)
        try await turn(word)
        #expect(try await found(word).count == 1)
        try await turn("begin", String(repeating: "lorem ipsum ", count: 90_000) + "finis")
        #expect(try await found("lorem").count == 1)
        #expect(try await found("finis") == [], "beyond what is indexed of one message")
    }
}
