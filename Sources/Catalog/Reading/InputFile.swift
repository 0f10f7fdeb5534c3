import CZlib
import Glibc

/// Why a file cannot be read.
public struct InputFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// The system refused to open or read it; `errno`'s number.
        case system(Int32)
        /// The gzip stream is damaged.
        case damaged
        /// The gzip stream ends before its end mark: an incomplete download.
        case truncated
        /// It unpacks to more than the limit.
        case tooLarge(limit: Int)
    }

    public var reason: Reason
    public var path: String

    public var description: String {
        switch reason {
        case .system(let code): "\(path): \(String(cString: strerror(code)))"
        case .damaged: "\(path): the gzip data is damaged; fetch the file again"
        case .truncated: "\(path): the gzip data ends too early; fetch the file again"
        case .tooLarge(let limit): "\(path): more than \(limit) bytes unpacked; split the file"
        }
    }
}

/// A file read from start to end in pieces, unpacked when it is gzip (told by its first two bytes, whatever its name).
///
/// Several gzip members one after another are one text (RFC 1952, 2.2). Blocks: for threads of one's own.
final class InputFile {
    /// How many bytes of the file as it lies on the disk have been read, and how many there are.
    private(set) var consumedBytes = 0
    let totalBytes: Int

    private let path: String
    private let descriptor: Int32
    private let maximumUnpackedBytes: Int
    private var unpackedBytes = 0
    private var packed = [UInt8](repeating: 0, count: 64 << 10)
    private var packedRange = 0..<0
    private var isAtEnd = false
    /// zlib keeps the address of its stream and refuses a moved one, hence on the heap. Nil for a plain file.
    private var stream: UnsafeMutablePointer<z_stream>?
    /// True from the first byte of a gzip member to its end mark.
    private var isInsideMember = false

    /// - Parameter maximumUnpackedBytes: beyond it reading ends in an error: a small file may unpack to any size.
    init(path: String, maximumUnpackedBytes: Int = 2 << 30) throws(InputFileError) {
        self.path = path
        self.maximumUnpackedBytes = maximumUnpackedBytes
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw InputFileError(reason: .system(errno), path: path) }
        var status = stat()
        totalBytes = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        try fill()
        // A pipe may deliver one byte at first; the mark has two.
        guard packedRange.count >= 2, packed[0] == 0x1f, packed[1] == 0x8b else { return }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        guard czlib_inflate_gzip(stream) == Z_OK else {
            stream.deallocate()
            throw InputFileError(reason: .system(ENOMEM), path: path)
        }
        self.stream = stream
        isInsideMember = true
    }

    deinit {
        if let stream {
            inflateEnd(stream)
            stream.deallocate()
        }
        close(descriptor)
    }

    /// Replaces the content of `buffer` with the next piece of text, at most 64 KiB. False at the end of the file.
    func read(into buffer: inout [UInt8]) throws(InputFileError) -> Bool {
        if stream == nil {
            if packedRange.isEmpty { try fill() }
            buffer.removeAll(keepingCapacity: true)
            buffer.append(contentsOf: packed[packedRange])
            packedRange = 0..<0
        } else {
            try inflateNext(into: &buffer)
        }
        unpackedBytes += buffer.count
        guard unpackedBytes <= maximumUnpackedBytes else {
            throw InputFileError(reason: .tooLarge(limit: maximumUnpackedBytes), path: path)
        }
        return !buffer.isEmpty
    }

    private func fill() throws(InputFileError) {
        guard !isAtEnd else { return }
        while true {
            let count = packed.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw InputFileError(reason: .system(errno), path: path) }
            packedRange = 0..<count
            consumedBytes += count
            isAtEnd = count == 0
            return
        }
    }

    private func inflateNext(into buffer: inout [UInt8]) throws(InputFileError) {
        guard let stream else { return }
        let capacity = 64 << 10
        if buffer.count < capacity { buffer.append(contentsOf: repeatElement(0, count: capacity - buffer.count)) }
        while true {
            if packedRange.isEmpty { try fill() }
            if packedRange.isEmpty {
                guard !isInsideMember else { throw InputFileError(reason: .truncated, path: path) }
                buffer.removeAll(keepingCapacity: true)
                return
            }
            if !isInsideMember {
                // Zeros after the last member are padding (tar to a tape); anything else begins another one.
                if packed[packedRange.lowerBound] == 0 {
                    packedRange = packedRange.dropFirst()
                    continue
                }
                inflateReset(stream)
                isInsideMember = true
            }
            let (code, consumed, produced) = step(stream, into: &buffer, capacity: capacity)
            packedRange = packedRange.lowerBound + consumed..<packedRange.upperBound
            if code == Z_STREAM_END { isInsideMember = false }
            guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
                throw InputFileError(reason: .damaged, path: path)
            }
            if produced > 0 {
                buffer.removeLast(buffer.count - produced)
                return
            }
        }
    }

    private func step(
        _ stream: UnsafeMutablePointer<z_stream>, into buffer: inout [UInt8], capacity: Int
    ) -> (code: Int32, consumed: Int, produced: Int) {
        let range = packedRange
        return packed.withUnsafeMutableBufferPointer { input in
            buffer.withUnsafeMutableBufferPointer { output in
                guard let source = input.baseAddress, let target = output.baseAddress else { return (Z_OK, 0, 0) }
                stream.pointee.next_in = source + range.lowerBound
                stream.pointee.avail_in = UInt32(range.count)
                stream.pointee.next_out = target
                stream.pointee.avail_out = UInt32(min(capacity, output.count))
                let code = inflate(stream, Z_NO_FLUSH)
                let consumed = range.count - Int(stream.pointee.avail_in)
                return (code, consumed, min(capacity, output.count) - Int(stream.pointee.avail_out))
            }
        }
    }
}
