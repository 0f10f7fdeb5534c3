import Scheduling

/// Reading turns, whoever runs them, and what follows when nobody does any more.
extension ConversationEngine {
    /// The log of a reply of this user's: live when it runs in this process, else as the store has it.
    ///
    /// Nil when the user has no such reply. The log of a turn that runs in another process follows the store's records.
    /// - Throws: `StoreError`.
    public func log(of replyID: MessageID, for user: UserID) async throws -> TurnLog? {
        let live = state.withLock { $0.turns[replyID] }
        if let live, live.user == user { return live.log }
        guard try await store.turn(replyID, of: user) != nil else { return nil }
        let log = TurnLog(replyID: replyID)
        try await extend(log)
        if log.lastEvent == 0 { return try await condensedLog(of: replyID) }
        if !log.isEnded { mirror(log) }
        return log
    }

    /// The log of a turn whose events are kept no longer; nil when it is gone altogether.
    private func condensedLog(of replyID: MessageID) async throws -> TurnLog? {
        guard let condensed = try await store.condensed(replyID) else { return nil }
        do {
            return try TurnLog(replyID: replyID, condensed: condensed)
        } catch {
            throw StoreError(kind: .fault, detail: "the summary of \(replyID) cannot be read")
        }
    }

    /// Reads into `log` what the store has of its turn beyond it.
    private func extend(_ log: TurnLog) async throws {
        let batches = try await store.batches(of: log.replyID, after: log.lastEvent)
        do {
            try log.append(batches)
        } catch {
            throw StoreError(kind: .fault, detail: "the recorded events of \(log.replyID) cannot be read")
        }
    }

    /// Follows a turn that another process runs, as long as anybody holds its log. It does not hold the log itself, so that
    /// it ends with its last reader, even one that left before the first look.
    private func mirror(_ log: TurnLog) {
        Task { [weak log] in
            repeat { try? await timers.sleep(milliseconds: limits.mirrorMS) } while await extendIfOpen(log)
        }
    }

    /// Reads what is new. False when there is nothing more to come, or nobody to read it.
    private func extendIfOpen(_ log: TurnLog?) async -> Bool {
        guard let log, !log.isEnded else { return false }
        do {
            try await extend(log)
        } catch {
            report("turn \(log.replyID): \(error)")
            log.append(.failed(ReplyFailure(error, isPartial: log.replyLength > 0)))
        }
        return !log.isEnded
    }

    /// A follower of `log` went away. When it was the last one and nobody comes within the grace period, the turn is ended:
    /// the provider's call is cancelled, and the text so far is kept.
    public func followerLeft(_ log: TurnLog) {
        guard !log.isEnded, log.followerCount == 0 else { return }
        // Whoever comes back in the meantime begins a period of their own when they leave.
        let followings = log.followings
        timers.schedule(afterMilliseconds: limits.detachGraceMS) { [weak self, weak log] in
            guard let self, let log, log.followerCount == 0, log.followings == followings else { return }
            end(log.replyID, as: .departure)
        }
    }
}
