import Glibc

extension LoopbackConnection {
    /// Waits until the peer's program has read everything that was sent; at once when the peer has gone.
    ///
    /// A reset throws away what the peer's kernel has and its program has not read, so that without this wait a test of a reset
    /// would see now more of what was sent before, now less. A socket tells its sender only what the other kernel has; what
    /// the other program has is in proc_net(5).
    public func waitUntilPeerHasRead() {
        while let bytes = unreadBytes, bytes > 0 { usleep(500) }
    }

    /// Those under way and those at the peer; nil when the peer's socket is not there any more.
    private var unreadBytes: Int? {
        guard let own = port(getsockname), let peers = port(getpeername) else { return nil }
        guard let file = fopen("/proc/net/tcp", "re") else { return nil }
        defer { fclose(file) }
        var (underWay, atPeer): (Int, Int?) = (0, nil)
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // "0: 0100007F:1F90 0100007F:C350 01 00000000:00000010 …": own end, other end, state, sent and received bytes.
            let fields = text.split(separator: " ")
            guard fields.count > 4 else { continue }
            let bytes = fields[4].split(separator: ":").map { Int($0, radix: 16) ?? 0 }
            if fields[1].hasSuffix(own), fields[2].hasSuffix(peers) { underWay = bytes.first ?? 0 }
            if fields[1].hasSuffix(peers), fields[2].hasSuffix(own) { atPeer = bytes.last }
        }
        return atPeer.map { $0 + underWay }
    }

    /// As the file has it: ":1F90".
    private func port(
        _ name: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> String? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isKnown = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { name(descriptor, $0, &length) == 0 }
        }
        guard isKnown else { return nil }
        let digits = String(UInt16(bigEndian: address.sin_port), radix: 16, uppercase: true)
        return ":" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
