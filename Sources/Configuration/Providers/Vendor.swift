/// A vendor that is known by its usual variable: with it, and no configuration, it answers first.
struct Vendor {
    /// Its provider's name.
    var name: String
    var kind: ProviderKind
    var baseURL: String
    /// The variable that its own tools read the key from.
    var variable: String
    /// The model that is asked where nobody names one: the vendor's small one for conversation.
    var model: String

    /// In the order in which they are asked.
    static let all = [
        Vendor(
            name: "openai", kind: .openai, baseURL: "https://api.openai.com/v1", variable: "OPENAI_API_KEY",
            model: "gpt-4o-mini"),
        Vendor(
            name: "anthropic", kind: .anthropic, baseURL: "https://api.anthropic.com", variable: "ANTHROPIC_API_KEY",
            model: "claude-haiku-4-5"),
        Vendor(
            name: "gemini", kind: .gemini, baseURL: "https://generativelanguage.googleapis.com",
            variable: "GEMINI_API_KEY", model: "gemini-2.5-flash"),
        Vendor(
            name: "groq", kind: .openai, baseURL: "https://api.groq.com/openai/v1", variable: "GROQ_API_KEY",
            model: "llama-3.1-8b-instant"),
        Vendor(
            name: "deepseek", kind: .openai, baseURL: "https://api.deepseek.com/v1", variable: "DEEPSEEK_API_KEY",
            model: "deepseek-chat"),
        Vendor(
            name: "mistral", kind: .openai, baseURL: "https://api.mistral.ai/v1", variable: "MISTRAL_API_KEY",
            model: "mistral-small-latest"),
        Vendor(
            name: "openrouter", kind: .openai, baseURL: "https://openrouter.ai/api/v1", variable: "OPENROUTER_API_KEY",
            model: "openrouter/auto"),
        Vendor(
            name: "xai", kind: .openai, baseURL: "https://api.x.ai/v1", variable: "XAI_API_KEY", model: "grok-3-mini"),
        Vendor(
            name: "together", kind: .openai, baseURL: "https://api.together.xyz/v1", variable: "TOGETHER_API_KEY",
            model: "meta-llama/Llama-3.3-70B-Instruct-Turbo"),
        Vendor(
            name: "fireworks", kind: .openai, baseURL: "https://api.fireworks.ai/inference/v1",
            variable: "FIREWORKS_API_KEY", model: "accounts/fireworks/models/llama-v3p3-70b-instruct"),
        Vendor(
            name: "cerebras", kind: .openai, baseURL: "https://api.cerebras.ai/v1", variable: "CEREBRAS_API_KEY",
            model: "llama3.1-8b"),
    ]

    /// Who is behind a base URL: a vendor's key must reach nobody but that vendor.
    static func behind(_ baseURL: String, kind: ProviderKind) -> Vendor? {
        guard let host = BaseURL(baseURL)?.host, baseURL.hasPrefix("https://") else { return nil }
        return all.first { $0.kind == kind && BaseURL($0.baseURL)?.host == host }
    }

    var provider: ProviderSettings {
        ProviderSettings(name: name, kind: kind, baseURL: baseURL, keySource: .environment(variable))
    }

    /// Whether the variable is set, to more than nothing.
    func isUsual(in environment: [String: String]) -> Bool {
        environment[variable]?.utf8.contains { $0 > UInt8(ascii: " ") } ?? false
    }
}

extension ProviderKind {
    /// Where the kind's own vendor answers; nil where each user has an own address, or none.
    var defaultBaseURL: String? {
        switch self {
        case .openai, .anthropic, .gemini: Vendor.all.first { $0.kind == self }?.baseURL
        case .ollama: "http://127.0.0.1:11434"
        case .azure, .builtin: nil
        }
    }

    /// Whether it is called over HTTP.
    var isRemote: Bool { self != .builtin }
}
