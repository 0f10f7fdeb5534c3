/// What is one value in JSON: a string, a number, true or false.
public protocol JSONScalar {
    func write(to writer: inout JSONWriter)
}

extension String: JSONScalar {
    public func write(to writer: inout JSONWriter) { writer.string(self) }
}

extension Int: JSONScalar {
    public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Int64: JSONScalar {
    public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Double: JSONScalar {
    public func write(to writer: inout JSONWriter) { writer.number(self) }
}

extension Bool: JSONScalar {
    public func write(to writer: inout JSONWriter) { writer.bool(self) }
}

/// Members of an object: a key and its value.
extension JSONWriter {
    public mutating func member(_ key: StaticString, _ value: some JSONScalar) {
        self.key(key)
        value.write(to: &self)
    }

    /// No member at all where there is no value.
    public mutating func member(_ key: StaticString, ifPresent value: (some JSONScalar)?) {
        if let value { member(key, value) }
    }

    /// `null` where there is no value.
    public mutating func member(_ key: StaticString, orNull value: (some JSONScalar)?) {
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
