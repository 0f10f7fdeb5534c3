// Waiting without a thread: semaphores, timers, wakers, work that blocks put elsewhere; descriptors counted.

import Synchronization

/// Lets a few tasks at a time through; the others wait, without a thread, in order of arrival.
///
/// For work that takes much memory or a processor for a while: a burst of it, all at once, would hold a burst's worth of
/// memory, and would not be done any sooner.
public final class AsyncSemaphore: Sendable {
    private enum Entry { case given, cancelled, refused }

    private struct Waiting {
        let number: UInt64
        let continuation: CheckedContinuation<Entry, Never>
    }

    private struct State {
        var free: Int
        var nextNumber: UInt64 = 0
        var waiting: [Waiting] = []
        /// Cancelled before they came to wait.
        var cancelled: Set<UInt64> = []
    }

    /// As many as may wait do so already.
    public struct Full: Error {}

    private let state: Mutex<State>
    private let mostWaiting: Int

    /// - Parameters:
    ///   - places: how many may be inside at once; 1 or more.
    ///   - mostWaiting: how many may wait; 0 or more.
    public init(places: Int, mostWaiting: Int = .max) {
        precondition(places > 0)
        self.mostWaiting = mostWaiting
        state = Mutex(State(free: places))
    }

    /// Runs `body` when there is a place.
    /// - Throws: `Full`; `CancellationError` when the task is cancelled while it waits; what `body` throws.
    public func withPermit<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
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
        let entry = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let entry = state.withLock { state -> Entry? in
                    if state.cancelled.remove(number) != nil { return .cancelled }
                    guard state.free == 0 else {
                        state.free -= 1
                        return .given
                    }
                    guard state.waiting.count < mostWaiting else { return .refused }
                    state.waiting.append(Waiting(number: number, continuation: continuation))
                    return nil
                }
                if let entry { continuation.resume(returning: entry) }
            }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<Entry, Never>? in
                guard let index = state.waiting.firstIndex(where: { $0.number == number }) else {
                    state.cancelled.insert(number)
                    return nil
                }
                return state.waiting.remove(at: index).continuation
            }
            waiting?.resume(returning: .cancelled)
        }
        // A cancellation that came after the place was given is the body's to notice.
        state.withLock { _ = $0.cancelled.remove(number) }
        switch entry {
        case .given: break
        case .cancelled: throw CancellationError()
        case .refused: throw Full()
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Entry, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().continuation }
            state.free += 1
            return nil
        }
        next?.resume(returning: .given)
    }
}
