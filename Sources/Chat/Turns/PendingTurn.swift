import Scheduling
import Synchronization

extension ConversationEngine {
    /// A turn that runs, or is about to. An object, of which every function that waits in it holds a pointer.
    final class PendingTurn: Sendable {
        private struct Opening {
            /// Whether earlier turns of the conversation come first; nil before it has begun.
            var isQueued: Bool?
            /// Whether the store has its beginning; nil before that is known.
            var isStored: Bool?
        }

        let request: TurnRequest
        let acceptance: Acceptance
        let isRegeneration: Bool
        let log: TurnLog
        let begun: MonotonicTime
        private let opening = Mutex(Opening())
        private let waker = Waker()

        init(
            request: TurnRequest, acceptance: Acceptance, isRegeneration: Bool, log: TurnLog, begun: MonotonicTime
        ) {
            self.request = request
            self.acceptance = acceptance
            self.isRegeneration = isRegeneration
            self.log = log
            self.begun = begun
        }

        var caller: Caller { Caller(turn: log.replyID, user: request.user) }

        // MARK: - Its beginning

        /// Lets it be answered, unless that was done.
        func begin(isQueued: Bool) {
            opening.withLock { if $0.isQueued == nil { $0.isQueued = isQueued } }
            waker.wake(.data)
        }

        /// Says whether the store has its beginning. Once.
        /// - Returns: whether it had begun.
        func settle(isStored: Bool) -> Bool {
            defer { waker.wake(.data) }
            return opening.withLock { opening in
                opening.isStored = isStored
                return opening.isQueued != nil
            }
        }

        /// Waits until it may be answered: whether earlier turns come first; nil when it is not to be.
        func beginning() async -> Bool? {
            while true {
                let opening = opening.withLock { $0 }
                if opening.isQueued != nil || opening.isStored == false { return opening.isQueued }
                _ = await waker.wait()
            }
        }

        /// Waits until it is known whether the store has its beginning.
        func isStored() async -> Bool {
            while true {
                if let isStored = opening.withLock({ $0.isStored }) { return isStored }
                _ = await waker.wait()
            }
        }
    }
}
