import Synchronization

/// What answers a turn: begun once, at the earliest when the store has decided to take the turn.
final class TurnBeginning: Sendable {
    typealias Begun = (turn: ConversationEngine.PendingTurn, task: Task<Void, Never>)

    private let make: @Sendable (_ isQueued: Bool) -> Begun
    private let none: @Sendable () -> Void
    private let begun = Mutex<Begun?>(nil)

    /// - Parameters:
    ///   - make: begins it.
    ///   - none: called where it is undone before it was begun.
    init(make: @escaping @Sendable (_ isQueued: Bool) -> Begun, none: @escaping @Sendable () -> Void) {
        self.make = make
        self.none = none
    }

    /// Begins it, unless that was done.
    @discardableResult
    func begin(isQueued: Bool) -> Begun {
        begun.withLock { begun in
            if let begun { return begun }
            let new = make(isQueued)
            begun = new
            return new
        }
    }

    /// The store does not have it: what was begun ends, and nobody is told of it.
    func undo() {
        guard let begun = begun.withLock({ $0 }) else { return none() }
        begun.task.cancel()
        begun.turn.opened(false)
    }
}
