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
}
