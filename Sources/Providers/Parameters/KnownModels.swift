// What models accept, and what is left out when one refuses it.

import Chat
import Substrings

/// What is known of models by their names. A name that is not known says nothing.
enum KnownModels {
    /// The model's own name, without its publisher: "openai/gpt-4o" is "gpt-4o".
    private static func name(_ model: String) -> String {
        var name = model.lowercased().split(separator: "/").last.map(String.init) ?? ""
        if name.hasPrefix("ft:") { name = String(name.dropFirst(3)) }
        // OpenRouter writes "claude-sonnet-4.5" for Anthropic's "claude-sonnet-4-5".
        return name.hasPrefix("claude") ? String(name.map { $0 == "." ? "-" : $0 }) : name
    }

    private static func begins(_ model: String, with beginnings: [String]) -> Bool {
        let name = name(model)
        return beginnings.contains { name.hasPrefix($0) }
    }

    /// Whether the model is known to take a temperature other than its default. Reasoning models refuse one.
    static func takesTemperature(_ model: String) -> Bool {
        guard !thinksUnasked(model), !name(model).contains("search-preview") else { return false }
        return begins(
            model,
            with: [
                "gpt-3.5", "gpt-4", "claude-2", "claude-3", "claude-haiku-4-5", "claude-sonnet-4-0",
                "claude-sonnet-4-2",
                "claude-sonnet-4-5", "claude-sonnet-4-6", "claude-opus-4-0", "claude-opus-4-1", "claude-opus-4-2",
                "claude-opus-4-5", "claude-opus-4-6", "gemini-1", "gemini-2.0",
                "gemma", "llama", "meta-llama", "mistral", "ministral", "mixtral", "open-mistral", "open-mixtral",
                "codestral", "qwen2", "qwen3", "deepseek-chat", "deepseek-v", "phi", "command-r", "grok-2",
            ])
    }

    /// Whether the model thinks without being asked, and takes the tokens for it from the answer's limit.
    static func thinksUnasked(_ model: String) -> Bool {
        let name = name(model)
        return begins(
            model,
            with: [
                "gpt-5", "gpt-oss", "o1", "o3", "o4", "gemini-2.5", "gemini-3", "grok-3-mini", "grok-4", "qwq",
                "deepseek-r", "magistral",
            ])
            || ["thinking", "reasoner", "-r1", "reasoning"].contains {
                name.contains($0) && !name.contains("non-" + $0)
            }
    }

    /// The most tokens of an answer that a model of Anthropic's gives; nil when that is not known
    /// (docs.anthropic.com/en/docs/about-claude/models/overview).
    static func maximumClaudeTokens(_ model: String) -> Int? {
        let limits: [(String, Int)] = [
            ("claude-2", 4_096), ("claude-instant", 4_096), ("claude-3-opus", 4_096), ("claude-3-sonnet", 4_096),
            ("claude-3-haiku", 4_096), ("claude-3-5", 8_192), ("claude-3-7", 64_000), ("claude-opus-4-5", 64_000),
            ("claude-opus-4-0", 32_000), ("claude-opus-4-1", 32_000), ("claude-opus-4-2", 32_000),
            ("claude-opus-4-6", 128_000), ("claude-opus-4-7", 128_000), ("claude-opus-4-8", 128_000),
            // The first one's name without a date.
            ("claude-opus-4", 32_000),
            ("claude-sonnet-4", 64_000), ("claude-haiku-4", 64_000),
        ]
        return limits.first { begins(model, with: [$0.0]) }?.1
    }
}

extension ModelRequest {
    /// Tokens for the thoughts of a model that takes them from the answer's limit.
    private static let thinkingRoom = 8_192

    /// The same as a model of this name should be asked.
    func fitting(_ model: String, kind: String) -> ModelRequest {
        guard isAgentsOwn else { return self }
        var request = self
        // Ollama passes the parameters of all models on, or leaves them out, itself.
        if kind != "ollama", !KnownModels.takesTemperature(model) { request.temperature = nil }
        if let limit = maximumOutputTokens, KnownModels.thinksUnasked(model) {
            request.maximumOutputTokens = limit + Self.thinkingRoom
        }
        return request
    }
}

extension Result where Failure == any Error {
    /// Nil for an answer.
    var modelError: ModelError? {
        if case .failure(let error) = self { error as? ModelError } else { nil }
    }
}
