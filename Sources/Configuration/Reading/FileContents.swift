import Glibc

/// A small regular file, read whole.
struct FileContents {
    var bytes: [UInt8]
    /// Permission bits, as in 0o600.
    var mode: UInt32

    /// - Parameter maximumSize: most bytes that are read.
    /// - Throws: `FileError` when there is no such file, when it may not be read, is no regular file, or has more bytes.
    init(of path: String, maximumSize: Int) throws(FileError) {
        // Without O_NONBLOCK, opening a named pipe would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(detail: "it is no regular file") }
        var bytes = [UInt8](repeating: 0, count: maximumSize + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw FileError(code: errno) }
            if got == 0 { break }
            count += got
        }
        guard count <= maximumSize else { throw FileError(detail: "it has more than \(grouped(maximumSize)) bytes") }
        bytes.removeSubrange(count...)
        self.bytes = bytes
        self.mode = UInt32(status.st_mode) & 0o7777
    }
}

/// Why a file was not read.
struct FileError: Error {
    /// Nobody is there; not a file that may not be read.
    var isAbsent: Bool
    var detail: String

    init(code: Int32) {
        isAbsent = code == ENOENT || code == ENOTDIR
        detail = String(cString: strerror(code))
    }

    init(detail: String) {
        isAbsent = false
        self.detail = detail
    }
}

/// Whether `text` is a numeric address.
func isNumericAddress(_ text: String, version6: Bool) -> Bool {
    var address = in6_addr()  // has room for both
    return inet_pton(version6 ? AF_INET6 : AF_INET, text, &address) == 1
}
