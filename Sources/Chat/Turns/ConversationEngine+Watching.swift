import Scheduling

/// What other processes do that concerns this one. Within the process, those who wait are woken directly; what comes through the
/// store is looked for once for all of them, and only when the store has changed.
extension ConversationEngine {
    /// A turn that waits for earlier ones of its conversation.
    struct Queued {
        let user: UserID
        let session: SessionID
        let waker: Waker
    }

    /// A turn that runs elsewhere, as long as anybody here reads it.
    struct Copy {
        weak var log: TurnLog?
        /// When the worker that runs it was last told that it is followed here.
        var marked: MonotonicTime?
    }

    /// How often a process says that it follows another one's turn, in milliseconds.
    var markMS: Int { max(limits.watchMS, min(5_000, limits.detachGraceMS / 4)) }

    /// Returns when no earlier turn of the conversation is open.
    /// - Throws: `StoreError`; `CancellationError` for a turn that is to end before.
    func waitForEarlierTurns(than turn: PendingTurn) async throws {
        let waker = Waker()
        state.withLock { state in
            state.queued[turn.log.replyID] = Queued(
                user: turn.request.user, session: turn.acceptance.sessionID, waker: waker)
        }
        defer { state.withLock { _ = $0.queued.removeValue(forKey: turn.log.replyID) } }
        watch()
        try await withTaskCancellationHandler {
            // What ends after it was asked for wakes it, here or through the store.
            while try await store.isQueued(turn.log.replyID) {
                _ = await waker.wait()
                try Task.checkCancellation()
            }
        } onCancel: {
            waker.wake(.cancellation)
        }
    }

    /// Begins to look for what others do, if it is not looked for yet. What somebody has come to wait for is looked for even where
    /// the store has not changed since.
    func watch() {
        state.withLock { state in
            state.mustLook = true
            guard state.watching == nil, !state.isDone else { return }
            state.watching = Task { await keepWatching() }
        }
    }

    private func keepWatching() async {
        var isReported = false
        repeat {
            do {
                try await timers.sleep(milliseconds: limits.watchMS)
                if mustLook() || store.hasChanged() { try await look() }
                try await markFollowed()
                isReported = false
            } catch {
                // It may be over in a moment; what is waited for goes on elsewhere.
                state.withLock { $0.mustLook = true }
                if !isReported, !Task.isCancelled { report("what other processes do cannot be read: \(error)") }
                isReported = true
            }
        } while goesOnWatching()
    }

    /// Ends the watching of an engine that is done, and returns when it asks the store for nothing more.
    func endWatching() async {
        let watching = state.withLock(\.watching)
        watching?.cancel()
        await watching?.value
    }

    private func mustLook() -> Bool {
        state.withLock { state in
            defer { state.mustLook = false }
            return state.mustLook
        }
    }

    private func goesOnWatching() -> Bool {
        state.withLock { state in
            let goesOn =
                !state.isDone && (!state.turns.isEmpty || state.copies.contains { $0.value.log?.isEnded == false })
            if !goesOn { state.watching = nil }
            return goesOn
        }
    }

    private func look() async throws {
        let (watch, logs) = state.withLock { state in
            let logs = state.copies.compactMapValues { $0.log.flatMap { $0.isEnded ? nil : $0 } }
            return (
                TurnWatch(
                    worker: worker, queued: Self.queuedBehindOthers(state), followed: logs.mapValues(\.lastEvent)),
                logs
            )
        }
        let news = try await store.news(for: watch)
        for replyID in news.stopRequests { end(replyID, as: .stop) }
        let next = state.withLock { state in news.next.compactMap { state.queued[$0]?.waker } }
        for waker in next { waker.wake(.data) }
        for (replyID, progress) in news.progress { if let log = logs[replyID] { await extend(log, by: progress) } }
        try await store.forgetStopRequests(news.stopRequests)
    }

    /// Those that no turn of this process will wake when it ends.
    private static func queuedBehindOthers(_ state: State) -> [MessageID] {
        guard !state.queued.isEmpty else { return [] }
        let running = Set(state.turns.lazy.filter { state.queued[$0.key] == nil }.map(\.value.session))
        return state.queued.filter { !running.contains($0.value.session) }.map(\.key)
    }

    /// Wakes the turns that wait for this one, which has ended.
    func wakeQueued(in session: SessionID, of user: UserID) {
        let wakers = state.withLock { state in
            state.queued.isEmpty
                ? [] : state.queued.values.filter { $0.session == session && $0.user == user }.map(\.waker)
        }
        for waker in wakers { waker.wake(.data) }
    }

    private func extend(_ log: TurnLog, by progress: TurnNews.Progress) async {
        do {
            let before = log.lastEvent
            try log.append(recorded: progress.batches)
            if !progress.isOpen, !log.isEnded, log.lastEvent == before { try await endOutOfSight(log) }
        } catch let error as StoreError where error.kind == .fault {
            report("turn \(log.replyID): \(error)")
            log.append(.failed(ReplyFailure(error, isPartial: log.replyLength > 0)))
            state.withLock { $0.copies[log.replyID] = nil }
        } catch {
            // Looked for again.
            report("turn \(log.replyID): \(error)")
            state.withLock { $0.mustLook = true }
        }
    }

    /// Tells the workers of the turns that are followed here, every so often.
    private func markFollowed() async throws {
        let now = MonotonicTime.now()
        let due = state.withLock { state in
            state.copies.compactMap { replyID, copy -> MessageID? in
                guard let log = copy.log, !log.isEnded, log.followerCount > 0,
                    copy.marked.map({ now.milliseconds(since: $0) >= markMS }) ?? true
                else { return nil }
                return replyID
            }
        }
        guard !due.isEmpty else { return }
        try await store.noteFollowed(due, at: .now())
        state.withLock { state in for replyID in due { state.copies[replyID]?.marked = now } }
    }
}

extension TurnLog {
    /// Appends what the store has beyond it.
    /// - Throws: `StoreError` `fault` where that cannot be read.
    func append(recorded batches: [TurnBatch]) throws {
        do {
            try append(batches)
        } catch {
            throw StoreError(kind: .fault, detail: "the recorded events of \(replyID) cannot be read")
        }
    }
}
