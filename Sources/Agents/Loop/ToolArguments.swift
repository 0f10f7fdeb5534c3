import JSON

/// The arguments of a call as a model wrote them: read with some patience, and never trusted.
struct ToolArguments: Sendable {
    private static let maximumBytes = 8_192

    private let object: JSONObject

    /// - Throws: `ToolFailure` when they are no JSON object, or too long.
    init(json text: String) throws(ToolFailure) {
        guard text.utf8.count <= Self.maximumBytes else {
            throw ToolFailure("The arguments have more than \(Self.maximumBytes) bytes; shorten them.")
        }
        if text.allSatisfy(\.isWhitespace) {
            object = JSONObject()
        } else if case .object(let object)? = try? JSONValue(parsing: Array(text.utf8)) {
            self.object = object
        } else {
            throw ToolFailure("The arguments are not a JSON object; write one that follows the tool's schema.")
        }
    }

    private init(_ object: JSONObject) { self.object = object }

    /// Objects, each to be read like the arguments. Empty when it is left out.
    /// - Throws: `ToolFailure` for anything else, or more than `count`.
    func objects(_ key: String, count: Int) throws(ToolFailure) -> [ToolArguments] {
        guard let value = object[key], !value.isNull else { return [] }
        guard let values = value.arrayValue, values.count <= count else {
            throw ToolFailure("\(key) must be a list of at most \(count) objects.")
        }
        var objects: [ToolArguments] = []
        for value in values {
            guard let object = value.objectValue else { throw ToolFailure("\(key) must be a list of objects.") }
            objects.append(ToolArguments(object))
        }
        return objects
    }

    /// A text without white space around it; nil when it is left out, null or empty.
    /// - Throws: `ToolFailure` for anything else, or more than `bytes` bytes.
    func text(_ key: String, bytes: Int = 300) throws(ToolFailure) -> String? {
        switch object[key] {
        case nil, .null: return nil
        case .string(let text): return try Self.checked(text, key, bytes)
        case .integer(let number): return String(number)
        default: throw ToolFailure("\(key) must be a string.")
        }
    }

    /// - Throws: `ToolFailure` also when it is left out.
    func requiredText(_ key: String, bytes: Int = 300) throws(ToolFailure) -> String {
        guard let text = try text(key, bytes: bytes) else { throw ToolFailure("\(key) is missing.") }
        return text
    }

    /// Texts; one alone need be no list. Empty when it is left out.
    /// - Throws: `ToolFailure` for anything else, or more than `count`.
    func texts(_ key: String, count: Int = 8, bytes: Int = 200) throws(ToolFailure) -> [String] {
        guard case .array(let values)? = object[key] else { return try text(key, bytes: bytes).map { [$0] } ?? [] }
        guard values.count <= count else { throw ToolFailure("\(key) must have at most \(count) entries.") }
        var texts: [String] = []
        for value in values {
            guard let text = value.stringValue else { throw ToolFailure("\(key) must be a list of strings.") }
            if let text = try Self.checked(text, key, bytes) { texts.append(text) }
        }
        return texts
    }

    /// A number, also where it was written as a string; nil when it is left out.
    /// - Throws: `ToolFailure` for anything else, or one outside of `range`.
    func number(_ key: String, in range: ClosedRange<Double>) throws(ToolFailure) -> Double? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let number = value.numberValue ?? value.stringValue.flatMap(Double.init), range.contains(number) else {
            throw ToolFailure("\(key) must be a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// A whole number, the nearest one in `range`; nil when it is left out.
    /// - Throws: `ToolFailure` for anything else.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(ToolFailure) -> Int? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let number = value.integerValue.map(Int.init) ?? value.stringValue.flatMap({ Int($0) }) else {
            throw ToolFailure("\(key) must be a whole number.")
        }
        return min(max(number, range.lowerBound), range.upperBound)
    }

    /// False when it is left out.
    /// - Throws: `ToolFailure` for anything but true and false.
    func flag(_ key: String) throws(ToolFailure) -> Bool {
        guard let value = object[key], !value.isNull else { return false }
        if let flag = value.boolValue ?? value.stringValue.flatMap({ Bool($0) }) { return flag }
        throw ToolFailure("\(key) must be true or false.")
    }

    /// One of a few words; nil when it is left out.
    /// - Throws: `ToolFailure` for any other.
    func word<Word: RawRepresentable & CaseIterable>(
        _ key: String, as type: Word.Type
    ) throws(ToolFailure) -> Word? where Word.RawValue == String {
        guard let text = try text(key) else { return nil }
        if let word = Word(rawValue: text) ?? Word(rawValue: text.lowercased()) { return word }
        throw ToolFailure("\(key) must be one of: \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
    }

    private static func checked(_ text: String, _ key: String, _ bytes: Int) throws(ToolFailure) -> String? {
        guard text.utf8.count <= bytes else { throw ToolFailure("\(key) must have at most \(bytes) bytes.") }
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}

extension String {
    /// On one line and at most `bytes` bytes long, for a summary: a reader sees it, and a model may have written it.
    func summarized(bytes: Int = 120) -> String {
        var line = ""
        for scalar in unicodeScalars {
            let isLine =
                scalar.properties.generalCategory == .control || scalar.value == 0x2028 || scalar.value == 0x2029
            line.unicodeScalars.append(isLine ? " " : scalar)
            if line.utf8.count >= bytes { return line + "…" }
        }
        return line
    }
}
