import JSON
import Substrings

/// Reads a provider's list of its models, in the forms that the kinds have: `data` with `id` (OpenAI, Anthropic), `models` with
/// `name` (Gemini, Ollama), or the list by itself (Together).
enum ModelListing {
    /// Most bytes of a list that is read; OpenRouter's has some 700 KB.
    static let maximumBytes = 4 << 20
    /// Names taken of one list.
    static let maximumNames = 1_000
    /// Bytes of each as it is shown, as many as a request may name, and with the folders before it.
    static let nameBytes = 1...256
    static let maximumPathBytes = 1_024

    /// The names of the models for conversation, in the list's order. Nil when this is no list of models.
    static func names(in body: [UInt8]) -> [String]? {
        guard let root = try? JSONValue(parsing: body),
            let models = root["data"]?.arrayValue ?? root["models"]?.arrayValue ?? root.arrayValue
        else { return nil }
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
        let isShort = nameBytes.contains(name.withoutFolders.utf8.count) && name.utf8.count <= maximumPathBytes
        return isPlain && isShort ? name : nil
    }

    /// Whether a model answers in words, as far as the list tells.
    private static func answers(_ model: JSONValue, _ name: String) -> Bool {
        // docs.mistral.ai/api/#tag/models
        if model["capabilities"]?["completion_chat"]?.boolValue == false { return false }
        // ai.google.dev/api/models#Model
        if let methods = model["supportedGenerationMethods"]?.arrayValue, !methods.contains("generateContent") {
            return false
        }
        // openrouter.ai/docs/api-reference/list-available-models
        if let outputs = model["architecture"]?["output_modalities"]?.arrayValue, !outputs.contains("text") {
            return false
        }
        // Together's word for what it is for, Cloudflare's, Ollama's.
        let words = [
            name.withoutFolders, model["type"]?.stringValue, model["task"]?.stringValue,
            model["details"]?["family"]?.stringValue,
        ]
        return !words.contains { $0.map(isOther) ?? false }
    }

    private static func isOther(_ text: String) -> Bool {
        let text = text.lowercased()
        return otherParts.contains { text.contains($0) }
            || text.split { !$0.isLetter && !$0.isNumber }.contains { otherWords.contains(String($0)) }
    }

    /// Parts of the names of models for other purposes.
    private static let otherParts = [
        "embed", "rerank", "whisper", "transcri", "moderation", "dall-e", "diffusion", "minilm", "text-to-speech",
    ]
    /// The same for words that are also parts of others: "bert" is one of Albert and Robert.
    private static let otherWords: Set<String> = [
        "audio", "babbage", "bert", "bge", "davinci", "distilbert", "e5", "flux", "gte", "guard", "image", "imagen",
        "modernbert", "ocr", "realtime", "shieldgemma", "sora", "tts", "veo",
    ]
}
