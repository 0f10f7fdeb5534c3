import Glibc

extension BaseURL {
    /// Names under which clouds give a machine its own credentials; they resolve to link-local addresses there.
    private static let metadataNames: Set<String> = [
        "metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal",
    ]
    /// Services of clouds outside of the link-local range, which answer every machine there: Alibaba's metadata and
    /// Azure's WireServer.
    private static let metadataAddresses: Set<[UInt8]> = [[100, 100, 100, 200], [168, 63, 129, 16]]
    /// Amazon's metadata service over IPv6, fd00:ec2::254.
    private static let metadataAddress6: [UInt8] = [0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54]

    /// Whether the host, as it is written, is a link-local address (RFC 3927, RFC 4291 section 2.5.6) or one where clouds
    /// give a machine its credentials (CWE-918). What a name resolves to is not looked at.
    var isLinkLocal: Bool {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        if Self.metadataNames.contains(name) { return true }
        var address6 = in6_addr()
        if inet_pton(AF_INET6, name, &address6) == 1 {
            return Self.isLinkLocal6(withUnsafeBytes(of: address6) { Array($0) })
        }
        // As libcurl reads it: 0xA9FEA9FE and 169.254.43518 are the same address as 169.254.169.254.
        var address = in_addr()
        guard inet_aton(name, &address) == 1 else { return false }
        return Self.isLinkLocal4(withUnsafeBytes(of: address) { Array($0) })
    }

    private static func isLinkLocal4(_ bytes: [UInt8]) -> Bool {
        bytes[0] == 169 && bytes[1] == 254 || metadataAddresses.contains(bytes)
    }

    private static func isLinkLocal6(_ bytes: [UInt8]) -> Bool {
        if bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 || bytes == metadataAddress6 { return true }
        // IPv4 inside of it: mapped (RFC 4291), compatible, and through NAT64 (RFC 6052).
        let zeros = [UInt8](repeating: 0, count: 10)
        let head = Array(bytes.prefix(12))
        guard
            head == zeros + [0xFF, 0xFF] || head == zeros + [0, 0] || head == [0, 0x64, 0xFF, 0x9B] + zeros.prefix(8)
        else { return false }
        return isLinkLocal4(Array(bytes.suffix(4)))
    }
}
