import CLinux
import Glibc
import Scheduling
import Synchronization

/// A server on a free port of the loopback for tests: real sockets, one thread a connection, scripted by a closure.
public final class LoopbackServer: Sendable {
    public let port: UInt16
    private let listener: Int32
    private let shared: Shared

    private final class Shared: Sendable {
        let connections = Mutex<[LoopbackConnection]>([])
        let accepted = Atomic<Int>(0)
    }

    /// `serve` has the connection until it returns; then it is closed.
    public init(_ serve: @escaping @Sendable (LoopbackConnection) -> Void) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                precondition(bind(listener, address, length) == 0 && listen(listener, 4096) == 0, "no port: \(errno)")
                getsockname(listener, address, &length)
            }
        }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        let shared = Shared()
        self.shared = shared
        Thread.start(name: "test-accept", stackBytes: 64 * 1024) {
            while true {
                let descriptor = clinux_accept(listener)
                if descriptor < 0 {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    close(listener)
                    return
                }
                let connection = LoopbackConnection(descriptor)
                shared.accepted.add(1, ordering: .relaxed)
                shared.connections.withLock { $0.append(connection) }
                Thread.start(name: "test-serve", stackBytes: 256 * 1024) {
                    serve(connection)
                    connection.close()
                    shared.connections.withLock { $0.removeAll { $0 === connection } }
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in shared.connections.withLock({ $0 }) { connection.hangUp() }
    }

    /// How many connections have been made so far.
    public var acceptedConnections: Int { shared.accepted.load(ordering: .relaxed) }

    public func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }
}
