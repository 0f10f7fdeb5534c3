import CLinux
import Glibc
import Synchronization

/// What tasks tell the client's thread.
enum Command: Sendable {
    case start(Transfer, HTTPRequest)
    /// The task has read; go on receiving.
    case resume(Transfer)
    case cancel(Transfer)
    /// End every exchange.
    case stop
}

/// The client's thread's letter box: commands, steps of tasks that run there, and an eventfd that wakes the thread.
final class Mailbox: Sendable {
    /// A step of a task, and what it runs on.
    typealias Job = (job: UnownedJob, executor: UnownedTaskExecutor)

    /// Readable while there is something that the thread does not know of.
    let eventDescriptor: Int32

    private struct State {
        var commands: [Command] = []
        var jobs: [Job] = []
        var isSignalled = false
        /// Whether commands are refused.
        var isClosed = false
        var isOver = false
        var thread: pthread_t?

        /// Whether the thread is to be woken: it looks by itself for what it has posted.
        mutating func mustSignal() -> Bool {
            guard !isSignalled, thread.map({ pthread_equal($0, pthread_self()) == 0 }) ?? true else { return false }
            isSignalled = true
            return true
        }
    }
    private let state = Mutex(State())

    init() {
        eventDescriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        precondition(eventDescriptor >= 0, "eventfd: errno \(errno)")
    }

    deinit { Glibc.close(eventDescriptor) }

    // MARK: - Any thread

    /// Once the thread has stopped, commands fall away and a transfer to be started is cancelled.
    func post(_ command: Command) {
        let (wakes, isClosed) = state.withLock { state in
            guard !state.isClosed else { return (false, true) }
            state.commands.append(command)
            return (state.mustSignal(), false)
        }
        if isClosed, case .start(let transfer, _) = command { transfer.finish(.failure(.cancelled)) }
        // One wake-up for many: the thread takes them all.
        if wakes { eventfd_write(eventDescriptor, 1) }
    }

    func post(_ job: Job) {
        let wakes = state.withLock { state in
            state.jobs.append(job)
            return state.mustSignal()
        }
        if wakes { eventfd_write(eventDescriptor, 1) }
    }

    /// Nothing more will come: the thread ends.
    func end() {
        let wakes = state.withLock { state in
            state.isOver = true
            return state.mustSignal()
        }
        if wakes { eventfd_write(eventDescriptor, 1) }
    }

    // MARK: - The client's thread

    /// The calling thread is the one that takes what is here.
    func belongsToThisThread() { state.withLock { $0.thread = pthread_self() } }

    var isOver: Bool { state.withLock { $0.isOver } }
    var isEmpty: Bool { state.withLock { $0.commands.isEmpty && $0.jobs.isEmpty && !$0.isOver } }

    /// The thread has seen that it was signalled, and looks for everything that was posted.
    func takeSignal() {
        var count: eventfd_t = 0
        eventfd_read(eventDescriptor, &count)
        // Last: what was posted before is taken next, and who posts from now on signals anew.
        state.withLock { $0.isSignalled = false }
    }

    /// Takes all commands.
    func takeCommands() -> [Command] {
        state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    /// Takes all steps of tasks.
    func takeJobs() -> [Job] {
        state.withLock { state in
            defer { state.jobs = [] }
            return state.jobs
        }
    }

    /// Refuses further commands; what is still there is taken.
    func close() -> [Command] {
        state.withLock { state in
            state.isClosed = true
            defer { state.commands = [] }
            return state.commands
        }
    }
}

/// Runs tasks on the client's thread, where the bytes come in that they wait for: no other thread has to be woken for each.
///
/// For tasks whose every step takes a moment and waits for nothing: the exchanges wait meanwhile. It outlives its client as long as a
/// task prefers it.
public final class HTTPClientExecutor: TaskExecutor {
    private let mailbox: Mailbox

    init(mailbox: Mailbox) { self.mailbox = mailbox }

    deinit { mailbox.end() }

    public func enqueue(_ job: consuming ExecutorJob) {
        mailbox.post((UnownedJob(job), asUnownedTaskExecutor()))
    }
}
