import Configuration
import Glibc

/// The settings a command works with, and the providers behind them.
struct Configured {
    /// What this version can do; the rest of what a configuration may name is refused or passed over with a reason.
    static let capabilities = Capabilities(
        implementedKinds: Set(ProviderKind.allCases), implementedModes: [.guest, .proxy, .open],
        implementedStores: [.sqlite])

    let settings: Settings
    let providers: [ResolvedProvider]

    /// - Throws: `CommandFailure` 78 with every mistake, a line each.
    init(path: String?) throws {
        var environment: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { environment[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        do {
            settings = try SettingsReader(environment: environment, capabilities: Self.capabilities)
                .read(configPath: path)
        } catch {
            throw CommandFailure(.configuration, "the configuration has mistakes:\n\(error)")
        }
        providers = settings.resolvedProviders(
            environment: environment, implementedKinds: Self.capabilities.implementedKinds)
    }

    var log: Log {
        let level: Log.Level =
            switch settings.log.level {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        return Log(level: level, isJSON: settings.log.format == .json)
    }
}
