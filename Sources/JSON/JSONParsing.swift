import CSimdjson

extension JSONValue {
    /// Reads a whole text: strict (RFC 8259 and UTF-8, no byte order mark), duplicate keys refused.
    ///
    /// - Parameters:
    ///   - maximumDepth: levels of arrays and objects inside one another, 1 to 1,000. `[[1]]` has two.
    ///   - maximumBytes: of the text. Parsing takes about 16 times the text's size for a moment.
    /// - Throws: `JSONError`.
    public init(
        parsing bytes: [UInt8], maximumDepth: Int = 64, maximumBytes: Int = 16 * 1024 * 1024
    ) throws(JSONError) {
        precondition((1...1000).contains(maximumDepth), "maximumDepth is 1 to 1,000")
        guard bytes.count <= maximumBytes else {
            throw JSONError(kind: .tooLarge, detail: "the text is larger than \(maximumBytes) bytes")
        }
        // A closure that throws a type loses it on its way through withUnsafeBytes; a result does not.
        let result: Result<JSONValue, JSONError> = bytes.withUnsafeBytes { raw in
            do throws(JSONError) {
                let document = try ParsedDocument(raw)
                var builder = ValueBuilder(tape: document.tape, maximumDepth: maximumDepth)
                return .success(try builder.value(depth: 0))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let value): self = value
        case .failure(var error):
            if error.path?.first == "." { error.path?.removeFirst() }
            throw error
        }
    }
}

/// Turns simdjson's tape into values, and refuses what simdjson lets pass: duplicate keys, and depth beyond ours.
private struct ValueBuilder {
    let tape: csj_document
    let maximumDepth: Int
    /// Index 0 of the tape is a word about the tape itself.
    private var index = 1

    init(tape: csj_document, maximumDepth: Int) {
        self.tape = tape
        self.maximumDepth = maximumDepth
    }

    /// The element at `index`, which then stands behind it.
    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        defer { index = csj_after(tape, index) }
        switch csj_type(tape, index) {
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "t"): return .bool(true)
        case UInt8(ascii: "f"): return .bool(false)
        case UInt8(ascii: "l"): return .integer(csj_int64(tape, index))
        case UInt8(ascii: "u"): return .number(Double(csj_uint64(tape, index)))
        case UInt8(ascii: "d"): return .number(csj_double(tape, index))
        case UInt8(ascii: "\""): return .string(string())
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        default: return .object(JSONObject(unique: try members(depth: depth + 1)))
        }
    }

    private func string() -> String {
        var count = 0
        let start = csj_string(tape, index, &count)
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        try check(depth)
        let opening = index
        defer { index = opening }
        let end = csj_after(tape, opening) - 1
        var elements: [JSONValue] = []
        elements.reserveCapacity(Int(csj_count(tape, opening)))
        index += 1
        while index < end {
            do throws(JSONError) {
                elements.append(try value(depth: depth))
            } catch {
                throw error.inside("[\(elements.count)]")
            }
        }
        return elements
    }

    private mutating func members(depth: Int) throws(JSONError) -> [(key: String, value: JSONValue)] {
        try check(depth)
        let opening = index
        defer { index = opening }
        let end = csj_after(tape, opening) - 1
        let count = Int(csj_count(tape, opening))
        var members: [(key: String, value: JSONValue)] = []
        members.reserveCapacity(count)
        // Comparing each key with all before it is quickest for few; many would let a request cost n².
        var seen: Set<[UInt8]>? = count > 16 ? [] : nil
        index += 1
        while index < end {
            let key = string()
            let isNew = seen?.insert(Array(key.utf8)).inserted ?? !members.contains { sameBytes($0.key, key) }
            guard isNew else {
                throw JSONError(kind: .duplicateKey, detail: "an object names a key twice").inside(".\(key)")
            }
            index += 1
            do throws(JSONError) {
                members.append((key, try value(depth: depth)))
            } catch {
                throw error.inside(".\(key)")
            }
        }
        return members
    }

    private func check(_ depth: Int) throws(JSONError) {
        guard depth <= maximumDepth else {
            throw JSONError(kind: .tooDeep, detail: "nested deeper than \(maximumDepth) levels")
        }
    }
}

extension JSONError {
    /// The same error seen from one level further out.
    fileprivate func inside(_ step: String) -> JSONError {
        guard kind == .duplicateKey else { return self }
        var outer = self
        let whole = step + (path ?? "")
        outer.path = whole.utf8.count <= 128 ? whole : String(whole.unicodeScalars.prefix(120)) + "…"
        return outer
    }
}
