/// Where FastCGI connections come in.
public enum ListenAddress: Sendable, Equatable {
    /// A unix socket. The path has 1 to 107 bytes, which is what the kernel takes (man 7 unix).
    case unix(path: String)
    /// A numeric address, IPv4 or IPv6 (without brackets), and a port from 0 to 65,535; with 0 the kernel picks one.
    case tcp(host: String, port: UInt16)
}

extension ListenAddress: LosslessStringConvertible {
    /// Reads what `description` writes; `localhost` is 127.0.0.1. Nil when `text` is something else, when the host is a
    /// name, or when the path is empty or has more than 107 bytes.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst(5)
            guard (1...107).contains(path.utf8.count), !path.utf8.contains(0) else { return nil }
            self = .unix(path: String(path))
            return
        }
        guard text.hasPrefix("tcp:"), let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = UInt16(digits)
        else { return nil }
        var host = text[..<colon].dropFirst(4)
        if host == "localhost" { host = "127.0.0.1" }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard isNumericAddress(String(host), version6: true) else { return nil }
        } else {
            guard isNumericAddress(String(host), version6: false) else { return nil }
        }
        self = .tcp(host: String(host), port: port)
    }

    /// As it is written in the configuration: `unix:PATH`, `tcp:HOST:PORT`, `tcp:[HOST]:PORT`.
    public var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .tcp(let host, let port):
            host.utf8.contains(UInt8(ascii: ":")) ? "tcp:[\(host)]:\(port)" : "tcp:\(host):\(port)"
        }
    }

    /// Whether only this machine can connect.
    var isLocal: Bool {
        switch self {
        case .unix: true
        case .tcp(let host, _): host.hasPrefix("127.") || host == "::1"
        }
    }
}
