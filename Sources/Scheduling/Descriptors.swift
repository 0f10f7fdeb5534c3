import CLinux
import Glibc

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

    /// Whether no more than `spare` are free. Three system calls; any thread.
    public static func areScarce(sparing spare: Int) -> Bool {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return false }
        // The kernel gives the lowest free number, which tells how many are taken.
        let lowest = eventfd(0, Int32(EFD_CLOEXEC))
        guard lowest >= 0 else { return true }
        close(lowest)
        return UInt64(lowest) + UInt64(spare) >= UInt64(limit.rlim_cur)
    }
}
