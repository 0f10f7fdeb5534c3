import Configuration
import Routes
import SQLite
import Synchronization

/// What a backup consists of, and what `backup` and `restore` share.
enum BackupFiles {
    static let store = "chat.db"
    static let catalog = "catalog.db"
    static let secret = "token-secret"
    static let configuration = "chat-fcgi.json5"

    /// - Throws: `CommandFailure`, when the database is damaged, another program's or a newer version's.
    static func open(_ path: String, _ schema: Schema) throws -> DatabaseCopy {
        do {
            return try DatabaseCopy(of: path, schema: schema)
        } catch {
            throw failure(error, "\(path) cannot be copied")
        }
    }

    /// The token secret and the configuration, where there are such.
    /// - Returns: a line about each.
    static func copySmallFiles(of settings: Settings, to folder: String) throws -> [String] {
        var lines: [String] = []
        if let bytes = try readSecret(
            in: settings.dataDirectory, { complain("\($0), so it is left out: no token would hold") })
        {
            try SmallFile.write(bytes, to: "\(folder)/\(secret)")
            lines.append(line(secret, counted(bytes.count, "byte")))
        }
        if case .file(let path, _) = settings.source, let bytes = try SmallFile.read(path) {
            try SmallFile.write(bytes, to: "\(folder)/\(configuration)")
            lines.append(line(configuration, "from \(path)"))
        }
        return lines
    }

    /// The token secret in a folder, if there is one.
    /// - Parameter refuse: told of one that is damaged.
    static func readSecret(in folder: String, _ refuse: (String) throws -> Void) throws -> [UInt8]? {
        let path = "\(folder)/\(secret)"
        guard let bytes = try SmallFile.read(path) else { return nil }
        if bytes.count == TokenSecret.length { return bytes }
        try refuse("\(path) does not hold \(TokenSecret.length) bytes")
        return nil
    }

    static func failure(_ error: any Error, _ outcome: String) -> CommandFailure {
        switch error {
        case let error as SQLiteError: CommandFailure(error.isCorrupt ? .data : .io, "\(outcome): \(error.message)")
        case let error as DatabaseError:
            CommandFailure(error.reason == .damaged ? .data : .io, "\(outcome): \(error)")
        case let error as CommandFailure: CommandFailure(error.code, "\(outcome): \(error.message)")
        default: CommandFailure(.io, "\(outcome): \(error)")
        }
    }

    static func line(_ name: String, _ text: String) -> String {
        "  \(name)" + String(repeating: " ", count: max(1, 17 - name.utf8.count)) + text
    }

    /// Copying that tells how far it is, and that a signal ends.
    final class Transfer: Sendable {
        private struct Ended: Error {}

        /// - Throws: when a signal has told the command to end.
        func goOn() throws { if mustEnd.load(ordering: .relaxed) { throw Ended() } }

        private let mustEnd = Atomic<Bool>(false)

        /// - Parameter note: what has been done when a signal ends it.
        init(note: String) {
            Signals.note(note)
            Signals.onEnd { [self] in mustEnd.store(true, ordering: .relaxed) }
        }

        /// Copies a database and checks the copy.
        /// - Returns: a line about it.
        func copy(_ database: DatabaseCopy, to path: String, as name: String) throws -> String {
            let bytes = try database.write(to: path) { [self] progress in
                try goOn()
                switch progress {
                case .copying(let done, let total):
                    Terminal.show("copying \(name), \(total > 0 ? done * 100 / total : 100) %")
                case .checking: Terminal.show("checking the copy of \(name)")
                }
            }
            return line(name, (bytes < 10 << 20 ? "\(bytes >> 10) KiB" : "\(bytes >> 20) MiB") + ", checked")
        }

        /// All is in its place.
        func end() {
            Signals.note("it was complete")
            Terminal.erase()
        }

        /// What to tell of an error.
        /// - Parameter outcome: what has come of the command.
        func explained(_ error: any Error, to folder: String, _ outcome: String) -> any Error {
            Terminal.erase()
            if error is Ended { return error }
            if let error = error as? SQLiteError, error.isFull {
                return CommandFailure(.io, "\(outcome): the disk of \(folder) is full")
            }
            return failure(error, outcome)
        }
    }
}
