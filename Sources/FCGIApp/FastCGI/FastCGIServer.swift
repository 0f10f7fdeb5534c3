import CFCGI
import CLinux
import Glibc
public import Scheduling
import Synchronization

/// Serves FastCGI: one thread waits for all connections and parses what has arrived whole, a few read long bodies, tasks answer.
///
/// A connection costs no thread, whether it waits for its next request, has sent half of one, or streams. How the
/// threads hand a connection on is told at `FastCGIConnection`; docs/architecture.md draws it.
public final class FastCGIServer: Sendable {
    /// Threads that parse requests with bodies too long to be looked at in advance: they may wait for the peer.
    private static let longBodyReaders = 4
    /// How long no connection is accepted after the process came near its limit of descriptors, unless one is closed before.
    private static let acceptPauseMS = 50
    /// How often the kernel is asked for connections that another process was told of and did not take.
    private static let rewatchMS = 250
    /// How long the log is silent about further pauses.
    private static let pauseReportMS = 10_000

    private struct State {
        var connections: [UInt64: FastCGIConnection] = [:]
        var nextName: UInt64 = 1000
        var acceptsArePaused = false
        /// When a pause was last written to the log.
        var pauseReported: MonotonicTime?
        var whenEmpty: [CheckedContinuation<Void, Never>] = []
        /// Where connections go that wait for a request while the server drains; nil when they are closed.
        var successor: HandoverChannel?
    }

    let poller: Poller
    let limits: Request.Limits
    private let sockets: [ListeningSocket]
    private let responder: any Responder
    let timers: TimerQueue
    private let log: @Sendable (String) -> Void
    private let state = Mutex(State())
    private let draining = Atomic(false)
    private let longBodies = ConditionMutex<[FastCGIConnection]>([])

    /// - Parameters:
    ///   - log: takes a line for the operator.
    /// - Throws: `SocketError` when the kernel gives no epoll.
    public init(
        sockets: [ListeningSocket], responder: any Responder, limits: Request.Limits = .init(), timers: TimerQueue,
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
        watchAgainLater()
        for number in 1...Self.longBodyReaders {
            Thread.start(name: "long-reader-\(number)") { self.readLongBodies() }
        }
        Thread.start(name: "poller") { self.poll() }
    }

    /// Stops taking requests and waits until those under way have ended.
    ///
    /// The listening sockets are closed; connections that wait for a next request are closed; streams go on. How long to
    /// wait is the caller's: it ends what must end, and then this returns.
    /// - Parameter successor: the process that has taken over the listening sockets. It is given the connections instead, now and as
    ///   each becomes free, and the socket files stay.
    public func drain(to successor: HandoverChannel? = nil) async {
        let waiting = state.withLock { state in
            state.successor = successor
            draining.store(true, ordering: .sequentiallyConsistent)
            return Array(state.connections.values)
        }
        for socket in sockets { stopAccepting(from: socket, successor) }
        for connection in waiting { connection.giveUpIfWaiting() }
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.connections.isEmpty { return true }
                state.whenEmpty.append(continuation)
                return false
            }
            if isEmpty { continuation.resume() }
        }
    }

    private func stopAccepting(from socket: ListeningSocket, _ successor: HandoverChannel?) {
        poller.remove(socket.descriptor)
        if let successor {
            // The kernel told one of the two of each (EPOLLEXCLUSIVE), and this one will not look again.
            while true {
                let descriptor = clinux_accept(socket.descriptor)
                guard descriptor >= 0 else { break }
                successor.pass(descriptor)
                close(descriptor)
            }
        }
        close(socket.descriptor)
        if let path = socket.path, successor == nil { unlink(path) }
    }

    /// Takes the connections that the process before gives away, on a thread of its own, until it has ended.
    public func adopt(from predecessor: HandoverChannel) {
        Thread.start(name: "adopter") {
            while let descriptor = predecessor.receive() { self.take(descriptor) }
        }
    }

    /// Connections that are open, and requests among them that have arrived and wait for a thread to read them.
    public var load: (connections: Int, waiting: Int) {
        (
            state.withLock { $0.connections.count },
            longBodies.withLock { $0.count }
        )
    }

    var isDraining: Bool { draining.load(ordering: .sequentiallyConsistent) }

    /// Who is given connections that wait; nil unless the server drains.
    var successor: HandoverChannel? { isDraining ? state.withLock { $0.successor } : nil }

    // MARK: - The poller's thread

    private func poll() {
        let window = UnsafeMutableRawBufferPointer.allocate(byteCount: RecordScanner.window, alignment: 16)
        defer { window.deallocate() }
        while true {
            poller.wait { event in
                if event.name < UInt64(sockets.count) {
                    accept(from: Int(event.name))
                } else if let connection = state.withLock({ $0.connections[event.name] }) {
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
            case .complete:
                if connection.beginParsing() { answer(connection) }
            case .longBody(let head):
                setDeadline(of: connection)
                if connection.enqueue(longHead: head) { longBodies.withLockSignalling { $0.append(connection) } }
            case .incomplete:
                if event.isHangUp {
                    _ = connection.closeIfWaiting()
                } else {
                    setDeadline(of: connection)
                }
            case .nothing:
                // Told of something that has passed. A deadline now would close a connection that idles rightly.
                if event.isHangUp { _ = connection.closeIfWaiting() }
            case .malformed:
                if !event.isHangUp { log("fastcgi: closed a connection that does not speak FastCGI") }
                _ = connection.closeIfWaiting()
            }
        case .responding:
            connection.notice(event)
        case .queued, .parsing, .readingBody, .closed:
            break
        }
    }

    /// Parses a connection's request, and lets a task answer it.
    private func answer(_ connection: FastCGIConnection) {
        guard connection.read() else { return }
        Task {
            // Taken here, not captured: what a task's closure captures lives as long as the task, and a stream is long.
            await responder.respond(to: connection.takeRequest(), writer: ResponseWriter(channel: connection))
        }
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
            if Descriptors.areScarce(sparing: Descriptors.sparedByConnections) { return pauseAccepting(EMFILE) }
            let descriptor = clinux_accept(sockets[index].descriptor)
            if descriptor < 0 {
                switch errno {
                case EINTR, ECONNABORTED: continue
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: pauseAccepting(errno)
                default: break
                }
                return
            }
            take(descriptor)
        }
    }

    /// Begins to watch a connection.
    private func take(_ descriptor: Int32) {
        Descriptors.opened()
        // One step, so that drain() cannot close the descriptor between the two.
        let (connection, isWatched) = state.withLock { state in
            let connection = FastCGIConnection(name: state.nextName, descriptor: descriptor, server: self)
            state.nextName += 1
            state.connections[connection.name] = connection
            return (connection, poller.add(descriptor, name: connection.name, FastCGIConnection.awaitingRequest))
        }
        // drain() has seen this connection, or it is seen here that the server drains.
        if !isWatched { _ = connection.closeIfWaiting() } else if isDraining { connection.giveUpIfWaiting() }
    }

    /// Nearly out of descriptors: connections that only wait for a next request are given up, and nothing is accepted for a
    /// moment; the kernel's queue holds what comes. Without the pause the poller would spin on the listening socket.
    private func pauseAccepting(_ code: Int32) {
        let now = MonotonicTime.now()
        let (connections, isReported) = state.withLock { state -> ([FastCGIConnection], Bool) in
            // One step: a connection that closes on another thread resumes accepting as soon as it sees the pause. If the
            // sockets were taken out after that, they would stay out.
            for socket in sockets { poller.remove(socket.descriptor) }
            state.acceptsArePaused = true
            let isReported = state.pauseReported.map { now.milliseconds(since: $0) < Self.pauseReportMS } ?? false
            if !isReported { state.pauseReported = now }
            return (Array(state.connections.values), isReported)
        }
        if !isReported {
            log(
                "fastcgi: \(String(cString: strerror(code))); idle connections are closed, and new ones wait for their turn"
            )
        }
        // Without the lock: each is asked by a system call.
        for connection in connections where connection.isIdle { _ = connection.closeIfWaiting() }
        timers.schedule(afterMilliseconds: Self.acceptPauseMS) { self.resumeAccepting() }
    }

    private func resumeAccepting() {
        state.withLock { state in
            guard state.acceptsArePaused, !isDraining else { return }
            state.acceptsArePaused = false
            for index in sockets.indices { watch(index) }
        }
    }

    private func watch(_ index: Int) {
        // Exclusive: of several processes on one socket, one is woken for a connection (epoll_ctl(2)).
        let flags = EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue
        if !poller.add(sockets[index].descriptor, name: UInt64(index), flags) {
            log("fastcgi: cannot watch \(sockets[index].name): \(String(cString: strerror(errno)))")
        }
    }

    /// Begins to watch the listening sockets anew, again and again, for as long as the server takes requests.
    ///
    /// Of the processes that share a socket the kernel tells one of each connection, once. Where that one freezes, ends or drains
    /// before it accepts, the connection waits until another one comes, perhaps for ever. A process that begins to watch is notified of it.
    private func watchAgainLater() {
        timers.schedule(afterMilliseconds: Self.rewatchMS) { [weak self] in
            guard let self, !isDraining else { return }
            state.withLock { state in
                guard !state.acceptsArePaused, !isDraining else { return }
                for index in sockets.indices {
                    poller.remove(sockets[index].descriptor)
                    watch(index)
                }
            }
            watchAgainLater()
        }
    }

    // MARK: - The readers' threads

    private func readLongBodies() {
        while true { answer(longBodies.wait { $0.isEmpty ? nil : $0.removeFirst() }) }
    }

    // MARK: - From connections

    /// A connection is at its end; its descriptor is closed right after.
    func forget(_ connection: FastCGIConnection) {
        Descriptors.closed()
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
