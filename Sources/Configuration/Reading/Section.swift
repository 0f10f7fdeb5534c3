/// One object of the file while it is read. A key becomes known by being asked for; `refuseUnknownKeys` then tells the
/// others, so that no second list of keys can differ from what is read.
struct Section {
    /// As in `providers.openai`; empty for the whole file.
    let path: String
    let location: TextLocation
    let members: [JSON5Member]
    let mistakes: MistakeList
    private var known: [String] = []

    /// A string of the file and its place.
    struct Text {
        var value: String
        var location: TextLocation
        var path: String
    }

    /// Nil when `value` is no object, which is told.
    init?(_ value: JSON5Value, at path: String, mistakes: MistakeList) {
        guard case .object(let members) = value.content else {
            mistakes.add(
                value.location, path, "must be an object, here is \(value.kindName)", "Write { … } with its keys inside"
            )
            return nil
        }
        self.path = path
        self.location = value.location
        self.members = members
        self.mistakes = mistakes
    }

    /// The path of a key in this object.
    func path(of key: String) -> String { keyPath(path, key) }

    /// The value of `key`, which is known from now on.
    mutating func value(_ key: String) -> JSON5Value? {
        known.append(key)
        return members.first { $0.key == key }?.value
    }

    /// Whether the file has `key`, which is known from now on.
    mutating func has(_ key: String) -> Bool { value(key) != nil }

    mutating func section(_ key: String) -> Section? {
        value(key).flatMap { Section($0, at: path(of: key), mistakes: mistakes) }
    }

    // MARK: - Numbers

    /// Reads a whole number into `setting`, which holds the default; leaves it when the key is absent or mistaken.
    /// - Parameter isRequired: there is no default to tell of.
    mutating func read(
        _ key: String, into setting: inout Int, _ range: ClosedRange<Int>, _ unit: String, isRequired: Bool = false
    ) {
        guard let value = value(key) else { return }
        let otherwise = isRequired ? "" : "; \(grouped(setting)) when the key is left out"
        let remedy =
            "Write a whole number from \(grouped(range.lowerBound)) to \(grouped(range.upperBound)) "
            + "(\(unit)\(otherwise)), without commas or quotes"
        let number: Int?
        switch value.content {
        case .integer(let integer): number = Int(exactly: integer)
        case .number(let double): number = Int(exactly: double)
        default: return wrongType(key, value, "a whole number", remedy)
        }
        guard let number else { return wrongType(key, value, "a whole number", remedy) }
        guard range.contains(number) else {
            let problem = number < range.lowerBound ? "is too small" : "is too large"
            return mistakes.add(value.location, path(of: key), "\(grouped(number)) \(problem)", remedy)
        }
        setting = number
    }

    /// Reads a number into `setting`, which holds the default; leaves it when the key is absent or mistaken.
    mutating func read(_ key: String, into setting: inout Double, _ range: ClosedRange<Double>, _ unit: String) {
        guard let value = value(key) else { return }
        let remedy =
            "Write a number from \(range.lowerBound) to \(range.upperBound) (\(unit); \(setting) when the key is left out)"
        let number: Double
        switch value.content {
        case .integer(let integer): number = Double(integer)
        case .number(let double): number = double
        default: return wrongType(key, value, "a number", remedy)
        }
        guard range.contains(number) else {
            return mistakes.add(value.location, path(of: key), "\(number) is out of range", remedy)
        }
        setting = number
    }

    // MARK: - Yes or no

    /// Reads true or false into `setting`, which holds the default; leaves it when the key is absent or mistaken.
    mutating func read(_ key: String, into setting: inout Bool) {
        guard let value = value(key) else { return }
        guard case .boolean(let flag) = value.content else {
            return wrongType(
                key, value, "true or false", "Write true or false, without quotes (\(setting) when the key is left out)"
            )
        }
        setting = flag
    }

    // MARK: - Texts

    /// The string of `key`, 1 to `maximum` bytes without control characters; nil when the key is absent or mistaken.
    mutating func text(_ key: String, _ meaning: String, maximum: Int = 4096) -> Text? {
        guard let value = value(key) else { return nil }
        let remedy = "Write \(meaning) in quotes"
        guard case .string(let text) = value.content else {
            wrongType(key, value, "a string", remedy)
            return nil
        }
        let problem: String? =
            if text.isEmpty {
                "must not be empty"
            } else if text.utf8.count > maximum {
                "has more than \(grouped(maximum)) bytes"
            } else if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                "has a control character in it"
            } else {
                nil
            }
        if let problem {
            mistakes.add(value.location, path(of: key), problem, remedy)
            return nil
        }
        return Text(value: text, location: value.location, path: path(of: key))
    }

    /// One of the words of an enumeration; nil when the key is absent or mistaken.
    mutating func word<Word>(_ key: String, as type: Word.Type = Word.self) -> Word?
    where Word: RawRepresentable & CaseIterable, Word.RawValue == String {
        guard let value = value(key) else { return nil }
        let words = Word.allCases.map(\.rawValue)
        let remedy = "Write \(alternatives(words.map { "\"\($0)\"" }))"
        guard case .string(let text) = value.content else {
            wrongType(key, value, "one of a few words", remedy)
            return nil
        }
        if let word = Word(rawValue: text) { return word }
        let guess = nearest(to: text, among: words).map { "; \"\($0)\" is near" } ?? ""
        mistakes.add(value.location, path(of: key), "\(quoted(text)) is not known here\(guess)", remedy)
        return nil
    }

    // MARK: - What is told

    func wrongType(_ key: String, _ value: JSON5Value, _ wanted: String, _ remedy: String) {
        let found = if case .number = value.content, wanted == "a whole number" { "another" } else { value.kindName }
        mistakes.add(value.location, path(of: key), "must be \(wanted), here is \(found)", remedy)
    }

    func add(_ text: Text, _ problem: String, _ remedy: String) {
        mistakes.add(text.location, text.path, problem, remedy)
    }

    /// Tells that a required key is not there.
    func missing(_ key: String, _ remedy: String) {
        mistakes.add(location, path(of: key), "is missing", remedy)
    }

    /// Tells each key that was never asked for, with the nearest one that was.
    func refuseUnknownKeys() {
        for member in members where !known.contains(member.key) {
            let remedy: String
            guard !mistakes.isFull else {
                mistakes.add(member.keyLocation, "", "", "")  // counts it; looking for near keys would take its time
                continue
            }
            if let near = nearest(to: member.key, among: known) {
                remedy = "Perhaps \(near) is meant"
            } else if let place = KeyPlaces.place(of: member.key, notIn: path) {
                remedy = "This key belongs \(place)"
            } else {
                remedy = "Remove it; known here: \(known.sorted().joined(separator: ", "))"
            }
            mistakes.add(member.keyLocation, path(of: member.key), "is no known key", remedy)
        }
    }
}
