import JSON
import PromptAnalysis

extension Analysis {
    /// The object of docs/api.md, "Prompt analysis".
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("score")
        writer.integer(score)
        writer.key("language")
        writer.string(language.rawValue)
        writer.key("estimated_tokens")
        writer.integer(estimatedTokens)
        writer.key("refined")
        writer.bool(isRefined)
        writer.key("properties")
        writer.beginArray()
        for property in properties { property.write(to: &writer) }
        writer.endArray()
        writer.key("insights")
        writer.beginArray()
        for insight in insights { insight.write(to: &writer) }
        writer.endArray()
        writer.key("suggestions")
        writer.beginArray()
        for suggestion in suggestions { suggestion.write(to: &writer) }
        writer.endArray()
        writer.key("optimized")
        writer.string(optimized)
        writer.endObject()
    }
}

extension Property {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("name")
        writer.string(name.rawValue)
        writer.key("state")
        writer.string(state.rawValue)
        writer.key("points")
        writer.integer(points)
        writer.key("of")
        writer.integer(name.weight)
        writer.endObject()
    }
}

extension Insight {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(id)
        writer.key("kind")
        writer.string(kind.rawValue)
        writer.key("severity")
        writer.string(severity.rawValue)
        writer.key("message")
        writer.string(message)
        writer.key("span")
        span.write(to: &writer)
        writer.endObject()
    }
}

extension Suggestion {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(id)
        writer.key("title")
        writer.string(title)
        writer.key("rationale")
        writer.string(rationale)
        writer.key("span")
        span.write(to: &writer)
        writer.key("replacement")
        writer.string(replacement)
        writer.key("insights")
        writer.beginArray()
        for insight in insights { writer.string(insight) }
        writer.endArray()
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
