import JSON

/// What a model thought, in the form in which it is sent back to its provider. To any other it says nothing.
public struct Reasoning: Sendable, Equatable {
    public var text: String
    /// JSON objects in the form of OpenRouter's `reasoning_details` (openrouter.ai/docs/use-cases/reasoning-tokens): thoughts with
    /// their provider's signature, or encrypted.
    public var details: [[UInt8]]

    public init(text: String = "", details: [[UInt8]] = []) {
        self.text = text
        self.details = details
    }

    public var isEmpty: Bool { text.isEmpty && details.isEmpty }

    // MARK: - Anthropic's, which it has signed or encrypted
    // (docs.anthropic.com/en/docs/build-with-claude/extended-thinking#preserving-thinking-blocks)

    public static let anthropicFormat = "anthropic-claude-v1"

    public static func anthropicDetail(thinking text: String, signature: String) -> [UInt8] {
        let detail: JSONValue = [
            "type": "reasoning.text", "text": .string(text), "signature": .string(signature),
            "format": .string(anthropicFormat),
        ]
        return detail.encoded
    }

    public static func anthropicDetail(redacted data: String) -> [UInt8] {
        let detail: JSONValue = [
            "type": "reasoning.encrypted", "data": .string(data), "format": .string(anthropicFormat),
        ]
        return detail.encoded
    }

    // MARK: - Gemini's, the signature of the thought behind a text; that of a call comes with the call
    // (ai.google.dev/gemini-api/docs/thought-signatures)

    public static let geminiFormat = "google-gemini-v1"

    public static func geminiDetail(signature: String) -> [UInt8] {
        let detail: JSONValue = [
            "type": "reasoning.encrypted", "data": .string(signature), "format": .string(geminiFormat),
        ]
        return detail.encoded
    }

    /// The last signature among these; nil when there is none.
    public static func geminiSignature(in details: [[UInt8]]) -> String? {
        guard let detail = details.last(where: { has([geminiFormat], $0) }) else { return nil }
        return try? JSONReader().withDocument(detail) { $0["data"]?.string }
    }

    /// Whether a detail is of a kind of provider that is asked by its own interface, and says nothing to others. Those that OpenRouter hands
    /// on are numbered, and go back to it.
    public static func isSigned(_ detail: [UInt8]) -> Bool { has([anthropicFormat, geminiFormat], detail) }

    private static func has(_ formats: [String], _ detail: [UInt8]) -> Bool {
        let isOurs = try? JSONReader().withDocument(detail) {
            formats.contains($0["format"]?.string ?? "") && $0["index"] == nil
        }
        return isOurs ?? false
    }
}
