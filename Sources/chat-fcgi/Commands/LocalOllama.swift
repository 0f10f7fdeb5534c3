import HTTPClient
import Providers

/// Looks whether an Ollama answers on its usual port of this machine
/// (github.com/ollama/ollama/blob/main/docs/api.md#list-local-models).
enum LocalOllama {
    /// For the whole look: anyone who starts the program waits for it.
    private static let limitMS = 300

    /// The first model for conversation that it lists; nil when nobody answers, or with no such model.
    static func model() async -> String? {
        let client = HTTPClient()
        // Letting go of the client would end the exchange.
        defer { withExtendedLifetime(client) {} }
        let options = ProviderOptions(provider: "ollama", baseURL: "http://127.0.0.1:11434")
        // Nobody there, or somebody else: no reason to say anything.
        return try? await ProviderModels.ollama(options, client: client).models(limitMilliseconds: limitMS)?.first
    }
}
