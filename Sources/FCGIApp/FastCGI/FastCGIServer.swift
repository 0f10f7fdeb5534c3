import CFCGI
import CLinux
import Glibc
public import Scheduling
import Synchronization

/// Serves FastCGI: one thread waits for all connections, a few parse requests, tasks answer them.
///
/// A connection costs no thread, whether it waits for its next request, has sent half of one, or streams. How the
/// threads hand a connection on is told at `FastCGIConnection`; docs/architecture.md draws it.
public final class FastCGIServer: Sendable {
    /// Threads that parse. They wait for the peer only in the midst of a body too long for the kernel's buffer.
    private static let readers = 4
    /// How long no connection is accepted after the process ran out of descriptors, unless one is closed before.
    private static let acceptPauseMS = 50

    private struct State {
        var connections: [UInt64: FastCGIConnection] = [:]
        var nextName: UInt64 = 1000
        var acceptsArePaused = false
        var whenEmpty: [CheckedContinuation<Void, Never>] = []
    }

    let poller: Poller
    let limits: Request.Limits
    private let sockets: [ListeningSocket]
    private let responder: any Responder
    private let timers: TimerWheel
    private let log: @Sendable (String) -> Void
    private let state = Mutex(State())
    private let draining = Atomic(false)
    private let readable = Guarded<[FastCGIConnection]>([])
    private let inFlight = Atomic(0)

    /// - Parameters:
    ///   - log: takes a line for the operator.
    /// - Throws: `SocketError` when the kernel gives no epoll.
    public init(
        sockets: [ListeningSocket], responder: any Responder, limits: Request.Limits = .init(), timers: TimerWheel,
        log: @escaping @Sendable (String) -> Void
    ) throws {
        self.sockets = sockets
        self.responder = responder
        self.limits = limits
        self.timers = timers
        self.log = log
        poller = try Poller()
        // libfcgi waits up to 2 s for the peer at every close unless told not to.
        setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "0", 1)
        FCGX_Init()
    }

    /// Begins to serve, on threads of its own.
    public func start() {
        for index in sockets.indices { watch(index) }
        for number in 1...Self.readers { Thread.start(name: "reader-\(number)") { self.readRequests() } }
        Thread.start(name: "poller") { self.poll() }
    }

    /// Requests being answered.
    public var openRequests: Int { inFlight.load(ordering: .relaxed) }

    /// Stops taking requests and waits until those under way have ended.
    ///
    /// The listening sockets are closed; connections that wait for a next request are closed; streams go on. How long to
    /// wait is the caller's: it ends what must end, and then this returns.
    public func drain() async {
        draining.store(true, ordering: .sequentiallyConsistent)
        for socket in sockets {
            poller.remove(socket.descriptor)
            close(socket.descriptor)
            if let path = socket.path { unlink(path) }
        }
        let waiting = state.withLock { Array($0.connections.values) }
        for connection in waiting { _ = connection.closeIfWaiting() }
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.connections.isEmpty { return true }
                state.whenEmpty.append(continuation)
                return false
            }
            if isEmpty { continuation.resume() }
        }
    }

    var isDraining: Bool { draining.load(ordering: .sequentiallyConsistent) }

    // MARK: - The poller's thread

    private func poll() {
        let window = UnsafeMutableRawBufferPointer.allocate(byteCount: RecordScanner.window, alignment: 16)
        defer { window.deallocate() }
        while true {
            poller.wait { event in
                if event.name < UInt64(sockets.count) {
                    accept(from: Int(event.name))
                } else if event.name != Poller.interruption {
                    guard let connection = state.withLock({ $0.connections[event.name] }) else { return }
                    handle(event, of: connection, window)
                }
            }
        }
    }

    private func handle(
        _ event: Poller.Event, of connection: FastCGIConnection, _ window: UnsafeMutableRawBufferPointer
    ) {
        switch connection.phase {
        case .waiting:
            switch connection.scan(into: window) {
            case .complete: handOver(connection)
            case .longBody:
                setDeadline(of: connection)
                handOver(connection)
            case .incomplete:
                if event.isHangUp {
                    _ = connection.closeIfWaiting()
                } else {
                    setDeadline(of: connection)
                }
            case .malformed:
                if !event.isHangUp { log("fastcgi: closed a connection that does not speak FastCGI") }
                _ = connection.closeIfWaiting()
            }
        case .responding:
            connection.notice(event)
        case .parsing, .readingBody, .closed:
            break
        }
    }

    private func handOver(_ connection: FastCGIConnection) {
        guard connection.beginParsing() else { return }
        readable.withLockSignalling { $0.append(connection) }
    }

    /// What has begun to arrive must be there in time.
    private func setDeadline(of connection: FastCGIConnection) {
        guard let request = connection.needsDeadline() else { return }
        timers.schedule(afterMilliseconds: limits.receiveMS) { [weak connection] in
            connection?.expire(request: request)
        }
    }

    private func accept(from index: Int) {
        while true {
            let descriptor = clinux_accept(sockets[index].descriptor)
            if descriptor < 0 {
                switch errno {
                case EINTR, ECONNABORTED: continue
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: pauseAccepting(errno)
                default: break
                }
                return
            }
            let connection = state.withLock { state in
                let connection = FastCGIConnection(name: state.nextName, descriptor: descriptor, server: self)
                state.nextName += 1
                state.connections[connection.name] = connection
                return connection
            }
            if !poller.add(descriptor, name: connection.name, FastCGIConnection.awaitingRequest) {
                _ = connection.closeIfWaiting()
            }
        }
    }

    /// Out of descriptors: connections that only wait for a next request are given up, and nothing is accepted for a
    /// moment; the kernel's queue holds what comes. Without the pause the poller would spin on the listening socket.
    private func pauseAccepting(_ code: Int32) {
        let waiting = state.withLock { state -> [FastCGIConnection] in
            state.acceptsArePaused = true
            return state.connections.values.filter { $0.phase == .waiting }
        }
        for socket in sockets { poller.remove(socket.descriptor) }
        log(
            "fastcgi: \(String(cString: strerror(code))); \(waiting.count) idle connections closed, accepting again shortly"
        )
        for connection in waiting { _ = connection.closeIfWaiting() }
        timers.schedule(afterMilliseconds: Self.acceptPauseMS) { self.resumeAccepting() }
    }

    private func resumeAccepting() {
        let wasPaused = state.withLock { state in
            defer { state.acceptsArePaused = false }
            return state.acceptsArePaused
        }
        guard wasPaused, !isDraining else { return }
        for index in sockets.indices { watch(index) }
    }

    private func watch(_ index: Int) {
        // Exclusive: of several processes on one socket, one is woken for a connection (epoll_ctl(2)).
        let flags = EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue
        if !poller.add(sockets[index].descriptor, name: UInt64(index), flags) {
            log("fastcgi: cannot watch \(sockets[index].name): \(String(cString: strerror(errno)))")
        }
    }

    // MARK: - The readers' threads

    private func readRequests() {
        while true {
            let connection = readable.wait { $0.isEmpty ? nil : $0.removeFirst() }
            guard let request = connection.read() else { continue }
            inFlight.add(1, ordering: .relaxed)
            connection.beginResponding()
            Task {
                await responder.respond(to: request, writer: ResponseWriter(channel: connection))
                inFlight.subtract(1, ordering: .relaxed)
            }
        }
    }

    // MARK: - From connections

    /// A connection is at its end; its descriptor is closed right after.
    func forget(_ connection: FastCGIConnection) {
        let (waiters, wasPaused) = state.withLock { state -> ([CheckedContinuation<Void, Never>], Bool) in
            state.connections[connection.name] = nil
            guard state.connections.isEmpty, isDraining else { return ([], state.acceptsArePaused) }
            defer { state.whenEmpty = [] }
            return (state.whenEmpty, state.acceptsArePaused)
        }
        for waiter in waiters { waiter.resume() }
        if wasPaused { resumeAccepting() }
    }
}
