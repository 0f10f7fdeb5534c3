import Chat
import Glibc
import Routes
import Storage

/// `chat-fcgi user export` and `user delete`: what the API offers the user, for the operator.
enum UserCommand {
    private static let usage = "chat-fcgi user export ID, or user delete ID [--config F]"

    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words.dropFirst(), valued: ["--config"])
        guard let command = words.first, ["export", "delete"].contains(command) else {
            throw CommandFailure(.usage, "usage: \(usage)")
        }
        try arguments.expect(words: 1...1, usage)
        let name = arguments.words[0]
        guard Identifiers.isAcceptable(name) else {
            throw CommandFailure(.usage, "\(name) is no user's name: 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        let settings = try Configured(path: arguments.options["--config"]).settings
        // Opening would make an empty store where there is none.
        let path = try StoreFile.existing(settings)
        do {
            let store = try SQLiteChatStore(path: path)
            let isKnown =
                try await command == "export"
                ? export(name, of: store) : delete(name, of: store, settings.dataDirectory)
            await store.close()
            guard isKnown else { throw CommandFailure(.unavailable, "nothing is stored about \(name)") }
        } catch let error as StoreError {
            throw CommandFailure(.io, error.detail)
        }
    }

    /// Writes what is stored to standard output, piece by piece.
    private static func export(_ name: String, of store: SQLiteChatStore) async throws -> Bool {
        var position: ExportPosition?
        var count = 0
        repeat {
            Signals.note("the export is not complete: \(count) records of it are written")
            guard let piece = try await store.records(of: UserID(rawValue: name), from: position) else {
                return position != nil
            }
            try Output.write(ExportLines.encode(piece.records))
            count += piece.records.count
            position = piece.next
        } while position != nil
        return true
    }

    private static func delete(_ name: String, of store: SQLiteChatStore, _ folder: String) async throws -> Bool {
        Signals.note("\(name) is not removed completely; run it again to remove the rest")
        let live = try LiveDatabase.open(in: folder)
        try await live.removeAll(of: UserID(rawValue: name), in: nil)
        await live.close()
        let isKnown = try await store.delete(UserID(rawValue: name))
        if isKnown {
            await store.finishRemovals()
            say("everything about \(name) is removed")
        }
        return isKnown
    }
}
