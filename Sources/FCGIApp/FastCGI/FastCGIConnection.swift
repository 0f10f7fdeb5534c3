import CLinux
import Glibc
import Scheduling
import Synchronization

/// One connection from the web server: a descriptor, and the response that goes out on it.
///
/// `@unchecked Sendable`: `output` is touched by one thread at a time, because the connection is handed on, never shared.
/// The poller's thread owns it while it waits for a request, one reader while it is parsed, then the task that answers;
/// the handing over goes through the server's locks and epoll_ctl. What two threads may touch at once (the waker, the
/// state behind `lifecycle`) is synchronized by itself.
final class FastCGIConnection: ResponseChannel, @unchecked Sendable {
    /// What a connection is at. `parsing` is brief, because the parameters are there when it begins; `readingBody` may
    /// wait for the peer.
    enum Phase { case waiting, parsing, readingBody, responding, closed }

    private struct Lifecycle {
        var phase = Phase.waiting
        /// Whether epoll watches for writability.
        var awaitsWritable = false
        /// Requests that have begun on this connection; tells a deadline whose it is.
        var requests = 0
        var hasDeadline = false
    }

    let name: UInt64
    let descriptor: Int32
    private(set) var waker = Waker()
    private unowned let server: FastCGIServer
    private var output = RecordEncoder(requestID: 0)
    private var keepsConnection = false
    private var isEnded = false
    private let lifecycle = Mutex(Lifecycle())

    /// Events watched while a request is awaited: edge-triggered, so that a half-sent request does not spin the poller.
    static let awaitingRequest = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
    /// Events watched while a response goes out: the peer's leaving, at once.
    private static let responding = EPOLLRDHUP.rawValue | EPOLLET.rawValue

    init(name: UInt64, descriptor: Int32, server: FastCGIServer) {
        self.name = name
        self.descriptor = descriptor
        self.server = server
        // A reader that must wait for a long body does not wait for ever.
        var limit = timeval(tv_sec: max(1, server.limits.receiveMS / 1000), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    var phase: Phase { lifecycle.withLock { $0.phase } }

    // MARK: - Waiting for a request

    /// Looks at what has arrived, without taking it.
    func scan(into window: UnsafeMutableRawBufferPointer) -> RecordScanner.Verdict {
        let count = recv(descriptor, window.baseAddress, window.count, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        if count == 0 { return .malformed }
        if count < 0 { return errno == EAGAIN || errno == EINTR ? .incomplete : .malformed }
        return RecordScanner.scan(UnsafeRawBufferPointer(rebasing: window[..<count]))
    }

    /// Moves from waiting to parsing; the poller stops watching. False when the connection is not waiting.
    func beginParsing() -> Bool {
        let begins = lifecycle.withLock { state in
            guard state.phase == .waiting else { return false }
            state.phase = .parsing
            return true
        }
        if begins { server.poller.change(descriptor, name: name, 0) }
        return begins
    }

    /// The number of the request that now needs a deadline; nil when it has one.
    func needsDeadline() -> Int? {
        lifecycle.withLock { state in
            guard !state.hasDeadline else { return nil }
            state.hasDeadline = true
            return state.requests
        }
    }

    /// Cuts off a request that did not arrive within its time: a reader's blocking call returns, a waiting connection
    /// becomes readable with nothing to read.
    ///
    /// Not while parsing: libfcgi may close the descriptor then, and the number may be another connection's by now.
    func expire(request: Int) {
        lifecycle.withLock { state in
            guard state.requests == request, state.phase == .waiting || state.phase == .readingBody else { return }
            shutdown(descriptor, Int32(SHUT_RD))
        }
    }

    // MARK: - Reading, on a reader's thread

    /// Parses one request and moves on to responding. Nil when it was malformed or broke off; then the connection is
    /// closed.
    func read() -> Request? {
        let parsed = RequestParser.parse(descriptor, limits: server.limits) {
            lifecycle.withLock { $0.phase = .readingBody }
        }
        guard let parsed else {
            // libfcgi has closed the descriptor.
            lifecycle.withLock { $0.phase = .closed }
            server.forget(self)
            return nil
        }
        output = RecordEncoder(requestID: parsed.requestID)
        keepsConnection = parsed.keepsConnection
        isEnded = false
        // A waker of its own for each request: what is late from the one before must not wake this one.
        waker = Waker()
        lifecycle.withLock { state in
            state.phase = .responding
            state.requests += 1
            state.hasDeadline = false
            state.awaitsWritable = false
        }
        // Also tells of a peer that left in the meantime: epoll_ctl reports what is already so.
        server.poller.change(descriptor, name: name, Self.responding)
        return parsed.request
    }

    // MARK: - Responding, in one task

    func put(_ bytes: UnsafeRawBufferPointer) -> Int { output.append(bytes) }

    func flush() throws(DisconnectedError) -> Bool {
        let isSent = try output.send { (bytes) throws(DisconnectedError) in
            while true {
                let count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
                if count >= 0 { return count }
                if errno == EAGAIN { return 0 }
                if errno != EINTR { throw DisconnectedError() }
            }
        }
        if !isSent {
            lifecycle.withLock { $0.awaitsWritable = true }
            // Changing what is watched reports at once what is so already, so a reader that was quicker is not missed.
            server.poller.change(descriptor, name: name, Self.responding | EPOLLOUT.rawValue)
        }
        return isSent
    }

    func finish() throws(DisconnectedError) -> Bool {
        if !isEnded {
            output.appendEnd()
            isEnded = true
        }
        return try flush()
    }

    func release() {
        let isKept = isEnded && output.isEmpty && keepsConnection && !server.isDraining
        // Before the poller may hand the connection to the next request's reader.
        output = RecordEncoder(requestID: 0)
        let wasResponding = lifecycle.withLock { state in
            guard state.phase == .responding else { return false }
            state.phase = isKept ? .waiting : .closed
            // With the lock held: once it is let go, a waiting connection may be closed, and its descriptor be another's.
            if isKept { server.poller.change(descriptor, name: name, Self.awaitingRequest) }
            return true
        }
        guard wasResponding else { return }
        if !isKept { close() } else if server.isDraining { _ = closeIfWaiting() }
    }

    // MARK: - Events and the end

    /// The poller saw something while a response goes out.
    func notice(_ event: Poller.Event) {
        var reasons: Waker.Reasons = []
        if event.isHangUp { reasons.insert(.disconnection) }
        if event.isWritable {
            let isAwaited = lifecycle.withLock { state in
                guard state.phase == .responding, state.awaitsWritable else { return false }
                state.awaitsWritable = false
                // With the lock held, so that it does not undo what the response's end has asked to be watched.
                server.poller.change(descriptor, name: name, Self.responding)
                return true
            }
            if isAwaited { reasons.insert(.writable) }
        }
        if !reasons.isEmpty { waker.wake(reasons) }
    }

    /// Closes a connection that waits for a request. False when it is at something else by now.
    func closeIfWaiting() -> Bool {
        let closes = lifecycle.withLock { state in
            guard state.phase == .waiting else { return false }
            state.phase = .closed
            return true
        }
        if closes { close() }
        return closes
    }

    private func close() {
        server.forget(self)
        Glibc.close(descriptor)
    }
}
