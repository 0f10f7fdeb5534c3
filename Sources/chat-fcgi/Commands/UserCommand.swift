import Chat
import Configuration
import Glibc
import Ownership
import Routes
import Storage

/// `chat-fcgi user export`, `user delete` and `user logout`: what the API offers the user, for the operator.
enum UserCommand {
    private static let usage = "chat-fcgi user export ID, user delete ID, or user logout ID [--config F]"

    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words.dropFirst(), valued: ["--config"])
        guard let command = words.first, ["export", "delete", "logout"].contains(command) else {
            throw CommandFailure(.usage, "usage: \(usage)")
        }
        try arguments.expect(words: 1...1, usage)
        let name = arguments.words[0]
        // An identifier, or a name as the web server or the issuer says it.
        guard let id = Identifiers.isAcceptable(name) ? name : UserNames.id(of: name) else {
            throw CommandFailure(.usage, "\(name) is no user's name, which \(UserNames.rule)")
        }
        let user = makeOwner(id)
        let settings = try Configured(path: arguments.options["--config"]).settings
        // Opening would make an empty store where there is none.
        let path = try StoreFile.existing(settings)
        let store = try SQLiteChatStore(path: path)
        let isKnown =
            switch command {
            case "export": try await export(user, of: store)
            case "delete": try await delete(user, of: store, settings.dataDirectory)
            default: true
            }
        if command != "export" {
            let secret = try Assembly.tokenSecret(in: settings.dataDirectory)
            try await Authenticator(modes: [], tokens: GuestTokens(secret: secret), ended: store, keys: store)
                .endTokens(
                    of: user)
            say("all tokens of \(name) are ended")
        }
        await store.close()
        guard isKnown else { throw CommandFailure(.unavailable, "nothing is stored about \(name)") }
    }

    /// Writes what is stored to standard output, piece by piece.
    private static func export(_ user: UserID, of store: SQLiteChatStore) async throws -> Bool {
        var position: ExportPosition?
        var count = 0
        repeat {
            Signals.note("the export is not complete: \(counted(count, "record")) of it written")
            // Not between the lines on a terminal.
            if isatty(1) == 0 { Terminal.show(counted(count, "record")) }
            guard let piece = try await store.records(of: user, from: position) else {
                return position != nil
            }
            try Output.write(ExportLines.encode(piece.records))
            count += piece.records.count
            position = piece.next
        } while position != nil
        Terminal.erase()
        return true
    }

    private static func delete(_ user: UserID, of store: SQLiteChatStore, _ folder: String) async throws -> Bool {
        Signals.note("\(user) is not removed completely; run it again to remove the rest")
        Terminal.show("removing \(user)")
        defer { Terminal.erase() }
        let live = try LiveDatabase.open(in: folder)
        try await live.removeAll(of: user, in: nil)
        await live.close()
        let isKnown = try await store.delete(user)
        if isKnown {
            await store.finishRemovals()
            Terminal.erase()
            say("everything about \(user) is removed")
        }
        return isKnown
    }
}
