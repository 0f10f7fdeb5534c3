import Glibc
import Scheduling

/// Files that fit into memory: a configuration, a secret.
enum SmallFile {
    private static let maximumBytes = 16 << 20

    /// Nil when there is none.
    /// - Throws: `CommandFailure`.
    static func read(_ path: String) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        defer { if descriptor >= 0 { close(descriptor) } }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while descriptor >= 0, bytes.count <= maximumBytes {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count == 0 { return bytes }
            if count < 0 { break }
            bytes += piece[..<count]
        }
        throw CommandFailure(.io, "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }

    /// Makes a file, readable by its owner alone.
    /// - Parameter isSynced: whether it is on the disk when this returns.
    /// - Throws: `CommandFailure`, also when there is one of that name.
    static func write(_ bytes: [UInt8], to path: String, isSynced: Bool = true) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        defer { if descriptor >= 0 { close(descriptor) } }
        if descriptor >= 0 { FileOwner.inherit(descriptor, at: path) }
        var rest = bytes[...]
        while descriptor >= 0, !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        guard descriptor >= 0, rest.isEmpty, !isSynced || fsync(descriptor) == 0 else {
            throw CommandFailure(.io, "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
