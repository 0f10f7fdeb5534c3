import Substrings

/// The lines between two lines of `---` at the beginning of a Markdown file: `key: value`, one a line.
///
/// A small part of YAML: no nesting, no lists, no multi-line values. A value may stand in single or double quotes; `#` begins
/// a comment at the beginning of a line only. A file whose first line is no `---` has no front matter, which is no mistake.
public struct FrontMatter: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public var key: String
        public var value: String
        /// From 1.
        public var line: Int
    }

    public struct Mistake: Error, Sendable, Equatable {
        /// From 1.
        public var line: Int
        /// What is wrong and what to do.
        public var problem: String
    }

    /// Most lines.
    public static let maximumLines = 64

    /// In the order of the file; no key twice.
    public var fields: [Field]
    /// The line after the front matter, from 1; 1 when there is none.
    public var bodyLine: Int

    /// - Parameter lines: of the whole file, without their ends.
    /// - Throws: `Mistake`: a line without a colon, a key twice or none, an end that does not come.
    public init(lines: [Substring]) throws(Mistake) {
        fields = []
        bodyLine = 1
        guard let first = lines.first, Self.trimmed(first) == "---" else { return }
        for (index, line) in lines.enumerated().dropFirst() {
            let number = index + 1
            let text = Self.trimmed(line)
            if text == "---" {
                bodyLine = number + 1
                return
            }
            guard number <= Self.maximumLines else { break }
            if text.isEmpty || text.hasPrefix("#") { continue }
            guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
                throw Mistake(line: number, problem: "this is no \"key: value\"; write one, or end the head with ---")
            }
            let key = String(Self.trimmed(text[..<colon])).lowercased()
            guard !fields.contains(where: { $0.key == key }) else {
                throw Mistake(line: number, problem: "the key \(key) is there twice; remove one")
            }
            let value = Self.unquoted(Self.trimmed(text[text.index(after: colon)...]))
            fields.append(Field(key: key, value: value, line: number))
        }
        throw Mistake(
            line: 1,
            problem: "the head that begins here does not end within \(Self.maximumLines) lines; end it with ---")
    }

    /// The field of this key; nil when there is none.
    public subscript(key: String) -> Field? { fields.first { $0.key == key } }

    private static func unquoted(_ text: Substring) -> String {
        guard text.count >= 2, let first = text.first, first == "\"" || first == "'", text.last == first else {
            return String(text)
        }
        return String(text.dropFirst().dropLast())
    }

    private static func trimmed(_ text: Substring) -> Substring { text.trimming { " \t\r".contains($0) } }
}
