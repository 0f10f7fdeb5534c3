import Chat

/// A user's preferences as the ranking uses them: the user's own word where there is one, else what was inferred.
struct Taste: Sendable {
    /// An object, because every candidate is held against it.
    final class Leaning: Sendable {
        let preference: Preference
        /// The concept a topic names; nil when the lexicon has none.
        let concept: Concept?
        /// Folded value.
        let key: String
        /// The key's words.
        let words: [String]
        let years: ClosedRange<Int>?
        let language: String?
        let length: BookLength?

        init(_ preference: Preference, lexicon: Lexicon) {
            self.preference = preference
            words = Folding.words(preference.value)
            key = words.joined(separator: " ")
            concept = preference.type == .topic ? lexicon.concept(named: preference.value) : nil
            years = preference.type == .era ? Taste.years(preference.value) : nil
            language = preference.type == .language ? Taste.language(preference.value) : nil
            length = preference.type == .length ? Taste.length(preference.value) : nil
        }

        /// -1 to 1: the weight, less sure ones counting less.
        var strength: Double { preference.weight * preference.confidence }
        /// The user said "never".
        var isRefusal: Bool { preference.source == .override && preference.weight <= -0.95 }
    }

    let leanings: [Leaning]
    /// Books that the user wants no more: read, or not for them.
    let settled: Set<BookID>

    init(_ preferences: [Preference] = [], marked: [MarkedBook] = [], lexicon: Lexicon = .shared) {
        settled = Set(marked.map(\.id))
        let overridden = Set(preferences.filter { $0.source == .override }.map { Self.key($0) })
        leanings = preferences.filter { $0.source == .override || !overridden.contains(Self.key($0)) }.map {
            Leaning($0, lexicon: lexicon)
        }
    }

    private static func key(_ preference: Preference) -> String {
        preference.type.rawValue + " " + Folding.fold(preference.value)
    }

    static func years(_ text: String) -> ClosedRange<Int>? {
        PeriodReader(tokens: Tokenizer.tokens(of: text)).read()?.years
            ?? PeriodReader(tokens: Tokenizer.tokens(of: "from " + text)).read()?.years
    }

    static func language(_ text: String) -> String? {
        let key = Folding.fold(text)
        if let nation = NationTable.named(key) { return nation.language }
        return NationTable.all.contains { $0.language == key } ? key : nil
    }

    static func length(_ text: String) -> BookLength? {
        let key = Folding.fold(text)
        return BookLength(rawValue: key)
            ?? LengthReader.read(Tokenizer.tokens(of: text), stances: [.wanted, .wanted, .wanted, .wanted])?.lengths
            .first
    }

    /// How much a work is to the user's taste by one leaning: 0 when it does not concern it, up to 1.
    func match(_ leaning: Leaning, _ work: Work) -> Double {
        switch leaning.preference.type {
        case .topic:
            if let concept = leaning.concept {
                let strength = work.traits[concept.id]
                if strength > 0 { return strength }
            }
            return work.hasSubject(folded: leaning.key) ? 0.9 : 0
        case .author:
            return work.authors.contains { AuthorMatch.isSame(leaning.words, as: $0, isFuzzy: false) } ? 1 : 0
        case .era:
            guard let years = leaning.years, let period = work.entry.period else { return 0 }
            return years.overlaps(period) ? 1 : 0
        case .length:
            return leaning.length != nil && work.entry.length == leaning.length ? 1 : 0
        case .language:
            guard let language = leaning.language else { return 0 }
            return work.entry.languages.contains(language) ? 1 : 0
        }
    }
}
