import Configuration
import FCGIApp
import Glibc
import Scheduling

/// Serves FastCGI until a signal ends it, or another process has taken its place.
struct Serve {
    let assembly: Assembly
    let server: FastCGIServer
    let configPath: String?
    private let sockets: [ListeningSocket]
    private let predecessor: HandoverChannel?
    private let signals: AsyncStream<Int32>

    private enum Event {
        case signal(Int32)
        case handover(Handover, isDone: Bool)
    }

    /// - Parameters:
    ///   - predecessor: the process whose place this one takes.
    ///   - open: opens the sockets, after the parts are there: nobody should connect to a program that cannot start.
    init(
        _ configured: Configured, configPath: String?, _ predecessor: HandoverChannel? = nil,
        open: () throws -> [ListeningSocket]
    ) throws {
        self.configPath = configPath
        self.predecessor = predecessor
        Descriptors.raiseLimit()
        let log = configured.log(staysUp: true)
        assembly = try Assembly(settings: configured.settings, providers: configured.providers, log: log, staysUp: true)
        let missing = Contents(configured.settings).missing
        for line in configured.settings.warnings(providers: configured.providers) + missing { log.warning(line) }
        // From the moment that clients can connect, a signal to end lets them have their answers.
        signals = Signals.stream()
        do {
            sockets = try open()
        } catch let error as ListenError {
            throw CommandFailure(.unavailable, error.description)
        }
        server = try FastCGIServer(
            sockets: sockets, responder: assembly.responder,
            limits: Request.Limits(configured.settings.limits), timers: assembly.timers,
            log: { log.warning($0) })
        assembly.figures.add(server)
        for socket in sockets { log.info("chat-fcgi \(version) serves on \(socket.name), process \(getpid())") }
    }

    /// Serves until SIGTERM or SIGINT, then lets streams end. The second such signal ends them, the third the process.
    func run() async {
        let upkeep = Upkeep(assembly)
        // The process before may have been silent for as long as the migration took.
        upkeep.start(sparesTheSilent: predecessor != nil)
        server.start()
        if let predecessor {
            server.adopt(from: predecessor)
            predecessor.sayReady()
        }
        ServiceManager.tell("READY=1")
        let (events, sink) = AsyncStream.makeStream(of: Event.self)
        let forwarding = Task { [signals] in for await signal in signals { sink.yield(.signal(signal)) } }
        defer { forwarding.cancel() }
        if let handover = await serve(events, sink) {
            await handOver(handover, events)
        } else {
            await drain(events)
        }
        await upkeep.end()
        await assembly.close()
        assembly.log.info("ended")
    }

    /// Until the process is to end.
    /// - Returns: who has taken its place; nil when it was told to end.
    private func serve(_ events: AsyncStream<Event>, _ sink: AsyncStream<Event>.Continuation) async -> Handover? {
        var begun: Handover?
        for await event in events {
            switch event {
            case .signal(SIGHUP): await reload()
            case .signal(SIGUSR2): if begun == nil { begun = begin(sink) }
            case .signal:
                if let begun { kill(begun.successor, SIGTERM) }
                assembly.store.awaitMigration(false)
                return nil
            case .handover(let handover, isDone: true):
                assembly.store.awaitMigration(false)
                return handover
            case .handover(_, isDone: false):
                begun = nil
                assembly.store.awaitMigration(false)
                assembly.log.error("SIGUSR2: the new process ended before it served; this one goes on")
            }
        }
        return nil
    }

    private func begin(_ sink: AsyncStream<Event>.Continuation) -> Handover? {
        do {
            let handover = try Handover(of: sockets)
            assembly.store.awaitMigration(true)
            assembly.log.info("SIGUSR2: process \(handover.successor) starts, to take over the sockets")
            Thread.start(name: "handover") { sink.yield(.handover(handover, isDone: handover.waitUntilItServes())) }
            return handover
        } catch {
            assembly.log.error("SIGUSR2: \((error as? CommandFailure)?.message ?? "\(error)"); this process goes on")
            return nil
        }
    }

    /// Lets what is under way end, as long as an answer may last, while the new process takes everything else.
    private func handOver(_ handover: Handover, _ events: AsyncStream<Event>) async {
        // From now on the signs of life are the new process's, whose next one need not be at once.
        ServiceManager.tell("MAINPID=\(handover.successor)\nWATCHDOG=1")
        let log = assembly.log
        log.info(
            "process \(handover.successor) has taken over; \(counted(assembly.engine.liveTurns, "turn")) left to end here"
        )
        let settings = assembly.settings
        let limit = max(settings.stream.drainTimeoutMS, settings.clocks.totalMS)
        // Nothing is refused here: a request that was read a moment ago still has its answer.
        let connections = Task { await server.drain(to: handover.channel) }
        let feeds = Task {
            while !Task.isCancelled {
                assembly.live.endFeeds()
                try? await assembly.timers.sleep(milliseconds: 200)
            }
        }
        let hurry = hurry(events)
        assembly.timers.schedule(afterMilliseconds: limit) { Task { await assembly.engine.drain(deadlineMS: 0) } }
        await connections.value
        feeds.cancel()
        await assembly.engine.drain(deadlineMS: limit)
        hurry.cancel()
    }

    private func drain(_ events: AsyncStream<Event>) async {
        ServiceManager.tell("STOPPING=1")
        let limit = assembly.settings.stream.drainTimeoutMS
        assembly.log.info(
            "ending: no new requests; \(counted(assembly.engine.liveTurns, "turn")) with up to \(limit) ms")
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let hurry = hurry(events) { end.finish() }
        defer { hurry.cancel() }
        // What had come before the signal is answered, so turns may begin for as long as a connection is open.
        Task {
            await server.drain()
            end.finish()
        }
        assembly.timers.schedule(afterMilliseconds: limit) {
            assembly.live.close()
            Task { await assembly.engine.drain(deadlineMS: 0) }
        }
        let idle = Task {
            // Every turn has its terminal event; who does not read it holds nobody up for long.
            var idleMS = 0
            while !Task.isCancelled, idleMS < 2_000 {
                assembly.live.endFeeds()
                try? await assembly.timers.sleep(milliseconds: 100)
                idleMS = assembly.engine.liveTurns == 0 ? idleMS + 100 : 0
            }
            end.finish()
        }
        for await _ in ends {}
        idle.cancel()
        // Of those whose clients have left.
        await assembly.engine.drain(deadlineMS: limit)
    }

    /// The next signal to end ends all answers, the one after it the process.
    private func hurry(
        _ events: AsyncStream<Event>, _ whenTold: @escaping @Sendable () -> Void = {}
    ) -> Task<Void, Never> {
        Task {
            var isFirst = true
            for await case .signal(let signal) in events where signal != SIGHUP && signal != SIGUSR2 {
                guard isFirst else { Signals.end(by: signal) }
                isFirst = false
                assembly.log.info("ending at once: \(counted(assembly.engine.liveTurns, "turn")) interrupted")
                Task {
                    await assembly.engine.drain(deadlineMS: 0)
                    // Who reads has the last events by then.
                    assembly.timers.schedule(afterMilliseconds: 1_000, whenTold)
                }
            }
        }
    }

    /// SIGHUP: takes the configuration as it is now; a bad one is reported and the old one stays.
    private func reload() async {
        do {
            let configured = try await Configured.forServing(path: configPath)
            try assembly.use(configured.settings, configured.providers)
            for line in configured.settings.warnings(providers: configured.providers) { assembly.log.warning(line) }
            assembly.log.info("SIGHUP: the configuration was read again")
        } catch let failure as CommandFailure {
            assembly.log.error("SIGHUP: the old configuration stays: \(failure.message)")
        } catch {
            assembly.log.error("SIGHUP: the old configuration stays: \(error)")
        }
    }
}
