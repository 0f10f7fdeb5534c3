import Chat
import Configuration
import Glibc
import Scheduling

/// The file of the conversations, looked at before it is opened: SQLite takes an empty file for a new database.
enum StoreFile {
    /// For who may begin a new store.
    /// - Throws: `CommandFailure`, when the file has lost what was in it.
    static func path(_ settings: Settings) throws -> String {
        let path = settings.databasePath ?? settings.dataDirectory + "/chat.db"
        // Looked at in this order, so that a process that begins a store just now makes no difference.
        let isUsed = access(WorkerPresence.folder(in: settings.dataDirectory), F_OK) == 0
        var status = stat()
        guard isUsed, stat(path, &status) == 0, status.st_size == 0 else { return path }
        throw CommandFailure(
            .data,
            "\(path) is empty (0 bytes), and there was something in it: what was stored is lost. Move the data folder away and restore a "
                + "backup (chat-fcgi restore DIR), or remove the file to begin anew")
    }

    /// There is something in it now: leaves the sign that workers leave once they have opened it.
    static func markUsed(_ settings: Settings) {
        try? Folder.make(WorkerPresence.folder(in: settings.dataDirectory))
    }

    /// For who needs one that is there.
    /// - Throws: `CommandFailure`.
    static func existing(_ settings: Settings) throws -> String {
        let path = try path(settings)
        if access(path, F_OK) == 0 { return path }
        throw CommandFailure(.io, FileOwner.refusal(of: path) ?? "there is no store at \(path)")
    }
}

extension CommandFailure {
    /// What a command says when the store does not work.
    init(_ error: StoreError) {
        let remedy =
            ". Move the data folder away, and restore the last backup or what chat-fcgi salvage DIR reads of it (docs/operations.md, A damaged store)"
        self.init(.io, error.isDamage ? "the store is damaged: \(error.detail)\(remedy)" : error.detail)
    }
}
