import Glibc

/// Where FastCGI connections come in.
public struct ListeningSocket: Sendable {
    /// Connections that may wait to be accepted. A full queue makes nginx answer 502, so it is long; the kernel cuts it
    /// to net.core.somaxconn.
    static let backlog: Int32 = 4096

    public let descriptor: Int32
    /// For the log: "unix:/run/chat-fcgi.sock".
    public let name: String
    /// The socket file to remove at the end; nil when it is not ours.
    let path: String?

    /// Opens `address`: `unix:PATH` or `tcp:HOST:PORT` (a numeric IPv4 address, or `[…]` with IPv6).
    ///
    /// A socket file that nobody listens on any more is replaced.
    /// - Parameter mode: permissions of the socket file.
    /// - Throws: `ListenError` with what to do about it.
    public init(address: String, mode: UInt32 = 0o660) throws(ListenError) {
        if address.hasPrefix("unix:") {
            try self.init(path: String(address.dropFirst(5)), mode: mode)
        } else if address.hasPrefix("tcp:") {
            try self.init(hostAndPort: String(address.dropFirst(4)))
        } else {
            throw ListenError("cannot listen on \"\(address)\": write unix:PATH or tcp:HOST:PORT")
        }
    }

    /// Takes over a descriptor that already listens (fd 0 from spawn-fcgi, fd 3 from systemd).
    public init(inherited descriptor: Int32) throws(ListenError) {
        guard Self.isListening(descriptor) else {
            throw ListenError("descriptor \(descriptor) is not a listening socket")
        }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = listen(descriptor, Self.backlog)
        self.descriptor = descriptor
        name = "inherited descriptor \(descriptor)"
        path = nil
    }

    /// Takes over a descriptor from the process of this program that opened it and ends: the socket file is this process's from now on.
    public init(handedOver descriptor: Int32) throws(ListenError) {
        let inherited = try ListeningSocket(inherited: descriptor)
        let path = Self.path(of: descriptor)
        self.init(descriptor: descriptor, name: path.map { "unix:\($0)" } ?? inherited.name, path: path)
    }

    private init(descriptor: Int32, name: String, path: String?) {
        self.descriptor = descriptor
        self.name = name
        self.path = path
    }

    /// The socket file that it was bound to, unix(7); nil for one of another family.
    private static func path(of descriptor: Int32) -> String? {
        var address = sockaddr_un()
        var length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
        let path = withUnsafeBytes(of: address.sun_path) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return path.isEmpty ? nil : path
    }

    /// Whether `descriptor` is a socket that listens.
    public static func isListening(_ descriptor: Int32) -> Bool {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &length) == 0 && value != 0
    }

    private init(path: String, mode: UInt32) throws(ListenError) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard !path.isEmpty, path.utf8.count < room else {
            throw ListenError("the socket path \"\(path)\" must have 1 to \(room - 1) bytes; use a shorter one")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ListenError("socket: \(String(cString: strerror(errno)))") }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        func onAddress(_ call: (UnsafePointer<sockaddr>) -> Int32) -> Int32 {
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0) }
            }
        }
        if onAddress({ connect(descriptor, $0, length) }) == 0 {
            close(descriptor)
            throw ListenError("another process serves on \(path) already; stop it, or listen elsewhere (--listen)")
        }
        close(descriptor)
        var status = stat()
        if lstat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFSOCK else {
                throw ListenError(
                    "\(path) is there already and is no socket; remove it, or listen elsewhere (--listen)")
            }
            unlink(path)
        }
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        // The file must not be open to others between bind and chmod. On Linux bind(2) gives it the socket's own mode;
        // umask(2) would be the whole process's, and files that other threads make meanwhile would get no rights at all.
        guard fchmod(listener, 0o600) == 0, onAddress({ bind(listener, $0, length) }) == 0,
            chmod(path, mode_t(mode)) == 0, listen(listener, Self.backlog) == 0
        else {
            let reason = String(cString: strerror(errno))
            close(listener)
            throw ListenError("cannot listen on \(path): \(reason)")
        }
        self.descriptor = listener
        self.name = "unix:\(path)"
        self.path = path
    }

    private init(hostAndPort: String) throws(ListenError) {
        guard let colon = hostAndPort.lastIndex(of: ":"),
            let port = UInt16(hostAndPort[hostAndPort.index(after: colon)...])
        else {
            throw ListenError("cannot listen on \"tcp:\(hostAndPort)\": write tcp:HOST:PORT, as in tcp:127.0.0.1:9000")
        }
        var host = String(hostAndPort[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host == "localhost" ? "127.0.0.1" : host, String(port), &hints, &found) == 0, let info = found
        else {
            throw ListenError("\"\(host)\" is no numeric address; write tcp:127.0.0.1:\(port) or tcp:[::1]:\(port)")
        }
        defer { freeaddrinfo(info) }
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let listener = socket(info.pointee.ai_family, flags, 0)
        var one: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, 4)
        guard bind(listener, info.pointee.ai_addr, info.pointee.ai_addrlen) == 0, listen(listener, Self.backlog) == 0
        else {
            let reason = String(cString: strerror(errno))
            close(listener)
            throw ListenError("cannot listen on tcp:\(hostAndPort): \(reason)")
        }
        self.descriptor = listener
        self.name = "tcp:\(hostAndPort)"
        self.path = nil
    }
}

/// A listening socket could not be had; `description` says why and what to do.
public struct ListenError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
