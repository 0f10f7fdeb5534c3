import Configuration
import FCGIApp
import Glibc
import Scheduling

/// Serves FastCGI until a signal ends it.
struct Serve {
    let assembly: Assembly
    let server: FastCGIServer
    let configPath: String?

    /// - Parameter open: opens the sockets, after the parts are there: nobody should connect to a program that cannot start.
    init(_ configured: Configured, configPath: String?, open: () throws -> [ListeningSocket]) throws {
        self.configPath = configPath
        Descriptors.raiseLimit()
        let log = configured.log(staysUp: true)
        assembly = try Assembly(settings: configured.settings, providers: configured.providers, log: log, staysUp: true)
        let missing = Contents(configured.settings).missing
        for line in configured.settings.warnings(providers: configured.providers) + missing { log.warning(line) }
        let sockets: [ListeningSocket]
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
        upkeep.start()
        server.start()
        ServiceManager.tell("READY=1")
        let signals = Signals.stream()
        for await signal in signals {
            if signal == SIGHUP { await reload() } else { break }
        }
        ServiceManager.tell("STOPPING=1")
        let limit = assembly.settings.stream.drainTimeoutMS
        assembly.log.info("ending: no new requests; \(assembly.engine.liveTurns) turns have up to \(limit) ms")
        assembly.live.close()
        let connections = Task { await server.drain() }
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let hurry = Task {
            var isSecond = true
            for await signal in signals where signal != SIGHUP {
                guard isSecond else { Signals.end(by: signal) }
                isSecond = false
                assembly.log.info("ending at once: \(assembly.engine.liveTurns) turns end as interrupted")
                Task {
                    await assembly.engine.drain(deadlineMS: 0)
                    // Who reads has the last events by then.
                    assembly.timers.schedule(afterMilliseconds: 1_000) { end.finish() }
                }
            }
        }
        defer { hurry.cancel() }
        await assembly.engine.drain(deadlineMS: limit)
        // Every turn has its terminal event; who does not read it holds nobody up for long.
        assembly.timers.schedule(afterMilliseconds: 2_000) { end.finish() }
        Task {
            await connections.value
            end.finish()
        }
        for await _ in ends {}
        await upkeep.end()
        await assembly.close()
        assembly.log.info("ended")
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
