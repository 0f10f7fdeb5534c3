import Scheduling

/// What other processes do that concerns this one. Within the process, those who wait are woken directly; what comes through the
/// store is looked for once for all of them, and only when the store has changed.
extension ConversationEngine {
    /// How often a process says that it follows another one's turn, in milliseconds.
    var markMS: Int { max(limits.watchMS, min(5_000, limits.detachGraceMS / 4)) }

    /// Returns when no earlier turn of the conversation is open.
    /// - Throws: `StoreError`; `CancellationError` for a turn that is to end before.
    func waitForEarlierTurns(than turn: PendingTurn) async throws {
        let waker = Waker()
        state.withLock { $0.wait(turn.log.replyID, waker: waker) }
        defer { state.withLock { $0.waited(turn.log.replyID) } }
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
        state.withLock { $0.watch { Task { await keepWatching() } } }
    }

    private func keepWatching() async {
        var isReported = false
        repeat {
            do {
                try await timers.sleep(milliseconds: limits.watchMS)
                if state.withLock({ $0.takeMustLook() }) || store.hasChanged() { try await look() }
                try await markFollowed()
                isReported = false
            } catch {
                // It may be over in a moment; what is waited for goes on elsewhere.
                state.withLock { $0.lookFailed() }
                if !isReported, !Task.isCancelled { report("what other processes do cannot be read: \(error)") }
                isReported = true
            }
        } while state.withLock { $0.goesOnWatching() }
    }

    /// Ends the watching of an engine that is done, and returns when it asks the store for nothing more.
    func endWatching() async {
        let watching = state.withLock(\.watching)
        watching?.cancel()
        await watching?.value
    }

    private func look() async throws {
        let (queued, logs) = state.withLock { ($0.queuedBehindOthers, $0.copies.open) }
        let news = try await store.news(
            for: TurnWatch(worker: worker, queued: queued, followed: logs.mapValues(\.lastEvent)))
        for replyID in news.stopRequests { end(replyID, .stop) }
        for waker in state.withLock({ $0.wakers(of: news.next) }) { waker.wake(.data) }
        for (replyID, progress) in news.progress { if let log = logs[replyID] { await extend(log, by: progress) } }
        try await store.forgetStopRequests(news.stopRequests)
    }

    private func extend(_ log: TurnLog, by progress: TurnNews.Progress) async {
        do {
            let before = log.lastEvent
            try log.append(recorded: progress.batches)
            if !progress.isOpen, !log.isEnded, log.lastEvent == before { try await finishFromSummary(log) }
        } catch let error as StoreError where error.kind == .fault {
            report("turn \(log.replyID): \(error)")
            log.append(.failed(ReplyFailure(error, isPartial: log.replyLength > 0)))
            state.withLock { $0.copies.drop(log.replyID) }
        } catch {
            // Looked for again.
            report("turn \(log.replyID): \(error)")
            state.withLock { $0.lookFailed() }
        }
    }

    /// Tells the workers of the turns that are followed here, every so often.
    private func markFollowed() async throws {
        let now = MonotonicTime.now()
        let due = state.withLock { $0.copies.due(at: now, every: markMS) }
        guard !due.isEmpty else { return }
        try await store.noteFollowed(due, at: .now())
        state.withLock { $0.copies.mark(due, at: now) }
    }
}

extension TurnLog {
    /// Appends what the store has beyond it.
    /// - Throws: `StoreError` `fault` where that cannot be read.
    public func append(recorded batches: [TurnBatch]) throws {
        do {
            try append(batches)
        } catch {
            throw StoreError(kind: .fault, detail: "the recorded events of \(replyID) cannot be read")
        }
    }
}
