import Glibc
import Scheduling

/// The web server's side of a FastCGI connection, byte by byte, for tests.
final class FastCGIClient: Sendable {
    struct Response: Equatable {
        var output: [UInt8] = []
        /// Whether END_REQUEST came.
        var hasEnd = false

        var text: String { String(decoding: output, as: UTF8.self) }
        /// What follows the header fields.
        var body: String {
            guard let range = text.range(ofBytes: "\r\n\r\n") else { return "" }
            return String(text.utf8[range.upperBound...]) ?? ""
        }
    }

    let descriptor: Int32

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw Failure(errno) }
    }

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(errno) }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    /// A port of the loopback interface that nobody listens on just now.
    static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard result == 0 else { throw Failure(errno) }
        return UInt16(bigEndian: address.sin_port)
    }

    struct Failure: Error {
        let code: Int32
        init(_ code: Int32) { self.code = code }
    }

    deinit { close(descriptor) }

    /// A record of the FastCGI protocol.
    static func record(_ type: UInt8, _ content: [UInt8], id: UInt16 = 1) -> [UInt8] {
        [
            1, type, UInt8(id >> 8), UInt8(id & 0xFF), UInt8(content.count >> 8), UInt8(content.count & 0xFF), 0, 0,
        ] + content
    }

    /// A whole request: BEGIN_REQUEST, PARAMS, STDIN.
    static func request(
        _ variables: [(String, String)], body: [UInt8] = [], keepsConnection: Bool = true
    ) -> [UInt8] {
        var params: [UInt8] = []
        for (name, value) in variables {
            for length in [name.utf8.count, value.utf8.count] {
                if length < 128 {
                    params.append(UInt8(length))
                } else {
                    params += [UInt8(length >> 24) | 0x80, UInt8(length >> 16 & 255), UInt8(length >> 8 & 255)]
                    params.append(UInt8(length & 255))
                }
            }
            params += Array(name.utf8) + Array(value.utf8)
        }
        var bytes = record(1, [0, 1, keepsConnection ? 1 : 0, 0, 0, 0, 0, 0])
        bytes += record(4, params) + record(4, [])
        var rest = body[...]
        while !rest.isEmpty {
            bytes += record(5, Array(rest.prefix(32_768)))
            rest = rest.dropFirst(32_768)
        }
        return bytes + record(5, [])
    }

    static func get(_ path: String, keepsConnection: Bool = true) -> [UInt8] {
        request([("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", path)], keepsConnection: keepsConnection)
    }

    static func post(_ path: String, _ body: [UInt8], declared: Int? = nil) -> [UInt8] {
        request(
            [
                ("REQUEST_METHOD", "POST"), ("SCRIPT_NAME", path), ("CONTENT_TYPE", "application/json"),
                ("CONTENT_LENGTH", String(declared ?? body.count)),
            ], body: body)
    }

    /// Sends on a thread of its own, so that the test's task leaves Swift's threads to the server.
    func send(_ bytes: [UInt8]) async throws {
        let descriptor = descriptor
        let code: Int32 = await blocking {
            var offset = 0
            while offset < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress! + offset, $0.count - offset, Int32(MSG_NOSIGNAL))
                }
                if count < 0 { return errno }
                offset += count
            }
            return 0
        }
        if code != 0 { throw Failure(code) }
    }

    /// Waits until the server has closed the connection, reading nothing.
    func waitUntilPeerIsGone() async {
        let descriptor = descriptor
        await blocking {
            var entry = pollfd(fd: descriptor, events: 0, revents: 0)
            while poll(&entry, 1, -1) < 0 || entry.revents & Int16(POLLHUP) == 0 {}
        }
    }

    /// Receives until END_REQUEST, the end of the connection, or until `isEnough` says so.
    func receive(until isEnough: @escaping @Sendable (Response) -> Bool = { _ in false }) async -> Response {
        let descriptor = descriptor
        return await blocking {
            var response = Response()
            while !isEnough(response), let header = read(descriptor, exactly: 8) {
                let length = Int(header[4]) << 8 | Int(header[5])
                guard let content = read(descriptor, exactly: length + Int(header[6])) else { break }
                if header[1] == 6 { response.output += content.prefix(length) }
                if header[1] == 3 {
                    response.hasEnd = true
                    break
                }
            }
            return response
        }
    }

    /// Whether something has come, or the connection was closed.
    var hasAnswer: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0
    }

    /// Whether the server closes the connection.
    func isClosedByServer() async -> Bool {
        let descriptor = descriptor
        return await blocking {
            var byte: UInt8 = 0
            return recv(descriptor, &byte, 1, 0) <= 0
        }
    }
}

private func read(_ descriptor: Int32, exactly count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var offset = 0
    while offset < count {
        let got = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress! + offset, count - offset, 0) }
        if got <= 0 { return nil }
        offset += got
    }
    return bytes
}

/// Runs a call that blocks on a thread of its own.
func blocking<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in
        Thread.start(name: "test") { continuation.resume(returning: body()) }
    }
}

extension String {
    func range(ofBytes needle: String) -> Range<String.UTF8View.Index>? {
        let needle = Array(needle.utf8)
        var index = utf8.startIndex
        while index != utf8.endIndex {
            if utf8[index...].starts(with: needle) { return index..<utf8.index(index, offsetBy: needle.count) }
            index = utf8.index(after: index)
        }
        return nil
    }
}
