import Scheduling

/// Holds a database thread inside a job until the test opens it.
final class Gate: Sendable {
    private let state = ConditionMutex(false)

    func open() { state.withLockSignalling { $0 = true } }

    /// Blocks: only for the database's own threads.
    func wait() {
        let _: Bool = state.wait { isOpen in isOpen ? true : nil }
        // A signal wakes one waiter; pass it on.
        open()
    }

    /// Waits without holding one of Swift's threads.
    func opened() async {
        while !state.withLock({ $0 }) { await Task.yield() }
    }
}
