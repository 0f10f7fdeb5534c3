import Glibc

/// Whose the files are that the process makes, and which it may use.
public enum FileOwner {
    /// Gives a file or folder that was just made to the owner of the folder it lies in, when the process runs as root. The
    /// service, which does not run as root, could not use it otherwise: an administrator's `sudo chat-fcgi catalog import`
    /// would end it.
    public static func inherit(_ descriptor: Int32, at path: String) {
        guard geteuid() == 0, let folder = status(of: folder(of: path)), folder.st_uid != 0 else { return }
        // What cannot be given away, as on some network disks, stays root's.
        _ = fchown(descriptor, folder.st_uid, folder.st_gid)
    }

    /// Why this process may not use a file that is there, and what to do about it; nil when it may, or when there is none.
    public static func refusal(of path: String) -> String? {
        // Both bits: with one of them alone no database can be used.
        guard access(path, R_OK | W_OK) != 0, errno == EACCES else { return nil }
        let folder = folder(of: path)
        // Where the folder is closed, nothing can be said of the file.
        let name = status(of: path) == nil ? folder : path
        guard let owner = status(of: name)?.st_uid else {
            return "\(folder) cannot be entered by this user (\(user(geteuid())))"
        }
        guard owner != geteuid() else { return "\(name) is closed to its own user: chmod u+rwX \(name)" }
        return "\(name) belongs to \(user(owner)), and this process runs as \(user(geteuid())): run it as that user "
            + "(sudo -u), or give the files to the service's user (chown)"
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    private static func user(_ id: uid_t) -> String {
        getpwuid(id).map { "user \(String(cString: $0.pointee.pw_name))" } ?? "user \(id)"
    }
}
