import Scheduling

/// Holds a server's thread until the test says so.
public final class Gate: Sendable {
    private let isOpen = ConditionMutex(false)

    public init() {}

    public func open() { isOpen.withLockSignalling { $0 = true } }

    /// For one thread.
    public func wait() { isOpen.wait { $0 ? () : nil } }
}
