import Chat
import Configuration

/// What an operator can do about a provider that did not answer a look at it.
enum ProviderRemedy {
    static func sentence(for error: ModelError.Kind?, of provider: ProviderKind) -> String {
        switch error {
        case .unauthorized: "set its key, or replace it (api_key_env, api_key_file)"
        case .notFound, .malformed: "compare base_url with what the provider says: it \(end(of: provider))"
        default: "see whether it is up, and compare base_url with what the provider says"
        }
    }

    private static func end(of provider: ProviderKind) -> String {
        switch provider {
        case .openai, .builtin: "ends before /chat/completions, mostly with /v1"
        case .azure: "ends before /openai, mostly after the host"
        case .anthropic: "ends before /messages, mostly with /v1"
        case .gemini: "ends before /models, mostly with /v1beta"
        case .ollama: "ends before /api/chat, mostly after the host"
        }
    }
}
