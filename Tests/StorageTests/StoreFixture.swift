import Foundation
import SQLite

@testable import Chat
@testable import Ownership
@testable import Storage

/// A store on a real file in a folder of its own, removed when the test lets go of it.
final class StoreFixture: Sendable {
    let folder: String
    let store: SQLiteChatStore
    let user = UserID(rawValue: "usr_ada")
    let other = UserID(rawValue: "usr_bob")
    let session = SessionID(rawValue: "s1")
    let worker = WorkerID(rawValue: "worker-1")

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/chat-fcgi-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try SQLiteChatStore(path: folder + "/chat.db")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    var path: String { folder + "/chat.db" }

    /// The bytes of the database and of its log, as they lie on the disk.
    func bytes() -> Data {
        ["", "-wal"].reduce(into: Data()) { all, suffix in
            if let data = FileManager.default.contents(atPath: path + suffix) { all.append(data) }
        }
    }

    /// How large the write-ahead log is: what was written since it was cut.
    func logSize() throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "-wal")
        return attributes[.size] as? Int ?? -1
    }

    /// A single number of the database.
    func number(_ sql: String) throws -> Int? {
        let connection = try Connection(path: path, options: ConnectionOptions().readOnly)
        return try connection.first(sql) { row in try row.int(0) }
    }

    /// Opens a turn and gives its identifiers.
    @discardableResult
    func open(
        _ text: String = "What next?", user: UserID? = nil, session: SessionID? = nil, key: String? = nil,
        worker: WorkerID? = nil, at milliseconds: Int64 = 1_000
    ) async throws -> NewTurn {
        let turn = Self.turn(
            text, user: user ?? self.user, session: session ?? self.session, key: key, worker: worker ?? self.worker,
            at: milliseconds)
        _ = try await store.open(turn)
        return turn
    }

    static func turn(
        _ text: String, user: UserID, session: SessionID, key: String? = nil, openTurns: Int = 100, worker: WorkerID,
        at milliseconds: Int64
    ) -> NewTurn {
        let (question, reply) = (Identifiers.message(), Identifiers.message())
        let time = Timestamp(milliseconds: milliseconds)
        let acceptance = Acceptance(userMessageID: question, sessionID: session, replyID: reply, createdAt: time)
        return NewTurn(
            user: user, session: session, userMessageID: question, replyID: reply, text: text, metadata: nil,
            agent: "noah", idempotencyKey: key.map { IdempotencyKey($0, fingerprint: Array(text.utf8)) },
            openTurnsOfSession: openTurns, worker: worker, createdAt: time,
            firstBatch: batch(reply, from: 1, [.accepted(acceptance)]))
    }

    static func batch(_ reply: MessageID, from first: Int, _ events: [ChatEvent]) -> TurnBatch {
        var archive = EventArchive()
        for event in events { archive.append(.event(event)) }
        return TurnBatch(
            replyID: reply, firstEvent: first, lastEvent: first + events.count - 1, payload: archive.bytes)
    }

    static func end(_ reply: MessageID, _ text: String, from first: Int, at milliseconds: Int64 = 2_000) -> TurnEnd {
        let usage = Usage(promptTokens: 3, completionTokens: 5, isEstimated: true)
        let completion = Completion(
            wasStopped: false, finishReason: "stop", provider: "builtin", model: "m1", usage: usage,
            metrics: ReplyMetrics(
                timeToFirstTokenMS: 1, durationMS: 2, tokensPerSecond: 3, attempts: 1, isCached: false))
        return TurnEnd(
            replyID: reply, content: Array(text.utf8), status: .complete, recommendations: [], provider: "builtin",
            model: "m1", usage: usage, error: nil, endedAt: Timestamp(milliseconds: milliseconds),
            lastBatch: batch(reply, from: first, [.completed(completion)]),
            summary: batch(reply, from: 1, [.completed(completion)]).payload)
    }

    /// 3 and 5 tokens of a language model's.
    static func account(
        _ outcome: TurnAccount.Outcome? = .completed, provider: String = "groq", failing attempts: Int = 0
    ) -> TurnAccount {
        let attempt = FailedAttempt(provider: "near", model: "m0", kind: .timeout, textBytes: 0, durationMS: 1)
        return TurnAccount(
            provider: provider, model: "m1", usage: Usage(promptTokens: 3, completionTokens: 5, isEstimated: false),
            outcome: outcome, failedAttempts: Array(repeating: attempt, count: attempts))
    }
}

extension SQLiteChatStore {
    func stopRequests(to worker: WorkerID) async throws -> [MessageID] {
        try await news(for: TurnWatch(worker: worker)).stopRequests
    }

    func isOpen(_ replyID: MessageID) async throws -> Bool {
        let watch = TurnWatch(worker: WorkerID(rawValue: "w"), followed: [replyID: 1_000_000])
        return try await news(for: watch).progress[replyID]?.isOpen ?? true
    }
}

extension SQLiteChatStore {
    /// Notes what was read of a taste, and brings about the write that it goes with.
    func noteAndWrite(_ inferred: [InferredPreference], of user: UserID) async throws {
        note(inferred, of: user)
        try await checkWritable()
    }
}
