import Configuration
import Glibc
import Telemetry

/// The settings a command works with, and the providers behind them.
struct Configured {
    /// What this version can do; the rest of what a configuration may name is refused or passed over with a reason.
    static let capabilities = Capabilities(
        implementedKinds: Set(ProviderKind.allCases), implementedModes: Set(AuthSettings.Mode.allCases),
        implementedStores: [.sqlite])

    let settings: Settings
    private(set) var providers: [ResolvedProvider]

    /// - Throws: `CommandFailure` 78 with every mistake, a line each.
    init(path: String?) throws {
        let environment = Self.environment
        self.init(try Self.read(path, environment), environment)
    }

    private init(_ settings: Settings, _ environment: [String: String]) {
        self.settings = settings
        providers = settings.resolvedProviders(
            environment: environment, implementedKinds: Self.capabilities.implementedKinds)
    }

    /// As a process that stays up serves: without a configuration file, an Ollama on this machine comes first, and providers
    /// for which no model is named are asked for theirs.
    ///
    /// Not for a process that answers one request, which would have to wait for it.
    /// - Throws: `CommandFailure` 78 with every mistake, a line each.
    static func forServing(path: String?) async throws -> Configured {
        let environment = environment
        var settings = try read(path, environment)
        if settings.source == .defaults, let model = await LocalOllama.model() {
            settings.putOllamaFirst(model: model)
        }
        var configured = Configured(settings, environment)
        try await ModelLookup.fill(&configured.providers, settings)
        return configured
    }

    private static func read(_ path: String?, _ environment: [String: String]) throws -> Settings {
        do {
            return try SettingsReader(environment: environment, capabilities: capabilities).read(configPath: path)
        } catch {
            throw CommandFailure(.configuration, "the configuration has mistakes:\n\(error)")
        }
    }

    private static var environment: [String: String] {
        var environment: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { environment[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return environment
    }

    /// - Parameter staysUp: whether the process answers more than one request.
    func log(staysUp: Bool) -> Log {
        let level: Log.Level =
            switch settings.log.level {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            case nil: staysUp ? .info : .warning
            }
        return .toStandardError(level, isJSON: settings.log.format == .json)
    }
}
