/// An address of the network, as its bytes stand on the line.
struct NetworkAddress: Equatable {
    private var bytes: [UInt8]

    /// - Parameter bytes: 4 for IPv4, 16 for IPv6. An IPv6 address that stands for an IPv4 one counts as that.
    init(_ bytes: some Collection<UInt8>) {
        self.bytes = Array(bytes)
        guard bytes.count == 16 else { return }
        let isEmbedding = Self.prefixesOfIPv4.contains { self.bytes.starts(with: $0) }
        if isEmbedding { self.bytes = Array(self.bytes.suffix(4)) }
    }

    /// Whether it is reachable on the own link only (RFC 3927, RFC 4291), or answers a cloud's machines with their keys.
    ///
    /// Most clouds' metadata services are at 169.254.169.254; the others': Amazon fd00:ec2::254, Google fd20:ce::254,
    /// Alibaba 100.100.100.200, Oracle 192.0.0.192, Azure 168.63.129.16.
    var isLinkLocalOrMetadata: Bool {
        if bytes.count == 4 { return bytes.starts(with: [169, 254]) || Self.metadata.contains(bytes) }
        guard bytes.count == 16 else { return false }
        let isLinkLocal = bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
        return isLinkLocal || Self.metadata.contains(bytes)
    }

    /// IPv4-mapped and -compatible (RFC 4291, section 2.5.5), translated by NAT64 (RFC 6052).
    private static let prefixesOfIPv4: [[UInt8]] = [
        Array(repeating: 0, count: 10) + [0xFF, 0xFF],
        // "::1", the loopback, has this prefix too; as 0.0.0.1 it is as harmless.
        Array(repeating: 0, count: 12),
        [0x00, 0x64, 0xFF, 0x9B] + Array(repeating: 0, count: 8),
    ]

    private static let metadata: [[UInt8]] = [
        [100, 100, 100, 200], [192, 0, 0, 192], [168, 63, 129, 16],
        [0xFD, 0x00, 0x0E, 0xC2] + Array(repeating: 0, count: 10) + [0x02, 0x54],
        [0xFD, 0x20, 0x00, 0xCE] + Array(repeating: 0, count: 10) + [0x02, 0x54],
    ]
}
