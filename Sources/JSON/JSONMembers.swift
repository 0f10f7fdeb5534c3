/// What is written as a value without saying how: a string, a number, true or false, a list of strings.
public protocol JSONWritable {
    func write(to writer: inout JSONWriter)
}

extension String: JSONWritable {
    public func write(to writer: inout JSONWriter) { writer.string(self) }
}

extension Int: JSONWritable {
    public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Int64: JSONWritable {
    public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Double: JSONWritable {
    public func write(to writer: inout JSONWriter) { writer.number(self) }
}

extension Bool: JSONWritable {
    public func write(to writer: inout JSONWriter) { writer.bool(self) }
}

extension [String]: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.beginArray()
        for text in self { writer.string(text) }
        writer.endArray()
    }
}

/// Members of an object: a key and its value.
extension JSONWriter {
    public mutating func member(_ key: StaticString, _ value: some JSONWritable) {
        self.key(key)
        value.write(to: &self)
    }

    /// No member at all where there is no value.
    public mutating func member(_ key: StaticString, ifPresent value: (some JSONWritable)?) {
        if let value { member(key, value) }
    }

    /// No member at all where there are none.
    public mutating func member(_ key: StaticString, ifAny values: [String]) {
        if !values.isEmpty { member(key, values) }
    }

    /// `null` where there is no value.
    public mutating func member(_ key: StaticString, orNull value: (some JSONWritable)?) {
        self.key(key)
        if let value { value.write(to: &self) } else { null() }
    }

    /// A string given as its UTF-8. Bytes that are not UTF-8 become U+FFFD.
    public mutating func member(_ key: StaticString, utf8 value: [UInt8]) {
        self.key(key)
        string(utf8: value)
    }

    public mutating func member(_ key: StaticString, utf8 value: ArraySlice<UInt8>) {
        self.key(key)
        string(utf8: value)
    }

    /// A value that is JSON already, taken as it is.
    public mutating func member(_ key: StaticString, json: [UInt8]) {
        self.key(key)
        rawJSON(json)
    }

    /// A value that `write` writes.
    public mutating func member(_ key: StaticString, _ write: (inout JSONWriter) -> Void) {
        self.key(key)
        write(&self)
    }
}
