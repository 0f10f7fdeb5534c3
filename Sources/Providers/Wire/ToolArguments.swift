import JSON

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

    /// Writes a schema that was given as JSON; without one, that of an object without properties.
    mutating func schema(_ schema: [UInt8]?) {
        rawJSON(schema ?? Array(#"{"type":"object","properties":{}}"#.utf8))
    }
}

extension String {
    /// Whether nothing but white space is in it.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
