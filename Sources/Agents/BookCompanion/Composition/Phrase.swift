import Chat

/// Small pieces of English.
enum Phrase {
    /// "a", "a and b", "a, b and c".
    static func list(_ items: [String], joint: String = "and") -> String {
        guard let last = items.last else { return "" }
        return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " \(joint) " + last
    }

    static func year(_ year: Int) -> String { year < 0 ? "\(-year) BC" : "\(year)" }

    static func length(_ length: BookLength) -> String {
        switch length {
        case .short: "short"
        case .medium: "of middling length"
        case .long: "long"
        }
    }

    static func preference(_ preference: Preference) -> String {
        switch preference.type {
        case .topic: preference.value
        case .author: capitalized(preference.value)
        case .era: "books from \(preference.value)"
        case .length: "\(preference.value) books"
        case .language: "books in \(capitalized(preference.value))"
        }
    }

    /// "leo tolstoy" is "Leo Tolstoy".
    static func capitalized(_ text: String) -> String {
        text.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }

    static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// "*Emma* by Jane Austen (1815)".
    static func book(_ entry: CatalogEntry) -> String {
        var text = "*\(plain(entry.title))*"
        if !entry.authors.isEmpty { text += " by \(list(Array(entry.authors.prefix(2))))" }
        if let year = entry.year { text += " (\(self.year(year)))" }
        return text
    }

    /// A catalogue's text must not end the emphasis it stands in, nor break the line.
    static func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { ["*", "_", "\n", "\r", "`"].contains($0) ? " " : $0 }))
    }
}
