// The analysis of prompts over HTTP.

import JSON
import PromptAnalysis

extension Analysis {
    /// The object of docs/api.md, "Prompt analysis".
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("score", score)
        writer.member("language", language.rawValue)
        writer.member("estimated_tokens", estimatedTokens)
        writer.member("refined", isRefined)
        writer.beginArray("properties")
        for property in properties { property.write(to: &writer) }
        writer.endArray()
        writer.beginArray("insights")
        for insight in insights { insight.write(to: &writer) }
        writer.endArray()
        writer.beginArray("suggestions")
        for suggestion in suggestions { suggestion.write(to: &writer) }
        writer.endArray()
        writer.member("optimized", optimized)
        writer.endObject()
    }
}

extension Property {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("name", name.rawValue)
        writer.member("state", state.rawValue)
        writer.member("points", points)
        writer.member("of", name.weight)
        writer.endObject()
    }
}

extension Insight {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("kind", kind.rawValue)
        writer.member("severity", severity.rawValue)
        writer.member("message", message)
        writer.member("span") { span.write(to: &$0) }
        writer.endObject()
    }
}

extension Suggestion {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("title", title)
        writer.member("rationale", rationale)
        writer.member("span") { span.write(to: &$0) }
        writer.member("replacement", replacement)
        writer.member("insights", insights)
        writer.endObject()
    }
}

extension Span {
    func write(to writer: inout JSONWriter) {
        writer.beginArray()
        writer.integer(start)
        writer.integer(end)
        writer.endArray()
    }
}
