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

    /// What a book has of what was wished for: "fits your wish for mars and is on the dark side".
    static func fit(_ concepts: [Concept]) -> String {
        var parts: [String] = []
        let things = concepts.filter { $0.kind == .topic || $0.kind == .genre || $0.kind == .form }.map(\.name)
        if !things.isEmpty { parts.append("fits your wish for \(list(things))") }
        let moods = concepts.filter { $0.kind == .mood && adjectives.contains($0.name) }.map(\.name)
        if !moods.isEmpty { parts.append("is on the \(list(moods)) side") }
        for concept in concepts where concept.kind == .mood && !adjectives.contains(concept.name) {
            parts.append(concept.name == "classics" ? "is a classic" : "has \(concept.name)")
        }
        for concept in concepts where concept.kind == .audience { parts.append("is fit for \(reader(concept.name))") }
        return list(parts)
    }

    /// Moods whose names are adjectives.
    static let adjectives: Set<String> = [
        "funny", "gentle", "creepy", "dark", "sad", "uplifting", "exciting", "thoughtful", "lyrical", "light",
        "strange", "mysterious", "serious",
    ]

    /// The readers an audience's name means.
    static func reader(_ audience: String) -> String {
        switch audience {
        case "children's": "children"
        case "picture books": "small children"
        case "young adult": "young people"
        default: audience
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
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { ["*", "_", "\n", "\r", "`"].contains($0) ? " " : $0 }))
    }
}
