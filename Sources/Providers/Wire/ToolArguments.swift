import JSON

extension JSONElement {
    /// A tool call's arguments as JSON text, whether they came as text or as what the text would say; empty for null.
    var argumentText: String {
        if isNull { return "" }
        return string ?? String(decoding: encoded, as: UTF8.self)
    }
}

extension JSONWriter {
    /// Writes a tool's arguments or result, which is a text that need be no JSON, as the JSON object that Anthropic, Gemini
    /// and Ollama want of it.
    ///
    /// An object is written as it is and a blank text as `{}`. Anything else becomes the value of `key` in an object, as JSON
    /// if it is JSON, as a string otherwise.
    mutating func object(from text: String, otherwiseAs key: StaticString) {
        let bytes = Array(text.utf8)
        do {
            try JSONReader().withDocument(bytes) { root in
                if root.isObject { return root.write(to: &self) }
                beginObject()
                self.key(key)
                root.write(to: &self)
                endObject()
            }
        } catch {
            // No JSON: nothing has been written.
            beginObject()
            if !text.isBlank {
                self.key(key)
                string(text)
            }
            endObject()
        }
    }

    /// Writes the schema of a tool's parameters. Providers refuse one that does not say that it is of an object, and none at all.
    mutating func parameters(_ schema: [UInt8]?) {
        guard let schema, schema != Array("{}".utf8) else {
            return rawJSON(Array(#"{"type":"object","properties":{}}"#.utf8))
        }
        // As most are, the house's own among them.
        if schema.starts(with: Array(#"{"type":"object","#.utf8)) { return rawJSON(schema) }
        guard case .object(let object)? = try? JSONValue(parsing: schema) else { return rawJSON(schema) }
        // Of one that may be null as well, the object is meant.
        let isObject = object["type"]?.arrayValue?.contains("object") ?? object["type"]?.isNull ?? true
        guard isObject else { return rawJSON(schema) }
        JSONValue.object(
            JSONObject([("type", "object")] + object.members.filter { $0.key != "type" }.map { ($0.key, $0.value) })
        )
        .write(to: &self)
    }
}

extension String {
    /// Whether nothing but white space is in it.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
