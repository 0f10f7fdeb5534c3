import Catalog
import Chat
import Configuration
import Glibc
import Ownership
import Routes
import Storage

/// `chat-fcgi check`: what would run, or every mistake.
enum CheckCommand {
    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--config"])
        try arguments.expect(words: 0...0, "chat-fcgi check [--config F]")
        let configured = try await Configured.forServing(path: arguments.options["--config"])
        for line in configured.settings.summary(providers: configured.providers) { say(line) }
        let mistakes = AgentFolder.names(in: configured.settings.agentsDirectory).mistakes
        guard mistakes.isEmpty else {
            throw CommandFailure(.configuration, "the personas have mistakes:\n" + mistakes.joined(separator: "\n"))
        }
        if case .file(let path) = configured.settings.auth.jwt?.keys {
            let keys = try IssuerAccess.keys(at: path)
            say("issuer's keys  \(keys.count) in \(path) (\(keys.algorithms.joined(separator: ", ")))")
            for remark in keys.remarks { say("warning: jwt.keys_file: \(remark)") }
        }
        _ = try StoreFile.path(configured.settings)
        let contents = Contents(configured.settings)
        for finding in contents.findings where finding.remedy == nil {
            say(finding.subject + String(repeating: " ", count: max(1, 15 - finding.subject.count)) + finding.text)
        }
        for sentence in contents.missing { say("warning: " + sentence) }
    }
}

/// `chat-fcgi token`: a bearer token for scripts and tests.
enum TokenCommand {
    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--config", "--user", "--ttl"])
        let usage = "chat-fcgi token --user ID [--ttl 1h] [--config F]"
        try arguments.expect(words: 0...0, usage)
        guard let user = arguments.options["--user"] else { throw CommandFailure(.usage, "usage: \(usage)") }
        guard Identifiers.isAcceptable(user) else {
            throw CommandFailure(.usage, "--user \(user) must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        let ttl = arguments.options["--ttl"] ?? "1h"
        guard let lifetime = milliseconds(ttl) else {
            throw CommandFailure(.usage, "--ttl \(ttl) must be a number with s, m, h or d, up to 3650d: 1h")
        }
        let settings = try Configured(path: arguments.options["--config"]).settings
        try Folder.make(settings.dataDirectory)
        let tokens = GuestTokens(secret: try Assembly.tokenSecret(in: settings.dataDirectory))
        let id = makeOwner(user)
        let generation = try await generation(of: id, settings, tokens)
        say(tokens.issue(to: id, lifetimeMS: lifetime, generation: generation).token)
    }

    /// How often the user's tokens were ended. Where there is no store yet, none was.
    private static func generation(of user: UserID, _ settings: Settings, _ tokens: GuestTokens) async throws -> Int {
        let path = try StoreFile.path(settings)
        guard access(path, F_OK) == 0 else { return 0 }
        let store = try SQLiteChatStore(path: path)
        let generation = try await Authenticator(modes: [], tokens: tokens, ended: store, keys: store).generation(
            of: user)
        await store.close()
        return generation
    }

    private static func milliseconds(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count > 0,
            count <= 3650 * 86_400_000 / unit
        else { return nil }
        return count * unit
    }
}

/// `chat-fcgi migrate`: brings the tables up to date; opening the store does it.
enum MigrateCommand {
    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--config"])
        try arguments.expect(words: 0...0, "chat-fcgi migrate [--config F]")
        let settings = try Configured(path: arguments.options["--config"]).settings
        try Folder.make(settings.dataDirectory)
        let path = try StoreFile.path(settings)
        Signals.note("the steps that were complete stay; run it again for the rest")
        Terminal.show("bringing \(path) up to date, which takes as long as it is large")
        defer { Terminal.erase() }
        await (try SQLiteChatStore(path: path)).close()
        let catalog = settings.dataDirectory + "/catalog.db"
        await (try SQLiteBookCatalog(path: catalog)).close()
        Terminal.erase()
        say("\(path) and \(catalog) are up to date")
    }
}
