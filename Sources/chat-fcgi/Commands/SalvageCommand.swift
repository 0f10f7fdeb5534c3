import Configuration
import Glibc
import SQLite
import Scheduling
import Storage

/// `chat-fcgi salvage`: what can still be read of a damaged store, as a folder that `restore` takes.
enum SalvageCommand {
    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, valued: ["--config"])
        try arguments.expect(words: 1...1, "chat-fcgi salvage DIR [--config F]")
        let settings = try Configured(path: arguments.options["--config"]).settings
        let began = MonotonicTime.now()
        let path = try StoreFile.existing(settings)
        let salvage: DatabaseSalvage
        do {
            salvage = try DatabaseSalvage(of: path, schema: SQLiteChatStore.schema)
        } catch {
            let failure = BackupFiles.failure(error, "nothing of \(path) can be read in this way")
            throw CommandFailure(failure.code, failure.message + ". Restore the last backup, and keep the damaged file")
        }
        let catalog = BackupCommand.openCatalog(settings.dataDirectory + "/" + BackupFiles.catalog)
        let folder = try UnfinishedFolder(becoming: arguments.words[0], outside: settings.dataDirectory)
        let transfer = BackupFiles.Transfer(note: "what was begun of it is removed, and the damaged store is as it was")
        var tables: [DatabaseSalvage.Table] = []
        var lines: [String] = []
        do {
            tables = try salvage.write(
                to: "\(folder.path)/\(BackupFiles.store)", finish: SQLiteChatStore.finishSalvage
            ) { table, rows in
                try transfer.goOn()
                Terminal.show(table.isEmpty ? "checking what was read" : "reading \(table), \(counted(rows, "row"))")
            }
            lines.append(
                BackupFiles.line(BackupFiles.store, counted(tables.reduce(0) { $0 + $1.rows }, "row") + ", checked"))
            if let catalog {
                lines.append(
                    try transfer.copy(
                        catalog, to: "\(folder.path)/\(BackupFiles.catalog)", as: BackupFiles.catalog))
            }
            lines += try BackupFiles.copySmallFiles(of: settings, to: folder.path)
            try folder.complete()
        } catch {
            folder.remove()
            throw transfer.explained(error, to: arguments.words[0], "nothing was salvaged")
        }
        transfer.end()
        let seconds = Double(MonotonicTime.now().milliseconds(since: began)) / 1_000
        say("\(arguments.words[0]), \(seconds) s")
        for line in lines { say(line) }
        tell(tables)
        say("restore it as a backup: docs/operations.md; keep the damaged store until you have seen what is there")
    }

    private static func tell(_ tables: [DatabaseSalvage.Table]) {
        let damaged = tables.filter { !$0.isWhole }
        guard !damaged.isEmpty else { return say("every table was read whole") }
        for table in damaged {
            let losses = [
                table.gaps > 0 ? counted(table.gaps, "place") + " could not be read" : nil,
                table.rejected > 0 ? counted(table.rejected, "row") + " not valid" : nil,
                table.orphans > 0 ? counted(table.orphans, "row") + " of one that is lost" : nil,
                table.isGivenUp ? "the rest was given up" : nil,
            ]
            say(
                "  lost of \(table.name): \(losses.compactMap { $0 }.joined(separator: ", ")); "
                    + counted(table.rows, "row") + " read")
        }
    }
}
