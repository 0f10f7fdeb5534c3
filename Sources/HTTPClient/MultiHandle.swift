import CCurl
import CLinux
import Scheduling

/// One of libcurl's multi handles: some of the loop's exchanges, and the connections kept for further ones.
///
/// What libcurl does for each of its events grows with the transfers in a handle, so many exchanges are shared out among
/// several (docs/performance.md).
final class MultiHandle {
    let pointer: UnsafeMutableRawPointer
    /// Given back with the events of its sockets.
    let number: Int
    private(set) var exchanges = 0
    /// When libcurl wants to be called for its timers; nil when it has none.
    private var timerDue: MonotonicTime?
    private unowned let loop: TransferLoop

    /// Exchanges in one handle, at most.
    static let capacity = 256

    init(number: Int, loop: TransferLoop, idleConnections: Int) {
        guard let pointer = curl_multi_init() else { preconditionFailure("curl_multi_init: out of memory") }
        self.pointer = pointer
        self.number = number
        self.loop = loop
        let context = Unmanaged.passUnretained(self).toOpaque()
        let codes = [
            ccurl_multi_set_socket_callback(pointer, socketCallback, context),
            ccurl_multi_set_timer_callback(pointer, timerCallback, context),
            // Over this number, which counts connections in use as well, each end of an exchange looks through all of them.
            ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, Self.capacity + idleConnections),
        ]
        // Without its callbacks no exchange would ever end.
        precondition(codes.allSatisfy { $0 == CURLM_OK }, "curl_multi_setopt: \(codes)")
    }

    deinit {
        // The sockets of kept connections are closed, of which nobody needs to be told.
        ccurl_multi_set_socket_callback(pointer, nil, nil)
        ccurl_multi_set_timer_callback(pointer, nil, nil)
        curl_multi_cleanup(pointer)
    }

    var hasRoom: Bool { exchanges < Self.capacity }

    func add(_ handle: EasyHandle) -> CURLMcode {
        let code = curl_multi_add_handle(pointer, handle.pointer)
        if code == CURLM_OK {
            handle.multi = self
            exchanges += 1
        }
        return code
    }

    /// Ends an exchange where it stands: libcurl closes an HTTP/1 connection and resets an HTTP/2 stream.
    func remove(_ handle: EasyHandle) {
        curl_multi_remove_handle(pointer, handle.pointer)
        handle.multi = nil
        exchanges -= 1
    }

    /// When it wants to be called for its timers.
    var due: MonotonicTime? { timerDue }

    func actOnTimers(at now: MonotonicTime) {
        guard let due = timerDue, due <= now else { return }
        timerDue = nil
        act(on: ccurl_socket_timeout(), 0)
    }

    /// - Parameter events: epoll's.
    func act(on descriptor: curl_socket_t, _ events: UInt32) {
        var mask: Int32 = 0
        if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0 { mask |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { mask |= CURL_CSELECT_OUT }
        if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { mask |= CURL_CSELECT_ERR }
        var running: Int32 = 0
        curl_multi_socket_action(pointer, descriptor, mask, &running)
    }

    /// An exchange that has ended, and how.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var code = CURLE_OK
        return ccurl_multi_next_finished(pointer, &code).map { ($0, code) }
    }

    /// libcurl says what it waits for on a socket.
    fileprivate func watch(_ descriptor: curl_socket_t, what: Int32) {
        switch what {
        case CURL_POLL_IN: loop.watch(descriptor, EPOLLIN.rawValue, of: self)
        case CURL_POLL_OUT: loop.watch(descriptor, EPOLLOUT.rawValue, of: self)
        case CURL_POLL_INOUT: loop.watch(descriptor, EPOLLIN.rawValue | EPOLLOUT.rawValue, of: self)
        default: loop.forget(descriptor)
        }
    }

    /// libcurl says when it wants to be called next; a negative time is never.
    fileprivate func setTimer(milliseconds: Int) {
        timerDue = milliseconds < 0 ? nil : MonotonicTime.now().advanced(byMilliseconds: milliseconds)
    }
}

private let socketCallback: curl_socket_callback = { _, descriptor, what, context, _ in
    Unmanaged<MultiHandle>.fromOpaque(context!).takeUnretainedValue().watch(descriptor, what: what)
    return 0
}

private let timerCallback: curl_multi_timer_callback = { _, milliseconds, context in
    Unmanaged<MultiHandle>.fromOpaque(context!).takeUnretainedValue().setTimer(milliseconds: milliseconds)
    return 0
}
