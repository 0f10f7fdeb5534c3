import Glibc

/// The address under which other machines reach this one.
enum DoctorAddress {
    /// The first IPv4 address that is up and not the loopback; nil when there is none (getifaddrs(3)).
    static func ofThisMachine() -> String? {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return nil }
        defer { freeifaddrs(first) }
        var next = first
        while let entry = next?.pointee {
            next = entry.ifa_next
            let flags = Int32(bitPattern: entry.ifa_flags)
            guard let address = entry.ifa_addr, address.pointee.sa_family == sa_family_t(AF_INET),
                flags & Int32(IFF_UP) != 0, flags & Int32(IFF_LOOPBACK) == 0
            else { continue }
            var name = [UInt8](repeating: 0, count: Int(NI_MAXHOST))
            let result = name.withUnsafeMutableBytes { bytes in
                getnameinfo(
                    address, socklen_t(MemoryLayout<sockaddr_in>.size), bytes.bindMemory(to: CChar.self).baseAddress,
                    socklen_t(bytes.count), nil, 0, NI_NUMERICHOST)
            }
            if result == 0 { return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return nil
    }

    /// Whether a host, by its address or by a name such as one of /etc/hosts, is this machine's loopback and nothing else
    /// (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3). Blocks while the name is looked up.
    static func isLoopback(_ host: String) -> Bool {
        // RFC 6761, section 6.3: libcurl asks nobody for these, and a system without /etc/hosts does not know them.
        let labels = host.lowercased().split(separator: ".")
        if labels.last == "localhost" { return true }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return false }
        defer { freeaddrinfo(first) }
        var next = first
        var isLoopback = first != nil
        while let entry = next?.pointee {
            next = entry.ai_next
            guard let address = entry.ai_addr else { return false }
            let isOwn =
                switch Int32(address.pointee.sa_family) {
                case AF_INET:
                    address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                        UInt32(bigEndian: $0.pointee.sin_addr.s_addr) >> 24 == 127
                    }
                case AF_INET6:
                    address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                        withUnsafeBytes(of: address.pointee.sin6_addr) {
                            $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1
                        }
                    }
                default: false
                }
            isLoopback = isLoopback && isOwn
        }
        return isLoopback
    }
}
