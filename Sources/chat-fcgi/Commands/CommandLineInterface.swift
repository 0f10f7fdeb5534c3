import FCGIApp
import Glibc

/// Finds the command and runs it.
enum CommandLineInterface {
    /// - Parameter arguments: without the program's name.
    /// - Throws: `CommandFailure`.
    static func run(_ arguments: [String]) async throws {
        let rest = arguments.dropFirst()
        // Behind any command: who does not know its options does not know where to ask either.
        let mayBeOptions = rest.prefix { $0 != "--" }
        if mayBeOptions.contains("--help") || mayBeOptions.contains("-h") { return say(Help.text(of: arguments.first)) }
        switch arguments.first {
        case nil: try await Inherited.run()
        case "serve": try await serve(rest)
        case "chat": try await ChatCommand.run(rest)
        case "sessions": try await SessionsCommand.run(rest)
        case "top": try await TopCommand.run(rest)
        case "config": try ConfigCommand.run(rest)
        case "salvage": try SalvageCommand.run(rest)
        case "check": try await CheckCommand.run(rest)
        case "doctor": try await DoctorCommand.run(rest)
        case "catalog": try await CatalogCommand.run(rest)
        case "token": try await TokenCommand.run(rest)
        case "key": try await KeyCommand.run(rest)
        case "user": try await UserCommand.run(rest)
        case "usage": try await UsageCommand.run(rest)
        case "backup": try BackupCommand.run(rest)
        case "restore": try RestoreCommand.run(rest)
        case "migrate": try await MigrateCommand.run(rest)
        case "--help", "-h", "help": say(Help.text(of: rest.first))
        case "--version", "-V": say("chat-fcgi \(version)")
        case let word?:
            throw CommandFailure(.usage, "\"\(word)\" is not a command; chat-fcgi --help lists them")
        }
    }

    private static func serve(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--config", "--listen", "--socket-mode"])
        try arguments.expect(words: 0...0, "chat-fcgi serve [--config F] [--listen ADDRESS] [--socket-mode 0660]")
        let mode = arguments.options["--socket-mode"] ?? "0660"
        guard let mode = UInt32(mode, radix: 8), mode <= 0o777 else {
            throw CommandFailure(.usage, "--socket-mode \(mode) must be an octal number such as 0660")
        }
        let path = arguments.options["--config"]
        let configured = try await Configured.forServing(path: path)
        let address = arguments.options["--listen"] ?? configured.settings.listen.description
        let received = Handover.Received()
        try await Serve(configured, configPath: path, received?.channel) {
            try received?.sockets(isOwn: true) ?? [ListeningSocket(address: address, mode: mode)]
        }.run()
    }
}

/// Started without a command: by a web server, a spawner, systemd, or a person.
enum Inherited {
    /// The first descriptor that systemd passes (sd_listen_fds(3)).
    private static let firstDescriptor: Int32 = 3

    static func run() async throws {
        if let received = Handover.Received() {
            let configured = try await Configured.forServing(path: nil)
            try await Serve(configured, configPath: nil, received.channel) { try received.sockets(isOwn: false) }.run()
        } else if let count = socketsFromSystemd() {
            let configured = try await Configured.forServing(path: nil)
            try await Serve(configured, configPath: nil) {
                try (0..<count).map { try ListeningSocket(inherited: firstDescriptor + $0) }
            }.run()
        } else if ListeningSocket.isListening(0) {
            let configured = try await Configured.forServing(path: nil)
            try await Serve(configured, configPath: nil) { [try ListeningSocket(inherited: 0)] }.run()
        } else if getenv("GATEWAY_INTERFACE") != nil {
            try await answerOneRequest()
        } else {
            say(Help.text)
        }
    }

    private static func answerOneRequest() async throws {
        let configured: Configured
        let assembly: Assembly
        do {
            configured = try Configured(path: nil)
            try WebRoot.refusePrivateFiles(of: configured.settings)
            assembly = try Assembly(
                settings: configured.settings, providers: configured.providers, log: configured.log(staysUp: false),
                staysUp: false)
        } catch {
            // The reason is for the log, which the caller writes; the client is told in the API's form that there is one.
            CGIExchange.answerNotSetUp()
            throw error
        }
        let upkeep = Upkeep(assembly)
        upkeep.start()
        endOnSignal(assembly)
        await CGIExchange.answer(
            with: assembly.responder, limits: Request.Limits(configured.settings.limits))
        await assembly.engine.drain(deadlineMS: configured.settings.stream.drainTimeoutMS)
        await upkeep.end()
        await assembly.close()
    }

    /// Web servers send SIGTERM to a CGI process whose client has left, and leaving does not stop a turn: the first signal lets
    /// it go on, for as long as `stream.detach_grace_ms` and `stream.drain_timeout_ms` allow. The second ends it as interrupted,
    /// and its client is told so; the third ends the process. Without a turn of its own, such as one that reads another
    /// process's turn, it ends at the first.
    private static func endOnSignal(_ assembly: Assembly) {
        let limit = assembly.settings.stream.drainTimeoutMS
        let signals = Signals.stream()
        Task {
            var count = 0
            for await signal in signals where signal != SIGUSR2 {
                count += 1
                // Web servers send the signal to every process that ends a moment later than its answer.
                if assembly.engine.liveTurns == 0 { Signals.end(by: signal, silently: true) }
                if count > 2 { Signals.end(by: signal) }
                let deadlineMS = count == 1 ? limit : 0
                Task {
                    await assembly.engine.drain(deadlineMS: deadlineMS)
                    // Who reads has the last events by then; the process ends by itself when its answer is written.
                    assembly.timers.schedule(afterMilliseconds: 2_000) { Signals.end(by: signal) }
                }
            }
        }
    }

    /// How many sockets systemd passed; nil when it passed none to this process.
    private static func socketsFromSystemd() -> Int32? {
        guard let count = getenv("LISTEN_FDS").flatMap({ Int32(String(cString: $0)) }), (1...64).contains(count),
            getenv("LISTEN_PID").map({ String(cString: $0) }) == String(getpid())
        else { return nil }
        return count
    }
}

/// cgi-fcgi starts programs with descriptors 1 and 2 closed, and so does `>&-`. The next file opened would get such a number,
/// and a line for the log would end up in the database. Before anything is opened.
func openStandardDescriptors(serves: Bool) {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
        // A command whose output goes nowhere is told so when it writes.
        _ = open("/dev/null", descriptor == 1 && !serves ? O_RDONLY : O_RDWR)
    }
}
