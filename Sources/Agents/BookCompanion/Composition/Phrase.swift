import Chat
import Substrings

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

    /// One of several ways to say the same.
    static func turned(_ turn: Int, _ ways: [String]) -> String { ways[abs(turn) % ways.count] }

    /// What a book has of what was wished for: "is a ghost story about mars", "is dark".
    static func fit(_ concepts: [Concept]) -> String {
        var parts: [String] = []
        let kind = concepts.first { $0.kind == .genre || $0.kind == .form }.map { one($0.name) }
        let topics = concepts.filter { $0.kind == .topic }.map { subject($0.name) }
        let about = topics.isEmpty ? "" : "about \(list(topics))"
        if kind != nil || !topics.isEmpty {
            parts.append((["is"] + [kind, about].compactMap { $0 }.filter { !$0.isEmpty }).joined(separator: " "))
        }
        let moods = concepts.filter { $0.kind == .mood && $0.name != "classics" }.compactMap { adjective($0.name) }
        if !moods.isEmpty { parts.append("is \(list(moods))") }
        if concepts.contains(where: { $0.name == "classics" }) { parts.append("is a classic") }
        for concept in concepts where concept.kind == .audience { parts.append("is for \(reader(concept.name))") }
        return list(parts)
    }

    /// Subjects, moods and kinds in one noun phrase: "dark science fiction about evolution" for "evolution, science fiction, dark".
    static func kinds(_ names: [String]) -> String {
        let concepts = names.map { Lexicon.shared.concept(named: $0) }
        func named(_ kinds: Set<Concept.Kind>) -> [String] {
            zip(names, concepts).filter { $0.1.map { kinds.contains($0.kind) } ?? false }.map(\.0)
        }
        let moods = names.filter { Self.moods.contains($0) || named([.mood]).contains($0) && adjective($0) != nil }
        let kind = named([.genre, .form]).first
        let rest = names.filter {
            !moods.contains($0) && $0 != kind && !Work.emptySubjects.contains($0) && !$0.contains("#")
        }
        let about = rest.isEmpty ? "" : " about \(list(rest.map(subject)))"
        // "Philosophical", "gothic": a kind's name that is no noun.
        let noun = kind.map(WishDescription.several) ?? "books"
        return (moods.map { adjective($0) ?? $0 } + [noun.hasSuffix("al") ? noun + " books" : noun]).joined(
            separator: " ") + about
    }

    /// One book of a kind: "a ghost story", "science fiction".
    private static func one(_ kind: String) -> String {
        let singular = [
            "crime": "crime story", "romance": "love story", "horror": "horror story", "gothic": "gothic tale",
            "espionage": "spy story", "adventure": "adventure story", "coming of age": "coming-of-age story",
            "travel": "travel book",
            "diaries": "diary", "plays": "play", "fairy tales": "fairy tale", "essays": "collection of essays",
            "poetry": "book of poems", "short stories": "collection of stories", "letters": "book of letters",
            "history": "history", "detective fiction": "detective story", "historical fiction": "historical novel",
            "domestic fiction": "family novel", "psychological fiction": "psychological novel",
            "political fiction": "political novel", "non-fiction": "work of non-fiction", "nature": "book on nature",
            "mythology": "book of myths", "fables": "book of fables", "self-help": "self-help book",
        ]
        let countable: Set<String> = [
            "thriller", "western", "novel", "novella", "dystopia", "utopia", "epic", "tragedy", "comedy", "biography",
            "memoir", "satire",
            "opera",
        ]
        var name = singular[kind]
        if name == nil, countable.contains(kind) { name = kind }
        if name == nil, kind.hasSuffix(" stories"), kind != "short stories" { name = kind.dropLast(7) + "story" }
        guard let name else { return kind }
        return ("aeiou".contains(name.prefix(1)) ? "an " : "a ") + name
    }

    /// A mood as an adjective; nil for one that has none.
    static func adjective(_ mood: String) -> String? {
        switch mood {
        case "classics": "classic"
        case "epic sweep": "sweeping"
        default: adjectives.contains(mood) ? mood : nil
        }
    }

    /// A subject with the capitals that it has in the title: "Mary Somerville".
    private static func spelled(_ subject: String, as title: String) -> String {
        let words = title.split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "-") }
        let wanted = subject.split(separator: " ").map { $0.lowercased() }
        guard !wanted.isEmpty, words.count >= wanted.count else { return Phrase.subject(subject) }
        for start in 0...(words.count - wanted.count) {
            let part = words[start..<(start + wanted.count)]
            if part.map({ $0.lowercased() }) == wanted { return part.joined(separator: " ") }
        }
        return Phrase.subject(subject)
    }

    /// A book by the catalogue's subjects: "a detective story about private investigators and London"; nil where these say nothing.
    /// - Parameter entry: its series and its own name are no subjects.
    static func described(_ entry: CatalogEntry) -> String? {
        let subjects = entry.subjects
        let series = subjects.compactMap { SeriesBooks.split($0)?.name }.map(Folding.titleKey)
        let own = Folding.titleKey(entry.title)
        var kind: String?
        var moods: [String] = []
        var topics: [String] = []
        for subject in subjects where !Work.emptySubjects.contains(subject) && !subject.contains("#") {
            let concept = Lexicon.shared.concept(named: subject)
            if adjectives.contains(subject) {
                moods.append(subject)
            } else if let concept, concept.kind == .genre || concept.kind == .form {
                if kind == nil { kind = one(concept.name) }
            } else if concept?.kind != .audience, concept?.kind != .mood,
                !series.contains(Folding.titleKey(subject)), Folding.titleKey(subject) != own,
                !topics.contains(where: { subject.contains($0) })
            {
                topics.append(subject)
            }
        }
        guard kind != nil || !topics.isEmpty else { return nil }
        let about = topics.isEmpty ? "" : " about \(list(topics.prefix(3).map { spelled(plain($0), as: entry.title) }))"
        return (kind ?? "a book") + about
    }

    /// All adjectives among the catalogue's terms, which are no subjects.
    static let moods = adjectives.union([
        "dreamlike", "eerie", "eye-opening", "fast-paced", "melancholy", "philosophical", "suspenseful", "tender",
        "thought-provoking", "tragic",
        "whimsical", "witty", "cosy",
    ])

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
        case .topic: adjectives.contains(preference.value) ? "\(preference.value) books" : subject(preference.value)
        case .author: capitalized(preference.value)
        case .era:
            preference.value.contains { $0.isNumber } || preference.value.hasPrefix("the ")
                ? "books from \(preference.value)" : "\(preference.value) books"
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
