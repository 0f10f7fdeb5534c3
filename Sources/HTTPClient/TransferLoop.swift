import CCurl
import CLinux
import Glibc
import Scheduling

/// The client's thread: every exchange of the process on one epoll and one libcurl multi handle
/// (curl.se/libcurl/c/libcurl-multi.html, "multi_socket").
///
/// Nothing else calls libcurl. Tasks talk to it by the mailbox; it talks to them by their `Transfer`.
final class TransferLoop {
    private let mailbox: Mailbox
    private let options: HTTPClient.Options
    private let multi: UnsafeMutableRawPointer
    private let epoll: Int32
    private var handles: [UnsafeMutableRawPointer: EasyHandle] = [:]
    private var handleOfTransfer: [ObjectIdentifier: EasyHandle] = [:]
    /// When libcurl wants to be called for its timers; nil when it has none.
    private var timerDue: MonotonicTime?
    /// When silent servers are looked for next; nil while there is no exchange.
    private var patrolDue: MonotonicTime?
    private var isStopped = false

    private static let patrolIntervalMilliseconds = 250

    init(mailbox: Mailbox, options: HTTPClient.Options) {
        self.mailbox = mailbox
        self.options = options
        guard let multi = curl_multi_init() else { preconditionFailure("curl_multi_init: out of memory") }
        self.multi = multi
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        precondition(epoll >= 0, "epoll_create1: errno \(errno)")
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_multi_set_socket_callback(multi, socketCallback, context)
        ccurl_multi_set_timer_callback(multi, timerCallback, context)
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, options.idleConnections)
        watch(mailbox.eventDescriptor, EPOLLIN.rawValue)
    }

    deinit {
        curl_multi_cleanup(multi)
        close(epoll)
    }

    func run() {
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        while !isStopped {
            let count = epoll_wait(epoll, &events, Int32(events.count), millisecondsToWait)
            for event in events.prefix(Int(max(0, count))) {
                if event.data.fd == mailbox.eventDescriptor {
                    for command in mailbox.collect() { obey(command) }
                } else {
                    act(on: event.data.fd, event.events)
                }
            }
            if let due = timerDue, due <= .now() {
                timerDue = nil
                act(on: ccurl_socket_timeout(), 0)
            }
            if let due = patrolDue, due <= .now() { patrol() }
            collectFinished()
        }
        end()
    }

    // MARK: - Commands

    private func obey(_ command: Command) {
        switch command {
        case .start(let transfer, let request): start(transfer, request)
        case .resume(let transfer):
            handleOfTransfer[ObjectIdentifier(transfer)]?.resume()
        case .cancel(let transfer):
            if let handle = handleOfTransfer[ObjectIdentifier(transfer)] { remove(handle) }
        case .stop: isStopped = true
        }
    }

    private func start(_ transfer: Transfer, _ request: HTTPRequest) {
        guard !transfer.isCancelled else { return }
        guard let handle = EasyHandle(request, for: transfer, options: options) else {
            let error = HTTPClientError(kind: .invalidRequest, detail: "libcurl cannot take the request")
            return transfer.finish(.failure(error))
        }
        handles[handle.pointer] = handle
        handleOfTransfer[ObjectIdentifier(transfer)] = handle
        // Also without limits: the receiver may come to need no more.
        if patrolDue == nil { schedulePatrol() }
        let code = curl_multi_add_handle(multi, handle.pointer)
        if code != CURLM_OK {
            let detail = String(cString: curl_multi_strerror(code))
            transfer.finish(.failure(HTTPClientError(kind: .protocol, detail: detail)))
            forget(handle)
        }
    }

    /// Ends an exchange where it stands: libcurl closes an HTTP/1 connection and resets an HTTP/2 stream.
    private func remove(_ handle: EasyHandle) {
        curl_multi_remove_handle(multi, handle.pointer)
        forget(handle)
    }

    private func forget(_ handle: EasyHandle) {
        handles[handle.pointer] = nil
        handleOfTransfer[ObjectIdentifier(handle.transfer)] = nil
    }

    private func end() {
        for command in mailbox.close() {
            if case .start(let transfer, _) = command { transfer.finish(.failure(.cancelled)) }
        }
        for handle in Array(handles.values) {
            remove(handle)
            handle.transfer.finish(.failure(.cancelled))
        }
    }

    // MARK: - libcurl

    private var millisecondsToWait: Int32 {
        let dues = [timerDue, patrolDue].compactMap(\.self)
        guard let due = dues.min() else { return -1 }
        let now = MonotonicTime.now()
        guard due > now else { return 0 }
        // Rounded up: a wait that ends a little early would only be followed by another.
        return Int32(clamping: due.milliseconds(since: now) + 1)
    }

    private func schedulePatrol() {
        patrolDue = .now().advanced(byMilliseconds: Self.patrolIntervalMilliseconds)
    }

    /// Ends exchanges whose server has fallen silent. Looking through ten thousand takes about a millisecond, a timer of
    /// libcurl's for each would be set anew with every token.
    private func patrol() {
        let now = MonotonicTime.now()
        for handle in Array(handles.values) {
            switch handle.patience(at: now) {
            case .lasts: break
            case .isNotNeeded: remove(handle)
            case .isOver(let error):
                remove(handle)
                handle.transfer.finish(.failure(error))
            }
        }
        patrolDue = nil
        if !handles.isEmpty { schedulePatrol() }
    }

    private func act(on descriptor: curl_socket_t, _ events: UInt32) {
        var mask: Int32 = 0
        if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0 { mask |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { mask |= CURL_CSELECT_OUT }
        if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { mask |= CURL_CSELECT_ERR }
        var running: Int32 = 0
        curl_multi_socket_action(multi, descriptor, mask, &running)
    }

    private func collectFinished() {
        var code = CURLE_OK
        while let pointer = ccurl_multi_next_finished(multi, &code) {
            guard let handle = handles[pointer] else { continue }
            let outcome = handle.outcome(code)
            remove(handle)
            handle.transfer.finish(outcome)
        }
    }

    private func watch(_ descriptor: Int32, _ events: UInt32) {
        var event = epoll_event(events: events, data: epoll_data_t(fd: descriptor))
        if epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0, errno == EEXIST {
            epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event)
        }
    }

    /// libcurl says what it waits for on a socket.
    fileprivate func watch(_ descriptor: curl_socket_t, what: Int32) {
        switch what {
        case CURL_POLL_IN: watch(descriptor, EPOLLIN.rawValue)
        case CURL_POLL_OUT: watch(descriptor, EPOLLOUT.rawValue)
        case CURL_POLL_INOUT: watch(descriptor, EPOLLIN.rawValue | EPOLLOUT.rawValue)
        default:
            var event = epoll_event()
            epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event)
        }
    }

    /// libcurl says when it wants to be called next; a negative time is never.
    fileprivate func setTimer(milliseconds: Int) {
        timerDue = milliseconds < 0 ? nil : MonotonicTime.now().advanced(byMilliseconds: milliseconds)
    }
}

private let socketCallback: curl_socket_callback = { _, descriptor, what, context, _ in
    Unmanaged<TransferLoop>.fromOpaque(context!).takeUnretainedValue().watch(descriptor, what: what)
    return 0
}

private let timerCallback: curl_multi_timer_callback = { _, milliseconds, context in
    Unmanaged<TransferLoop>.fromOpaque(context!).takeUnretainedValue().setTimer(milliseconds: milliseconds)
    return 0
}
