import CLinux
import Glibc
import Synchronization

/// The process's descriptors, of which the last few are left free.
///
/// A Swift program that has none left does not only fail to open things, it is killed: once a second libdispatch looks at
/// its threads in /proc, and traps when it cannot open the file
/// (https://github.com/swiftlang/swift-corelibs-libdispatch/blob/main/src/event/workqueue.c,
/// _dispatch_workq_count_runnable_workers). So whatever opens descriptors by the thousand asks here first. SQLite's files
/// and the program's own are opened without asking.
public enum Descriptors {
    /// Left free when connections are accepted: a turn may need one to a provider.
    public static let sparedByConnections = 16
    /// Left free when a provider is called.
    public static let sparedByCalls = 8

    /// As many as the process may have.
    public static var limit: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
        return Int(clamping: limit.rlim_cur)
    }

    /// Takes as many as the process may take without asking anybody (the soft limit becomes the hard one): shells and service
    /// managers give 1,024, for programs that use select(2), where a stream takes one or two.
    public static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        // Some systems have no hard limit; more than this nobody needs, and the kernel may not give it.
        limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 1_048_576))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// How many callers need not look: so many descriptors were free when one did.
    private static let unseen = Atomic(0)

    /// Whether no more than `spare` are free. Any thread. Three system calls where few are free; where there are many, one, and the
    /// other two now and then.
    public static func areScarce(sparing spare: Int) -> Bool {
        let limit = self.limit
        if spare <= limit / 4, unseen.wrappingSubtract(1, ordering: .relaxed).oldValue > 0 { return false }
        // The kernel gives the lowest free number, which tells how many are taken.
        let lowest = eventfd(0, Int32(EFD_CLOEXEC))
        guard lowest >= 0 else { return true }
        close(lowest)
        // No caller takes more than a few before the next one asks.
        unseen.store((limit - limit / 4 - Int(lowest)) / 16, ordering: .relaxed)
        return Int(lowest) + spare >= limit
    }
}
