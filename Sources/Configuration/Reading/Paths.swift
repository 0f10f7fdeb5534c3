/// Paths as texts; nothing here asks the file system.
enum Paths {
    /// The folder of a file: what stands before the last slash; empty when there is none.
    static func folder(of file: String) -> String {
        guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    /// `path` behind `folder` when it is relative. With the folder `.`, or none, it stays as it is written.
    static func resolve(_ path: String, in folder: String) -> String {
        guard !path.utf8.starts(with: "/".utf8), !folder.isEmpty, folder != "." else { return path }
        var rest = Substring(path)
        while rest.utf8.starts(with: "./".utf8) { rest = rest.dropFirst(2) }
        if rest.isEmpty || rest == "." { return folder }
        return folder.utf8.last == UInt8(ascii: "/") ? folder + rest : folder + "/" + rest
    }
}
