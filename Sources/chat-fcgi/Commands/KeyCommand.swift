import Chat
import Configuration
import Glibc
import JSON
import Routes
import Storage

/// `chat-fcgi key create`, `key list` and `key revoke`: keys for programs.
enum KeyCommand {
    private static let usage = """
        chat-fcgi key create --name NAME [--streams 200] [--requests-per-minute 0] [--tokens-per-day 0] [--acts-for-users], \
        key list, or key revoke NAME [--config F]
        """

    static func run(_ words: ArraySlice<String>) async throws {
        switch words.first {
        case "create": try await create(words.dropFirst())
        case "list": try await list(words.dropFirst())
        case "revoke": try await revoke(words.dropFirst())
        default: throw CommandFailure(.usage, "usage: \(usage)")
        }
    }

    private static func create(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(
            words, valued: ["--config", "--name", "--streams", "--requests-per-minute", "--tokens-per-day"],
            flags: ["--acts-for-users"])
        try arguments.expect(words: 0...0, usage)
        guard let name = arguments.options["--name"], UserNames.id(of: name) != nil else {
            throw CommandFailure(.usage, "--name \(UserNames.rule); usage: \(usage)")
        }
        let limits = UserLimits(
            streams: try number("--streams", arguments, 200, 1...10_000),
            requestsPerMinute: try number("--requests-per-minute", arguments, 0, 0...1_000_000),
            tokensPerDay: try number("--tokens-per-day", arguments, 0, 0...1_000_000_000_000))
        let text = ServiceKeyText.make()
        let key = ServiceKey(
            id: text.id, name: name, limits: limits, actsForUsers: arguments.flags.contains("--acts-for-users"),
            createdAt: .now())
        try await withStore(arguments, isMade: true) { store in
            guard try await store.add(key, digest: text.digest) else {
                throw CommandFailure(
                    .cannotCreate, "there is a key named \(name); revoke it first, or choose another name")
            }
        }
        say(text.text)
        complain("this key is shown once, and only a digest of it is kept; it is sent as Authorization: Bearer KEY")
    }

    private static func list(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--config"], flags: ["--json"])
        try arguments.expect(words: 0...0, usage)
        let isJSON = arguments.flags.contains("--json")
        try await withStore(arguments, isMade: false) { store in
            for key in try await store.serviceKeys() { say(isJSON ? json(of: key).line : line(of: key)) }
        }
    }

    private static func revoke(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--config"])
        try arguments.expect(words: 1...1, usage)
        let word = arguments.words[0]
        try await withStore(arguments, isMade: false) { store in
            guard try await store.revokeServiceKey(word, at: .now()) else {
                throw CommandFailure(.unavailable, "no key named \(word) holds; chat-fcgi key list shows them")
            }
        }
        say("the key \(word) does not hold any more")
    }

    private static func line(of key: ServiceKey) -> String {
        func limit(_ number: Int, _ unit: String, _ time: String = "") -> String? {
            number > 0 ? counted(number, unit) + time : nil
        }
        let parts = [
            limit(key.limits.streams, "stream"), limit(key.limits.requestsPerMinute, "request", " a minute"),
            limit(key.limits.tokensPerDay, "token", " a day"), key.actsForUsers ? "acts for users" : nil,
            "made \(key.createdAt.rfc3339)", key.usedAt.map { "first used \($0.rfc3339)" },
            key.revokedAt.map { "revoked \($0.rfc3339)" },
        ]
        return "\(key.name)  key_\(key.id)  " + parts.compactMap { $0 }.joined(separator: ", ")
    }

    private static func json(of key: ServiceKey) -> JSONValue {
        [
            "name": .string(key.name), "id": .string("key_\(key.id)"), "streams": .integer(Int64(key.limits.streams)),
            "requests_per_minute": .integer(Int64(key.limits.requestsPerMinute)),
            "tokens_per_day": .integer(Int64(key.limits.tokensPerDay)), "acts_for_users": .bool(key.actsForUsers),
            "created_at": .string(key.createdAt.rfc3339),
            "revoked_at": key.revokedAt.map { .string($0.rfc3339) } ?? .null,
        ]
    }

    private static func number(
        _ option: String, _ arguments: Arguments, _ fallback: Int, _ range: ClosedRange<Int>
    ) throws -> Int {
        guard let text = arguments.options[option] else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            throw CommandFailure(
                .usage, "\(option) \(text) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// - Parameter isMade: whether a store is made where there is none yet.
    private static func withStore(
        _ arguments: Arguments, isMade: Bool, _ body: (SQLiteChatStore) async throws -> Void
    ) async throws {
        let settings = try Configured(path: arguments.options["--config"]).settings
        if isMade { try Folder.make(settings.dataDirectory) }
        let path = try isMade ? StoreFile.path(settings) : StoreFile.existing(settings)
        let store = try SQLiteChatStore(path: path)
        StoreFile.markUsed(settings)
        try await body(store)
        await store.close()
    }
}
