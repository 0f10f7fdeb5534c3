import CLinux
import Glibc

/// The line between a process that ends and the one that takes its place on the same listening sockets.
///
/// The new one says that it serves. The old one then gives it every connection that waits for a request: closed, a kept connection would
/// fail the request that the web server is just writing to it. Nothing is taken from a connection that waits, so nothing is lost.
public final class HandoverChannel: Sendable {
    /// How long the other process may leave connections untaken before they are closed instead.
    private static let patienceSeconds = 1

    public let descriptor: Int32

    /// Takes over one end; it is closed with this object.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var limit = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Both ends; nil when the process is out of descriptors.
    public static func pair() -> (old: HandoverChannel, new: HandoverChannel)? {
        var ends: [Int32] = [-1, -1]
        // Message by message: a descriptor comes with its own byte.
        let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
        return (HandoverChannel(descriptor: ends[0]), HandoverChannel(descriptor: ends[1]))
    }

    /// The new process serves.
    public func sayReady() {
        var byte: UInt8 = 1
        send(descriptor, &byte, 1, Int32(MSG_NOSIGNAL))
    }

    /// Waits for it. False when the new process has ended instead. Blocks.
    public func waitUntilReady() -> Bool {
        var byte: UInt8 = 0
        while true {
            let count = recv(descriptor, &byte, 1, 0)
            if count < 0, errno == EINTR { continue }
            return count == 1
        }
    }

    /// Gives a connection away. The caller still closes its own descriptor.
    func pass(_ connection: Int32) { _ = clinux_send_descriptor(descriptor, connection) }

    /// The next connection; nil when there will be no more. Blocks.
    func receive() -> Int32? {
        let connection = clinux_receive_descriptor(descriptor)
        return connection >= 0 ? connection : nil
    }
}
