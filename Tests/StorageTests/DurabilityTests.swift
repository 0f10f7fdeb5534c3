import Chat
import Foundation
import Glibc
import Synchronization
import Testing

@testable import Ownership
@testable import Storage

/// These run parts of themselves in processes of their own, on the same file.
@Suite struct DurabilityTests {
    let fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture()
    }

    /// What a child process was told is on the disk: a line each, written after the store's answer.
    struct Journal: Sendable {
        let descriptor: Int32

        init(path: String) {
            descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        }

        func note(_ line: String) {
            let bytes = Array((line + "\n").utf8)
            precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
        }

        static func lines(path: String) throws -> [[String]] {
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
                line.split(separator: " ").map(String.init)
            }
        }
    }

    @Test(arguments: [40, 300, 1_000])
    func `a process killed amid its writes loses nothing that was acknowledged`(acknowledgements: Int) async throws {
        let folder = fixture.folder
        await fixture.store.close()
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [folder = folder as String, limit = acknowledgements as Int] in
            let store = try SQLiteChatStore(path: folder + "/chat.db")
            let journal = Journal(path: folder + "/journal")
            let count = Mutex(0)
            let acknowledged: @Sendable (String) -> Void = { line in
                journal.note(line)
                // The other tasks are anywhere in their writes now.
                if count.withLock({
                    $0 += 1
                    return $0
                }) == limit {
                    kill(getpid(), SIGKILL)
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<16 {
                    group.addTask {
                        let session = SessionID(rawValue: "s\(writer)")
                        for _ in 0..<1_000 {
                            let turn = StoreFixture.turn(
                                "question", user: UserID(rawValue: "u"), session: session,
                                worker: WorkerID(rawValue: "w"), at: 1)
                            _ = try await store.open(turn)
                            acknowledged("opened \(turn.replyID)")
                            for event in 2...6 {
                                try await store.append([
                                    StoreFixture.batch(turn.replyID, from: event, [.text("\(event) ")])
                                ])
                                acknowledged("appended \(turn.replyID) \(event)")
                            }
                            _ = try await store.finish(StoreFixture.end(turn.replyID, "2 3 4 5 6 ", from: 7))
                            acknowledged("closed \(turn.replyID) 7")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let lines = try Journal.lines(path: folder + "/journal")
        #expect(lines.count >= acknowledgements)
        let store = try SQLiteChatStore(path: fixture.path)
        let user = UserID(rawValue: "u")
        for line in lines {
            let turn = try #require(try await store.turn(MessageID(rawValue: line[1]), of: user), "\(line)")
            if line[0] == "closed" { #expect(try await store.condensed(turn.replyID) != nil) }
            // No batch is missing in between.
            let batches = try await store.batches(of: turn.replyID, after: 0)
            let lastEvent = try #require(batches.last?.lastEvent)
            if line.count > 2 { #expect(lastEvent >= Int(line[2])!, "\(line)") }
            #expect(batches.map(\.firstEvent) == Array(1...lastEvent))
        }
        #expect(try fixture.number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1)
        await store.close()
    }

    @Test func `two processes write one store at once; neither is told that it is busy and nothing is lost`()
        async throws
    {
        let folder = fixture.folder
        async let first = #expect(processExitsWith: .success) { [folder = folder as String] in
            try await DurabilityTests.converse(folder: folder, name: "a")
        }
        async let second = #expect(processExitsWith: .success) { [folder = folder as String] in
            try await DurabilityTests.converse(folder: folder, name: "b")
        }
        _ = await (first, second)
        let list = try await fixture.store.sessions(of: UserID(rawValue: "u"), limit: 10, before: nil).sessions
        #expect(list.map(\.messageCount) == [400])
        #expect(try fixture.number("SELECT count(*) FROM messages WHERE status = 'complete'") == 400)
        #expect(try fixture.number("SELECT count(*) FROM turn_events") == 600)
        #expect(try fixture.number("SELECT count(DISTINCT name) FROM workers") == 2)
    }

    /// 100 turns in one shared session, ten at a time.
    static func converse(folder: String, name: String) async throws {
        let store = try SQLiteChatStore(path: folder + "/chat.db")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    for _ in 0..<10 {
                        let turn = StoreFixture.turn(
                            "?", user: UserID(rawValue: "u"), session: SessionID(rawValue: "shared"),
                            worker: WorkerID(rawValue: name), at: 1)
                        guard case .opened = try await store.open(turn) else { throw CancellationError() }
                        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.text("x")])])
                        guard try await store.finish(StoreFixture.end(turn.replyID, "x", from: 3)) else {
                            throw CancellationError()
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        await store.close()
    }

    @Test func `a full disk refuses writes as unavailable, keeps what is there, and heals`() async throws {
        let folder = fixture.folder
        await fixture.store.close()
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            // As the program does: a file at its limit is an error to handle and not the end of the process.
            signal(SIGXFSZ, SIG_IGN)
            let store = try SQLiteChatStore(path: folder + "/chat.db")
            let (user, session) = (UserID(rawValue: "u"), SessionID(rawValue: "s"))
            let worker = WorkerID(rawValue: "w")
            let kept = StoreFixture.turn("kept", user: user, session: session, worker: worker, at: 1)
            #expect(try await store.open(kept) == .opened(isQueued: false))
            // RLIMIT_FSIZE stands in for a full disk: the kernel refuses to make a file larger.
            let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
            var limits = rlimit()
            try #require(getrlimit(fileSize, &limits) == 0)
            let before = limits.rlim_cur
            limits.rlim_cur = 256 * 1_024
            try #require(setrlimit(fileSize, &limits) == 0)
            var refusals = 0
            for _ in 0..<50 {
                do {
                    let large = StoreFixture.turn(
                        String(repeating: "x", count: 30_000), user: user, session: session, worker: worker, at: 1)
                    _ = try await store.open(large)
                } catch let error as StoreError {
                    #expect(error.kind == .unavailable, "\(error)")
                    refusals += 1
                }
            }
            #expect(refusals > 0)
            let page = try await store.history(of: user, in: session, limit: 200, at: .latest)
            #expect(page?.messages.first?.content == "kept")
            #expect(page?.messages.count == 2 * (51 - refusals))
            limits.rlim_cur = before
            try #require(setrlimit(fileSize, &limits) == 0)
            #expect(try await store.finish(StoreFixture.end(kept.replyID, "healed", from: 2)))
            await store.close()
        }
        #expect(try fixture.number("SELECT count(*) FROM messages WHERE content = 'healed'") == 1)
        #expect(try fixture.number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1)
    }
}
