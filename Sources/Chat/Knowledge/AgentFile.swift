// The agents' documents and what a session is about, in the domain's terms.

import Glibc

/// Reading the agents' folder: personas at the start, knowledge while the program runs. Bounded; blocks.
package enum AgentFile {
    /// Why a file or a folder was not read.
    package struct Failure: Error, Equatable {
        /// Nobody is there; not something that may not be read.
        package var isAbsent: Bool
        package var problem: String

        init(code: Int32) {
            isAbsent = code == ENOENT || code == ENOTDIR
            problem = String(cString: strerror(code))
        }

        init(problem: String) {
            isAbsent = false
            self.problem = problem
        }
    }

    /// What tells whether a file has changed since it was read.
    package struct Stamp: Hashable, Sendable {
        package init(size: Int64, modified: Int64, inode: Int64) {
            self.size = size
            self.modified = modified
            self.inode = inode
        }

        package var size: Int64
        /// Nanoseconds since 1970.
        package var modified: Int64
        package var inode: Int64
    }

    /// A thing in a folder.
    package struct Entry: Sendable {
        package var name: String
        package var isFolder: Bool
        package var stamp: Stamp
    }

    /// What is in a folder, by name. Names that begin with a dot are left out, and so are links to folders: they could
    /// lead in a circle.
    package static func entries(of folder: String, maximum: Int) throws(Failure) -> [Entry] {
        guard let stream = opendir(folder) else { throw Failure(code: errno) }
        defer { closedir(stream) }
        var entries: [Entry] = []
        while let record = readdir(stream) {
            // d_name is a fixed array in C; what follows is its pointer.
            let name = withUnsafePointer(to: &record.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            guard entries.count < maximum else { throw Failure(problem: "it holds more than \(maximum) files") }
            var own = stat()
            var target = stat()
            let path = folder + "/" + name
            // A file that went away meanwhile is one that is not there.
            guard lstat(path, &own) == 0, stat(path, &target) == 0 else { continue }
            let isLink = own.st_mode & S_IFMT == S_IFLNK
            let isFolder = target.st_mode & S_IFMT == S_IFDIR
            if isLink && isFolder { continue }
            entries.append(Entry(name: name, isFolder: isFolder, stamp: Stamp(target)))
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// A regular file, whole.
    package static func read(_ path: String, maximumBytes: Int) throws(Failure) -> (bytes: [UInt8], stamp: Stamp) {
        // Without O_NONBLOCK, opening a named pipe would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(problem: "it is no regular file") }
        guard status.st_size <= maximumBytes else { throw tooLarge(maximumBytes) }
        var bytes = [UInt8](repeating: 0, count: maximumBytes + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Failure(code: errno) }
            if got == 0 { break }
            count += got
        }
        guard count <= maximumBytes else { throw tooLarge(maximumBytes) }
        bytes.removeSubrange(count...)
        return (bytes, Stamp(status))
    }

    /// The text of a file; nil when it is no UTF-8, or has a NUL in it.
    package static func text(_ bytes: [UInt8]) -> String? {
        guard !bytes.contains(0) else { return nil }
        // A byte order mark is no part of the text.
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        return String(validating: bytes, as: UTF8.self)
    }

    /// The lines of a text without their ends, LF or CRLF.
    package static func lines(_ text: String) -> [Substring] {
        // By bytes: "\r\n" is one Character.
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
    }

    private static func tooLarge(_ maximum: Int) -> Failure {
        Failure(problem: "it has more than \(maximum) bytes; split it into several files")
    }
}

extension AgentFile.Stamp {
    init(_ status: stat) {
        size = Int64(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
        inode = Int64(truncatingIfNeeded: status.st_ino)
    }
}
