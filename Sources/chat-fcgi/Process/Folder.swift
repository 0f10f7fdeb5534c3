import Glibc
import Scheduling

/// Folders on the disk.
enum Folder {
    /// Makes one, for its owner only, with the folders above it.
    /// - Parameter what: what it is, for the message.
    /// - Throws: `CommandFailure`.
    static func make(_ path: String, _ what: String = "the data folder") throws {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            if made == "/" || part == "." || part == ".." { continue }
            if mkdir(made, 0o700) == 0 {
                let descriptor = open(made, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                FileOwner.inherit(descriptor, at: made)
                close(descriptor)
            } else if errno != EEXIST {
                throw CommandFailure(
                    .io, "\(what) \(path) cannot be made: \(made): \(String(cString: strerror(errno)))")
            }
        }
        // Such as a link to what is not there.
        var status = stat()
        if stat(path, &status) == 0 ? status.st_mode & S_IFMT != S_IFDIR : errno == ENOENT {
            throw CommandFailure(
                .cannotCreate, "\(what) \(path) cannot be made: a file, or a link that leads nowhere, is there")
        }
    }

    /// The names in it; none when it cannot be read.
    static func names(in path: String) -> [String] {
        guard let list = opendir(path) else { return [] }
        defer { closedir(list) }
        var names: [String] = []
        while let entry = readdir(list) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Has the names in the folder of `path` on the disk.
    static func sync(above path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// The path without symbolic links; of one that is not there yet, its nearest folder's with the rest. Nil when none is there.
    static func resolved(_ path: String) -> String? {
        var path = path[...]
        while path.utf8.count > 1, path.last == "/" { path.removeLast() }
        guard !path.isEmpty else { return nil }
        if let real = realpath(String(path), nil) {
            defer { free(real) }
            return String(cString: real)
        }
        let slash = path.lastIndex(of: "/")
        let name = slash.map { path[path.index(after: $0)...] } ?? path
        // Behind what is not there, nobody knows where `..` leads.
        guard name != "..", name != "." else { return nil }
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return resolved(parent).map { ($0 == "/" ? "" : $0) + "/" + name }
    }

    /// Whether a path is a folder or something in it; both resolved.
    static func isWithin(_ path: String, _ folder: String) -> Bool {
        path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
    }
}
