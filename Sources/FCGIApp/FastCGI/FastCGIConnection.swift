import CFCGI
import CLinux
import Glibc
import Scheduling
import Synchronization

/// One connection from the web server: a descriptor, libfcgi's request on it, and the way back.
///
/// `@unchecked Sendable`: `request` is touched by one thread at a time, because the connection is handed on, never
/// shared. The poller's thread owns it while it waits for a request, one reader while it is parsed, then the task that
/// answers; the handing over goes through `lifecycle`, the server's locks and epoll_ctl. What two threads may touch at
/// once (the state behind `lifecycle`, the waker) is synchronized by itself.
///
/// What is watched changes only under `lifecycle`, together with the phase it belongs to: a change that came late would
/// put out the next phase's watch, and after a close it would hit the connection that was given the descriptor next.
final class FastCGIConnection: ResponseChannel, @unchecked Sendable {
    /// What a connection is at. `queued` waits for a reader; `parsing` is brief, because the parameters are there when it
    /// begins; `readingBody` may wait for the peer.
    enum Phase { case waiting, queued, parsing, readingBody, responding, closed }

    private struct Lifecycle {
        var phase = Phase.waiting
        var isFinished = false
        /// Whether epoll watches for writability.
        var awaitsWritable = false
        /// Requests that have begun on this connection; tells a deadline whose it is.
        var requests = 0
        var hasDeadline = false
        /// One for each request, so that a timer or a turn's log that still knows an earlier request's wakes nobody.
        var waker = Waker()
    }

    let name: UInt64
    let descriptor: Int32
    private let server: FastCGIServer
    private let request: UnsafeMutablePointer<FCGX_Request>
    /// What was read, until the task that answers takes it. Owned like `request`.
    private var arrived: Request?
    private let lifecycle = Mutex(Lifecycle())

    /// Events watched while a request is awaited: edge-triggered, so that a half-sent request does not spin the poller.
    static let awaitingRequest = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
    /// Events watched while a response goes out: the peer's leaving, at once (facts: p99 under 1 ms).
    private static let responding = EPOLLRDHUP.rawValue | EPOLLET.rawValue
    /// Events watched while a request is parsed: none. The kernel reports a hang-up nevertheless, and level-triggered it
    /// would do so without end.
    static let parsing = EPOLLET.rawValue

    init(name: UInt64, descriptor: Int32, server: FastCGIServer) {
        self.name = name
        self.descriptor = descriptor
        self.server = server
        request = .allocate(capacity: 1)
        FCGX_InitRequest(request, -1, 0)
        adopt()
        // A reader that must wait for a long body does not wait for ever, nor does a write that should not have blocked.
        var limit = timeval(tv_sec: max(1, server.limits.receiveMS / 1000), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        // A token leaves at once, not when the one before is acknowledged (RFC 896). A Unix socket knows no such option.
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { request.deallocate() }

    /// Gives the descriptor to libfcgi. `FCGX_Accept_r` does not accept when it has one, it only parses; it begins by
    /// finishing the request before, which must keep the connection. `detached` keeps its close from waiting two seconds
    /// for the peer.
    private func adopt() {
        request.pointee.ipcFd = descriptor
        request.pointee.keepConnection = 1
        request.pointee.detached = 1
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

    /// Moves from waiting into a reader's queue; the poller stops watching. False when the connection is not waiting.
    func enqueue() -> Bool {
        lifecycle.withLock { state in
            guard state.phase == .waiting else { return false }
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

    // MARK: - Reading, on a reader's thread

    /// Parses one request, for `takeRequest`. False when it was malformed or broke off; then the connection is closed.
    func read() -> Bool {
        lifecycle.withLock { $0.phase = .parsing }
        guard FCGX_Accept_r(request) == 0 else {
            // libfcgi has closed the descriptor.
            lifecycle.withLock { $0.phase = .closed }
            server.forget(self)
            return false
        }
        lifecycle.withLock { $0.phase = .readingBody }
        var variables: [(name: String, value: String)] = []
        var size = 0
        var variable = request.pointee.envp
        while let text = variable?.pointee {
            let length = strlen(text)
            size += length
            if let equals = memchr(text, Int32(UInt8(ascii: "=")), length) {
                let nameLength = UnsafeRawPointer(equals) - UnsafeRawPointer(text)
                let bytes = UnsafeRawBufferPointer(start: text, count: length)
                variables.append(
                    (
                        String(decoding: bytes[..<nameLength], as: UTF8.self),
                        String(decoding: bytes[(nameLength + 1)...], as: UTF8.self)
                    ))
            }
            // The copies are made; libfcgi frees a null without complaint when the request ends.
            free(text)
            variable?.pointee = nil
            variable = variable?.successor()
        }
        let (body, state) = readBody(declared: variables.first { $0.name == "CONTENT_LENGTH" }?.value)
        // After an input that broke off, the next bytes may be the rest of the body, which a client has written. Read as
        // a request, they could claim any variable of the web server's.
        if FCGX_GetError(request.pointee.in) != 0 { request.pointee.keepConnection = 0 }
        // The input and error streams are not needed any more. The error stream must be closed, not only freed, or the
        // end of the output would not be followed by END_REQUEST.
        FCGX_FreeStream(&request.pointee.in)
        FCGX_FClose(request.pointee.err)
        FCGX_FreeStream(&request.pointee.err)
        arrived = Request(variables: variables, body: body, bodyState: state)
        return true
    }

    private func readBody(declared text: String?) -> ([UInt8], Request.BodyState) {
        let declared = text.flatMap { $0.isEmpty ? 0 : Int($0) } ?? 0
        let limit = server.limits.bodyBytes
        var body: [UInt8] = []
        var received = 0
        if declared > 0, declared <= limit { body.reserveCapacity(declared) }
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { chunk in
            while true {
                let count = FCGX_GetStr(
                    chunk.baseAddress!.assumingMemoryBound(to: CChar.self), 16_384, request.pointee.in)
                guard count > 0 else { return }
                received += Int(count)
                if received <= limit { body.append(contentsOf: chunk[..<Int(count)]) }
                // What never ends is not read to its end, so the connection cannot be used again.
                if received > 64 * 1_048_576 {
                    request.pointee.keepConnection = 0
                    return
                }
            }
        }
        if received > limit { return ([], .tooLarge) }
        if received != declared { return ([], .mismatch(declared: declared, received: received)) }
        return (body, .complete)
    }

    // MARK: - Responding, in one task

    /// Moves on to responding; the poller watches for the peer's leaving from here on.
    func beginResponding() {
        lifecycle.withLock { state in
            state.phase = .responding
            state.isFinished = false
            state.awaitsWritable = false
            state.requests += 1
            state.hasDeadline = false
            state.waker = Waker()
            // The kernel looks again at every change, so a peer that left in the meantime is noticed.
            server.poller.change(descriptor, name: name, Self.responding)
        }
    }

    /// The request that was read. Once.
    func takeRequest() -> Request {
        defer { arrived = nil }
        return arrived!
    }

    func put(_ bytes: UnsafeRawBufferPointer) -> Int {
        let out = request.pointee.out!
        let room = out.pointee.stop - out.pointee.wrNext
        let count = min(room, bytes.count)
        if count > 0 {
            // Never more than there is room for: libfcgi would write the buffer out with a call that blocks.
            FCGX_PutStr(bytes.baseAddress!.assumingMemoryBound(to: CChar.self), Int32(count), out)
        }
        return count
    }

    func flush() throws(DisconnectedError) -> Bool {
        guard try isWritable() else { return false }
        FCGX_FFlush(request.pointee.out)
        // FCGX_FFlush gives 0 even after an error.
        if FCGX_GetError(request.pointee.out) != 0 { throw DisconnectedError() }
        return true
    }

    func finish() throws(DisconnectedError) -> Bool {
        // The buffer first, so that the closing records find room however full the buffer was.
        guard try flush(), try isWritable() else { return false }
        FCGX_FClose(request.pointee.out)
        if FCGX_GetError(request.pointee.out) != 0 { throw DisconnectedError() }
        lifecycle.withLock { $0.isFinished = true }
        return true
    }

    /// Whether a full buffer fits into the socket now. When not, the poller wakes the waker as soon as it does.
    private func isWritable() throws(DisconnectedError) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&entry, 1, 0) > 0 {
            if entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 { throw DisconnectedError() }
            if entry.revents & Int16(POLLOUT) != 0 { return true }
        }
        lifecycle.withLock { state in
            state.awaitsWritable = true
            server.poller.change(descriptor, name: name, Self.responding | EPOLLOUT.rawValue)
        }
        return false
    }

    func release() {
        let (keeps, closes) = lifecycle.withLock { state -> (Bool, Bool) in
            guard state.phase == .responding else { return (false, false) }
            guard state.isFinished, request.pointee.keepConnection != 0, !server.isDraining else {
                state.phase = .closed
                return (false, true)
            }
            // Before anybody can see that the connection waits: from then on the poller may close it or hand it on.
            // Not FCGX_Finish_r: it skips the end of a request whose input is gone. The end went out with `finish`.
            FCGX_Free(request, 0)
            adopt()
            state.phase = .waiting
            server.poller.change(descriptor, name: name, Self.awaitingRequest)
            return (true, false)
        }
        if closes { close() }
        // The server may have begun to drain in between, and then nobody else closes what has just begun to wait.
        if keeps, server.isDraining { _ = closeIfWaiting() }
    }

    // MARK: - Events and the end

    /// The poller saw something while a response goes out.
    func notice(_ event: Poller.Event) {
        let (waker, reasons) = lifecycle.withLock { state -> (Waker, Waker.Reasons) in
            guard state.phase == .responding else { return (state.waker, []) }
            var reasons: Waker.Reasons = []
            if event.isHangUp { reasons.insert(.disconnection) }
            if event.isWritable, state.awaitsWritable {
                state.awaitsWritable = false
                server.poller.change(descriptor, name: name, Self.responding)
                reasons.insert(.writable)
            }
            return (state.waker, reasons)
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
        FCGX_Free(request, 1)
    }
}
