import CLinux
import Glibc
import Scheduling
import Synchronization

/// One connection from the web server: a descriptor, and the response that goes out on it.
///
/// `@unchecked Sendable`: `output` is touched by one thread at a time, because the connection is handed on, never shared.
/// The poller's thread owns it while it waits for a request and while that is parsed (a reader, where the body is long), then the task that answers;
/// the handing over goes through `lifecycle`, the server's locks and epoll_ctl. What two threads may touch at once (the
/// state behind `lifecycle`, the waker) is synchronized by itself.
///
/// What is watched changes only under `lifecycle`, together with the phase it belongs to: a change that came late would
/// put out the next phase's watch, and after a close it would hit the connection that was given the descriptor next.
final class FastCGIConnection: ResponseChannel, @unchecked Sendable {
    /// What a connection is at. `queued` waits for a reader; `parsing` is brief, because the parameters are there when it
    /// begins; `readingBody` may wait for the peer.
    enum Phase { case waiting, queued, parsing, readingBody, responding, closed }

    private struct Lifecycle {
        var phase = Phase.waiting
        /// One for each request: what is late from the one before must not wake the next.
        var waker = Waker()
        /// What was parsed, until the task that answers takes it.
        var request: Request?
        /// Whether epoll watches for writability.
        var awaitsWritable = false
        /// Ends a response whose peer takes nothing for too long; set while epoll watches for writability.
        var stall: TimerQueue.Timer?
        /// Requests that have begun on this connection; tells a deadline whose it is.
        var requests = 0
        var hasDeadline = false
    }

    /// How long a connection without a request counts as new.
    private static let newMS = 1000

    let name: UInt64
    let descriptor: Int32
    private let accepted = MonotonicTime.now()
    private unowned let server: FastCGIServer
    private var output = RecordEncoder(requestID: 0)
    private var keepsConnection = false
    private var isEnded = false
    /// The length of the head of a request whose body is long; nil when the request is there whole.
    private var longHead: Int?
    private let lifecycle = Mutex(Lifecycle())

    /// Events watched while a request is awaited: edge-triggered, so that a half-sent request does not spin the poller.
    static let awaitingRequest = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
    /// Events watched while a response goes out: the peer's leaving, at once.
    private static let responding = EPOLLRDHUP.rawValue | EPOLLET.rawValue
    /// Events watched while a request is parsed: none. The kernel reports a hang-up nevertheless, and level-triggered it
    /// would do so without end.
    static let parsing = EPOLLET.rawValue

    init(name: UInt64, descriptor: Int32, server: FastCGIServer) {
        self.name = name
        self.descriptor = descriptor
        self.server = server
        // A reader that must wait for a long body does not wait for ever.
        var limit = timeval(tv_sec: max(1, server.limits.receiveMS / 1000), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        // libfcgi answers records outside any request with blocking writes. Anyone who does not read what was sent so far gets
        // no such answer, for nobody waits. Our own writes never block and know no such limit.
        var moment = timeval(tv_sec: 0, tv_usec: 1000)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &moment, socklen_t(MemoryLayout<timeval>.size))
        // A token leaves at once, not when the one before is acknowledged (RFC 896). A Unix socket knows no such option.
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    var phase: Phase { lifecycle.withLock { $0.phase } }
    var waker: Waker { lifecycle.withLock { $0.waker } }

    // MARK: - Waiting for a request

    /// Looks at what has arrived, without taking it.
    func scan(into window: UnsafeMutableRawBufferPointer) -> RecordScanner.Verdict {
        let count = recv(descriptor, window.baseAddress, window.count, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        if count == 0 { return .malformed }
        if count < 0 { return errno == EAGAIN || errno == EINTR ? .nothing : .malformed }
        return RecordScanner.scan(UnsafeRawBufferPointer(rebasing: window[..<count]))
    }

    /// Whether it waits for a request of which nothing has come, and may be given up for others.
    ///
    /// One that was accepted a moment ago is not idle: its first request is on its way, or in the kernel's buffer before the
    /// poller has been told.
    var isIdle: Bool {
        // With the lock held: once it is let go, a waiting connection may be closed, and its descriptor be another's.
        lifecycle.withLock { state in
            guard state.phase == .waiting else { return false }
            guard state.requests > 0 || MonotonicTime.now().milliseconds(since: accepted) >= Self.newMS else {
                return false
            }
            var byte: UInt8 = 0
            return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) <= 0
        }
    }

    /// Moves from waiting to being parsed, for `read` on the poller's thread. False when the connection is not waiting.
    func beginParsing() -> Bool {
        lifecycle.withLock { state in
            guard state.phase == .waiting else { return false }
            longHead = nil
            state.phase = .parsing
            return true
        }
    }

    /// Moves from waiting into the readers' queue; the poller stops watching. False when the connection is not waiting.
    /// - Parameter longHead: the length of the request's head.
    func enqueue(longHead: Int) -> Bool {
        lifecycle.withLock { state in
            guard state.phase == .waiting else { return false }
            self.longHead = longHead
            state.phase = .queued
            server.poller.change(descriptor, name: name, Self.parsing)
            return true
        }
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
            guard state.requests == request else { return }
            switch state.phase {
            case .waiting, .queued, .readingBody: shutdown(descriptor, Int32(SHUT_RD))
            case .parsing, .responding, .closed: break
            }
        }
    }

    // MARK: - Reading, on the poller's thread or a reader's

    /// Parses one request, for `takeRequest`, and moves on to responding. False when it was malformed or broke off; then
    /// the connection is closed.
    func read() -> Bool {
        lifecycle.withLock { $0.phase = .parsing }
        let parsed =
            if let longHead {
                RequestParser.parse(descriptor, head: longHead, limits: server.limits) {
                    lifecycle.withLock { $0.phase = .readingBody }
                }
            } else {
                RequestParser.parse(descriptor, limits: server.limits)
            }
        guard let parsed else {
            // The descriptor is closed already.
            lifecycle.withLock { $0.phase = .closed }
            server.forget(self)
            return false
        }
        output = RecordEncoder(requestID: parsed.requestID)
        keepsConnection = parsed.keepsConnection
        isEnded = false
        lifecycle.withLock { state in
            state.phase = .responding
            state.requests += 1
            state.hasDeadline = false
            state.awaitsWritable = false
            state.waker = Waker()
            state.request = parsed.request
            // The kernel looks again at every change, so a peer that left in the meantime is noticed.
            server.poller.change(descriptor, name: name, Self.responding)
        }
        return true
    }

    /// What was parsed. Once.
    func takeRequest() -> Request {
        lifecycle.withLock { state in
            defer { state.request = nil }
            return state.request!
        }
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
            lifecycle.withLock { state in
                state.awaitsWritable = true
                if state.stall == nil {
                    let waker = state.waker
                    state.stall = server.timers.schedule(afterMilliseconds: server.limits.sendMS) {
                        waker.wake(.disconnection)
                    }
                }
                // A change reports at once what is so already, so a peer that was quicker is not missed.
                server.poller.change(descriptor, name: name, Self.responding | EPOLLOUT.rawValue)
            }
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
        let isKept =
            isEnded && output.isEmpty && keepsConnection && (!server.isDraining || server.successor != nil)
        // Before the poller may hand the connection to the next request's reader.
        output = RecordEncoder(requestID: 0)
        let wasResponding = lifecycle.withLock { state in
            guard state.phase == .responding else { return false }
            stopWaiting(&state)
            state.phase = isKept ? .waiting : .closed
            // With the lock held: once it is let go, a waiting connection may be closed, and its descriptor be another's.
            if isKept { server.poller.change(descriptor, name: name, Self.awaitingRequest) }
            return true
        }
        guard wasResponding else { return }
        if !isKept { close() } else if server.isDraining { giveUpIfWaiting() }
    }

    // MARK: - Events and the end

    /// The poller saw something while a response goes out.
    func notice(_ event: Poller.Event) {
        let (waker, reasons) = lifecycle.withLock { state -> (Waker, Waker.Reasons) in
            guard state.phase == .responding else { return (state.waker, []) }
            var reasons: Waker.Reasons = []
            if event.isHangUp { reasons.insert(.disconnection) }
            if event.isWritable, state.awaitsWritable {
                stopWaiting(&state)
                server.poller.change(descriptor, name: name, Self.responding)
                reasons.insert(.writable)
            }
            return (state.waker, reasons)
        }
        if !reasons.isEmpty { waker.wake(reasons) }
    }

    private func stopWaiting(_ state: inout Lifecycle) {
        state.awaitsWritable = false
        if let stall = state.stall { server.timers.cancel(stall) }
        state.stall = nil
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

    /// Parts with a connection that waits for a request while the server drains: to the process that takes over, if there is one. What
    /// has arrived of a request goes with it, for it was only looked at.
    func giveUpIfWaiting() {
        guard let successor = server.successor else {
            // A request that is on its way is answered: to close would reset it, and web servers do not send a POST twice.
            var byte: UInt8 = 0
            if recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) <= 0 { _ = closeIfWaiting() }
            return
        }
        let passes = lifecycle.withLock { state in
            guard state.phase == .waiting else { return false }
            state.phase = .closed
            // The kernel would go on watching for this process what another one still has open (epoll(7)).
            server.poller.remove(descriptor)
            return true
        }
        guard passes else { return }
        successor.pass(descriptor)
        close()
    }

    private func close() {
        server.forget(self)
        Glibc.close(descriptor)
    }
}
