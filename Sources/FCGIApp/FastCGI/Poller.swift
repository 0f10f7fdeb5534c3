import CLinux
import Glibc

/// The kernel's epoll.
///
/// Connections are named by a number of their own, not by their descriptor: the kernel reuses descriptors at once, so an
/// event that was already fetched could otherwise reach the connection that got the number next.
final class Poller: Sendable {
    struct Event {
        let name: UInt64
        let flags: UInt32

        var isWritable: Bool { flags & EPOLLOUT.rawValue != 0 }
        /// The peer closed its side, or the connection broke.
        var isHangUp: Bool { flags & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 }
    }

    private let descriptor: Int32

    /// Fails only when the process is out of descriptors at its very start.
    init() throws(SocketError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw SocketError("epoll_create1", errno) }
    }

    /// Begins to watch a descriptor. False when the kernel refuses (out of memory or watches).
    func add(_ watched: Int32, name: UInt64, _ flags: UInt32) -> Bool {
        control(EPOLL_CTL_ADD, watched, name, flags)
    }

    /// Changes what is watched for. A descriptor that is closed already is not an error.
    func change(_ watched: Int32, name: UInt64, _ flags: UInt32) {
        _ = control(EPOLL_CTL_MOD, watched, name, flags)
    }

    func remove(_ watched: Int32) { _ = control(EPOLL_CTL_DEL, watched, 0, 0) }

    /// Waits for events and hands each to `body`.
    func wait(_ body: (Event) -> Void) {
        withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 256) { buffer in
            let count = epoll_wait(descriptor, buffer.baseAddress, 256, -1)
            guard count > 0 else { return }
            for event in buffer.prefix(Int(count)) {
                body(Event(name: event.data.u64, flags: event.events))
            }
        }
    }

    private func control(_ operation: Int32, _ watched: Int32, _ name: UInt64, _ flags: UInt32) -> Bool {
        var event = epoll_event(events: flags, data: epoll_data_t(u64: name))
        return epoll_ctl(descriptor, operation, watched, &event) == 0
    }
}

/// A call on a socket failed.
public struct SocketError: Error, Sendable, CustomStringConvertible {
    public let call: String
    public let code: Int32

    init(_ call: String, _ code: Int32) {
        self.call = call
        self.code = code
    }

    public var description: String { "\(call): \(String(cString: strerror(code)))" }
}
