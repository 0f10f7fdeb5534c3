// The FastCGI protocol (https://fastcgi-archives.github.io/FastCGI_Specification.html) over many connections.

import Glibc

/// Reads a body that was not looked over in advance, record by record. It may wait for the peer.
///
/// libfcgi does not get to see it: what it makes of records that are none of a body's is told at `RecordScanner`.
struct BodyReader {
    private let descriptor: Int32
    private let requestID: Int
    private var contentLeft = 0
    private var paddingLeft = 0
    /// Whether the record that ends standard input has come.
    private(set) var isAtEnd = false

    /// - Parameter descriptor: at the record that follows the parameters.
    init(descriptor: Int32, requestID: Int) {
        self.descriptor = descriptor
        self.requestID = requestID
    }

    /// Reads some bytes of the body. 0 at its end, and where it breaks off: the peer closed its side, took too long, or sent
    /// what is none of the body.
    mutating func read(into chunk: UnsafeMutableRawBufferPointer) -> Int {
        while contentLeft == 0 {
            guard !isAtEnd, skipPadding(over: chunk), let header = header() else { return 0 }
            guard header.version == 1, header.type == RecordHeader.stdin, header.requestID == requestID else {
                return 0
            }
            contentLeft = header.contentLength
            paddingLeft = header.padding
            if contentLeft == 0 {
                // Its padding too, or it would be taken for the beginning of the next request.
                isAtEnd = skipPadding(over: chunk)
                return 0
            }
        }
        let count = receive(chunk.baseAddress!, min(chunk.count, contentLeft), 0)
        contentLeft -= max(0, count)
        return max(0, count)
    }

    private func header() -> RecordHeader? {
        withUnsafeTemporaryAllocation(byteCount: RecordHeader.length, alignment: 1) { bytes in
            let count = receive(bytes.baseAddress!, bytes.count, Int32(MSG_WAITALL))
            return count == bytes.count ? RecordHeader(UnsafeRawBufferPointer(bytes), at: 0) : nil
        }
    }

    private mutating func skipPadding(over chunk: UnsafeMutableRawBufferPointer) -> Bool {
        while paddingLeft > 0 {
            let count = receive(chunk.baseAddress!, min(chunk.count, paddingLeft), 0)
            guard count > 0 else { return false }
            paddingLeft -= count
        }
        return true
    }

    private func receive(_ start: UnsafeMutableRawPointer, _ count: Int, _ flags: Int32) -> Int {
        while true {
            let received = recv(descriptor, start, count, flags)
            if received >= 0 || errno != EINTR { return received }
        }
    }
}
