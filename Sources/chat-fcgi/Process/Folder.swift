import Glibc

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
            if mkdir(made, 0o700) != 0, errno != EEXIST {
                throw CommandFailure(
                    .io, "\(what) \(path) cannot be made: \(made): \(String(cString: strerror(errno)))")
            }
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
}
