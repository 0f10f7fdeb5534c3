/// The configuration of one installation, complete: what the file does not say has its default.
///
/// Paths are relative to the working directory of the process; those that the file gives as relative were put behind the
/// file's folder when it was read. Made by `SettingsReader`; `Settings()` has the defaults and no file.
public struct Settings: Sendable, Equatable {
    /// Where the configuration came from.
    public enum Source: Sendable, Equatable {
        /// No file anywhere: the defaults and the environment.
        case defaults
        /// A file; `origin` says why it was taken, as in "--config".
        case file(path: String, origin: String)
    }

    /// Where the configuration came from. No key of the file.
    public internal(set) var source = Source.defaults
    /// Where FastCGI connections come in. `listen`; by default `unix:./var/chat-fcgi.sock`.
    public var listen = ListenAddress.unix(path: "./var/chat-fcgi.sock")
    /// The folder of the database and the token secret. `data_dir`; by default `./var`.
    public var dataDirectory = "./var"
    /// Where conversations are kept. `store.url`; by default `sqlite:chat.db`.
    public var store = StoreURL.sqlite(file: "chat.db")
    /// What of the store outlasts a power loss. `store.durability`; by default `full`.
    public var durability = StoreDurability.full
    /// How users are told apart. `auth` and `jwt`; by default guests.
    public var auth = AuthSettings()
    /// What a client or user may take. `limits`.
    public var limits = LimitSettings()
    /// How events reach clients. `stream`.
    public var stream = StreamSettings()
    /// Who answers, in the order of the file, 1 to 64 with different names. `providers`; by default only the embedded
    /// one. With no file, vendors whose usual variable is in the environment come before it.
    public var providers = [ProviderSettings(name: "builtin", kind: .builtin)]
    /// Which chain of providers answers for a model's name, 1 to 256; the first match wins. `models`; by default any name
    /// goes to all providers in their order.
    public var models = [ModelRoute(name: "*", chain: [ModelRoute.Step(provider: "builtin")])]
    /// How long a provider may take. `clocks`; a provider may have its own.
    public var clocks = ClockSettings()
    /// What is done when a provider fails. `retry`; a provider may have its own.
    public var retry = RetrySettings()
    /// How much earlier answers may take. `cache`; which routes keep them is in `models`.
    public var cache = CacheSettings()
    /// The folder of personas and knowledge. `agents_dir`; by default `agents`.
    public var agentsDirectory = "agents"
    /// What the desk works with. `desk`.
    public var desk = DeskSettings()
    /// What is logged. `log`.
    public var log = LogSettings()
    /// What the reader noticed that is no mistake, a sentence each. No key of the file.
    public internal(set) var notes: [String] = []

    public init() {}

    /// The SQLite file, behind the data folder when `store.url` is relative. Nil with another store.
    public var databasePath: String? {
        guard case .sqlite(let file) = store else { return nil }
        return Paths.resolve(file, in: dataDirectory)
    }

    /// Prices for the desk to go by as long as the operator's folder has none; they come with the program.
    public var samplePricesDirectory: String { Paths.resolve("desk/prices-sample", in: agentsDirectory) }

    /// Puts the Ollama on its usual port before all other providers, with the model that it is asked for where a client
    /// names none. For installations without a configuration file, where somebody has found it answering.
    public mutating func putOllamaFirst(model: String) {
        providers.insert(
            ProviderSettings(name: "ollama", kind: .ollama, baseURL: ProviderKind.ollama.defaultBaseURL), at: 0)
        for index in models.indices {
            models[index].chain.insert(ModelRoute.Step(provider: "ollama", model: model), at: 0)
        }
    }

    /// The route for a model's name; nil when none fits.
    public func route(for model: String) -> ModelRoute? { models.first { $0.name == "*" || $0.name == model } }
}

/// Where conversations are kept.
public enum StoreURL: Sendable, Equatable {
    /// `sqlite:FILE`, relative to the data folder.
    case sqlite(file: String)
    /// `postgresql://user@host/db`, never with a password (that stands in a password file or in `PGPASSWORD`).
    case postgresql(url: String)

    /// Which kind of store.
    public enum Scheme: String, Sendable, CaseIterable {
        case sqlite, postgresql
    }

    public var scheme: Scheme {
        switch self {
        case .sqlite: .sqlite
        case .postgresql: .postgresql
        }
    }
}

/// What of the store outlasts a power loss. The end of the process, however sudden, takes nothing in either case.
public enum StoreDurability: String, Sendable, CaseIterable {
    /// All that was acknowledged.
    case full
    /// All but the last moments, for which nobody waits on the disk; the file stays whole.
    case normal
}

/// What the desk works with.
public struct DeskSettings: Sendable, Equatable {
    /// The folder of price files, one `SYMBOL.csv` each. `desk.prices_dir`; by default `data/prices`.
    public var pricesDirectory = "data/prices"

    public init() {}
}

/// What is logged, to stderr.
public struct LogSettings: Sendable, Equatable {
    public enum Level: String, Sendable, CaseIterable {
        case debug, info, warning, error
    }

    public enum Format: String, Sendable, CaseIterable {
        case text, json
    }

    /// The least important that is logged. `log.level`; `info` by default.
    public var level = Level.info
    /// Lines for people, or JSON Lines. `log.format`; `text` by default.
    public var format = Format.text
    /// Whether each request gets a line. `log.access`; true by default.
    public var writesRequests = true
    /// Milliseconds until a reply begins from which on a request is slow, and told of as such; 0: never. `log.slow_ms`; 2,000 by
    /// default.
    public var slowMS = 2_000

    public init() {}
}
