// The operator's folder of price files: listed, and read by symbol.

import Glibc

/// Why a folder or a file in it cannot be read.
struct DirectoryError: Error {
    /// `errno`'s number; 0 for a file that is no plain one.
    var code: Int32

    var text: String { String(cString: strerror(code)) }
}

/// What changes when a file's content does.
struct FileStamp: Hashable {
    var inode: UInt64
    var seconds: Int
    var nanoseconds: Int
    var bytes: Int

    fileprivate init(_ status: stat) {
        inode = UInt64(status.st_ino)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        bytes = Int(status.st_size)
    }

    /// Whether a change right after this stamp was taken would be seen in a later stamp. File systems count time in steps of
    /// some milliseconds, and what changed twice within a step has the same stamp.
    var isSettled: Bool { time(nil) - seconds > 2 }
}

/// An open folder. Files are opened by name from its descriptor, so a folder that is replaced meanwhile is not mixed up.
struct DirectoryHandle: ~Copyable {
    private let descriptor: Int32

    init(path: String) throws(DirectoryError) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DirectoryError(code: errno) }
    }

    deinit { close(descriptor) }

    /// The folder's own stamp: another one when a file came, went or was renamed.
    func stamp() throws(DirectoryError) -> FileStamp {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DirectoryError(code: errno) }
        return FileStamp(status)
    }

    /// The stamp of a file; nil when there is none of that name.
    func stamp(of name: String) -> FileStamp? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return FileStamp(status)
    }

    /// Calls `body` with each entry's name, in no order, until it returns false. Names that are no UTF-8 are left out.
    func forEachName(_ body: (String) -> Bool) throws(DirectoryError) {
        // closedir closes the descriptor it was given, and reading moves its offset: it gets one of its own.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { throw DirectoryError(code: errno) }
        guard let stream = fdopendir(own) else {
            close(own)
            throw DirectoryError(code: errno)
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            // d_name ends with a zero byte within its 256 bytes (readdir(3)).
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if let name, !body(name) { return }
        }
    }

    /// Reads a file in pieces of at most 64 KiB; `body` is called with each. Gives the stamp it had when it was opened.
    ///
    /// Symbolic links are not followed, and a pipe or device is not read: opening a pipe would wait for its writer.
    func read(_ name: String, _ body: (ArraySlice<UInt8>) throws(PriceFileError) -> Void) throws(PriceFileError)
        -> FileStamp
    {
        let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else {
            let reason: PriceFileError.Reason =
                switch errno {
                case ENOENT: .unknown
                case ELOOP: .notAFile
                default: .system(String(cString: strerror(errno)))
                }
            throw PriceFileError(reason: reason, name: name)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw PriceFileError(reason: .notAFile, name: name)
        }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw PriceFileError(reason: .system(String(cString: strerror(errno))), name: name)
            }
            if count == 0 { return FileStamp(status) }
            try body(buffer[..<count])
        }
    }
}
