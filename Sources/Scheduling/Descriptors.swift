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

    /// As many as the process may have. Asked for with each connection, so it is read once.
    public static let limit: Int = {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
        return Int(clamping: limit.rlim_cur)
    }()

    /// Takes as many as the process may take without asking anybody (the soft limit becomes the hard one): shells and service
    /// managers give 1,024, for programs that use select(2), where a stream takes one or two.
    public static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        // Some systems have no hard limit; more than this nobody needs, and the kernel may not give it.
        limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 1_048_576))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// What was counted last, and how it has changed since.
    private struct Count {
        var taken = 0
        /// `balance` at that time.
        var balance = 0
        var at: MonotonicTime?
    }

    private static let count = Mutex(Count())
    /// Connections and calls that were opened, less those of which it is known that they were closed.
    private static let balance = Atomic(0)
    /// How old a count may be: at most, where half are taken, and where few are left. A count looks at each of them (some 0.3 us).
    private static let (longest, usual, shortest) = (30_000, 1_000, 100)

    /// One of those was opened that there are by the thousand.
    public static func opened() { balance.wrappingAdd(1, ordering: .relaxed) }

    /// One that was told as opened was closed. Where that is not known, as with sockets that libcurl keeps, the next count finds it.
    public static func closed() { balance.wrappingSubtract(1, ordering: .relaxed) }

    /// Whether no more than `spare` are free. Any thread.
    ///
    /// Counted now and then, and reckoned in between by `opened` and `closed`. The lowest free number would not do: between those that
    /// are taken are those of connections that were closed.
    public static func areScarce(sparing spare: Int) -> Bool {
        let limit = self.limit
        return count.withLock { count in
            func taken() -> Int { count.taken + balance.load(ordering: .relaxed) - count.balance }
            let before = taken()
            let isLate = before + spare >= limit ? shortest : before + spare >= limit / 2 ? usual : longest
            let now = MonotonicTime.now()
            guard count.at.map({ now.milliseconds(since: $0) >= isLate }) ?? true else {
                return before + spare >= limit
            }
            count.balance = balance.load(ordering: .relaxed)
            count.taken = counted() ?? limit
            count.at = now
            return taken() + spare >= limit
        }
    }

    /// How many are taken; nil when there is none left to look with.
    private static func counted() -> Int? {
        guard let list = opendir("/proc/self/fd") else {
            // Without /proc, as in a bare chroot, the lowest free number has to do.
            let lowest = eventfd(0, Int32(EFD_CLOEXEC))
            guard lowest >= 0 else { return nil }
            close(lowest)
            return Int(lowest)
        }
        defer { closedir(list) }
        // Its own, and the two names of folders.
        var number = -3
        while readdir(list) != nil { number += 1 }
        return number
    }
}
