import FCGIApp
import Glibc

/// A new process of the program takes the place of this one on its listening sockets: SIGUSR2, as nginx knows it.
///
/// The new one finds in its environment the descriptors of the line to this process and of the sockets. It migrates the store, builds its
/// parts, begins to accept and says so; until then this process serves. If it ends before, nothing has happened.
struct Handover {
    private static let variable = "CHAT_FCGI_HANDOVER"

    let successor: pid_t
    let channel: HandoverChannel

    /// Starts the program that lies now where this one was started from, with the same words, environment and folder.
    /// - Throws: `CommandFailure`, when it cannot be started.
    init(of sockets: [ListeningSocket]) throws {
        guard getpid() != 1 else {
            throw CommandFailure(
                .unavailable,
                "the first process of a container cannot hand over, since the container ends with it; restart the container"
            )
        }
        guard let ends = HandoverChannel.pair() else {
            throw CommandFailure(.unavailable, "socketpair: \(String(cString: strerror(errno)))")
        }
        channel = ends.old
        let descriptors = [ends.new.descriptor] + sockets.map(\.descriptor)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Onto itself: the new process has it open, and only the new process (posix_spawn(3)).
        for descriptor in descriptors { posix_spawn_file_actions_adddup2(&actions, descriptor, descriptor) }
        let value = descriptors.map(String.init).joined(separator: ",")
        var words: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
        var variables: [UnsafeMutablePointer<CChar>?] = Self.environment.map { strdup($0) }
        variables.append(strdup("\(Self.variable)=\(value)"))
        defer { for text in words + variables { free(text) } }
        words.append(nil)
        variables.append(nil)
        var process: pid_t = 0
        let code = posix_spawnp(&process, CommandLine.arguments[0], &actions, nil, words, variables)
        guard code == 0 else {
            throw CommandFailure(
                .unavailable, "\(CommandLine.arguments[0]) cannot be started: \(String(cString: strerror(code)))")
        }
        successor = process
        withExtendedLifetime(ends.new) {}
    }

    /// Waits until the new process serves. False when it has ended instead. Blocks.
    func waitUntilItServes() -> Bool {
        if channel.waitUntilReady() { return true }
        var status: Int32 = 0
        waitpid(successor, &status, 0)
        return false
    }

    /// The environment without what holds for one process only (sd_watchdog_enabled(3)).
    private static var environment: [String] {
        var entries: [String] = []
        var entry = environ
        while let text = entry.pointee {
            let text = String(cString: text)
            if !["WATCHDOG_PID=", "\(variable)="].contains(where: text.hasPrefix) { entries.append(text) }
            entry += 1
        }
        return entries
    }

    // MARK: - In the new process

    /// What the process before has handed over; nil when there was none.
    struct Received {
        let channel: HandoverChannel
        private let descriptors: [Int32]

        /// Once: later processes are told anew.
        init?() {
            guard let text = getenv(variable).map({ String(cString: $0) }) else { return nil }
            unsetenv(variable)
            let numbers = text.split(separator: ",").compactMap { Int32($0) }
            guard numbers.count > 1 else { return nil }
            channel = HandoverChannel(descriptor: numbers[0])
            descriptors = Array(numbers.dropFirst())
        }

        /// - Parameter isOwn: whether the program opened them itself, and removes their files at its end.
        func sockets(isOwn: Bool) throws -> [ListeningSocket] {
            try descriptors.map { try isOwn ? ListeningSocket(handedOver: $0) : ListeningSocket(inherited: $0) }
        }
    }
}
