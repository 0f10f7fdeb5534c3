import Configuration
import Glibc
import SQLite

/// Looks at the data folder: who may read and write it, on what disk it lies, and with which SQLite.
struct DoctorFolder {
    private let folder: String
    private let database: String
    private let listen: ListenAddress

    /// Its tables are STRICT (sqlite.org/stricttables.html), which 3.37 brought.
    private static let leastSQLite = [3, 37, 0]
    init(_ settings: Settings) {
        folder = settings.dataDirectory
        database = settings.databasePath ?? folder + "/chat.db"
        listen = settings.listen
    }

    func examine(_ report: inout DoctorReport) {
        lookAtSQLite(&report)
        lookAtSocket(&report)
        guard let status = Self.status(folder) else {
            report.warn(
                "data folder", "\(folder): \(String(cString: strerror(errno)))",
                mend: "nothing, if the program never ran here (serve makes it); otherwise run this as its user")
            return
        }
        lookAtRights(status, &report)
        DoctorDisk(of: folder, device: status.st_dev).examine(&report)
    }

    // MARK: - Rights

    private func lookAtRights(_ status: stat, _ report: inout DoctorReport) {
        let mode = status.st_mode & 0o7777
        if status.st_mode & S_IFMT != S_IFDIR {
            report.fail("data folder", "\(folder) is no folder", mend: "name another one in data_dir")
        } else if access(folder, R_OK | W_OK | X_OK) != 0 {
            report.warn(
                "data folder", "\(folder) belongs to user \(status.st_uid), and this user may not write to it",
                mend: "run this as the program's user (sudo -u); if that is what this is, chown the folder to it")
        } else if mode & 0o007 != 0 {
            report.warn(
                "data folder", "\(folder) is open to everybody (mode \(String(mode, radix: 8)))",
                mend: "chmod 700 \(folder)")
        } else {
            report.ok("data folder", "\(folder), mode \(String(mode, radix: 8)), can be written")
        }
        for (name, path) in [("token secret", folder + "/token-secret"), ("store", database)] {
            guard let file = Self.status(path) else { continue }
            let isOpen = file.st_mode & (name == "store" ? 0o007 : 0o077) != 0
            // Behind a closed folder nobody gets at it, but a copy or a backup keeps the mode.
            if isOpen {
                let text = "\(path) can be read by others (mode \(String(file.st_mode & 0o7777, radix: 8)))"
                if name == "store" {
                    if mode & 0o007 != 0 { report.warn(name, text, mend: "chmod 600 \(path)") }
                } else {
                    report.fail(
                        name, text + "; whoever reads it can be any user",
                        mend:
                            "chmod 600 \(path); remove it and restart if somebody may have read it (all tokens end then)"
                    )
                }
            }
        }
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    // MARK: - SQLite

    private func lookAtSQLite(_ report: inout DoctorReport) {
        let version = try? Connection(path: ":memory:").first("SELECT sqlite_version()") { row in try row.text(0) }
        guard let version else {
            return report.fail("sqlite", "it does not work", mend: "install the package libsqlite3-0")
        }
        let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
        if numbers.lexicographicallyPrecedes(Self.leastSQLite) {
            report.fail("sqlite", "\(version) is too old", mend: "install 3.37 or later (Debian 12 has 3.40)")
        } else {
            report.ok("sqlite", version)
        }
    }

    // MARK: - The socket

    private func lookAtSocket(_ report: inout DoctorReport) {
        guard case .unix(let path) = listen else { return }
        guard let status = Self.status(path), status.st_mode & S_IFMT == S_IFSOCK else {
            return report.warn(
                "socket", "there is none at \(path)",
                mend: "nothing, if systemd or --listen opens another one; otherwise start chat-fcgi serve")
        }
        report.ok("socket", "\(path), mode \(String(status.st_mode & 0o777, radix: 8))")
    }
}
