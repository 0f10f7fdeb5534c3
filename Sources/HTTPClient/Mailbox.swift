import CLinux
import Glibc
import Synchronization

/// What tasks tell the client's thread.
enum Command: Sendable {
    case start(Transfer, HTTPRequest)
    /// The task has read; go on receiving.
    case resume(Transfer)
    case cancel(Transfer)
    /// End every exchange, then the thread.
    case stop
}

/// The client's thread's letter box: a list of commands and an eventfd that wakes the thread.
final class Mailbox: Sendable {
    /// Readable while there are commands.
    let eventDescriptor: Int32

    private struct State {
        var commands: [Command] = []
        var isClosed = false
    }
    private let state = Mutex(State())

    init() {
        eventDescriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        precondition(eventDescriptor >= 0, "eventfd: errno \(errno)")
    }

    deinit { Glibc.close(eventDescriptor) }

    /// Once the thread has stopped, commands fall away and a transfer to be started is cancelled.
    func post(_ command: Command) {
        let (wasEmpty, isClosed) = state.withLock { state in
            guard !state.isClosed else { return (false, true) }
            state.commands.append(command)
            return (state.commands.count == 1, false)
        }
        if isClosed, case .start(let transfer, _) = command { transfer.finish(.failure(.cancelled)) }
        // One wake-up for many commands: the thread takes them all.
        if wasEmpty { eventfd_write(eventDescriptor, 1) }
    }

    /// Takes all commands.
    func collect() -> [Command] {
        var count: eventfd_t = 0
        eventfd_read(eventDescriptor, &count)
        return state.withLock { state in
            defer { state.commands = [] }
            return state.commands
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
