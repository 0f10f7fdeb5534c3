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

    /// Whether a detail is one of these. Those that OpenRouter hands on are numbered, and go back to it.
    public static func isAnthropic(_ detail: [UInt8]) -> Bool {
        let isOurs = try? JSONReader().withDocument(detail) {
            $0["format"]?.string == anthropicFormat && $0["index"] == nil
        }
        return isOurs ?? false
    }
}
