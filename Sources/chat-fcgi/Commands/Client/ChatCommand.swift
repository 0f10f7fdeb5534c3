import Chat
import Glibc
import HTTPClient
import Scheduling
import Synchronization

/// `chat-fcgi chat`: a conversation in the terminal, with a server or with this machine's own configuration.
enum ChatCommand {
    private static let usage =
        "chat-fcgi chat [MESSAGE] [--agent noah] [--session ID] [--json] " + Access.usage

    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(
            words, valued: Access.options.union(["--agent", "--session"]), flags: ["--json"])
        let session = arguments.options["--session"] ?? "terminal-" + Identifiers.uuidV7()
        guard Identifiers.isAcceptable(session) else {
            throw CommandFailure(.usage, "--session \(session) must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        let agent = ChatAgent(arguments.options["--agent"] ?? "noah")
        let access = try await Access(arguments)
        let turn = ChatTurn(
            access: access, agent: agent, session: session, isJSON: arguments.flags.contains("--json"))
        let signals = listen(for: turn)
        defer { signals.cancel() }
        do {
            if arguments.words.isEmpty {
                try await converse(turn)
            } else {
                try await turn.run(arguments.words.joined(separator: " "))
            }
        } catch {
            await access.close()
            throw error
        }
        await access.close()
    }

    /// A message a line, until there are no more.
    private static func converse(_ turn: ChatTurn) async throws {
        let isTerminal = isatty(0) != 0 && isatty(1) != 0
        if isTerminal {
            say("\(turn.agent.name), conversation \(turn.session); Ctrl-C stops an answer, Ctrl-D ends")
        }
        var failure: CommandFailure?
        while true {
            if isTerminal { try Output.write(Array("> ".utf8)) }
            guard let line = await nextLine() else { break }
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            do {
                try await turn.run(line)
                failure = nil
            } catch let error as CommandFailure {
                // A person reads it and says something else; a script is told at the end.
                if isTerminal { complain(error.message) } else { throw error }
                failure = error
            }
        }
        if isTerminal { say("") }
        if let failure, !isTerminal { throw failure }
    }

    private static func nextLine() async -> String? {
        await withCheckedContinuation { continuation in
            Thread.start(name: "input") { continuation.resume(returning: readLine()) }
        }
    }

    /// Ctrl-C stops the answer that is being written; without one, a signal ends the command.
    private static func listen(for turn: ChatTurn) -> Task<Void, Never> {
        let signals = Signals.stream()
        return Task {
            for await signal in signals {
                guard signal == SIGINT, await turn.stop() else { Signals.end(by: signal) }
            }
        }
    }
}

/// A message and its reply, shown as it comes.
final class ChatTurn: Sendable {
    let agent: ChatAgent
    let session: String
    private let access: Access
    private let isJSON: Bool
    private let isTerminal = isatty(1) != 0
    /// The reply that is being written.
    private let reply = Mutex<String?>(nil)

    /// How often a line that broke is taken up again without anything coming of it.
    private static let attempts = 8
    private static let longestPauseMS = 8_000

    init(access: Access, agent: ChatAgent, session: String, isJSON: Bool) {
        self.access = access
        self.agent = agent
        self.session = session
        self.isJSON = isJSON
    }

    /// Asks, and shows the answer until its end. A line that breaks is taken up where it broke.
    /// - Throws: `CommandFailure`, when there is no whole answer.
    func run(_ message: String) async throws {
        // The same message is not answered twice, also when the line breaks before its first event.
        let key = Identifiers.uuidV7()
        var place = Place()
        var attempt = 0
        defer { reply.withLock { $0 = nil } }
        while true {
            do {
                var stream = try await open(message, key, place)
                if stream.status == 200 {
                    var events = DoctorStream(stream, since: .now())
                    while let event = try await events.next() {
                        attempt = 0
                        Terminal.erase()
                        if !event.id.isEmpty { place.last = event.id }
                        if try show(event, &place) { return }
                    }
                } else {
                    let failure = agent.explained(Access.failure(stream.status, try await stream.whole()))
                    // The web server may be without its program for a moment.
                    guard [502, 503, 504].contains(stream.status), attempt < Self.attempts else { throw failure }
                }
            } catch let failure as CommandFailure {
                throw failure
            } catch {
                guard attempt < Self.attempts else {
                    throw CommandFailure(
                        .unavailable,
                        "the connection was lost, and cannot be made again; chat-fcgi sessions \(session) shows what is there"
                    )
                }
            }
            attempt += 1
            guard attempt <= Self.attempts else {
                throw CommandFailure(
                    .unavailable, "the answer breaks off; chat-fcgi sessions \(session) shows what is there of it")
            }
            Terminal.show("the connection was lost; trying again")
            try? await Task.sleep(for: .milliseconds(min(Self.longestPauseMS, 100 << attempt)))
        }
    }

    /// Ends the reply that is being written. False when there is none.
    func stop() async -> Bool {
        guard let reply = reply.withLock({ $0 }) else { return false }
        let request = agent.stop(reply)
        return (try? await access.ask(.post, request.path, request.body)) != nil
    }

    // MARK: - Events

    private struct Place {
        var reply: String?
        /// The last event's id.
        var last = ""
        var list: [String] = []
    }

    private func open(_ message: String, _ key: String, _ place: Place) async throws -> Access.Stream {
        guard let reply = place.reply else {
            return try await access.open(
                .post, agent.path, agent.question(message, session: session),
                headers: [.init("Accept", "text/event-stream"), .init("Idempotency-Key", key)])
        }
        var headers = [HTTPHeader("Accept", "text/event-stream")]
        if !place.last.isEmpty { headers.append(HTTPHeader("Last-Event-ID", place.last)) }
        return try await access.open(.get, agent.path(of: reply), headers: headers)
    }

    /// - Returns: whether it was the last one.
    /// - Throws: `CommandFailure` for a reply that failed.
    private func show(_ event: DoctorStream.Event, _ place: inout Place) throws -> Bool {
        if isJSON { try Output.write(event.data + [0x0A]) }
        switch ChatNews(event.json) {
        case .begun(let reply):
            place.reply = reply
            self.reply.withLock { $0 = reply }
        case .text(let text): try put(text)
        case .reset: try put("\n[the answer starts again]\n")
        case .list(let titles): place.list = titles
        case .ended(let isStopped):
            try put(isStopped ? "\n[stopped]\n" : "\n")
            for title in place.list { try put("  \(title)\n") }
            return true
        case .failed(let text):
            try put("\n")
            throw CommandFailure(.unavailable, "the answer failed: \(Output.printable(text))")
        case .nothing: break
        }
        return false
    }

    private func put(_ text: String) throws {
        if !isJSON { try Output.write(Array((isTerminal ? Output.printable(text) : text).utf8)) }
    }
}
