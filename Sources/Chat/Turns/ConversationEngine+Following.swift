import Scheduling

/// Reading turns, no matter who runs them, and what follows when nobody does any more.
extension ConversationEngine {
    /// The log of a reply of this user's: live when it runs in this process, else as the store has it.
    ///
    /// Nil when the user has no such reply. The log of a turn that runs in another process follows the store's records.
    /// - Throws: `StoreError`.
    public func log(of replyID: MessageID, for user: UserID) async throws -> TurnLog? {
        if let turn = state.withLock({ $0.turns[replyID] }), turn.user == user { return turn.log }
        guard try await store.turn(replyID, of: user) != nil else { return nil }
        if let log = state.withLock({ $0.copies[replyID] }) { return log }
        let log = TurnLog(replyID: replyID)
        try log.append(recorded: try await store.batches(of: replyID, after: 0))
        if log.lastEvent == 0 {
            guard let condensed = try await condensedLog(of: replyID) else { return nil }
            return shared(condensed)
        }
        return shared(log)
    }

    /// One copy of a turn for all who read it here, for as long as anybody does; a second that was made meanwhile is dropped.
    private func shared(_ log: TurnLog) -> TurnLog {
        let (kept, isNew) = state.withLock { $0.copies.keep(log) }
        if isNew, !log.isEnded { watch() }
        return kept
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

    /// Ends the copy of a turn that ended with its last events out of reach: they are kept no longer, or the turn was removed.
    func finishFromSummary(_ log: TurnLog) async throws {
        guard let condensed = try await condensedLog(of: log.replyID) else {
            return log.append(.failed(.interrupted(isPartial: log.replyLength > 0)))
        }
        log.append(.providerSwitch(.textLost))
        _ = condensed.read(after: 1) { _, view in
            switch view {
            case .text(let piece):
                var pieces = TextBatch()
                pieces.append(utf8: piece)
                log.append(pieces)
            case .event(let event): log.append(event)
            }
            return true
        }
    }

    /// A follower of `log` went away. When it was the last one and nobody comes within the grace period, the turn is ended:
    /// the provider's call is cancelled, and the text so far is kept.
    public func followerLeft(_ log: TurnLog) {
        guard !log.isEnded, log.followerCount == 0 else { return }
        // Anyone who comes back in the meantime begins a period of their own when they leave.
        waitForFollower(of: log, since: log.followings, limits.detachGraceMS)
    }

    private func waitForFollower(of log: TurnLog, since followings: Int, _ milliseconds: Int) {
        timers.schedule(afterMilliseconds: milliseconds) { [weak self, weak log] in
            guard let self, let log, log.followerCount == 0, log.followings == followings, !log.isEnded else { return }
            Task { await self.endUnlessFollowed(log, since: followings) }
        }
    }

    /// Nobody follows the turn here; perhaps somebody does through another process.
    func endUnlessFollowed(_ log: TurnLog, since followings: Int) async {
        do {
            let seen = try await store.lastFollowed(log.replyID)
            switch TurnLife.unfollowed(
                lastSeenElsewhere: seen, at: .now(), graceMS: limits.detachGraceMS, markMS: markMS)
            {
            case .waits(let milliseconds): waitForFollower(of: log, since: followings, milliseconds)
            case .ends:
                guard log.followerCount == 0, log.followings == followings else { return }
                end(log.replyID, .departure)
            }
        } catch {
            // Not known; a turn is not ended on a guess.
            waitForFollower(of: log, since: followings, max(1_000, markMS))
        }
    }
}
