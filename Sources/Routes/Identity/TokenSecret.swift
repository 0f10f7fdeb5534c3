import CCrypto
import Glibc
import Scheduling

/// The secret under which tokens are signed, kept in the data folder, readable by its owner only.
public enum TokenSecret {
    /// 32 bytes: the length of SHA-256's output, the least that RFC 7518, section 3.2, allows.
    public static let length = 32

    /// The secret could not be read or made; `description` says why.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Reads the secret at `path`, making it first when there is none. Two processes that start at once end up with the
    /// same one.
    /// - Throws: `Failure`.
    public static func load(path: String) throws(Failure) -> [UInt8] {
        if let secret = try read(path) { return secret }
        var fresh = [UInt8](repeating: 0, count: length)
        guard RAND_bytes(&fresh, Int32(length)) == 1 else { throw Failure(description: "no random bytes to be had") }
        let temporary = "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(description: "\(temporary): \(String(cString: strerror(errno)))") }
        FileOwner.inherit(descriptor, at: temporary)
        let isWritten = write(descriptor, fresh, length) == length && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        defer { unlink(temporary) }
        guard isWritten else { throw Failure(description: "\(temporary): \(String(cString: strerror(code)))") }
        // link(2) fails when the name is there: anyone who comes second reads the first one's secret.
        if link(temporary, path) == 0 { return fresh }
        guard let secret = try read(path) else {
            throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
        return secret
    }

    /// Nil when there is no such file.
    private static func read(_ path: String) throws(Failure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor < 0 {
            let code = errno
            if code == ENOENT { return nil }
            throw Failure(description: FileOwner.refusal(of: path) ?? "\(path): \(String(cString: strerror(code)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw Failure(description: "\(path) can be read by others; chmod 600 it, or remove it to get a new one")
        }
        var secret = [UInt8](repeating: 0, count: length + 1)
        guard Glibc.read(descriptor, &secret, length + 1) == length else {
            throw Failure(description: "\(path) does not hold \(length) bytes; remove it to get a new one")
        }
        return Array(secret.prefix(length))
    }
}
