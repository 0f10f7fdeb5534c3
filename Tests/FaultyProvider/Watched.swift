import Synchronization

/// A value that tasks wait on without blocking a thread.
final class Watched<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        var watchers: [(isSo: @Sendable (Value) -> Bool, told: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    init(_ value: Value) { state = Mutex(State(value: value)) }

    var value: Value { state.withLock { $0.value } }

    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        let (result, told) = state.withLock { state in
            let result = body(&state.value)
            let told = state.watchers.filter { $0.isSo(state.value) }.map(\.told)
            state.watchers.removeAll { $0.isSo(state.value) }
            return (result, told)
        }
        for watcher in told { watcher.resume() }
        return result
    }

    /// Waits until it is so; a test's time limit ends what never is.
    func until(_ isSo: @escaping @Sendable (Value) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isSoAlready = state.withLock { state in
                if isSo(state.value) { return true }
                state.watchers.append((isSo, continuation))
                return false
            }
            if isSoAlready { continuation.resume() }
        }
    }
}
