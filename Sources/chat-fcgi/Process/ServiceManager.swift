import Glibc

/// Tells the service manager how the service is doing: sd_notify(3), by its protocol (a datagram to the socket that NOTIFY_SOCKET
/// names) instead of by libsystemd. Nothing without that variable.
enum ServiceManager {
    /// - Parameter state: `READY=1`, `STOPPING=1`, `RELOADING=1` or `WATCHDOG=1`; several are separated by line feeds.
    static func tell(_ state: String) {
        guard let name = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }), "/@".contains(name.prefix(1)) else {
            return
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(name.utf8)
        guard (2..<MemoryLayout.size(ofValue: address.sun_path)).contains(bytes.count) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) {
            $0.copyBytes(from: bytes)
            // An abstract socket, unix(7).
            if bytes[0] == UInt8(ascii: "@") { $0[0] = 0 }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let text = Array(state.utf8)
        // One that is lost is followed by the next.
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, text, text.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }

    /// How long to wait between two signs of life: a quarter of what the watchdog allows, where
    /// sd_watchdog_enabled(3) asks for half: a process that is starved for seconds is none that hangs. Nil without one.
    static var watchdogMilliseconds: Int? {
        func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
        guard let microseconds = number("WATCHDOG_USEC"), microseconds > 0,
            number("WATCHDOG_PID").map({ $0 == Int(getpid()) }) ?? true
        else { return nil }
        return max(1, microseconds / 4_000)
    }
}
