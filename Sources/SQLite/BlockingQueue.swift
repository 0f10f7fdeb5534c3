// SQLite as this program uses it: one writer, some readers, migrations, errors with their causes.

import Scheduling

/// A bounded queue from any thread or task to threads that may block.
final class BlockingQueue<Element: Sendable>: Sendable {
    enum Refusal: Error {
        case full, closed
    }

    private struct State {
        var elements: [Element] = []
        var isClosed = false
    }

    private let state = ConditionMutex(State())
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Appends at once or refuses; never waits.
    /// - Parameter wakes: false leaves it until a later element wakes a thread, or the queue is closed.
    func append(_ element: Element, wakes: Bool = true) throws(Refusal) {
        let refusal: Refusal? = state.withLockSignallingAsNeeded { state, signals in
            if state.isClosed { return .closed }
            if state.elements.count >= capacity { return .full }
            state.elements.append(element)
            signals = wakes
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Waits for at least one element and takes up to `limit`, oldest first. Nil once the queue is closed and empty.
    func take(upTo limit: Int) -> [Element]? {
        let taken: [Element] = state.wait { state in
            if state.elements.isEmpty { return state.isClosed ? [] : nil }
            let taken = Array(state.elements.prefix(limit))
            state.elements.removeFirst(taken.count)
            return taken
        }
        if taken.isEmpty {
            // Passes the news of the close on: a signal wakes one waiting thread only.
            state.withLockSignalling { _ in }
            return nil
        }
        return taken
    }

    /// Refuses further elements; what is queued is still taken.
    func close() {
        state.withLockSignalling { state in state.isClosed = true }
    }

    var isClosed: Bool { state.withLock { state in state.isClosed } }

    var count: Int { state.withLock { state in state.elements.count } }
}
