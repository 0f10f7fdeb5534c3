import JSON

/// Reads a provider's list of its models, in the forms that the kinds have: `data` with `id` (OpenAI, Anthropic), `models` with
/// `name` (Gemini, Ollama), or the list by itself (Together).
enum ModelListing {
    /// Names taken of one list, and bytes of each, as many as a request may name.
    static let maximumNames = 1_000
    static let nameBytes = 1...128

    /// The names of the models that answer in a conversation, in the list's order. Nil when this is no list of models.
    static func names(in document: JSONValue) -> [String]? {
        guard let models = document["data"]?.arrayValue ?? document["models"]?.arrayValue ?? document.arrayValue else {
            return nil
        }
        var names: [String] = []
        var seen: Set<String> = []
        for model in models where names.count < maximumNames {
            guard let name = name(of: model), answers(model, name), seen.insert(name).inserted else { continue }
            names.append(name)
        }
        return names
    }

    private static func name(of model: JSONValue) -> String? {
        guard var name = (model["id"] ?? model["name"])?.stringValue else { return nil }
        // Gemini's resource names (ai.google.dev/api/models#Model).
        if name.hasPrefix("models/") { name.removeFirst("models/".count) }
        let isPlain = name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        return isPlain && nameBytes.contains(name.utf8.count) ? name : nil
    }

    /// Whether a model answers in words, by what the list says of it, else by its name.
    private static func answers(_ model: JSONValue, _ name: String) -> Bool {
        // ai.google.dev/api/models#Model
        if let methods = model["supportedGenerationMethods"]?.arrayValue {
            return methods.contains("generateContent") && !isOther(name)
        }
        // docs.mistral.ai/api/#tag/models
        if model["capabilities"]?["completion_chat"]?.boolValue == false { return false }
        // docs.together.ai/reference/models-1
        if let type = model["type"]?.stringValue,
            ["embedding", "image", "audio", "moderation", "rerank"].contains(type)
        {
            return false
        }
        // openrouter.ai/docs/api-reference/list-available-models
        if let outputs = model["architecture"]?["output_modalities"]?.arrayValue, !outputs.contains("text") {
            return false
        }
        if model["details"]?["family"]?.stringValue?.contains("bert") ?? false { return false }
        return !isOther(name)
    }

    private static func isOther(_ name: String) -> Bool {
        let name = name.lowercased()
        return [
            "embed", "whisper", "tts", "dall-e", "moderation", "rerank", "transcribe", "davinci-002", "babbage-002",
            "gpt-image", "sora-", "-realtime", "imagen", "stable-diffusion",
        ].contains { name.contains($0) }
    }
}
