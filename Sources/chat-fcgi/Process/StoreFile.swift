import Chat
import Configuration
import Glibc
import Scheduling
import Substrings

/// The file of the conversations, looked at before it is opened: SQLite takes an empty file for a new database.
enum StoreFile {
    /// For who may begin a new store.
    /// - Throws: `CommandFailure`, when the file has lost what was in it.
    static func path(_ settings: Settings) throws -> String {
        let path = settings.databasePath ?? settings.dataDirectory + "/chat.db"
        // A process that has come as far as the live objects has had a store that was not empty. Looked at in this order, so
        // that one that does so just now makes no difference.
        let isUsed = Folder.names(in: settings.dataDirectory).contains { $0.hasPrefix("live") && $0.contains(".db") }
        var status = stat()
        guard isUsed, stat(path, &status) == 0, status.st_size == 0 else { return path }
        throw CommandFailure(
            .data,
            "\(path) is empty (0 bytes), and there was something in it: what was stored is lost. Move the data folder away and restore a "
                + "backup (chat-fcgi restore DIR), or remove the file to begin anew")
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
