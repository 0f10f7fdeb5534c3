// The models that providers say they have.

public import Scheduling
import Synchronization

/// The models that one provider says it has, asked for when somebody wants to know and kept for some minutes.
///
/// Anyone who asks waits for a moment at most: a provider that is down, or slow, has the names that were last known, or none.
public final class ModelList: Sendable {
    /// How long a list counts as new, and how long a provider that gave none is not asked again, in milliseconds.
    static let lifetimeMS = 300_000
    static let failureMS = 30_000
    /// How long anybody waits for a list that was never there, in milliseconds.
    static let patienceMS = 2_000
    /// How long a provider may take for its list, in milliseconds.
    private static let limitMS = 10_000

    private struct State {
        var names: [String]?
        var nextAt: MonotonicTime?
        var asking: Task<Void, Never>?
    }

    private let model: any RemoteModel
    private let timers: TimerQueue
    private let state = Mutex(State())

    /// - Parameter known: the names, where they were asked for before.
    public init(of model: any RemoteModel, known: [String]? = nil, timers: TimerQueue) {
        self.model = model
        self.timers = timers
        state.withLock { $0.names = known }
    }

    /// The names as they were told last, without asking for them; nil when none were ever told.
    public var known: [String]? { state.withLock(\.names) }

    /// Takes names that somebody else has asked for.
    func keep(_ names: [String]) {
        state.withLock { state in
            state.names = names
            state.nextAt = .now().advanced(byMilliseconds: Self.lifetimeMS)
        }
    }

    /// The names as the provider has them; nil when none were ever told.
    public func names() async -> [String]? {
        let (known, asking) = state.withLock { state -> ([String]?, Task<Void, Never>?) in
            if state.asking == nil, state.nextAt.map({ $0 <= .now() }) ?? true {
                state.asking = Task { await self.ask() }
            }
            return (state.names, state.asking)
        }
        // What was known is good enough for somebody who waits; the new list is for the next one.
        guard known == nil, let asking else { return known }
        await withTaskGroup(of: Void.self) { [timers] group in
            group.addTask { await Self.end(of: asking) }
            group.addTask { try? await timers.sleep(milliseconds: Self.patienceMS) }
            await group.next()
            group.cancelAll()
        }
        return state.withLock(\.names)
    }

    /// Waits for a task; also returns when the waiting one is cancelled, and leaves the other to go on.
    private static func end(of task: Task<Void, Never>) async {
        let waker = Waker()
        let watch = Task {
            await task.value
            waker.wake(.timer)
        }
        _ = await withTaskCancellationHandler {
            await waker.wait()
        } onCancel: {
            waker.wake(.cancellation)
        }
        watch.cancel()
    }

    private func ask() async {
        let names = (try? await model.models(limitMilliseconds: Self.limitMS)) ?? nil
        if let names { keep(names) }
        state.withLock { state in
            if names == nil { state.nextAt = .now().advanced(byMilliseconds: Self.failureMS) }
            state.asking = nil
        }
    }
}
