import Catalog
import Configuration
import Glibc
import SQLite
import Scheduling
import Storage

/// `chat-fcgi restore`: puts a backup where the configuration says that the data are, if there is nothing yet.
enum RestoreCommand {
    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, valued: ["--config"])
        try arguments.expect(words: 1...1, "chat-fcgi restore DIR [--config F]")
        let settings = try Configured(path: arguments.options["--config"]).settings
        let began = MonotonicTime.now()
        let backup = arguments.words[0]
        guard access("\(backup)/\(BackupFiles.store)", F_OK) == 0 else {
            throw CommandFailure(.unavailable, "\(backup) is no backup: there is no \(BackupFiles.store) in it")
        }
        let store = try BackupFiles.open("\(backup)/\(BackupFiles.store)", SQLiteChatStore.schema)
        let catalogPath = "\(backup)/\(BackupFiles.catalog)"
        let catalog =
            access(catalogPath, F_OK) == 0 ? try BackupFiles.open(catalogPath, SQLiteBookCatalog.schema) : nil
        let secret = try BackupFiles.readSecret(in: backup) {
            throw CommandFailure(
                .data, "\($0). Restore another backup, or remove that file to begin with a new secret: all tokens end")
        }

        let data = settings.dataDirectory
        let storePath = settings.databasePath ?? data + "/" + BackupFiles.store
        try Folder.make(data)
        guard WorkerPresence.living(in: data) == 0 else {
            throw CommandFailure(
                .unavailable, "the program serves from \(data); end it first (systemctl stop chat-fcgi)")
        }
        let transfer = BackupFiles.Transfer(note: "nothing was restored")
        // The store comes last: without it the program would begin a new one.
        let targets = Targets([data + "/" + BackupFiles.secret, data + "/" + BackupFiles.catalog, storePath])
        try targets.expectNothing(in: data)
        var lines: [String] = []
        do {
            lines.append(try transfer.copy(store, to: targets.temporary(storePath), as: BackupFiles.store))
            if let catalog {
                let path = targets.temporary(data + "/" + BackupFiles.catalog)
                lines.append(try transfer.copy(catalog, to: path, as: BackupFiles.catalog))
            }
            if let secret {
                try SmallFile.write(secret, to: targets.temporary(data + "/" + BackupFiles.secret))
                lines.append(BackupFiles.line(BackupFiles.secret, counted(secret.count, "byte")))
            }
            try targets.put()
            StoreFile.markUsed(settings)
        } catch {
            targets.remove()
            throw transfer.explained(error, to: data, "nothing was restored")
        }
        transfer.end()
        let seconds = Double(MonotonicTime.now().milliseconds(since: began)) / 1_000
        say("\(data), \(seconds) s")
        for line in lines { say(line) }
        if secret == nil { say("  there is no token-secret in \(backup): a new one will be made, and all tokens end") }
        let configuration = "\(backup)/\(BackupFiles.configuration)"
        if access(configuration, F_OK) == 0 {
            say("  the configuration of then is in \(configuration); it was not used")
        }
    }
}

/// Files that are made under another name beside their place and put there together.
private struct Targets {
    private static let suffix = ".restoring"
    private let paths: [String]

    init(_ paths: [String]) { self.paths = paths }

    func temporary(_ path: String) -> String { path + Self.suffix }

    /// - Throws: `CommandFailure` 73.
    func expectNothing(in data: String) throws {
        for path in paths {
            for name in [path, path + "-wal", path + "-journal"] where access(name, F_OK) == 0 {
                throw CommandFailure(
                    .cannotCreate,
                    "\(name) is there, and nothing is overwritten; end the program and move it all away first, such as by mv "
                        + "\(data) \(data).before")
            }
            // Of a restoration that was killed.
            removeTemporary(path)
        }
    }

    /// - Throws: `CommandFailure`, when another process has made one of them; then none is put.
    func put() throws {
        var done: [String] = []
        for path in paths where access(temporary(path), F_OK) == 0 {
            // link(2) does not replace.
            guard link(temporary(path), path) == 0 else {
                let code = errno
                for path in done { unlink(path) }
                throw CommandFailure(.cannotCreate, "\(path): \(String(cString: strerror(code)))")
            }
            done.append(path)
        }
        for path in paths {
            removeTemporary(path)
            Folder.sync(above: path)
        }
    }

    func remove() { paths.forEach(removeTemporary) }

    private func removeTemporary(_ path: String) {
        for end in ["", "-wal", "-shm", "-journal"] { unlink(temporary(path) + end) }
    }
}
