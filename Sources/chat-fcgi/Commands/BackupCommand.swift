import Catalog
import Glibc
import SQLite
import Scheduling
import Storage

/// `chat-fcgi backup`: everything that an installation needs to go on elsewhere, as it is now, while it serves.
enum BackupCommand {
    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, valued: ["--config"])
        try arguments.expect(words: 1...1, "chat-fcgi backup DIR [--config F]")
        let settings = try Configured(path: arguments.options["--config"]).settings
        let data = settings.dataDirectory
        guard access(data, F_OK) == 0 || errno == EACCES else {
            throw CommandFailure(
                .unavailable, "there is no data folder at \(data); --config F names the configuration that tells it")
        }
        let began = MonotonicTime.now()
        let storePath = try StoreFile.existing(settings)
        let store = try BackupFiles.open(storePath, SQLiteChatStore.schema)
        let catalog = openCatalog(data + "/catalog.db")
        let folder = try UnfinishedFolder(becoming: arguments.words[0], outside: data)
        // From here on there is something to remove.
        let transfer = BackupFiles.Transfer(note: "what was begun of the backup is removed")
        var lines: [String] = []
        do {
            for (copy, name) in [(store, BackupFiles.store)] + (catalog.map { [($0, BackupFiles.catalog)] } ?? []) {
                lines.append(try transfer.copy(copy, to: "\(folder.path)/\(name)", as: name))
            }
            lines += try BackupFiles.copySmallFiles(of: settings, to: folder.path)
            try folder.complete()
        } catch {
            folder.remove()
            throw transfer.explained(
                error, to: arguments.words[0], "no backup was made, and earlier ones should be kept")
        }
        transfer.end()
        let seconds = Double(MonotonicTime.now().milliseconds(since: began)) / 1_000
        say("\(arguments.words[0]), \(seconds) s")
        for line in lines { say(line) }
    }

    /// The catalogue can be made again, and the conversations cannot: they are not held up by one that is damaged.
    static func openCatalog(_ path: String) -> DatabaseCopy? {
        guard access(path, F_OK) == 0 else { return nil }
        do {
            return try BackupFiles.open(path, SQLiteBookCatalog.schema)
        } catch {
            complain("\((error as? CommandFailure)?.message ?? "\(error)"). It is left out: import the books again")
            return nil
        }
    }
}
