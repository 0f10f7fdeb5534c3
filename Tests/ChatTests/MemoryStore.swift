import Chat
import Synchronization

/// A store in memory that can be made to fail, and to keep its callers waiting.
final class MemoryStore: ChatStore, UsageStore {
    enum Call: Hashable, Sendable { case open, append, close, batches, begin }

    struct Turn: Sendable {
        var new: NewTurn
        var batches: [Int: TurnBatch]
        var end: TurnEnd?
    }

    private struct State {
        var turns: [MessageID: Turn] = [:]
        var failures: [Call: Int] = [:]
        var held: Set<Call> = []
        var waiting: [Call: [CheckedContinuation<Void, Never>]] = [:]
        var ends = 0
        /// In the order in which they were opened.
        var order: [MessageID] = []
        var stopRequests: [MessageID] = []
        var followed: [MessageID: Timestamp] = [:]
        var accounts: [UsageRecord] = []
        var looks = 0
        var queueQuestions = 0

        func tokens(of user: UserID, on day: UTCDay) -> Int {
            accounts.filter { $0.user == user && UTCDay(of: $0.endedAt) == day && $0.account.isCharged }
                .reduce(0) { $0 + $1.account.usage.totalTokens }
        }
    }

    private let state = Mutex(State())
    /// Each call as it comes, before it waits or fails. For one reader.
    let calls: AsyncStream<Call>
    private let report: AsyncStream<Call>.Continuation

    init() { (calls, report) = AsyncStream.makeStream(of: Call.self) }

    // MARK: - For tests

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
    func turn(_ replyID: MessageID) -> Turn? { state.withLock { $0.turns[replyID] } }
    var turnCount: Int { state.withLock { $0.turns.count } }
    /// How often what other processes do was asked for.
    var looks: Int { state.withLock { $0.looks } }
    /// How often it was asked whether a turn has to wait.
    var queueQuestions: Int { state.withLock { $0.queueQuestions } }
    /// Calls of `close` that ended a turn.
    var ends: Int { state.withLock { $0.ends } }
    /// What was added to users' sums, in order.
    var accounts: [TurnAccount] { state.withLock { $0.accounts.map(\.account) } }
    /// The log that a restarted process would read.
    func recordedLog(of replyID: MessageID) throws -> TurnLog {
        try TurnLog(replyID: replyID, batches: state.withLock { Self.sorted($0.turns[replyID]) })
    }

    private static func sorted(_ turn: Turn?) -> [TurnBatch] {
        (turn?.batches ?? [:]).values.sorted { $0.firstEvent < $1.firstEvent }
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

    // MARK: - ChatStore

    func open(_ turn: NewTurn) async throws -> TurnOpening {
        try await pass(.open)
        return state.withLock { state in
            let earlier = state.turns.values.first {
                turn.idempotencyKey != nil && $0.new.user == turn.user
                    && $0.new.idempotencyKey?.name == turn.idempotencyKey?.name
            }
            if let earlier {
                return earlier.new.idempotencyKey == turn.idempotencyKey
                    ? .exists(replyID: earlier.new.replyID) : .keyIsOfAnotherRequest
            }
            let used = state.tokens(of: turn.user, on: UTCDay(of: turn.createdAt))
            if turn.limits.tokensPerDay > 0, used >= turn.limits.tokensPerDay {
                return .refused(.tokensAreSpent(used: used, reserved: 0))
            }
            let open = state.turns.values.count {
                $0.end == nil && $0.new.user == turn.user && $0.new.session == turn.session
            }
            guard open < turn.openTurnsOfSession else { return .queueIsFull }
            state.turns[turn.replyID] = Turn(new: turn, batches: [1: turn.firstBatch])
            state.order.append(turn.replyID)
            return .opened(isQueued: open > 0)
        }
    }

    func append(_ batches: [TurnBatch]) async throws {
        try await pass(.append)
        state.withLock { state in
            for batch in batches where state.turns[batch.replyID]?.end == nil {
                state.turns[batch.replyID]?.batches[batch.firstEvent] = batch
            }
        }
    }

    func close(_ end: TurnEnd) async throws -> Bool {
        try await pass(.close)
        return state.withLock { state in
            guard let turn = state.turns[end.replyID] else {
                if let user = end.user, let account = end.account {
                    state.accounts.append(UsageRecord(user: user, endedAt: end.endedAt, account: account))
                }
                return false
            }
            guard turn.end == nil else { return false }
            state.turns[end.replyID]?.end = end
            state.turns[end.replyID]?.batches[end.lastBatch.firstEvent] = end.lastBatch
            state.ends += 1
            if let account = end.account {
                state.accounts.append(UsageRecord(user: turn.new.user, endedAt: end.endedAt, account: account))
            }
            return true
        }
    }

    func history(
        of user: UserID, in session: SessionID, limit: Int, at cursor: HistoryCursor
    ) async throws -> HistoryPage? { HistoryPage(messages: [], hasMore: false, nextBefore: nil) }

    func turn(_ replyID: MessageID, of user: UserID) async throws -> StoredTurn? {
        guard let turn = turn(replyID), turn.new.user == user else { return nil }
        return Self.stored(turn)
    }

    private static func stored(_ turn: Turn) -> StoredTurn {
        StoredTurn(
            replyID: turn.new.replyID, userMessageID: turn.new.userMessageID, session: turn.new.session,
            agent: turn.new.agent, status: turn.end?.status ?? .streaming, worker: turn.new.worker,
            lastEvent: sorted(turn).last?.lastEvent ?? 0)
    }

    func batches(of replyID: MessageID, after: Int) async throws -> [TurnBatch] {
        try await pass(.batches)
        return state.withLock { Self.sorted($0.turns[replyID]).filter { $0.lastEvent > after } }
    }

    func abandonedTurns(since time: Timestamp) async throws -> [StoredTurn] {
        state.withLock { state in
            state.turns.values.filter { $0.end == nil }.map { turn in
                var stored = Self.stored(turn)
                stored.questionBytes = turn.new.text.utf8.count
                return stored
            }
        }
    }

    /// Removes a turn as the removal of its conversation does.
    func remove(_ replyID: MessageID) { state.withLock { $0.turns[replyID] = nil } }

    func isQueued(_ replyID: MessageID) async throws -> Bool {
        state.withLock { state in
            state.queueQuestions += 1
            guard let turn = state.turns[replyID] else { return false }
            return state.order.prefix { $0 != replyID }.contains { earlier in
                state.turns[earlier].map {
                    $0.end == nil && $0.new.session == turn.new.session && $0.new.user == turn.new.user
                } ?? false
            }
        }
    }

    func question(of messageID: MessageID, user: UserID) async throws -> StoredQuestion? {
        state.withLock { state in
            let turn = state.turns.values.first {
                $0.new.user == user && ($0.new.userMessageID == messageID || $0.new.replyID == messageID)
            }
            return turn.map {
                StoredQuestion(messageID: $0.new.userMessageID, session: $0.new.session, text: $0.new.text)
            }
        }
    }

    func condensed(_ replyID: MessageID) async throws -> CondensedTurn? {
        turn(replyID)?.end.map {
            CondensedTurn(summary: $0.summary, content: $0.content, recommendations: $0.recommendations)
        }
    }

    func dropEvents(endedBefore time: Timestamp, among limit: Int) async throws -> Int {
        state.withLock { state in
            let ended = state.turns.filter { ($0.value.end?.endedAt.milliseconds ?? .max) < time.milliseconds }
            for replyID in ended.keys { state.turns[replyID]?.batches = [:] }
            return ended.values.map(\.batches.count).reduce(0, +)
        }
    }

    func noteFollowed(_ replyIDs: [MessageID], at time: Timestamp) async throws {
        state.withLock { state in for replyID in replyIDs { state.followed[replyID] = time } }
    }

    func hasChanged() -> Bool { true }

    func news(for watch: TurnWatch) async throws -> TurnNews {
        try await pass(.batches)
        var news = TurnNews()
        for replyID in watch.queued where try await !isQueued(replyID) { news.next.append(replyID) }
        state.withLock { state in
            state.looks += 1
            news.stopRequests = state.stopRequests.filter { state.turns[$0]?.new.worker == watch.worker }
            for (replyID, after) in watch.followed {
                let batches = Self.sorted(state.turns[replyID]).filter { $0.lastEvent > after }
                let isOpen = state.turns[replyID].map { $0.end == nil } ?? false
                if !batches.isEmpty || !isOpen { news.progress[replyID] = .init(batches: batches, isOpen: isOpen) }
            }
        }
        return news
    }

    func lastFollowed(_ replyID: MessageID) async throws -> Timestamp? { state.withLock { $0.followed[replyID] } }

    func requestStop(of replyID: MessageID, user: UserID) async throws -> Bool {
        state.withLock { state in
            guard let turn = state.turns[replyID], turn.new.user == user else { return false }
            if turn.end == nil { state.stopRequests.append(replyID) }
            return true
        }
    }

    func forgetStopRequests(_ replyIDs: [MessageID]) async throws {
        state.withLock { $0.stopRequests.removeAll { replyIDs.contains($0) } }
    }

    // MARK: - UsageStore

    func begin(_ turn: UnkeptTurn) async throws -> TurnRefusal? {
        try await pass(.begin)
        return try await refusal(of: turn)
    }

    func refusal(of turn: UnkeptTurn) async throws -> TurnRefusal? {
        state.withLock { state in
            let used = state.tokens(of: turn.user, on: UTCDay(of: turn.createdAt))
            guard turn.limits.tokensPerDay > 0, used >= turn.limits.tokensPerDay else { return nil }
            return .tokensAreSpent(used: used, reserved: 0)
        }
    }

    func record(_ usage: UsageRecord) async throws {
        guard usage.account.outcome != nil || !usage.account.failedAttempts.isEmpty else { return }
        state.withLock { $0.accounts.append(usage) }
    }

    func endUnkeptTurns(ofWorkersSilentSince time: Timestamp) async throws {}

    /// A row for each turn, unsummed.
    func usage(of user: UserID, from first: UTCDay, to last: UTCDay) async throws -> [UsageDay] {
        state.withLock { $0.accounts }.filter { $0.user == user }.map { record in
            var row = ProviderUsage(provider: record.account.provider, model: record.account.model)
            row.promptTokens = record.account.usage.promptTokens
            row.completionTokens = record.account.usage.completionTokens
            return UsageDay(day: UTCDay(of: record.endedAt), providers: [row], failedAttempts: [])
        }
    }

    func tokens(of user: UserID, on day: UTCDay) async throws -> Int {
        state.withLock { $0.tokens(of: user, on: day) }
    }

    // MARK: - What engines do not ask for

    func sessions(of user: UserID, limit: Int, before: SessionID?) async throws -> SessionPage {
        SessionPage(sessions: [], hasMore: false, nextBefore: nil)
    }
    func delete(_ session: SessionID, of user: UserID) async throws -> Bool { false }
    func heartbeat(of worker: WorkerID, at time: Timestamp) async throws {}
    func forget(_ worker: WorkerID) async throws {}
    func noteGone(_ worker: WorkerID) async throws {}
    func checkWritable() async throws {}
    func checkSound() async throws {}
    func preferences(of user: UserID) async throws -> [Preference] { [] }
    func apply(_ override: PreferenceOverride, of user: UserID) async throws -> Bool { false }
    func add(_ inferred: [InferredPreference], of user: UserID) async throws {}
    func markedBooks(of user: UserID) async throws -> [MarkedBook] { [] }
    func learns(of user: UserID) async throws -> Bool { true }
}
