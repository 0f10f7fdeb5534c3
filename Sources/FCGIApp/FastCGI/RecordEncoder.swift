/// Frames a response as FastCGI records (specification, section 3.3), in one buffer that exists only while there is
/// something to send. Pure.
struct RecordEncoder {
    /// Bytes of content gathered before they must be sent.
    static let capacity = 16_384

    private static let stdout: UInt8 = 6
    private static let endRequest: UInt8 = 3

    let requestID: UInt16
    /// Framed bytes, then the open record: a header to be filled in, and its content.
    private(set) var bytes: [UInt8] = []
    /// Where the open record begins; nil when none is open.
    private var openRecord: Int?
    /// Bytes at the front that are sent.
    private var sent = 0

    init(requestID: UInt16) { self.requestID = requestID }

    /// Whether everything is sent.
    var isEmpty: Bool { bytes.isEmpty }

    /// Takes as many of `content` as there is room for, and says how many.
    mutating func append(_ content: UnsafeRawBufferPointer) -> Int {
        let count = min(content.count, Self.capacity - (bytes.count - sent))
        guard count > 0 else { return 0 }
        if openRecord == nil {
            openRecord = bytes.count
            bytes.reserveCapacity(bytes.count + 8 + count)
            appendHeader(type: Self.stdout, length: 0)
        }
        bytes.append(contentsOf: content[..<count])
        return count
    }

    /// Appends the end of the output and of the request.
    mutating func appendEnd() {
        closeRecord()
        appendHeader(type: Self.stdout, length: 0)
        appendHeader(type: Self.endRequest, length: 8)
        // Application status 0, protocol status FCGI_REQUEST_COMPLETE, reserved bytes.
        bytes.append(contentsOf: repeatElement(0, count: 8))
    }

    /// Hands what is to be sent to `send`, which says how many bytes it took. True when it took all.
    mutating func send(
        _ send: (UnsafeRawBufferPointer) throws(DisconnectedError) -> Int
    ) throws(DisconnectedError) -> Bool {
        closeRecord()
        while sent < bytes.count {
            let result = bytes.withUnsafeBytes { all -> Result<Int, DisconnectedError> in
                do throws(DisconnectedError) {
                    return .success(try send(UnsafeRawBufferPointer(rebasing: all[sent...])))
                } catch {
                    return .failure(error)
                }
            }
            let count = try result.get()
            if count == 0 { return false }
            sent += count
        }
        bytes = []
        sent = 0
        return true
    }

    private mutating func closeRecord() {
        guard let start = openRecord else { return }
        openRecord = nil
        let length = bytes.count - start - 8
        bytes[start + 4] = UInt8(length >> 8)
        bytes[start + 5] = UInt8(length & 0xFF)
    }

    private mutating func appendHeader(type: UInt8, length: Int) {
        bytes.append(1)
        bytes.append(type)
        bytes.append(UInt8(requestID >> 8))
        bytes.append(UInt8(requestID & 0xFF))
        bytes.append(UInt8(length >> 8))
        bytes.append(UInt8(length & 0xFF))
        bytes.append(0)
        bytes.append(0)
    }
}
