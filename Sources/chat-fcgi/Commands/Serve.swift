import CLinux
import Chat
import Configuration
import FCGIApp
import Glibc
import Scheduling

/// Serves FastCGI until a signal ends it.
struct Serve {
    /// How often a worker says that it lives, and how long its silence must last until its turns are given up.
    private static let heartbeatMS = 2_000
    private static let silenceMS: Int64 = 10_000
    private static let sweepMS = 5_000
    /// How often the locks of the others are looked at.
    private static let presenceMS = 500

    let assembly: Assembly
    private let presence: WorkerPresence
    let server: FastCGIServer
    let configPath: String?

    /// - Parameter open: opens the sockets, after the parts are there: nobody should connect to a program that cannot start.
    init(_ configured: Configured, configPath: String?, open: () throws -> [ListeningSocket]) throws {
        self.configPath = configPath
        let log = configured.log
        assembly = try Assembly(settings: configured.settings, providers: configured.providers, log: log, staysUp: true)
        presence = WorkerPresence(of: assembly.engine.worker, dataFolder: configured.settings.dataDirectory)
        for line in configured.settings.warnings(providers: configured.providers) { log.warning(line) }
        let sockets: [ListeningSocket]
        do {
            sockets = try open()
        } catch let error as ListenError {
            throw CommandFailure(.unavailable, error.description)
        }
        server = try FastCGIServer(
            sockets: sockets, responder: assembly.responder,
            limits: Request.Limits(bodyBytes: configured.settings.limits.bodyBytes), timers: assembly.timers,
            log: { log.warning($0) })
        for socket in sockets { log.info("chat-fcgi \(version) serves on \(socket.name), process \(getpid())") }
    }

    /// Serves until SIGTERM or SIGINT, then lets streams end.
    func run() async {
        let upkeep = Task { await keepUp() }
        let watch = Task { await watchOthers() }
        server.start()
        for await signal in Signals.stream() {
            if signal == SIGHUP { reload() } else { break }
        }
        let limit = assembly.settings.stream.drainTimeoutMS
        assembly.log.info("ending: no new requests; \(assembly.engine.liveTurns) turns have up to \(limit) ms")
        let connections = Task { await server.drain() }
        await assembly.engine.drain(deadlineMS: limit)
        upkeep.cancel()
        watch.cancel()
        // Every turn has its terminal event; who does not read it holds nobody up for long.
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        assembly.timers.schedule(afterMilliseconds: 2_000) { end.finish() }
        Task {
            await connections.value
            end.finish()
        }
        for await _ in ends {}
        await assembly.close()
        presence.leave()
        assembly.log.info("ended")
    }

    /// Says that this worker lives, and ends turns whose worker does not.
    private func keepUp() async {
        var sinceSweep = Self.sweepMS
        while !Task.isCancelled {
            do {
                let now = Timestamp.now()
                try await assembly.store.heartbeat(of: assembly.engine.worker, at: now)
                if sinceSweep >= Self.sweepMS {
                    sinceSweep = 0
                    // What a burst of questions has taken and freed goes back to the kernel: the C library would keep it.
                    malloc_trim(0)
                    try await assembly.engine.endAbandonedTurns(
                        since: Timestamp(milliseconds: now.milliseconds - Self.silenceMS))
                    try await dropOldEvents(now)
                }
            } catch {
                assembly.log.warning("upkeep: \(error)")
            }
            try? await assembly.timers.sleep(milliseconds: Self.heartbeatMS)
            sinceSweep += Self.heartbeatMS
        }
    }

    /// Ends the turns of workers that were killed. What cannot be done now is tried again.
    private func watchOthers() async {
        while !Task.isCancelled {
            for worker in presence.gone() {
                do {
                    try await assembly.store.noteGone(worker)
                    while try await assembly.engine.endAbandonedTurns(since: Timestamp(milliseconds: 1)) > 0 {}
                    presence.forget(worker)
                } catch {
                    assembly.log.warning("turns of \(worker), which is gone: \(error)")
                }
            }
            try? await assembly.timers.sleep(milliseconds: Self.presenceMS)
        }
    }

    /// Events of turns that ended long ago go; the message itself tells the turn from then on.
    private func dropOldEvents(_ now: Timestamp) async throws {
        let end = Timestamp(milliseconds: now.milliseconds - Int64(assembly.settings.stream.replaySeconds) * 1_000)
        // In small steps: others write meanwhile.
        while try await assembly.store.dropEvents(endedBefore: end, among: 1_000) > 0 {}
    }

    /// SIGHUP: takes the configuration as it is now; a bad one is reported and the old one stays.
    private func reload() {
        do {
            let configured = try Configured(path: configPath)
            assembly.use(configured.settings, configured.providers)
            for line in configured.settings.warnings(providers: configured.providers) { assembly.log.warning(line) }
            assembly.log.info("SIGHUP: the configuration was read again")
        } catch let failure as CommandFailure {
            assembly.log.error("SIGHUP: the old configuration stays: \(failure.message)")
        } catch {
            assembly.log.error("SIGHUP: the old configuration stays: \(error)")
        }
    }
}
