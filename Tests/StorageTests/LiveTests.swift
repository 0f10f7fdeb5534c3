import Chat
import Foundation
import Scheduling
import Testing

@testable import Ownership
@testable import Storage

@Suite struct LiveTests {
    /// Two processes' boards on one file, as far as one process can be two.
    final class Fixture: Sendable {
        let folder: String
        let stores: [SQLiteLiveStore]
        let boards: [LiveBoard]
        let timers = TimerQueue()
        let place = LivePlace(user: UserID(rawValue: "ann"), session: SessionID(rawValue: "s1"))

        init(_ adjust: (inout LiveBoard.Limits) -> Void = { _ in }) throws {
            let folder = FileManager.default.temporaryDirectory.path + "/chat-fcgi-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            self.folder = folder
            var limits = LiveBoard.Limits()
            limits.pollMS = 1
            // Nothing goes by itself but in the tests that are about that: on a busy machine a test takes its time.
            limits.lifetimeMS = 3_600_000
            adjust(&limits)
            let timers = timers
            stores = try (0..<2).map { _ in try SQLiteLiveStore(path: folder + "/live.db", survivesPowerLoss: false) }
            boards = stores.map { [limits] in LiveBoard(store: $0, timers: timers, limits: limits) }
        }

        deinit {
            timers.stop()
            try? FileManager.default.removeItem(atPath: folder)
        }

        func put(_ board: Int, _ kind: LiveKind, _ client: String, _ data: String = "{}") async throws {
            try await boards[board].put(LiveKey(kind: kind, client: client), data: Array(data.utf8), in: place)
        }
    }

    /// A follower that gathers what it sees until it has seen enough.
    struct Follower {
        let feed: LiveFeed
        let waker = Waker()

        init(_ feed: LiveFeed) {
            self.feed = feed
            feed.attach(waker)
        }

        func events(_ count: Int) async -> [String] {
            var seen: [String] = []
            while seen.count < count {
                _ = await waker.wait()
                seen += feed.take().events.map(Self.word)
            }
            return seen
        }

        static func word(_ event: LiveFeed.Event) -> String {
            switch event {
            case .updated(let object):
                "\(object.key.kind) \(object.key.client) \(String(decoding: object.data, as: UTF8.self))"
            case .expired(let key): "\(key.kind) \(key.client) gone"
            }
        }
    }

    @Test func `a user's changes are told from when anybody of any process waits for them, and of no other user's`()
        async throws
    {
        let fixture = try Fixture()
        let (ann, bob) = (UserID(rawValue: "ann"), UserID(rawValue: "bob"))
        await fixture.boards[0].tell(.taste, to: ann)
        #expect(try await fixture.stores[1].objects(in: .changes(of: ann)).changes.isEmpty)
        let follower = Follower(try await fixture.boards[1].follow(.changes(of: ann)))
        await fixture.boards[0].tell(.taste, to: ann)
        #expect(await follower.events(1) == [#"taste taste {"change":"taste"}"#])
        await fixture.boards[0].tell(.taste, to: bob)
        #expect(try await fixture.stores[1].objects(in: .changes(of: bob)).changes.isEmpty)
        // Who has asked how things are, and does not follow yet.
        fixture.boards[1].expectChanges(of: bob)
        await fixture.boards[0].tell(.taste, to: bob)
        #expect(try await fixture.stores[1].objects(in: .changes(of: bob)).changes.count == 1)
    }

    @Test func `a wait for a user's changes ends with its time`() throws {
        let fixture = try Fixture()
        let ann = UserID(rawValue: "ann")
        fixture.stores[0].expectChanges(of: ann, until: Timestamp(milliseconds: 1_000))
        // An earlier end takes nothing away.
        fixture.stores[1].expectChanges(of: ann, until: Timestamp(milliseconds: 500))
        #expect(fixture.stores[1].mayBeExpectingChanges(of: ann, at: Timestamp(milliseconds: 999)))
        #expect(!fixture.stores[1].mayBeExpectingChanges(of: ann, at: Timestamp(milliseconds: 1_000)))
    }

    @Test func `who follows gets what is there, then what is put in any process`() async throws {
        let fixture = try Fixture()
        try await fixture.put(0, .presence, "a", #"{"n":1}"#)
        let follower = Follower(try await fixture.boards[1].follow(fixture.place))
        #expect(await follower.events(1) == [#"presence a {"n":1}"#])
        try await fixture.put(0, .cursor, "a", #"{"n":2}"#)
        #expect(await follower.events(1) == [#"cursor a {"n":2}"#])
        try await fixture.put(1, .cursor, "b")
        #expect(await follower.events(1) == ["cursor b {}"])
        fixture.boards[1].unfollow(follower.feed)
    }

    @Test func `an object that is not put again expires, for everybody; one that is removed goes at once`() async throws
    {
        let fixture = try Fixture()
        let follower = Follower(try await fixture.boards[1].follow(fixture.place))
        for word in ["expires", "is removed"] {
            try await fixture.put(0, .typing, "a")
            #expect(await follower.events(1) == ["typing a {}"], "\(word)")
            let key = LiveKey(kind: .typing, client: "a")
            if word == "expires" {
                // As if it had been put half a minute ago.
                let now = Timestamp.now()
                let old = LiveObject(
                    key: key, data: Array("{}".utf8), updatedAt: now,
                    expiresAt: Timestamp(milliseconds: now.milliseconds + 20))
                #expect(try await fixture.stores[0].put(old, in: fixture.place, limit: 64))
            } else {
                try await fixture.boards[0].remove(key, from: fixture.place)
            }
            var seen = ""
            while seen != "typing a gone" { seen = await follower.events(1).last ?? "" }
            #expect(try await fixture.boards[0].follow(fixture.place).take().events.isEmpty, "\(word)")
        }
        fixture.boards[1].unfollow(follower.feed)
    }

    @Test func `what is another session's, or another user's, is not seen`() async throws {
        let fixture = try Fixture()
        let follower = Follower(try await fixture.boards[0].follow(fixture.place))
        for (user, session) in [("ann", "s2"), ("bob", "s1")] {
            let place = LivePlace(user: UserID(rawValue: user), session: SessionID(rawValue: session))
            try await fixture.boards[0].put(LiveKey(kind: .cursor, client: "x"), data: Array("{}".utf8), in: place)
            #expect(try await fixture.boards[0].follow(place).take().events.count == 1)
        }
        try await fixture.put(0, .cursor, "mine")
        #expect(await follower.events(1) == ["cursor mine {}"])
    }

    @Test func `nobody misses anything, however many come, go and put at once`() async throws {
        let fixture = try Fixture {
            $0.streamsPerUser = 100
            $0.objectsPerSession = 100
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask { try await fixture.put(number % 2, .presence, "c\(number)") }
                group.addTask {
                    let board = fixture.boards[number % 2]
                    let follower = Follower(try await board.follow(fixture.place))
                    var seen: Set<String> = []
                    while seen.count < 40 { seen.formUnion(await follower.events(1)) }
                    board.unfollow(follower.feed)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a session takes so many objects, a user so many streams; what is there can still be put`() async throws
    {
        let fixture = try Fixture {
            $0.objectsPerSession = 2
            $0.streamsPerUser = 2
        }
        try await fixture.put(0, .cursor, "a")
        try await fixture.put(1, .cursor, "b")
        let refused = await #expect(throws: LiveError.self) { try await fixture.put(0, .cursor, "c") }
        #expect(refused?.kind == .tooManyObjects)
        try await fixture.put(0, .cursor, "b", #"{"n":2}"#)
        let board = fixture.boards[0]
        let feed = try await board.follow(fixture.place)
        _ = try await board.follow(fixture.place)
        let full = await #expect(throws: LiveError.self) { try await board.follow(fixture.place) }
        #expect(full?.kind == .tooManyStreamsOfUser)
        board.unfollow(feed)
        _ = try await board.follow(fixture.place)
        board.close()
        let ended = await #expect(throws: LiveError.self) { try await board.follow(fixture.place) }
        #expect(ended?.kind == .shuttingDown)
    }

    @Test func `a client that does not read gets the latest of each object, and each once`() async throws {
        let fixture = try Fixture()
        let feed = try await fixture.boards[0].follow(fixture.place)
        for number in 0..<50 { try await fixture.put(0, .cursor, "a", "{\"n\":\(number)}") }
        try await fixture.put(0, .cursor, "b")
        #expect(feed.take().events.map(Follower.word) == [#"cursor a {"n":49}"#, "cursor b {}"])
        #expect(feed.take().events.isEmpty)
    }

    @Test func `what is removed with its user or session is overwritten, and seen to go`() async throws {
        let fixture = try Fixture()
        let secret = "xyzzy-plugh"
        try await fixture.put(0, .typing, "a", "{\"text\":\"\(secret)\"}")
        let follower = Follower(try await fixture.boards[1].follow(fixture.place))
        #expect(await follower.events(1).count == 1)
        try await fixture.boards[0].removeAll(of: fixture.place.user)
        #expect(await follower.events(1) == ["typing a gone"])
        fixture.boards[1].unfollow(follower.feed)
        for store in fixture.stores { await store.close() }
        for suffix in ["", "-wal"] {
            let bytes = FileManager.default.contents(atPath: fixture.folder + "/live.db" + suffix) ?? Data()
            #expect(bytes.range(of: Data(secret.utf8)) == nil)
        }
    }
}
