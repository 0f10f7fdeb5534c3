import Scheduling

/// Ending turns before their time: a user's stop, here or through another process; the process's own end.
extension ConversationEngine {
    /// Stops a reply of this user's, in whatever process it runs: the provider's call is cancelled, the text so far is
    /// kept. A reply that has ended stays as it is.
    /// - Returns: false when the user has no such reply.
    /// - Throws: `StoreError`, when another process would have to be told and cannot be.
    public func stop(_ replyID: MessageID, of user: UserID) async throws -> Bool {
        guard state.withLock({ $0.turns[replyID]?.user == user }) else {
            return try await store.requestStop(of: replyID, user: user)
        }
        end(replyID, as: .stop)
        return true
    }

    /// Makes a turn end before its time. The first reason given counts.
    func end(_ replyID: MessageID, as ending: Ending) {
        let task = state.withLock { state in
            if state.turns[replyID]?.ending == nil { state.turns[replyID]?.ending = ending }
            return state.turns[replyID]?.task
        }
        task?.cancel()
    }

    /// Takes no further turns, waits for those under way up to `deadlineMS`, and ends the rest as interrupted. Of turns that run
    /// elsewhere nothing more is read.
    public func drain(deadlineMS: Int) async {
        state.withLock { $0.isShuttingDown = true }
        let timer = timers.schedule(afterMilliseconds: deadlineMS) { self.interruptAll() }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.turns.isEmpty { return true }
                state.whenIdle.append(continuation)
                return false
            }
            if isIdle { continuation.resume() }
        }
        timers.cancel(timer)
        await endWatching()
    }

    private func interruptAll() {
        for replyID in state.withLock({ Array($0.turns.keys) }) { end(replyID, as: .shutdown) }
    }
}
