import Chat
import JSON

/// Reads what a client sends back of a model's thoughts: in the members in which they come from here, in LiteLLM's
/// `thinking_blocks`, or as parts of the content.
enum ReasoningReading {
    /// Whether a part of the content is a thought.
    static func isThought(_ part: JSONValue) -> Bool {
        ["thinking", "redacted_thinking", "reasoning"].contains(part["type"]?.stringValue ?? "")
    }

    /// Nil when there is nothing of the sort.
    /// - Parameter large: where long strings of the content's parts are.
    static func reasoning(of message: JSONValue, _ large: LargeBody = LargeBody()) -> Reasoning? {
        var reasoning = Reasoning(
            text: message["reasoning_content"]?.stringValue ?? message["reasoning"]?.stringValue ?? "")
        for detail in message["reasoning_details"]?.arrayValue ?? [] {
            if case .object = detail { reasoning.details.append(detail.encoded) }
        }
        // The same thoughts under two names are sent back once.
        if reasoning.details.isEmpty {
            for block in message["thinking_blocks"]?.arrayValue ?? [] { add(block, to: &reasoning, large) }
        }
        for part in message["content"]?.arrayValue ?? [] where isThought(part) { add(part, to: &reasoning, large) }
        return reasoning.isEmpty ? nil : reasoning
    }

    private static func add(_ part: JSONValue, to reasoning: inout Reasoning, _ large: LargeBody) {
        if let data = part["data"]?.stringValue {
            reasoning.details.append(Reasoning.anthropicDetail(redacted: large.string(data)))
            return
        }
        let text = text(of: part["thinking"] ?? part["reasoning"] ?? part["text"] ?? .null)
        if let signature = part["signature"]?.stringValue, !signature.isEmpty {
            reasoning.details.append(Reasoning.anthropicDetail(thinking: text, signature: large.string(signature)))
        } else if !reasoning.text.hasSuffix(text) {
            reasoning.text += text
        }
    }

    /// A string, or a list of parts with text (Mistral).
    private static func text(of value: JSONValue) -> String {
        value.stringValue ?? (value.arrayValue ?? []).compactMap { $0["text"]?.stringValue }.joined()
    }
}
