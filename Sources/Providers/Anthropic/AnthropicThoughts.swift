import Chat
import JSON

/// Anthropic's blocks of thoughts, which it wants back unchanged together with a tool's result
/// (docs.anthropic.com/en/docs/build-with-claude/extended-thinking#preserving-thinking-blocks).
enum AnthropicThoughts {
    /// Writes the blocks. What has no signature is not taken back.
    static func write(_ details: [[UInt8]], to json: inout JSONWriter) {
        for detail in details {
            try? JSONReader().withDocument(detail) { detail in
                let format = detail["format"]?.string
                guard format == nil || format == Reasoning.anthropicFormat else { return }
                if format != nil, let data = detail["data"]?.string {
                    json.beginObject()
                    json.member("type", "redacted_thinking")
                    json.member("data", data)
                    json.endObject()
                } else if let signature = detail["signature"]?.string, !signature.isEmpty {
                    json.beginObject()
                    json.member("type", "thinking")
                    json.member("thinking", detail["text"]?.string ?? "")
                    json.member("signature", signature)
                    json.endObject()
                }
            }
        }
    }
}
