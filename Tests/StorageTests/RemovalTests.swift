import Chat
import Foundation
import Testing

@testable import Ownership
@testable import SQLite
@testable import Storage

@Suite struct RemovalTests {
    let fixture: StoreFixture
    var store: SQLiteChatStore { fixture.store }

    init() throws {
        fixture = try StoreFixture()
    }

    @discardableResult
    func turn(_ question: String, _ reply: String, user: UserID? = nil, session: SessionID? = nil) async throws
        -> NewTurn
    {
        let turn = try await fixture.open(question, user: user, session: session)
        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.text(reply)])])
        _ = try await store.finish(StoreFixture.end(turn.replyID, reply, from: 3))
        return turn
    }

    /// Whether any file of the store has `word`, also as the index has it: folded, and without the beginning that it shares
    /// with its neighbour.
    func isInAFile(_ word: String) -> Bool {
        ["", "-wal", "-shm", "-journal"].contains { suffix in
            guard let bytes = FileManager.default.contents(atPath: fixture.path + suffix) else { return false }
            let folded = word.lowercased()
            // Shorter pieces are in other words too.
            let pieces = folded.count > 8 ? [String(folded.dropFirst(3)), String(folded.dropLast(3))] : []
            return ([word, folded] + pieces).contains {
                bytes.range(of: Data($0.utf8)) != nil
            }
        }
    }

    func isForgotten() throws -> Bool { try fixture.number("SELECT removed = forgotten FROM removals") == 1 }

    @Test func `a removed conversation's words are in no file, the search index included`() async throws {
        // So much that the index has many parts and pages.
        for number in 0..<300 {
            let filler = (0..<40).map { "filler\(number * 40 + $0)" }.joined(separator: " ")
            try await turn("stays \(number)", filler, session: SessionID(rawValue: "other"))
            if number == 150 {
                try await turn("Zwölfboxkämpfer jagen", "Quizzaciously vexed")
                let page = try await store.search("zwolfbox", of: fixture.user, in: nil, limit: 5)
                #expect(page?.count == 1)
            }
        }
        #expect(isInAFile("Quizzaciously") && isInAFile("boxkampfer"))
        #expect(try await store.delete(fixture.session, of: fixture.user))
        await store.finishRemovals()
        for word in ["Quizzaciously", "Zwölfboxkämpfer", "zwolfboxkampfer", "boxkampfer"] {
            #expect(!isInAFile(word), "\(word)")
        }
        #expect(try isForgotten())
        #expect(try await store.search("quizzaciously", of: fixture.user, in: nil, limit: 5) == [])
        // The rest is there, and the index is whole.
        for word in ["stays", "filler0", "filler6000", "filler11999"] {
            #expect(try await store.search(word, of: fixture.user, in: nil, limit: 5)?.isEmpty == false, "\(word)")
        }
        try await store.writer.write { connection in
            try connection.run("INSERT INTO message_search (message_search) VALUES ('integrity-check')")
        }
    }

    @Test func `removals that come while others write are all forgotten, and nothing else is`() async throws {
        for number in 0..<20 {
            try await turn("Vorpal\(number)snickersnack", "re", session: SessionID(rawValue: "gone\(number)"))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask { _ = try await store.delete(SessionID(rawValue: "gone\(number)"), of: fixture.user) }
                group.addTask {
                    _ = try await turn("keeps slithy\(number)", "re", session: SessionID(rawValue: "kept"))
                }
            }
            try await group.waitForAll()
        }
        await store.finishRemovals()
        #expect(!isInAFile("snickersnack"))
        #expect(try isForgotten())
        #expect(try await store.search("slithy", of: fixture.user, in: nil, limit: 50)?.count == 20)
    }

    @Test func `what a process that was killed has left in the index is forgotten by the next`() async throws {
        try await turn("Frumious bandersnatch", "re")
        try await turn("stays", "re", session: SessionID(rawValue: "other"))
        // A removal after which nothing more was done.
        try await store.writer.write { [fixture] connection in
            let id = try #require(try connection.id(of: fixture.session, of: fixture.user))
            try connection.detach(session: id)
            try connection.run("UPDATE removals SET removed_at = 1")
        }
        #expect(try isForgotten() == false)
        #expect(isInAFile("bandersnatch"))
        let next = try SQLiteChatStore(path: fixture.path)
        try await next.resumeRemovals()
        await next.finishRemovals()
        #expect(try isForgotten())
        #expect(!isInAFile("bandersnatch"))
        await next.close()
    }

    /// A conversation of so many words that the index has to be merged before the last of them leave it. Each message has a
    /// word of its own.
    func largeConversation() async throws -> Int64 {
        for number in 0..<24 {
            let words = (0..<9_000).map { "word\($0)" } + ["Snickersnack\(number)wort"]
            try await turn("large", words.joined(separator: " "))
        }
        try await turn("stays", "re", session: SessionID(rawValue: "other"))
        try await store.searchIndexer.run()
        return try await store.writer.write { [fixture] connection in
            let id = try #require(try connection.id(of: fixture.session, of: fixture.user))
            try connection.detach(session: id)
            return id
        }
    }

    func pendingWords() throws -> Int {
        try fixture.number("SELECT removed_words - forgotten_words FROM removals") ?? -1
    }

    @Test func `no more words leave the index between two merges than a step of a merge may read`() async throws {
        let session = try await largeConversation()
        var merges = 0
        var outcome = PieceOutcome.more
        while outcome != .done {
            let before = try pendingWords()
            outcome = try await store.writer.write { connection in try connection.removePiece(ofDetached: session) }
            let after = try pendingWords()
            if outcome == .waitsForIndex {
                #expect(before >= Removals.wordsBetweenMerges && after == before)
                try await store.indexCleaner.merge()
                #expect(try pendingWords() == 0)
                merges += 1
            } else {
                // What one message has may be over it.
                #expect(after < Removals.wordsBetweenMerges + 2 * Removals.bytesOfPiece)
            }
        }
        #expect(merges == 1)
        #expect(isInAFile("snickersnack"))
        try await store.forgetRemoved()
        await store.finishRemovals()
        #expect(!isInAFile("snickersnack"))
        #expect(try pendingWords() == 0 && isForgotten())
        #expect(try await store.search("stays", of: fixture.user, in: nil, limit: 5)?.count == 1)
    }

    @Test func `a removal whose process is killed between two pieces goes on in the next, to the last byte`()
        async throws
    {
        let session = try await largeConversation()
        for _ in 0..<3 {
            _ = try await store.writer.write { connection in try connection.removePiece(ofDetached: session) }
        }
        #expect(try fixture.number("SELECT count(*) FROM messages") ?? 0 > 10)
        let next = try SQLiteChatStore(path: fixture.path)
        try await next.writer.write { connection in try connection.run("UPDATE removals SET removed_at = 1") }
        try await next.resumeRemovals()
        await next.finishRemovals()
        #expect(try fixture.number("SELECT count(*) FROM messages") == 2)
        #expect(!isInAFile("snickersnack"))
        #expect(try isForgotten())
        await next.close()
    }

    @Test func `a user whose conversation another process still removes is removed, turns by turns`() async throws {
        for number in 0..<120 { try await turn("q\(number)", "r") }
        let session = try await store.writer.write { [fixture] connection in
            let id = try #require(try connection.id(of: fixture.session, of: fixture.user))
            try connection.detach(session: id)
            return id
        }
        let user = try #require(try fixture.number("SELECT user FROM removed_sessions"))
        let hasMore = try await store.writer.write { connection in try connection.removeTurns(ofUser: Int64(user)) }
        #expect(hasMore)
        #expect(try fixture.number("SELECT count(*) FROM turns") == 20)
        #expect(try await store.delete(fixture.user))
        #expect(try fixture.number("SELECT count(*) FROM turns") == 0)
        try await store.remove(detached: session)
        #expect(try fixture.number("SELECT count(*) FROM messages") == 0)
    }

    @Test func `a reply that streams while its conversation is removed comes into no file`() async throws {
        let turn = try await fixture.open("Mome raths outgrabe")
        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.text("Borogoves mimsy")])])
        #expect(try await store.delete(fixture.session, of: fixture.user))
        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.text("Borogoves mimsy")])])
        #expect(try await store.finish(StoreFixture.end(turn.replyID, "Borogoves mimsy", from: 3)) == false)
        await store.finishRemovals()
        #expect(!isInAFile("outgrabe") && !isInAFile("Borogoves"))
    }

    @Test func `a removed user is in no table and no file; others stay`() async throws {
        for number in 0..<5 {
            let turn = try await turn(
                "Galumphing back\(number)", "Beamish boy", session: SessionID(rawValue: "s\(number)"))
            let evidence = Evidence(
                messageID: turn.userMessageID, excerpt: "Galumphing", createdAt: Timestamp(milliseconds: 1))
            try await store.noteAndWrite(
                [InferredPreference(type: .topic, value: "tulgey", weight: 1, evidence: evidence)], of: fixture.user)
        }
        _ = try await store.apply(
            PreferenceOverride(type: .topic, value: "uffish", weight: 1, timestamp: Timestamp(milliseconds: 1)),
            of: fixture.user)
        try await turn("theirs", "callooh", user: fixture.other)
        #expect(try await store.delete(fixture.user))
        await store.finishRemovals()
        for word in ["Galumphing", "Beamish boy", "tulgey", "uffish", fixture.user.rawValue] {
            #expect(!isInAFile(word), "\(word)")
        }
        for (table, count) in [
            ("users WHERE name <> '/removed'", 1), ("sessions", 1), ("messages", 2), ("turns", 1), ("turn_events", 3),
            ("preference_evidence", 0),
            ("preference_overrides", 0),
        ] { #expect(try fixture.number("SELECT count(*) FROM \(table)") == count, "\(table)") }
        #expect(try await store.search("callooh", of: fixture.other, in: nil, limit: 5)?.count == 1)
        #expect(try await store.delete(fixture.user) == false)
    }

    @Test func `an export has everything that is stored, piece by piece, and nothing of another's`() async throws {
        for number in 0..<130 { try await turn("q\(number)", "r\(number)") }
        try await turn("elsewhere", String(repeating: "long ", count: 100_000), session: SessionID(rawValue: "s2"))
        try await turn("theirs", "secret", user: fixture.other)
        let growing = try await fixture.open("growing", session: SessionID(rawValue: "s2"))
        try await store.append([StoreFixture.batch(growing.replyID, from: 2, [.text("so far")])])
        for weight in [1, nil] as [Double?] {
            _ = try await store.apply(
                PreferenceOverride(
                    type: .topic, value: "v\(weight ?? 0)", weight: weight, timestamp: Timestamp(milliseconds: 1)),
                of: fixture.user)
        }
        let evidence = (0..<150).map { number in
            InferredPreference(
                type: .topic, value: "e\(number)", weight: 1,
                evidence: Evidence(
                    messageID: growing.userMessageID, excerpt: "", createdAt: Timestamp(milliseconds: 1)))
        }
        try await store.noteAndWrite(evidence, of: fixture.user)

        var counts: [String: Int] = [:]
        var contents: [String] = []
        var position: ExportPosition?
        repeat {
            let piece = try #require(try await store.records(of: fixture.user, from: position))
            #expect(piece.records.count <= 100)
            for record in piece.records {
                switch record {
                case .user(let user, _, let learns):
                    #expect(learns)
                    #expect(user == fixture.user)
                    counts["user", default: 0] += 1
                case .session: counts["session", default: 0] += 1
                case .message(let message, _, let turn):
                    contents.append(message.content)
                    #expect((turn != nil) == (message.role == .assistant))
                case .override: counts["override", default: 0] += 1
                case .mark: counts["mark", default: 0] += 1
                case .evidence: counts["evidence", default: 0] += 1
                case .usage: counts["usage", default: 0] += 1
                }
            }
            position = piece.next
        } while position != nil
        #expect(counts == ["user": 1, "session": 2, "override": 2, "evidence": 150])
        #expect(contents.count == 264)
        #expect(contents.prefix(260) == (0..<130).flatMap { ["q\($0)", "r\($0)"] }[...])
        #expect(contents.suffix(2) == ["growing", "so far"])
        #expect(try await store.records(of: UserID(rawValue: "nobody"), from: nil) == nil)
    }
}
