import Substrings

/// What chat-fcgi.json5.example says of each key: it is in the program, so that the two cannot differ.
///
/// The file's form is simple: a key of a section stands in a line of its own with its comment behind it, or in the section's line; a
/// comment above a section is about all of it.
struct ConfigurationManual {
    struct Entry {
        var text: [String]
        /// As the example has it; nil for a whole section.
        var example: String?
    }

    private struct Section {
        var name: String
        var text: [String]
        var example: String?
        var members: [(key: String, entry: Entry)] = []
    }

    private var sections: [Section] = []

    /// Sections whose members have names of the operator's own.
    private static let open: Set<String> = ["providers", "models"]

    init(_ example: String) {
        var comment: [String] = []
        for line in example.split(separator: "\n", omittingEmptySubsequences: false) {
            let indentation = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indentation)
            if indentation == 2, let (name, value) = Self.key(of: rest) {
                var section = Section(name: name, text: comment)
                section.members = Self.members(in: value)
                let written = Self.parts(of: value).value
                if section.members.isEmpty, written.count > 1 { section.example = written }
                sections.append(section)
                comment = []
            } else if indentation == 2, rest.hasPrefix("// ") {
                comment.append(String(rest.dropFirst(3)))
            } else if indentation > 2, !sections.isEmpty {
                read(rest, indentation)
            } else if rest.isEmpty {
                comment = []
            }
        }
    }

    /// Every key, those in sections with the section's name before them.
    var keys: [String] {
        sections.flatMap { section in
            section.members.isEmpty ? [section.name] : section.members.map { "\(section.name).\($0.key)" }
        }
    }

    func entry(for key: String) -> Entry? {
        let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
        guard let section = sections.first(where: { $0.name == parts.first }) else { return nil }
        guard parts.count == 2 else { return Entry(text: section.text, example: section.example) }
        guard let member = section.members.first(where: { $0.key == parts[1] }) else { return nil }
        return member.entry.text.isEmpty
            ? Entry(text: section.text, example: member.entry.example) : member.entry
    }

    /// A line inside a section.
    private mutating func read(_ line: Substring, _ indentation: Int) {
        let last = sections.count - 1
        guard !Self.open.contains(sections[last].name) else { return }
        if indentation == 4, let (key, value) = Self.key(of: line) {
            let parts = Self.parts(of: value)
            sections[last].members.append((key, Entry(text: parts.comment.map { [$0] } ?? [], example: parts.value)))
        } else if line.hasPrefix("// "), !sections[last].members.isEmpty {
            let member = sections[last].members.count - 1
            sections[last].members[member].entry.text.append(String(line.dropFirst(3)))
        }
    }

    /// Of a section that has one line: `{ level: "info", format: "text" },`.
    private static func members(in value: Substring) -> [(key: String, entry: Entry)] {
        guard value.first == "{", let end = value.lastIndex(of: "}") else { return [] }
        return value[value.index(after: value.startIndex)..<end].parts(separatedBy: ", ").compactMap { part in
            key(of: part.drop { $0 == " " }).map { key, value in
                (key, Entry(text: [], example: String(parts(of: value).value)))
            }
        }
    }

    /// `key: value`; what is left out by default stands behind `//`, and begins as a value does, unlike a sentence.
    private static func key(of line: Substring) -> (key: String, value: Substring)? {
        let isComment = line.hasPrefix("// ")
        let text = isComment ? line.dropFirst(3) : line
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return nil }
        let key = text[..<colon]
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        guard key.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }), let first = value.first,
            !isComment || first == "{" || first.isNumber
        else { return nil }
        return (String(key), value)
    }

    /// The value without its comma, and the comment behind it.
    private static func parts(of text: Substring) -> (value: String, comment: String?) {
        var value = text
        var comment: String?
        if let start = text.indices.first(where: { text[$0...].hasPrefix(" // ") }) {
            value = text[..<start]
            comment = String(text[text.index(start, offsetBy: 4)...])
        }
        while let last = value.last, last == " " || last == "," { value = value.dropLast() }
        return (String(value), comment)
    }
}
