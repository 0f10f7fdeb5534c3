import Scheduling
import Synchronization

extension ConversationEngine {
    /// A turn that runs, or is about to. An object, of which every function that waits in it holds a pointer.
    final class PendingTurn: Sendable {
        private struct Opening {
            /// What answers it; nil before it has begun.
            var work: Task<Void, Never>?
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
        /// - Returns: what answers it.
        @discardableResult
        func begin(_ work: () -> Task<Void, Never>) -> Task<Void, Never> {
            opening.withLock { opening in
                if let work = opening.work { return work }
                let begun = work()
                opening.work = begun
                return begun
            }
        }

        /// Says whether the store has its beginning. Once.
        /// - Returns: what answers it; nil when it has not begun.
        @discardableResult
        func settle(isStored: Bool) -> Task<Void, Never>? {
            defer { waker.wake(.data) }
            return opening.withLock { opening in
                opening.isStored = isStored
                return opening.work
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
