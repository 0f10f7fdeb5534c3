import Chat
import Configuration
import Providers
import Scheduling

/// Finds out which models providers have for which the configuration names none.
///
/// The agents name no model when they ask, so without one such a provider would silently answer nobody but clients that do.
enum ModelLookup {
    /// For each provider: anyone who starts the program waits for it.
    private static let limitMS = 3_000

    /// Asks each of these providers for its list; those that are not available, or in no chain, are left out.
    ///
    /// One that cannot be asked now has a warning, and is asked again when a question comes.
    /// - Throws: `CommandFailure` 78 when a provider has no model that could be used, with what to write.
    static func fill(_ providers: inout [ResolvedProvider], _ settings: Settings) async throws {
        let nameless = providers.indices.filter { isNameless(providers[$0], in: settings) }
        // By name: the optimizer of Swift 6 gives each task of a group the first one's index (seen in a release build).
        let found = await withTaskGroup(of: Listing.self) { group in
            for index in nameless {
                let provider = providers[index]
                group.addTask { Listing(provider: provider.name, models: await list(of: provider)) }
            }
            return await group.reduce(into: [:]) { $0[$1.provider] = $1.models }
        }
        var mistakes: [String] = []
        for index in nameless {
            let name = providers[index].name
            let word = providers[index].kind == .azure ? "DEPLOYMENT" : "NAME"
            let remedy =
                "write models: [{ name: \"*\", chain: [{ provider: \"\(name)\", model: \"\(word)\" }, …] }]"
            switch found[name] {
            case .success(.some(let models)) where !models.isEmpty: providers[index].listedModels = models
            case .success(.some):
                mistakes.append(
                    "providers.\(name): its server lists no model for conversation; load one there, or \(remedy)")
            case .success(nil):
                mistakes.append(
                    "providers.\(name): there is no model named for it, and this kind has no list; \(remedy)")
            case .failure(let error):
                let error = error as? ModelError
                let why = error.map { "\($0.kind.rawValue): \($0.detail)" } ?? "no answer"
                providers[index].warnings.append(
                    "there is no model named for the provider \(name), and its server could not be asked for one (\(why)): "
                        + "\(ProviderRemedy.sentence(for: error?.kind, of: providers[index].kind)); it is asked again when it is needed; to name one, "
                        + remedy)
            case nil: break
            }
        }
        if !mistakes.isEmpty {
            throw CommandFailure(
                .configuration, "the configuration has mistakes:\n" + mistakes.joined(separator: "\n"))
        }
    }

    private static func isNameless(_ provider: ResolvedProvider, in settings: Settings) -> Bool {
        provider.isAvailable && provider.kind != .builtin && provider.model == nil
            && settings.models.contains { $0.chain.contains { $0.provider == provider.name } }
    }

    private struct Listing: Sendable {
        var provider: String
        /// Nil where this kind of provider has no list.
        var models: Result<[String]?, any Error>
    }

    private static func list(of provider: ResolvedProvider) async -> Result<[String]?, any Error> {
        let kept = ConfiguredModels.Kept()
        // Letting go of its client would end the exchange.
        defer { withExtendedLifetime(kept) {} }
        do {
            return .success(
                try await RouteFactory.remoteModel(of: provider, kept: kept)?.models(limitMilliseconds: limitMS))
        } catch {
            return .failure(error)
        }
    }
}
