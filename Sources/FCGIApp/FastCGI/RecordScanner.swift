/// Looks over the first bytes of a FastCGI connection without taking them, and tells whether a request is there to be
/// parsed without waiting for more.
///
/// libfcgi reads with blocking calls. A connection is handed to it only when this says so, so that half-sent requests
/// wait in the kernel's buffer, where they cost no thread. And libfcgi believes what it is sent: what its parser gets wrong
/// is refused here, each with its reason, before it sees it. Pure; the record layout is that of the FastCGI
/// specification, section 3.3 (https://fastcgi-archives.github.io/FastCGI_Specification.html).
struct RecordScanner {
    enum Verdict: Equatable {
        /// Everything up to the end of standard input is there.
        case complete
        /// The first `head` bytes are the request up to the end of its parameters; the body is longer, or in more pieces,
        /// than can be waited for, so reading it waits for the peer.
        case longBody(head: Int)
        /// More must come first.
        case incomplete
        /// Not a byte has come yet.
        case nothing
        /// This is not FastCGI, or it is over a limit.
        case malformed
    }

    /// Bytes looked at: as much of a request as is scanned in advance. Parameters must end within them.
    static let window = 64 * 1024

    /// Bytes of a body after which it counts as long. How much may wait in the kernel before the sender is held up depends on
    /// the pieces it came in: on a Unix socket that was seen at 60 KB.
    private static let bodyBytes = 8 * 1024
    /// Records of a body after which it counts as long. The kernel charges the sender several times a small piece's size, so
    /// a body in many pieces fills the sender's buffer long before the window, and who waits for the rest waits in vain.
    private static let bodyRecords = 16
    /// Records outside any request that may come before one. libfcgi answers each with a write; a peer that sends thousands
    /// and reads no answer would hold a reader's thread.
    private static let managementRecords = 4
    /// Content of the longest GET_VALUES there is reason to send: the three names of the specification, section 4.1. libfcgi
    /// gathers the answer in 64 bytes, however many names there are.
    private static let valuesLength = 48

    /// What one record may be in a request so far.
    private var requestID: Int?
    private var managed = 0
    private var parameters = ParameterLengths()
    /// Where the parameters end; nil until they do.
    private var head: Int?
    private var bodyPieces = 0

    /// - Parameter bytes: the beginning of what has arrived, at most `window` bytes.
    static func scan(_ bytes: UnsafeRawBufferPointer) -> Verdict {
        var scanner = RecordScanner()
        var offset = 0
        while offset + RecordHeader.length <= bytes.count {
            let header = RecordHeader(bytes, at: offset)
            let start = min(bytes.count, offset + RecordHeader.length)
            offset += header.recordLength
            let content = bytes[start..<min(bytes.count, start + header.contentLength)]
            guard header.version == 1, scanner.takes(header, content, endingAt: offset) else { return .malformed }
            if header.type == RecordHeader.stdin, header.contentLength == 0 { return .complete }
        }
        let isLong = bytes.count >= window || scanner.bodyPieces >= bodyRecords
        if let head = scanner.head, isLong || bytes.count - head > bodyBytes {
            // What libfcgi answers to these goes out on the connection, and it does not read a long body from there.
            return scanner.managed == 0 ? .longBody(head: head) : .malformed
        }
        return bytes.count >= window ? .malformed : .incomplete
    }

    /// Whether a record may come at its place.
    private mutating func takes(_ header: RecordHeader, _ content: Slice<UnsafeRawBufferPointer>, endingAt end: Int)
        -> Bool
    {
        if header.requestID == 0 { return takesManagement(header, content) }
        if header.type == RecordHeader.beginRequest {
            // A second one would be multiplexing, which no server tries without asking. libfcgi's refusal is a write, for each.
            // The padding of the first one it takes for records.
            guard requestID == nil, header.contentLength == 8, header.padding == 0 else { return false }
            requestID = header.requestID
            return true
        }
        // libfcgi leaves out records of other requests, and after an empty one the content of the record that follows.
        guard requestID == header.requestID else { return false }
        switch header.type {
        case RecordHeader.params:
            guard head == nil else { return false }
            if header.contentLength > 0 { return parameters.take(content) }
            head = end
            return parameters.areWhole
        case RecordHeader.stdin:
            // Before the end of the parameters libfcgi takes it for that end, and serves what it has.
            bodyPieces += 1
            return head != nil
        default:
            // Among them FCGI_ABORT_REQUEST: the web server's client is gone, so that nobody waits for an answer.
            return false
        }
    }

    /// Records outside any request are libfcgi's to answer, together with the request that follows.
    private mutating func takesManagement(_ header: RecordHeader, _ content: Slice<UnsafeRawBufferPointer>) -> Bool {
        managed += 1
        guard requestID == nil, managed <= Self.managementRecords else { return false }
        // For each record of another type libfcgi loses some memory, and its content it takes for the next record.
        guard header.type == RecordHeader.getValues, header.contentLength <= Self.valuesLength else { return false }
        var names = ParameterLengths()
        guard names.take(content) else { return false }
        return content.count < header.contentLength || names.areWhole
    }
}

/// The first eight bytes of a record.
struct RecordHeader {
    static let length = 8
    static let beginRequest: UInt8 = 1
    static let params: UInt8 = 4
    static let stdin: UInt8 = 5
    static let getValues: UInt8 = 9

    let version: UInt8
    let type: UInt8
    let requestID: Int
    let contentLength: Int
    let padding: Int

    /// - Parameter offset: where it begins; eight bytes are there.
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        version = bytes[offset]
        type = bytes[offset + 1]
        requestID = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
        contentLength = Int(bytes[offset + 4]) << 8 | Int(bytes[offset + 5])
        padding = Int(bytes[offset + 6])
    }

    /// Bytes from this header to the next.
    var recordLength: Int { Self.length + contentLength + padding }
}
