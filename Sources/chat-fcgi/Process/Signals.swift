import CLinux
import Glibc
import Scheduling

/// The process's signals, taken by signalfd: no handler interrupts a call, and no thread but one sees them.
///
/// `FCGX_Init` installs handlers of its own without SA_RESTART; blocked signals never reach them.
enum Signals {
    static let handled: [Int32] = [SIGTERM, SIGINT, SIGHUP]

    /// Blocks them for this thread and all it starts. Before the first thread, so from `main`.
    static func block() {
        var set = Self.set
        pthread_sigmask(SIG_BLOCK, &set, nil)
        // A peer that is gone, and a file at its size limit, are errors of write(2), not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// The signals as they come.
    static func stream() -> AsyncStream<Int32> {
        var set = Self.set
        let descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC))
        return AsyncStream { continuation in
            Thread.start(name: "signals") {
                var information = signalfd_siginfo()
                while true {
                    let count = read(descriptor, &information, MemoryLayout<signalfd_siginfo>.size)
                    if count == MemoryLayout<signalfd_siginfo>.size {
                        continuation.yield(Int32(information.ssi_signo))
                    } else if errno != EINTR {
                        return
                    }
                }
            }
        }
    }

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in handled { sigaddset(&set, signal) }
        return set
    }
}
