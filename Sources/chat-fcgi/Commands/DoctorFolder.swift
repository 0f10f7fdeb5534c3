import Catalog
import Configuration
import Glibc
import SQLite
import Storage

/// Looks at the data folder: who may read and write it, on what disk it lies, with which SQLite, and whether the databases are whole.
struct DoctorFolder {
    private let settings: Settings
    private let folder: String
    private let database: String
    private let listen: ListenAddress

    /// Its tables are STRICT (sqlite.org/stricttables.html), which 3.37 brought.
    private static let leastSQLite = [3, 37, 0]

    init(_ settings: Settings) {
        self.settings = settings
        folder = settings.dataDirectory
        database = settings.databasePath ?? folder + "/chat.db"
        listen = settings.listen
    }

    /// - Parameter isDeep: reads the databases from end to end, which takes seconds for each 100 MiB.
    func examine(isDeep: Bool, _ report: inout DoctorReport) {
        lookAtSQLite(&report)
        lookAtSocket(&report)
        guard let status = Self.status(folder) else {
            report.warn(
                "data folder", "\(folder): \(String(cString: strerror(errno)))",
                fix: "nothing, if the program never ran here (serve makes it); otherwise run this as its user")
            return
        }
        lookAtRights(status, &report)
        lookAtOwners(status, &report)
        lookAtDatabases(isDeep: isDeep, &report)
        DoctorDisk(of: folder, device: status.st_dev).examine(&report)
    }

    // MARK: - Rights

    private func lookAtRights(_ status: stat, _ report: inout DoctorReport) {
        let mode = status.st_mode & 0o7777
        if status.st_mode & S_IFMT != S_IFDIR {
            report.fail("data folder", "\(folder) is no folder", fix: "name another one in data_dir")
        } else if access(folder, R_OK | W_OK | X_OK) != 0 {
            report.warn(
                "data folder", "\(folder) belongs to user \(status.st_uid), and this user may not write to it",
                fix: "run this as the program's user (sudo -u); if that is what this is, chown the folder to it")
        } else if mode & 0o007 != 0 {
            report.warn(
                "data folder", "\(folder) is open to everybody (mode \(String(mode, radix: 8)))",
                fix: "chmod 700 \(folder)")
        } else {
            report.ok("data folder", "\(folder), mode \(String(mode, radix: 8)), can be written")
        }
        for (name, path) in [("token secret", folder + "/token-secret"), ("store", database)] {
            guard let file = Self.status(path) else { continue }
            if name == "token secret", file.st_size != 32 {
                report.fail(
                    name, "\(path) does not hold 32 bytes, and the program will not start with it",
                    fix: "put the one of the last backup in its place, or remove it (all tokens end then)")
            }
            let isOpen = file.st_mode & (name == "store" ? 0o007 : 0o077) != 0
            // Behind a closed folder nobody gets at it, but a copy or a backup keeps the mode.
            if isOpen {
                let text = "\(path) can be read by others (mode \(String(file.st_mode & 0o7777, radix: 8)))"
                if name == "store" {
                    if mode & 0o007 != 0 { report.warn(name, text, fix: "chmod 600 \(path)") }
                } else {
                    report.fail(
                        name, text + "; anyone who reads it can be any user",
                        fix:
                            "chmod 600 \(path); remove it and restart if somebody may have read it (all tokens end then)"
                    )
                }
            }
        }
    }

    /// A command that was run as another user may have made files that the program cannot use.
    private func lookAtOwners(_ folder: stat, _ report: inout DoctorReport) {
        // Not what else may lie there, such as lost+found.
        let own = ["chat.db", "catalog.db", "knowledge.db", "live", "token-secret", "rate-limits", "workers"]
        let others = Folder.names(in: self.folder).filter { name in
            own.contains { name.hasPrefix($0) }
                && Self.status("\(self.folder)/\(name)").map { $0.st_uid != folder.st_uid } ?? false
        }
        guard !others.isEmpty else { return }
        report.fail(
            "owner",
            "in \(self.folder) the program may not use what belongs to another user than the folder: "
                + others.sorted().joined(separator: ", "),
            fix: "chown -R --reference=\(self.folder) \(self.folder)")
    }

    // MARK: - Databases

    private func lookAtDatabases(isDeep: Bool, _ report: inout DoctorReport) {
        do {
            lookAt(try StoreFile.path(settings), SQLiteChatStore.schema, "store", isDeep: isDeep, &report)
        } catch {
            let text = (error as? CommandFailure)?.message ?? "\(error)"
            report.fail("store", text, fix: "docs/operations.md, \"Backup and restore\"")
        }
        lookAt(folder + "/catalog.db", SQLiteBookCatalog.schema, "catalogue", isDeep: isDeep, &report)
    }

    private func lookAt(
        _ path: String, _ schema: Schema, _ name: String, isDeep: Bool, _ report: inout DoctorReport
    ) {
        guard let status = Self.status(path), access(path, R_OK) == 0 else { return }
        do {
            let connection = try Connection(path: path, options: ConnectionOptions().readOnly)
            if isDeep {
                Terminal.show("reading \(path)")
                defer { Terminal.erase() }
                try connection.check(schema) { _ in try Task.checkCancellation() }
                report.ok(name, "\(path) is whole (\(max(1, status.st_size >> 20)) MiB read)")
            } else {
                try connection.checkIdentity(schema)
            }
        } catch let error as SQLiteError where error.isBusy {
            report.warn(name, error.message, fix: "look again when it is done")
        } catch {
            let text = (error as? SQLiteError)?.message ?? "\(error)"
            report.fail(
                name, "\(path): \(text)",
                fix: name == "store"
                    ? "end the program, move the data folder away, and restore the last backup, or what chat-fcgi salvage DIR reads of it (docs/operations.md)"
                    : "end the program, remove it, and import the books again")
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
            return report.fail("sqlite", "it does not work", fix: "install the package libsqlite3-0")
        }
        let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
        if numbers.lexicographicallyPrecedes(Self.leastSQLite) {
            report.fail("sqlite", "\(version) is too old", fix: "install 3.37 or later (Debian 12 has 3.40)")
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
                fix: "nothing, if systemd or --listen opens another one; otherwise start chat-fcgi serve")
        }
        report.ok("socket", "\(path), mode \(String(status.st_mode & 0o777, radix: 8))")
    }
}
