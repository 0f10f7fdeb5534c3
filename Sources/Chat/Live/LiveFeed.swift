public import Scheduling
import Synchronization

/// What one client has yet to see of a session's live objects.
///
/// Changes may come twice and in any order: the number of each tells which is the latest. A client that does not read gets
/// the latest state of each object later, not every state in between, so what waits for it is bounded by the objects.
public final class LiveFeed: Sendable {
    public enum Event: Sendable, Equatable {
        case updated(LiveObject)
        case expired(LiveKey)
    }

    private struct State {
        /// The objects that the client knows or is about to know.
        var known: [LiveKey: (sequence: Int64, expiresAt: Timestamp)] = [:]
        var pending: [LiveKey: Event] = [:]
        /// The keys of `pending`, in the order in which they came.
        var order: [LiveKey] = []
        var isEnded = false
        var waker: Waker?

        mutating func add(_ event: Event, _ key: LiveKey) {
            if pending.updateValue(event, forKey: key) == nil { order.append(key) }
        }
    }

    let place: LivePlace
    private let state = Mutex(State())

    init(place: LivePlace) { self.place = place }

    /// Wakes `waker` with `.data` whenever there is something to take, and at once.
    public func attach(_ waker: Waker) {
        state.withLock { $0.waker = waker }
        waker.wake(.data)
    }

    /// What has come since the last call, and whether nothing more will: the process is about to end.
    public func take() -> (events: [Event], isEnded: Bool) {
        state.withLock { state in
            defer {
                state.pending = [:]
                state.order = []
            }
            return (state.order.compactMap { state.pending[$0] }, state.isEnded)
        }
    }

    func apply(_ change: LiveChange, at now: Timestamp) {
        let key = change.object.key
        let waker = state.withLock { state -> Waker? in
            guard state.known[key].map({ $0.sequence < change.sequence }) ?? true else { return nil }
            if change.object.expiresAt > now {
                state.known[key] = (change.sequence, change.object.expiresAt)
                state.add(.updated(change.object), key)
            } else {
                guard state.known.removeValue(forKey: key) != nil else { return nil }
                state.add(.expired(key), key)
            }
            return state.waker
        }
        waker?.wake(.data)
    }

    /// Lets go of objects whose time is up.
    func expire(at now: Timestamp) {
        let waker = state.withLock { state -> Waker? in
            let over = state.known.filter { $0.value.expiresAt <= now }
            for key in over.keys {
                state.known[key] = nil
                state.add(.expired(key), key)
            }
            return over.isEmpty ? nil : state.waker
        }
        waker?.wake(.data)
    }

    func end() {
        let waker = state.withLock { state in
            state.isEnded = true
            return state.waker
        }
        waker?.wake(.data)
    }
}
