import CFCGI
import Glibc

/// Parses one request with libfcgi. Everything of libfcgi lives and ends in `parse`; what comes out is a copy.
///
/// libfcgi is made for a blocking thread per request, so it gets a connection only when a request is there to be read, and
/// gives it back when the input has ended. It gets no byte that `RecordScanner` has not seen: of a request with a long body
/// only the head, on a connection of its own. The response is framed by `RecordEncoder`: libfcgi would keep 8 KiB of buffer
/// a stream, and its writes block.
enum RequestParser {
    struct Parsed {
        let request: Request
        let requestID: UInt16
        /// Whether the web server wants to use the connection again.
        let keepsConnection: Bool
    }

    /// Bytes of a body that are read, to be thrown away, before the connection is given up.
    private static let bytesRead = 64 * 1_048_576

    /// Parses a request that is there whole.
    /// - Returns: nil when it was no request, or broke off; then the descriptor is closed.
    static func parse(_ descriptor: Int32, limits: Request.Limits) -> Parsed? {
        parse(descriptor) { request, variables in
            let input = request.in!
            let body = Body(declared: declared(in: variables), limit: limits.bodyBytes(of: variables)) { chunk in
                Int(FCGX_GetStr(chunk.baseAddress!.assumingMemoryBound(to: CChar.self), Int32(chunk.count), input))
            }
            return (body, body.isRead && FCGX_GetError(input) == 0)
        }
    }

    /// Parses a request whose body may have to be waited for.
    /// - Parameters:
    ///   - head: the length of what comes before the body, all of which is there.
    ///   - parametersRead: called when only the body is left to read.
    /// - Returns: nil when it was no request; then the descriptor is closed.
    static func parse(
        _ descriptor: Int32, head: Int, limits: Request.Limits, parametersRead: () -> Void
    ) -> Parsed? {
        guard let replay = replay(of: descriptor, head: head) else {
            close(descriptor)
            return nil
        }
        let parsed = parse(replay) { request, variables in
            parametersRead()
            var reader = BodyReader(descriptor: descriptor, requestID: Int(request.requestId))
            let body = Body(declared: declared(in: variables), limit: limits.bodyBytes(of: variables)) {
                reader.read(into: $0)
            }
            return (body, body.isRead && reader.isAtEnd)
        }
        if parsed == nil { close(descriptor) } else { close(replay) }
        return parsed
    }

    /// Takes the head of a request from a connection, and gives a descriptor from which nothing else can be read.
    private static func replay(of descriptor: Int32, head: Int) -> Int32? {
        withUnsafeTemporaryAllocation(byteCount: head, alignment: 1) { bytes in
            guard recv(descriptor, bytes.baseAddress, head, Int32(MSG_WAITALL)) == head else { return nil }
            var pair: [Int32] = [-1, -1]
            let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            guard socketpair(AF_UNIX, type, 0, &pair) == 0 else { return nil }
            // No more than the window, which a socket's buffer holds: this never waits for a reader.
            let sent = send(pair[1], bytes.baseAddress, head, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
            close(pair[1])
            if sent == head { return pair[0] }
            close(pair[0])
            return nil
        }
    }

    /// - Parameter readBody: gives the body, and whether the input was read to its proper end.
    /// - Returns: nil when it was no request; then the descriptor is closed.
    private static func parse(
        _ descriptor: Int32, readBody: (FCGX_Request, [(name: String, value: String)]) -> (Body, Bool)
    ) -> Parsed? {
        var request = FCGX_Request()
        FCGX_InitRequest(&request, -1, 0)
        // FCGX_Accept_r does not accept when it has a descriptor, it only parses; but it begins by finishing the request
        // before, which must keep the connection. `detached` keeps its close from waiting two seconds for the peer.
        request.ipcFd = descriptor
        request.keepConnection = 1
        request.detached = 1
        guard FCGX_Accept_r(&request) == 0 else { return nil }
        // Frees the streams and the parameters; the descriptor stays open. Nothing has been written to the streams.
        defer { FCGX_Free(&request, 0) }
        // An error among the parameters looks to libfcgi like their end.
        guard FCGX_GetError(request.in) == 0 else {
            close(descriptor)
            return nil
        }
        let variables = variables(of: request)
        let (body, isProperlyRead) = readBody(request, variables)
        return Parsed(
            request: Request(variables: variables, body: body.bytes, bodyState: body.state),
            requestID: UInt16(truncatingIfNeeded: request.requestId),
            keepsConnection: isProperlyRead && request.keepConnection != 0)
    }

    private static func variables(of request: FCGX_Request) -> [(name: String, value: String)] {
        var variables: [(name: String, value: String)] = []
        var variable = request.envp
        while let text = variable?.pointee {
            let bytes = UnsafeRawBufferPointer(start: text, count: strlen(text))
            if let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
                variables.append(
                    (
                        String(decoding: bytes[..<equals], as: UTF8.self),
                        String(decoding: bytes[(equals + 1)...], as: UTF8.self)
                    ))
            }
            variable = variable?.successor()
        }
        return variables
    }

    /// The bytes that `CONTENT_LENGTH` declares; 0 when it declares none.
    private static func declared(in variables: [(name: String, value: String)]) -> Int {
        variables.first { $0.name == "CONTENT_LENGTH" }.flatMap { Int($0.value) } ?? 0
    }

    private struct Body {
        var bytes: [UInt8] = []
        var state = Request.BodyState.complete
        /// Whether it was read as far as it goes.
        var isRead = true

        /// - Parameter next: gives some of the body, 0 bytes at its end.
        init(declared: Int, limit: Int, next: (UnsafeMutableRawBufferPointer) -> Int) {
            var received = 0
            if declared > 0, declared <= limit { bytes.reserveCapacity(declared) }
            withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { chunk in
                while isRead {
                    let count = next(chunk)
                    guard count > 0 else { return }
                    received += count
                    if received <= limit { bytes.append(contentsOf: chunk[..<count]) }
                    isRead = received <= RequestParser.bytesRead
                }
            }
            if received > limit || declared > limit {
                state = .tooLarge
            } else if received != declared {
                state = .mismatch(declared: declared, received: received)
            }
            if state != .complete { bytes = [] }
        }
    }
}
