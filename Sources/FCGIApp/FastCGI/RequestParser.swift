import CFCGI
import Glibc

/// Parses one request with libfcgi. Everything of libfcgi lives and ends in `parse`; what comes out is a copy.
///
/// libfcgi is made for a blocking thread per request, so it gets a connection only when a request is there to be read, and
/// gives it back when the input has ended. The response is framed by `RecordEncoder`: libfcgi would keep 8 KiB of buffer a
/// stream, and its writes block.
enum RequestParser {
    struct Parsed {
        let request: Request
        let requestID: UInt16
        /// Whether the web server wants to use the connection again.
        let keepsConnection: Bool
    }

    /// Bytes of a body that are read, to be thrown away, before the connection is given up.
    private static let bytesRead = 64 * 1_048_576

    /// - Parameter parametersRead: called when only the body is left to read, which may wait for the peer.
    /// - Returns: nil when it was no request, or broke off; then libfcgi has closed the descriptor.
    static func parse(
        _ descriptor: Int32, limits: Request.Limits, parametersRead: () -> Void
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
        parametersRead()
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
        let (body, state, isRead) = readBody(
            request.in, declared: variables.first { $0.name == "CONTENT_LENGTH" }?.value, limit: limits.bodyBytes)
        return Parsed(
            request: Request(variables: variables, body: body, bodyState: state),
            requestID: UInt16(truncatingIfNeeded: request.requestId),
            keepsConnection: isRead && request.keepConnection != 0 && FCGX_GetError(request.in) == 0)
    }

    private static func readBody(
        _ input: UnsafeMutablePointer<FCGX_Stream>, declared text: String?, limit: Int
    ) -> (body: [UInt8], state: Request.BodyState, isRead: Bool) {
        let declared = text.flatMap { $0.isEmpty ? 0 : Int($0) } ?? 0
        var body: [UInt8] = []
        var received = 0
        var isRead = true
        if declared > 0, declared <= limit { body.reserveCapacity(declared) }
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { chunk in
            let start = chunk.baseAddress!.assumingMemoryBound(to: CChar.self)
            while true {
                let count = Int(FCGX_GetStr(start, Int32(chunk.count), input))
                guard count > 0 else { return }
                received += count
                if received <= limit { body.append(contentsOf: chunk[..<count]) }
                if received > bytesRead {
                    isRead = false
                    return
                }
            }
        }
        if received > limit || declared > limit { return ([], .tooLarge, isRead) }
        if received != declared { return ([], .mismatch(declared: declared, received: received), isRead) }
        return (body, .complete, isRead)
    }
}
