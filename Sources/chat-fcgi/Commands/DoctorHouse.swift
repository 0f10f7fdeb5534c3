import Chat
import Configuration
import HTTPClient
import Scheduling

/// Looks at what the doctor finds on this machine: the configuration, the providers, the data folder.
enum DoctorHouse {
    /// - Returns: the settings that were looked at; nil when they have mistakes.
    static func examine(_ config: String?, isDeep: Bool, _ report: inout DoctorReport) async -> Settings? {
        let configured: Configured
        do {
            configured = try await Configured.forServing(path: config)
        } catch {
            report.fail(
                "configuration", (error as? CommandFailure)?.message ?? "\(error)",
                fix: "fix each line; chat-fcgi check reads it again")
            return nil
        }
        let (settings, providers) = (configured.settings, configured.providers)
        switch settings.source {
        case .defaults: report.ok("configuration", "there is no file, the defaults hold")
        case .file(let path, let origin): report.ok("configuration", "\(path) (\(origin)) is well")
        }
        for warning in settings.warnings(providers: providers) {
            report.warn("configuration", warning, fix: "change it, or leave it if it is meant so")
        }
        for provider in providers { await lookAt(provider, isAsked: isAsked(provider, in: settings), &report) }
        for route in settings.models {
            report.ok("model", settings.answers(of: route, providers: providers).joined(separator: "\n"))
        }
        for finding in Contents(settings).findings {
            if let remedy = finding.remedy {
                report.warn(finding.subject, finding.text, fix: remedy)
            } else {
                report.ok(finding.subject, finding.text)
            }
        }
        DoctorFolder(settings).examine(isDeep: isDeep, &report)
        return settings
    }

    private static func isAsked(_ provider: ResolvedProvider, in settings: Settings) -> Bool {
        settings.models.contains { route in route.chain.contains { $0.provider == provider.name } }
    }

    private static func lookAt(
        _ provider: ResolvedProvider, isAsked: Bool, _ report: inout DoctorReport
    ) async {
        guard provider.isAvailable else {
            // One that no chain names is in the warnings already.
            if isAsked {
                report.warn(
                    "provider", "\(provider.name) is passed over: \(provider.reason)",
                    fix: "set the key where the service is started; it need not be in the environment of this shell")
            }
            return
        }
        do {
            let wasAsked = try await probe(provider)
            report.ok("provider", "\(provider.name): \(provider.reason)\(wasAsked ? "; it answers" : "")")
        } catch {
            let word = (error as? ModelError).map { "\($0.kind.rawValue): \($0.detail)" } ?? "\(error)"
            report.warn(
                "provider", "\(provider.name) does not answer from here: \(word)",
                fix: ProviderRemedy.sentence(for: (error as? ModelError)?.kind, of: provider.kind))
        }
    }

    /// Asks the provider for something that costs nothing.
    /// - Returns: whether it was asked; there is nothing of the sort for every kind.
    private static func probe(_ provider: ResolvedProvider) async throws -> Bool {
        let kept = ConfiguredModels.Kept()
        // Letting go of its client would end the exchange.
        defer { withExtendedLifetime(kept) {} }
        return try await RouteFactory.remoteModel(of: provider, kept: kept)?.probe() ?? false
    }
}
