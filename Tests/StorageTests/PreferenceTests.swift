import Chat
import Testing

@testable import Ownership
@testable import Storage

/// Preferences in the store.
@Suite struct PreferenceTests {
    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }

    init() throws {
        fixture = try StoreFixture()
    }

    func say(
        _ value: String, _ weight: Double?, at time: Int64, type: PreferenceType = .topic, user: UserID? = nil
    ) async throws -> Bool {
        try await store.apply(
            PreferenceOverride(type: type, value: value, weight: weight, timestamp: Timestamp(milliseconds: time)),
            of: user ?? fixture.user)
    }

    func infer(
        _ value: String, _ weight: Double, message: String, at time: Int64, type: PreferenceType = .topic
    ) -> InferredPreference {
        InferredPreference(
            type: type, value: value, weight: weight,
            evidence: Evidence(
                messageID: MessageID(rawValue: message), excerpt: "said " + message,
                createdAt: Timestamp(milliseconds: time)))
    }

    /// Adds it, with the messages it was read from.
    func add(_ inferred: [InferredPreference], of user: UserID) async throws {
        for message in Set(inferred.map(\.evidence.messageID)) {
            var turn = StoreFixture.turn(
                "", user: user, session: fixture.session, key: message.rawValue, worker: fixture.worker, at: 1)
            turn.userMessageID = message
            _ = try await store.open(turn)
        }
        try await store.noteAndWrite(inferred, of: user)
    }

    func weights() async throws -> [String: Double] {
        Dictionary(uniqueKeysWithValues: try await store.preferences(of: fixture.user).map { ($0.value, $0.weight) })
    }

    @Test func `the user's latest word counts, whatever order the words arrive in`() async throws {
        #expect(try await say("deserts", 0.5, at: 100))
        #expect(try await say("deserts", -1, at: 50) == false)
        #expect(try await say("deserts", 0.7, at: 100) == false)
        #expect(try await weights() == ["deserts": 0.5])
        #expect(try await say("deserts", 0.9, at: 101))
        #expect(try await weights() == ["deserts": 0.9])
        let preference = try await store.preferences(of: fixture.user).first
        #expect(preference?.source == .override && preference?.confidence == 1)
        #expect(preference?.updatedAt == Timestamp(milliseconds: 101))
    }

    @Test func `a withdrawal is a word: an older one that comes later changes nothing`() async throws {
        #expect(try await say("deserts", 0.5, at: 100))
        #expect(try await say("deserts", nil, at: 200))
        #expect(try await weights() == [:])
        #expect(try await say("deserts", 0.5, at: 150) == false)
        #expect(try await weights() == [:])
        #expect(try await say("deserts", 0.4, at: 201))
        #expect(try await weights() == ["deserts": 0.4])
    }

    @Test func `two spellings of one value are one preference; another type or user is another`() async throws {
        #expect(try await say("Science  Fiction ", 0.5, at: 1))
        #expect(try await say("science fiction", 0.6, at: 2))
        #expect(try await say("café", 0.1, at: 3))
        #expect(try await say("CAFE\u{301}", 0.2, at: 4))
        #expect(try await weights() == ["science fiction": 0.6, "café": 0.2])
        #expect(try await say("science fiction", 1, at: 1, type: .author))
        #expect(try await say("science fiction", 1, at: 1, user: fixture.other))
        #expect(try await store.preferences(of: fixture.user).count == 3)
        #expect(try await store.preferences(of: fixture.other).count == 1)
    }

    @Test func `what is inferred keeps its evidence, newest first, five at most, and each message counts once`()
        async throws
    {
        for number in 1...7 {
            let one = infer("deserts", 1, message: "m\(number)", at: Int64(number))
            try await add([one, one], of: fixture.user)
            try await add([one], of: fixture.user)
        }
        let preferences = try await store.preferences(of: fixture.user)
        #expect(preferences.count == 1)
        let deserts = try #require(preferences.first)
        #expect(deserts.source == .inferred && deserts.weight == 1)
        #expect(deserts.confidence == 7.0 / 8)
        #expect(deserts.evidence.map(\.messageID.rawValue) == ["m7", "m6", "m5", "m4", "m3"])
        #expect(deserts.evidence.first?.excerpt == "said m7")
        #expect(deserts.updatedAt == Timestamp(milliseconds: 7))
    }

    @Test func `a change of mind outweighs what was said before it, and lowers the confidence`() async throws {
        try await add([infer("deserts", 1, message: "m1", at: 1)], of: fixture.user)
        let before = try #require(try await store.preferences(of: fixture.user).first)
        try await add([infer("deserts", -1, message: "m2", at: 2)], of: fixture.user)
        let after = try #require(try await store.preferences(of: fixture.user).first)
        #expect(before.weight == 1 && after.weight < 0)
        #expect(after.confidence < before.confidence)
    }

    @Test func `overrides come first, then what was inferred, each by falling weight`() async throws {
        try await add(
            [infer("b", 0.2, message: "m", at: 1), infer("a", 0.8, message: "m", at: 1)], of: fixture.user)
        _ = try await say("c", -0.5, at: 1)
        _ = try await say("a", 0.1, at: 1)
        let order = try await store.preferences(of: fixture.user).map { "\($0.source) \($0.value)" }
        #expect(order == ["override a", "override c", "inferred a", "inferred b"])
    }

    @Test func `what was read from a message that is another's, or gone, is left out`() async throws {
        let theirs = try await fixture.open("theirs", user: fixture.other)
        let mine = try await fixture.open("mine")
        try await store.noteAndWrite(
            [infer("deserts", 1, message: theirs.userMessageID.rawValue, at: 1)], of: fixture.user)
        #expect(try await weights() == [:])
        try await store.noteAndWrite(
            [infer("deserts", 1, message: mine.userMessageID.rawValue, at: 1)], of: fixture.user)
        #expect(try await weights() == ["deserts": 1])
        #expect(try await store.delete(fixture.session, of: fixture.user))
        try await store.noteAndWrite(
            [infer("deserts", 1, message: mine.userMessageID.rawValue, at: 1)], of: fixture.user)
        #expect(try await weights() == [:])
        #expect(try fixture.number("SELECT count(*) FROM preference_evidence") == 0)
    }

    @Test func `what is kept of one user is bounded; the oldest makes room`() async throws {
        let evidence = (0..<(SQLiteChatStore.maximumEvidence + 50)).map { number in
            infer("value \(number)", 1, message: "m", at: Int64(number))
        }
        try await add(evidence, of: fixture.user)
        #expect(try fixture.number("SELECT count(*) FROM preference_evidence") == SQLiteChatStore.maximumEvidence)
        #expect(try fixture.number("SELECT min(created_at) FROM preference_evidence") == 50)
        for number in 0..<(SQLiteChatStore.maximumOverrides + 5) {
            #expect(try await say("value \(number)", 1, at: Int64(number)))
        }
        #expect(try fixture.number("SELECT count(*) FROM preference_overrides") == SQLiteChatStore.maximumOverrides)
        #expect(try fixture.number("SELECT min(said_at) FROM preference_overrides") == 5)
    }

    @Test func `the bound holds where everything is said to be of one time`() async throws {
        for number in 0..<(SQLiteChatStore.maximumOverrides + 5) { _ = try await say("value \(number)", 1, at: 7) }
        #expect(try fixture.number("SELECT count(*) FROM preference_overrides") == SQLiteChatStore.maximumOverrides)
        try await add(
            (0..<(SQLiteChatStore.maximumEvidence + 50)).map { infer("guess \($0)", 1, message: "m", at: 7) },
            of: fixture.user)
        #expect(try fixture.number("SELECT count(*) FROM preference_evidence") == SQLiteChatStore.maximumEvidence)
        // The latest are kept, and those of another user.
        #expect(try await say("later", 1, at: 8))
        #expect(try await say("another's", 1, at: 1, user: fixture.other))
        #expect(try await weights()["later"] == 1)
        #expect(try fixture.number("SELECT count(*) FROM preference_overrides") == SQLiteChatStore.maximumOverrides + 1)
    }

    @Test func `a guess is forgotten with its evidence, and what the user said stays`() async throws {
        try await add(
            [
                infer("dune", 0.5, message: "m1", at: 1), infer("Dune", 0.5, message: "m2", at: 2),
                infer("sea", 0.4, message: "m1", at: 1),
            ],
            of: fixture.user)
        #expect(try await say("dune", 0.9, at: 3))
        #expect(try await store.forget((.topic, " DUNE "), source: .inferred, of: fixture.user) == 1)
        #expect(try await weights() == ["dune": 0.9, "sea": 0.4])
        #expect(try fixture.number("SELECT count(*) FROM preference_evidence WHERE value = 'dune'") == 0)
        #expect(try await store.forget((.topic, "dune"), source: .inferred, of: fixture.user) == 0)
    }

    @Test func `all is forgotten, of one user, and an older word does not come back`() async throws {
        try await add([infer("sea", 0.4, message: "m1", at: 1)], of: fixture.user)
        #expect(try await say("dune", 0.9, at: 3))
        #expect(try await say("dune", 0.9, at: 3, user: fixture.other))
        #expect(try await store.forget(nil, source: nil, of: fixture.user) == 2)
        #expect(try await store.preferences(of: fixture.user) == [])
        #expect(try await say("dune", 0.9, at: 4) == false)
        #expect(try await store.preferences(of: fixture.other).count == 1)
        #expect(try await store.forget(nil, source: nil, of: UserID(rawValue: "nobody")) == 0)
    }

    @Test func `nothing is learned of a user who does not want it, and what is known stays`() async throws {
        #expect(try await store.learns(of: fixture.user))
        try await add([infer("sea", 0.4, message: "m1", at: 1)], of: fixture.user)
        try await store.setLearning(false, of: fixture.user)
        try await add([infer("dune", 0.5, message: "m2", at: 2)], of: fixture.user)
        #expect(try await store.learns(of: fixture.user) == false)
        #expect(try await weights() == ["sea": 0.4])
        try await store.setLearning(true, of: fixture.user)
        try await add([infer("dune", 0.5, message: "m3", at: 2)], of: fixture.user)
        #expect(try await weights() == ["sea": 0.4, "dune": 0.5])
    }

    @Test func `a book has one mark, the latest; marks are taken back, exported, bounded, and go with their user`()
        async throws
    {
        func mark(_ id: String, _ mark: MarkedBook.Mark, at time: Int64) async throws {
            try await store.mark(
                MarkedBook(id: BookID(rawValue: id), mark: mark, markedAt: Timestamp(milliseconds: time)),
                of: fixture.user)
        }
        try await mark("pg:35", .dismissed, at: 1)
        try await mark("pg:36", .dismissed, at: 2)
        try await mark("pg:35", .read, at: 3)
        #expect(try await store.markedBooks(of: fixture.user).map(\.id.rawValue) == ["pg:35", "pg:36"])
        #expect(try await store.markedBooks(of: fixture.user).map(\.mark) == [.read, .dismissed])
        #expect(try await store.markedBooks(of: fixture.other) == [])
        try await store.unmark(BookID(rawValue: "pg:36"), of: fixture.user)
        try await store.unmark(BookID(rawValue: "pg:36"), of: fixture.user)
        for number in 0..<(SQLiteChatStore.maximumMarks + 2) {
            try await mark("st:\(number)", .read, at: 10 + Int64(number))
        }
        let kept = try await store.markedBooks(of: fixture.user)
        #expect(kept.count == SQLiteChatStore.maximumMarks)
        #expect(kept.last?.id.rawValue == "st:2")
        #expect(try await store.delete(fixture.user))
        #expect(try fixture.number("SELECT count(*) FROM book_marks") == 0)
    }
}
