import Chat
import Glibc

/// A folder that gets its name when it is complete. Until then it is a hidden one beside it, for its owner alone, and is removed
/// when the process gives up; one that was killed leaves it to the next.
final class UnfinishedFolder {
    /// Where to put the files.
    let path: String
    private let final: String
    /// Locked as long as the process lives, so that others can tell that somebody is at work.
    private let descriptor: Int32

    private static let prefix = ".chat-fcgi-unfinished-"

    /// - Parameters:
    ///   - name: what it will be called: something that is not there, or an empty folder. Folders above it are made.
    ///   - folder: where it must not be.
    /// - Throws: `CommandFailure` 73.
    init(becoming name: String, outside folder: String) throws {
        guard let final = Folder.resolved(name) else {
            throw CommandFailure(.cannotCreate, "\"\(name)\" is no place for a folder")
        }
        if let forbidden = Folder.resolved(folder), Folder.isWithin(final, forbidden) {
            throw CommandFailure(.cannotCreate, "\(name) is in the data folder \(folder); name a place outside it")
        }
        try Self.expectNothing(at: final)
        let parent = String(final[..<(final.lastIndex(of: "/") ?? final.startIndex)])
        if !parent.isEmpty { try Folder.make(parent, "the folder") }
        Self.removeAbandoned(in: parent)
        (path, descriptor) = try Self.make(in: parent, hint: Self.dated(final))
        self.final = final
    }

    /// Gives it its name, on the disk as well.
    /// - Throws: `CommandFailure`, when something has come there meanwhile.
    func complete() throws {
        fsync(descriptor)
        guard rename(path, final) == 0 else {
            throw CommandFailure(.cannotCreate, "\(final): \(String(cString: strerror(errno)))")
        }
        Folder.sync(above: final)
    }

    /// Removes it with all that is in it.
    func remove() { Self.remove(path) }

    deinit { close(descriptor) }

    private static func expectNothing(at path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw CommandFailure(.cannotCreate, "\(path) is there already and is no folder; name another place")
        }
        var above = stat()
        let isMountPoint = stat(path + "/..", &above) == 0 && above.st_dev != status.st_dev
        guard !isMountPoint, Folder.names(in: path).isEmpty else {
            throw CommandFailure(
                .cannotCreate, "\(path) is there already; name a folder that is not, such as \(dated(path))")
        }
    }

    private static func dated(_ path: String) -> String { "\(path)/\(UTCDay(of: .now()).text)" }

    private static func make(in parent: String, hint: String) throws -> (path: String, descriptor: Int32) {
        while true {
            var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
            guard template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) }) != nil else {
                throw CommandFailure(
                    .cannotCreate,
                    "nothing can be made in \(parent)/: \(String(cString: strerror(errno))); name a place in a folder that this "
                        + "user may write to, such as \(hint)")
            }
            let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            var status = stat()
            // Between its making and its locking another process may have taken it for abandoned.
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0, status.st_nlink > 0 {
                return (path, descriptor)
            }
            close(descriptor)
        }
    }

    /// What killed processes have left: folders that nobody has locked.
    private static func removeAbandoned(in parent: String) {
        for name in Folder.names(in: parent + "/") where name.hasPrefix(prefix) {
            let path = "\(parent)/\(name)"
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { remove(path) }
            close(descriptor)
        }
    }

    private static func remove(_ path: String) {
        for name in Folder.names(in: path) { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}
