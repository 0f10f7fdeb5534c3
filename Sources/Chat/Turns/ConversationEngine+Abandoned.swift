/// Turns that other processes left behind.
extension ConversationEngine {
    /// Ends turns whose worker is gone, as interrupted, with the text recorded of them.
    /// - Parameter time: workers that have said nothing since then are gone.
    /// - Returns: how many turns were ended; there may be more while this is not 0.
    /// - Throws: `StoreError`.
    @discardableResult
    public func endAbandonedTurns(since time: Timestamp) async throws -> Int {
        let turns = try await store.abandonedTurns(since: time).filter { $0.worker != worker }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            var ended = 0
            for (index, turn) in turns.enumerated() {
                // Some at once, so that they share the store's syncs.
                if index >= 32, try await group.next() == true { ended += 1 }
                group.addTask { try await self.endAbandoned(turn) }
            }
            return try await group.reduce(ended) { $0 + ($1 ? 1 : 0) }
        }
    }

    private func endAbandoned(_ turn: StoredTurn) async throws -> Bool {
        let batches = try await store.batches(of: turn.replyID, after: 0)
        guard let log = try? TurnLog(replyID: turn.replyID, batches: batches) else {
            report("turn \(turn.replyID): its recorded events cannot be read")
            return false
        }
        log.confirmRecorded(upTo: log.lastEvent)
        let account = TurnAccount.abandoned(log, questionBytes: turn.questionBytes ?? 0)
        let failure = ReplyFailure.interrupted(isPartial: log.replyLength > 0, usage: account.usage)
        let unstored = await end(log, with: .failed(failure), account)
        guard unstored == nil else { return false }
        report("turn \(turn.replyID): ended as interrupted, its worker \(turn.worker) is gone")
        return true
    }
}
