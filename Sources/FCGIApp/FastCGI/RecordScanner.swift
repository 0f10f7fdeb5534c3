/// Looks over the first bytes of a FastCGI connection without taking them, and tells whether a request is there to be
/// parsed without waiting for more.
///
/// libfcgi reads with blocking calls. A connection is handed to it only when this says so, so that half-sent requests
/// wait in the kernel's buffer, where they cost no thread. Pure; the record layout is that of the FastCGI
/// specification, section 3.3 (https://fastcgi-archives.github.io/FastCGI_Specification.html).
struct RecordScanner {
    enum Verdict: Equatable {
        /// Everything up to the end of standard input is there.
        case complete
        /// The parameters are there, and the body is longer, or in more pieces, than can be waited for; reading it waits for
        /// the peer.
        case longBody
        /// More must come first.
        case incomplete
        /// Not a byte has come yet.
        case nothing
        /// This is not FastCGI, or it is over a limit.
        case malformed
    }

    /// Bytes looked at: as much of a request as is scanned in advance. Parameters must end within them.
    static let window = 64 * 1024

    /// Records of a body after which it counts as long. The kernel charges the sender several times a small piece's size, so
    /// a body in many pieces fills the sender's buffer long before the window, and who waits for the rest waits in vain.
    private static let bodyRecords = 16

    private static let headerLength = 8
    private static let beginRequest: UInt8 = 1
    private static let abortRequest: UInt8 = 2
    private static let params: UInt8 = 4
    private static let stdin: UInt8 = 5
    private static let data: UInt8 = 8

    /// - Parameter bytes: the beginning of what has arrived, at most `window` bytes.
    static func scan(_ bytes: UnsafeRawBufferPointer) -> Verdict {
        var offset = 0
        var hasBegun = false
        var paramsEnded = false
        var bodyRecords = 0
        while offset + headerLength <= bytes.count {
            let version = bytes[offset]
            let type = bytes[offset + 1]
            let requestID = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
            let contentLength = Int(bytes[offset + 4]) << 8 | Int(bytes[offset + 5])
            let length = headerLength + contentLength + Int(bytes[offset + 6])
            guard version == 1 else { return .malformed }
            // Records outside any request (GET_VALUES) are libfcgi's to answer, together with the request that follows.
            if requestID != 0 {
                switch type {
                case beginRequest:
                    // A second one would be multiplexing, which libfcgi refuses by itself.
                    if !hasBegun, contentLength != headerLength { return .malformed }
                    hasBegun = true
                case params where contentLength == 0:
                    guard hasBegun else { return .malformed }
                    paramsEnded = true
                case params:
                    guard hasBegun else { return .malformed }
                case stdin where contentLength == 0:
                    if paramsEnded { return .complete }
                    return .malformed
                case stdin, data, abortRequest:
                    guard hasBegun else { return .malformed }
                    bodyRecords += 1
                default:
                    return .malformed
                }
            }
            offset += length
        }
        if paramsEnded, bytes.count >= window || bodyRecords >= Self.bodyRecords { return .longBody }
        return bytes.count >= window ? .malformed : .incomplete
    }
}
