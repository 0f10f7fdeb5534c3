import Chat

/// What an operator can do about a provider that did not answer a look at it.
enum ProviderRemedy {
    static func sentence(for kind: ModelError.Kind?) -> String {
        switch kind {
        case .unauthorized: "set its key, or replace it (api_key_env, api_key_file)"
        case .notFound, .malformed:
            "compare base_url with what the provider says: it ends before /chat/completions, mostly with /v1"
        default: "see whether it is up, and compare base_url with what the provider says"
        }
    }
}
