import Configuration

/// Looks at what the doctor finds on this machine: the configuration, the providers, the data folder.
enum DoctorHouse {
    static func examine(_ config: String?, _ report: inout DoctorReport) async {
        let configured: Configured
        do {
            configured = try await Configured.forServing(path: config)
        } catch {
            report.fail(
                "configuration", (error as? CommandFailure)?.message ?? "\(error)",
                mend: "mend each line; chat-fcgi check reads it again")
            return
        }
        let (settings, providers) = (configured.settings, configured.providers)
        switch settings.source {
        case .defaults: report.ok("configuration", "there is no file, the defaults hold")
        case .file(let path, let origin): report.ok("configuration", "\(path) (\(origin)) is well")
        }
        for warning in settings.warnings(providers: providers) {
            report.warn("configuration", warning, mend: "change it, or leave it if it is meant so")
        }
        for provider in providers { await lookAt(provider, isAsked: isAsked(provider, in: settings), &report) }
        for route in settings.models {
            report.ok("model", settings.answers(of: route, providers: providers).joined(separator: "\n"))
        }
        DoctorFolder(settings).examine(&report)
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
                    mend: "set the key where the service is started; it need not be in the environment of this shell")
            }
            return
        }
        switch await DoctorProbe.ask(provider) {
        case .none: report.ok("provider", "\(provider.name): \(provider.reason)")
        case .answered(let text): report.ok("provider", "\(provider.name): \(provider.reason); \(text)")
        case .failed(let text, let remedy): report.warn("provider", "\(provider.name): \(text)", mend: remedy)
        }
    }
}

/// Asks a provider something that costs nothing, to see whether it answers and takes the key.
enum DoctorProbe {
    enum Outcome {
        /// There is nothing to ask this provider for free.
        case none
        /// What it said, without the key.
        case answered(String)
        case failed(String, mend: String)
    }

    /// Where the free question of a provider's kind goes in, once the kinds have one.
    static func ask(_ provider: ResolvedProvider) async -> Outcome { .none }
}
