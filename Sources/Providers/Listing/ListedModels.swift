import JSON

/// The models for conversation in a provider's list of its models, whatever kind of provider it is.
///
/// OpenAI's interface and Anthropic's: `data[].id` (platform.openai.com/docs/api-reference/models/list); Gemini's and
/// Ollama's: `models[].name`; Together's is a bare list.
enum ListedModels {
    /// Most bytes of a list that is read.
    static let maximumBytes = 1 << 20
    private static let maximumModels = 1_000

    /// Their names in the order of the list, 1 to 128 bytes each; nil when it is no list of models.
    static func names(in body: [UInt8]) -> [String]? {
        guard let root = try? JSONValue(parsing: body),
            let entries = root["data"]?.arrayValue ?? root["models"]?.arrayValue ?? root.arrayValue
        else { return nil }
        return Array(entries.lazy.compactMap(conversational).prefix(maximumModels))
    }

    /// The model's name; nil for one that is not for conversation, as far as the list tells.
    private static func conversational(_ model: JSONValue) -> String? {
        guard let name = model["id"]?.stringValue ?? model["name"]?.stringValue ?? model["model"]?.stringValue,
            (1...128).contains(name.utf8.count), !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { return nil }
        let words = [
            name, model["type"]?.stringValue, model["task"]?.stringValue, model["details"]?["family"]?.stringValue,
        ]
        .compactMap { $0?.lowercased() }
        if words.contains(where: { word in others.contains { word.contains($0) } }) { return nil }
        // Mistral's word for it, Gemini's and OpenRouter's.
        if model["capabilities"]?["completion_chat"]?.boolValue == false { return nil }
        if let methods = model["supportedGenerationMethods"]?.arrayValue, !methods.contains("generateContent") {
            return nil
        }
        if let forms = model["architecture"]?["output_modalities"]?.arrayValue, !forms.contains("text") { return nil }
        return name
    }

    /// Parts of the names of models for other purposes.
    private static let others = [
        "embed", "bert", "rerank", "whisper", "tts", "text-to-speech", "transcri", "moderation", "dall-e", "image",
        "diffusion", "flux", "bge-", "gte-", "e5-", "minilm", "audio", "realtime", "davinci", "babbage", "sora", "veo-",
        "ocr", "guard",
    ]
}
