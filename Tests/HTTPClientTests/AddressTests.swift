import LoopbackServer
import Testing

@testable import HTTPClient

/// Addresses that are not called.
@Suite(.timeLimit(.minutes(5))) struct AddressTests {
    private static func v6(_ groups: [UInt16]) -> [UInt8] { groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } }

    static let refused: [[UInt8]] = [
        [169, 254, 0, 0], [169, 254, 169, 254], [169, 254, 255, 255], [100, 100, 100, 200], [192, 0, 0, 192],
        [168, 63, 129, 16], v6([0xFE80, 0, 0, 0, 0, 0, 0, 1]), v6([0xFEBF, 1, 2, 3, 4, 5, 6, 7]),
        v6([0xFD00, 0xEC2, 0, 0, 0, 0, 0, 0x254]), v6([0xFD20, 0xCE, 0, 0, 0, 0, 0, 0x254]),
        // In IPv6's clothes: mapped, compatible, NAT64.
        v6([0, 0, 0, 0, 0, 0xFFFF, 0xA9FE, 0xA9FE]), v6([0, 0, 0, 0, 0, 0, 0xA9FE, 0xA9FE]),
        v6([0x64, 0xFF9B, 0, 0, 0, 0, 0xA9FE, 0xA9FE]), v6([0, 0, 0, 0, 0, 0xFFFF, 0x6464, 0x64C8]),
    ]

    static let allowed: [[UInt8]] = [
        [127, 0, 0, 1], [10, 0, 0, 1], [192, 168, 1, 1], [169, 253, 1, 1], [169, 255, 1, 1], [100, 100, 100, 199],
        [8, 8, 8, 8], v6([0, 0, 0, 0, 0, 0, 0, 1]), v6([0, 0, 0, 0, 0, 0xFFFF, 0x7F00, 1]),
        v6([0xFEC0, 0, 0, 0, 0, 0, 0, 1]), v6([0xFD00, 0xEC2, 0, 0, 0, 0, 0, 0x255]),
        v6([0x2001, 0xDB8, 0, 0, 0, 0, 0, 1]),
        v6([0xFE00, 0, 0, 0, 0, 0, 0, 1]), [],
    ]

    @Test func `are those of the link and of clouds' metadata, in all their forms`() {
        for bytes in Self.refused { #expect(NetworkAddress(bytes).isLinkLocalOrMetadata, "\(bytes)") }
        for bytes in Self.allowed { #expect(!NetworkAddress(bytes).isLinkLocalOrMetadata, "\(bytes)") }
    }

    @Test(
        arguments: [
            "169.254.169.254", "0xa9fea9fe", "2852039166", "[fe80::1]", "[::ffff:169.254.169.254]",
            "[64:ff9b::a9fe:a9fe]", "100.100.100.200", "[fd00:ec2::254]",
        ])
    func `are refused however they are written`(_ host: String) async {
        let error = await refusal(HTTPClient(), HTTPRequest(url: "http://\(host)/latest/meta-data/"))
        #expect(error?.kind == .refusedAddress)
    }

    @Test func `are called when the request allows it, no matter who answers there`() async {
        var request = HTTPRequest(url: "http://169.254.0.9:9/")
        request.allowsLinkLocal = true
        request.connectTimeoutMilliseconds = 200
        let kind = await refusal(HTTPClient(), request)?.kind
        #expect(kind != .refusedAddress, "\(String(describing: kind))")
    }

    @Test func `are not the loopback's`() async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.respond("ok")
        }
        #expect(try await body(of: HTTPClient().stream(HTTPRequest(url: server.url()))) == Array("ok".utf8))
    }
}
