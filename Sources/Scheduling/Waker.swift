import Synchronization

/// Wakes one waiting task for any of several reasons. A wake that comes while nobody waits is kept.
///
/// This is how a stream waits for its turn's next event, its heartbeat, its connection and its end at once without a
/// task for each.
public final class Waker: Sendable {
    /// Why a task was woken. Several reasons may come together.
    public struct Reasons: OptionSet, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// There is something to read.
        public static let data = Reasons(rawValue: 1)
        /// A timer fired.
        public static let timer = Reasons(rawValue: 2)
        /// The connection can be written to again.
        public static let writable = Reasons(rawValue: 4)
        /// The peer is gone.
        public static let disconnection = Reasons(rawValue: 8)
        /// The waiting task was cancelled.
        public static let cancellation = Reasons(rawValue: 16)
        /// What let the peer in was ended. Comes with `disconnection`.
        public static let revocation = Reasons(rawValue: 32)
    }

    private struct State {
        var pending: Reasons = []
        var waiter: UnsafeContinuation<Reasons, Never>?
    }

    private let state = Mutex(State())

    public init() {}

    /// Wakes the waiting task, or the next one to wait.
    public func wake(_ reasons: Reasons) {
        let waiter = state.withLock { state -> (UnsafeContinuation<Reasons, Never>, Reasons)? in
            state.pending.formUnion(reasons)
            guard let waiter = state.waiter else { return nil }
            state.waiter = nil
            defer { state.pending = [] }
            return (waiter, state.pending)
        }
        if let (waiter, pending) = waiter { waiter.resume(returning: pending) }
    }

    /// Waits for the next wake; returns at once when one has come since the last wait. One task at a time.
    public func wait() async -> Reasons {
        await withUnsafeContinuation { continuation in
            let pending = state.withLock { state -> Reasons? in
                if state.pending.isEmpty {
                    precondition(state.waiter == nil, "two tasks wait on one waker")
                    state.waiter = continuation
                    return nil
                }
                defer { state.pending = [] }
                return state.pending
            }
            if let pending { continuation.resume(returning: pending) }
        }
    }
}
