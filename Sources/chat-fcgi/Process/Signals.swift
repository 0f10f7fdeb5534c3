import CLinux
import Glibc
import Scheduling
import Synchronization

/// The signals that end the process or ask something of it, taken by one thread from a signalfd: no handler interrupts a call.
///
/// A command that says nothing ends at once, wherever it is. That is in good order: what is written to a database is whole
/// transactions, which the next process to open it finds, and nothing else is kept. A command that has to tidy up says so by
/// ``onEnd(_:)``; a process that serves takes the signals as they come, by ``stream()``.
///
/// `FCGX_Init` installs handlers of its own without SA_RESTART; blocked signals never reach them.
enum Signals {
    private static let all: [Int32] = [SIGTERM, SIGINT, SIGHUP]
    /// Those by which a process that serves is asked for something else than to end.
    private static let requests = [SIGHUP, SIGUSR2]

    private enum Reaction: Sendable {
        case endAtOnce
        /// Requests are kept for the stream that will follow; the others end the process at once.
        case start
        case stream(AsyncStream<Int32>.Continuation)
        /// The first signal calls this; the second ends the process at once.
        case tidyUp(@Sendable () -> Void)
    }

    private struct State: Sendable {
        var reaction = Reaction.endAtOnce
        /// Requests that came before the stream.
        var early: Set<Int32> = []
        /// The first that is to end the process, and when it came.
        var first: (signal: Int32, at: MonotonicTime)?
        var note = ""
    }

    private static let state = Mutex(State())

    /// `timeout` of the GNU coreutils sends a signal to its child and then to the child's group: that is one signal.
    private static let oneSignalMS = 50

    /// Blocks them for this thread and all it starts, and begins to take them. Before the first thread, so from `main`.
    /// - Parameter serves: whether the process serves or may come to. If not, a signal that it was started to ignore stays
    ///   ignored: `nohup` ignores SIGHUP, a script SIGINT for what it runs in the background.
    static func begin(serves: Bool) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in all where serves || !clinux_is_ignored(signal) { sigaddset(&set, signal) }
        if serves { sigaddset(&set, SIGUSR2) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        // A peer that is gone, and a file at its size limit, are errors of write(2), not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        if serves { state.withLock { $0.reaction = .start } }
        let descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC))
        Thread.start(name: "signals") {
            var information = signalfd_siginfo()
            while true {
                let count = read(descriptor, &information, MemoryLayout<signalfd_siginfo>.size)
                if count == MemoryLayout<signalfd_siginfo>.size {
                    react(to: Int32(information.ssi_signo))
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    /// The signals as they come, for a process that serves. SIGTERM and SIGINT may come twice for one.
    static func stream() -> AsyncStream<Int32> {
        AsyncStream { continuation in
            state.withLock { state in
                state.reaction = .stream(continuation)
                for signal in requests where state.early.contains(signal) { continuation.yield(signal) }
            }
        }
    }

    /// From here on the first signal calls `body`, on the thread of the signals; the command then ends by itself, soon. The
    /// second signal ends it at once.
    static func onEnd(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.reaction = .tidyUp(body) }
    }

    /// What the command has done so far, for the line that says that a signal ended it.
    static func note(_ text: String) { state.withLock { $0.note = text } }

    /// After a command that tidies up: ends the process if a signal told it to. One that serves has then ended as it should.
    static func endIfTold() {
        let signal = state.withLock { state -> Int32? in
            if case .tidyUp = state.reaction { state.first?.signal } else { nil }
        }
        if let signal { end(by: signal) }
    }

    /// Ends the process as the signal would have: a shell then ends a loop on Ctrl-C, and gives 128 + signal as exit code.
    static func end(by number: Int32, silently: Bool = false) -> Never {
        if number != SIGPIPE, !silently {
            let note = state.withLock { $0.note }
            Terminal.erase()
            // Anyone who reads standard error may have left off; that must not keep the process.
            var room = pollfd(fd: 2, events: Int16(POLLOUT), revents: 0)
            if poll(&room, 1, 0) == 1 { complain("ended by \(name(of: number))" + (note.isEmpty ? "" : ": \(note)")) }
        }
        signal(number, SIG_DFL)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(number)
        // The first process of a container is not ended by signals that have no handler.
        _exit(128 + number)
    }

    private static func react(to signal: Int32) {
        let reaction = state.withLock { state -> Reaction? in
            switch state.reaction {
            case .start where requests.contains(signal):
                state.early.insert(signal)
                return nil
            case .stream where requests.contains(signal):
                return state.reaction
            default:
                break
            }
            guard let first = state.first else {
                state.first = (signal, .now())
                return state.reaction
            }
            if MonotonicTime.now().milliseconds(since: first.at) < oneSignalMS { return nil }
            if case .stream = state.reaction { return state.reaction }
            return .endAtOnce
        }
        switch reaction {
        case nil: break
        case .endAtOnce, .start: end(by: signal)
        case .stream(let continuation): continuation.yield(signal)
        case .tidyUp(let body): body()
        }
    }

    private static func name(of signal: Int32) -> String {
        switch signal {
        case SIGTERM: "SIGTERM"
        case SIGINT: "SIGINT"
        case SIGHUP: "SIGHUP"
        default: "signal \(signal)"
        }
    }
}
