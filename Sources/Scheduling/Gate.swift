import Synchronization

/// Lets a few tasks at a time through; the others wait, without a thread, in order of arrival.
///
/// For work that takes much memory or a processor for a while: a burst of it, all at once, would hold a burst's worth of
/// memory, and would not be done any sooner.
public final class Gate: Sendable {
    private struct Waiting {
        let number: UInt64
        /// Resumed with whether the task may pass.
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var nextNumber: UInt64 = 0
        var waiting: [Waiting] = []
        /// Cancelled before they came to wait.
        var cancelled: Set<UInt64> = []
    }

    private let state: Mutex<State>

    /// - Parameter places: how many may be inside at once; 1 or more.
    public init(places: Int) {
        precondition(places > 0)
        state = Mutex(State(free: places))
    }

    /// Runs `body` when there is a place.
    /// - Throws: `CancellationError` when the task is cancelled while it waits; what `body` throws.
    public func pass<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        try await enter()
        defer { leave() }
        return try await body()
    }

    /// Tasks that wait.
    var waiting: Int { state.withLock { $0.waiting.count } }

    private func enter() async throws {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isIn = state.withLock { state -> Bool? in
                    if state.cancelled.remove(number) != nil { return false }
                    guard state.free == 0 else {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append(Waiting(number: number, continuation: continuation))
                    return nil
                }
                if let isIn { continuation.resume(returning: isIn) }
            }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                guard let index = state.waiting.firstIndex(where: { $0.number == number }) else {
                    state.cancelled.insert(number)
                    return nil
                }
                return state.waiting.remove(at: index).continuation
            }
            waiting?.resume(returning: false)
        }
        // A cancellation that came after the place was given is the body's to notice.
        state.withLock { _ = $0.cancelled.remove(number) }
        if !isIn { throw CancellationError() }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().continuation }
            state.free += 1
            return nil
        }
        next?.resume(returning: true)
    }
}
