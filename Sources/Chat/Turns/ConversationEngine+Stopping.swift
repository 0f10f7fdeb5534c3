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
        end(replyID, .stop)
        return true
    }

    /// Makes a turn end before its time. The first reason given counts.
    func end(_ replyID: MessageID, _ reason: TurnLife.EndReason) {
        state.withLock { $0.end(replyID, reason) }?.cancel()
    }

    /// Takes no further turns, waits for those under way up to `deadlineMS`, and ends the rest as interrupted. Of turns that run
    /// elsewhere nothing more is read.
    public func drain(deadlineMS: Int) async {
        let waker = Waker()
        let isIdle = state.withLock { $0.shutDown(waker) }
        if !isIdle {
            let timer = timers.schedule(afterMilliseconds: deadlineMS) {
                for task in self.state.withLock({ $0.endAll(.shutdown) }) { task.cancel() }
            }
            _ = await waker.wait()
            timers.cancel(timer)
        }
        await endWatching()
    }
}
