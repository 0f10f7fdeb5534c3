import Chat
import Foundation
import Storage
import Synchronization

/// The real store on a file of its own, whose calls can be made to fail and to wait, and which tells what it was asked.
final class FaultyStore: ChatStore, UsageStore {
    enum Call: Hashable, Sendable {
        case open, append, close, begin
        /// The disk's part of opening, after the store has decided.
        case sync
        /// Of one turn's events, and of what others do.
        case batches
    }

    private struct State {
        var opened: [MessageID: NewTurn] = [:]
        var ended: [MessageID: TurnEnd] = [:]
        var accounts: [TurnAccount] = []
        var failures: [Call: Int] = [:]
        var held: Set<Call> = []
        var waiting: [Call: [CheckedContinuation<Void, Never>]] = [:]
        var looks = 0
        var queueQuestions = 0
    }

    /// Of all stores of this process. Engines whose turns never end hold theirs until it ends.
    private static let folder: String = {
        atexit { try? FileManager.default.removeItem(atPath: FaultyStore.folder) }
        return FileManager.default.temporaryDirectory.path + "/chat-fcgi-" + UUID().uuidString
    }()

    private let store: SQLiteChatStore
    private let state = Mutex(State())
    /// Each call as it comes, before it waits or fails. For one reader.
    let calls: AsyncStream<Call>
    private let report: AsyncStream<Call>.Continuation

    init() {
        (calls, report) = AsyncStream.makeStream(of: Call.self)
        let folder = Self.folder + "/" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            store = try SQLiteChatStore(path: folder + "/chat.db")
        } catch {
            fatalError("no store in \(folder): \(error)")
        }
    }

    // MARK: - Faults

    /// Makes the next `times` calls fail.
    func fail(_ call: Call, times: Int) { state.withLock { $0.failures[call] = times } }
    /// Keeps calls waiting until `letGo`.
    func hold(_ call: Call) { state.withLock { _ = $0.held.insert(call) } }
    func letGo(_ call: Call) {
        let waiting = state.withLock { state in
            state.held.remove(call)
            return state.waiting.removeValue(forKey: call) ?? []
        }
        for continuation in waiting { continuation.resume() }
    }
    /// Waits until somebody calls.
    func next(_ call: Call) async {
        for await seen in calls where seen == call { return }
    }

    private func pass(_ call: Call) async throws {
        report.yield(call)
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                guard state.held.contains(call) else { return false }
                state.waiting[call, default: []].append(continuation)
                return true
            }
            if !isHeld { continuation.resume() }
        }
        let fails = state.withLock { state in
            guard let left = state.failures[call], left > 0 else { return false }
            state.failures[call] = left - 1
            return true
        }
        if fails { throw StoreError(kind: .unavailable, detail: "made to fail") }
    }

    // MARK: - What the store was asked

    /// A turn's beginning, as the store took it.
    func opened(_ replyID: MessageID) -> NewTurn? { state.withLock { $0.opened[replyID] } }
    /// A turn's end, as the store took it.
    func end(of replyID: MessageID) -> TurnEnd? { state.withLock { $0.ended[replyID] } }
    var turnCount: Int { state.withLock { $0.opened.count } }
    /// Turns that were ended.
    var ends: Int { state.withLock { $0.ended.count } }
    /// What was added to users' sums, in order.
    var accounts: [TurnAccount] { state.withLock { $0.accounts } }
    /// How often what other processes do was asked for.
    var looks: Int { state.withLock { $0.looks } }
    /// How often it was asked whether a turn has to wait.
    var queueQuestions: Int { state.withLock { $0.queueQuestions } }

    /// The log that a restarted process would read.
    func recordedLog(of replyID: MessageID) async throws -> TurnLog {
        try TurnLog(replyID: replyID, batches: try await store.batches(of: replyID, after: 0))
    }

    /// Removes a turn's conversation.
    func removeConversation(of replyID: MessageID) async throws {
        guard let turn = opened(replyID) else { return }
        _ = try await store.delete(turn.session, of: turn.user)
    }

    // MARK: - Turns

    func open(
        _ turn: NewTurn, decided: @escaping @Sendable (TurnOpening, _ isFirst: Bool) -> Void
    ) async throws -> TurnOpening {
        try await pass(.open)
        let opening = try await store.open(turn, decided: decided)
        try await pass(.sync)
        if case .opened = opening { state.withLock { $0.opened[turn.replyID] = turn } }
        return opening
    }

    func append(_ batches: [TurnBatch]) async throws {
        try await pass(.append)
        try await store.append(batches)
    }

    func finish(_ end: TurnEnd) async throws -> Bool {
        try await pass(.close)
        guard try await store.finish(end) else { return false }
        state.withLock { state in
            state.ended[end.replyID] = end
            if let account = end.account { state.accounts.append(account) }
        }
        return true
    }

    func turn(_ replyID: MessageID, of user: UserID) async throws -> StoredTurn? {
        try await store.turn(replyID, of: user)
    }

    func batches(of replyID: MessageID, after: Int) async throws -> [TurnBatch] {
        try await pass(.batches)
        return try await store.batches(of: replyID, after: after)
    }

    func condensed(_ replyID: MessageID) async throws -> CondensedTurn? { try await store.condensed(replyID) }

    func question(of messageID: MessageID, user: UserID) async throws -> StoredQuestion? {
        try await store.question(of: messageID, user: user)
    }

    // MARK: - Signals

    func isQueued(_ replyID: MessageID) async throws -> Bool {
        state.withLock { $0.queueQuestions += 1 }
        return try await store.isQueued(replyID)
    }

    func noteFollowed(_ replyIDs: [MessageID], at time: Timestamp) async throws {
        try await store.noteFollowed(replyIDs, at: time)
    }

    func lastFollowed(_ replyID: MessageID) async throws -> Timestamp? { try await store.lastFollowed(replyID) }

    func requestStop(of replyID: MessageID, user: UserID) async throws -> Bool {
        try await store.requestStop(of: replyID, user: user)
    }

    func forgetStopRequests(_ replyIDs: [MessageID]) async throws { try await store.forgetStopRequests(replyIDs) }

    func news(for watch: TurnWatch) async throws -> TurnNews {
        try await pass(.batches)
        state.withLock { $0.looks += 1 }
        return try await store.news(for: watch)
    }

    func hasChanged() -> Bool { store.hasChanged() }

    // MARK: - Usage

    func begin(_ turn: EphemeralTurn) async throws -> TurnRefusal? {
        try await pass(.begin)
        return try await store.begin(turn)
    }

    func refusal(of turn: EphemeralTurn) async throws -> TurnRefusal? { try await store.refusal(of: turn) }

    func record(_ usage: UsageRecord) async throws {
        try await store.record(usage)
        state.withLock { $0.accounts.append(usage.account) }
    }

    func endEphemeralTurns(ofWorkersSilentSince time: Timestamp) async throws {
        try await store.endEphemeralTurns(ofWorkersSilentSince: time)
    }

    func usage(of user: UserID, from first: UTCDay, to last: UTCDay) async throws -> [UsageDay] {
        try await store.usage(of: user, from: first, to: last)
    }

    func tokens(of user: UserID, on day: UTCDay) async throws -> Int { try await store.tokens(of: user, on: day) }

    // MARK: - Everything else, as it is

    func history(
        of user: UserID, in session: SessionID, limit: Int, at cursor: HistoryCursor
    ) async throws -> HistoryPage? {
        try await store.history(of: user, in: session, limit: limit, at: cursor)
    }
    func sessions(of user: UserID, limit: Int, before: SessionID?) async throws -> SessionPage {
        try await store.sessions(of: user, limit: limit, before: before)
    }
    func delete(_ session: SessionID, of user: UserID) async throws -> Bool {
        try await store.delete(session, of: user)
    }
    func heartbeat(of worker: WorkerID, at time: Timestamp) async throws {
        try await store.heartbeat(of: worker, at: time)
    }
    func noteGone(_ worker: WorkerID) async throws { try await store.noteGone(worker) }
    func forget(_ worker: WorkerID) async throws { try await store.forget(worker) }
    func abandonedTurns(since time: Timestamp) async throws -> [StoredTurn] {
        try await store.abandonedTurns(since: time)
    }
    func dropEvents(endedBefore time: Timestamp, among limit: Int) async throws -> Int {
        try await store.dropEvents(endedBefore: time, among: limit)
    }
    func checkWritable() async throws { try await store.checkWritable() }
    func checkSound() async throws { try await store.checkSound() }
    func preferences(of user: UserID) async throws -> [Preference] { try await store.preferences(of: user) }
    func apply(_ override: PreferenceOverride, of user: UserID) async throws -> Bool {
        try await store.apply(override, of: user)
    }
    func note(_ inferred: [InferredPreference], of user: UserID) { store.note(inferred, of: user) }
    func markedBooks(of user: UserID) async throws -> [MarkedBook] { try await store.markedBooks(of: user) }
    func learns(of user: UserID) async throws -> Bool { try await store.learns(of: user) }
}
