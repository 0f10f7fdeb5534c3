import Chat

/// A user's preferences as the ranking uses them: the user's own word where there is one, else what was inferred.
struct Taste: Sendable {
    struct Leaning: Sendable {
        var preference: Preference
        /// The concept a topic names; nil when the lexicon has none.
        var concept: Concept?
        /// Folded value.
        var key: String
        var years: ClosedRange<Int>?
        var language: String?
        var length: BookLength?
        /// -1 to 1: the weight, less sure ones counting less.
        var strength: Double { preference.weight * preference.confidence }
        /// The user said "never".
        var isRefusal: Bool { preference.source == .override && preference.weight <= -0.95 }
    }

    let leanings: [Leaning]

    init(_ preferences: [Preference] = [], lexicon: Lexicon = .shared) {
        let overridden = Set(preferences.filter { $0.source == .override }.map { Self.key($0) })
        leanings = preferences.filter { $0.source == .override || !overridden.contains(Self.key($0)) }.map {
            preference in
            Leaning(
                preference: preference,
                concept: preference.type == .topic ? lexicon.concept(named: preference.value) : nil,
                key: Folding.fold(preference.value),
                years: preference.type == .era ? Self.years(preference.value) : nil,
                language: preference.type == .language ? Self.language(preference.value) : nil,
                length: preference.type == .length ? Self.length(preference.value) : nil)
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
    func match(_ leaning: Leaning, _ entry: CatalogEntry, _ traits: Traits) -> Double {
        switch leaning.preference.type {
        case .topic:
            if let concept = leaning.concept, traits[concept.id] > 0 { return traits[concept.id] }
            return entry.subjects.contains { Folding.fold($0) == leaning.key } ? 0.9 : 0
        case .author:
            return entry.authors.contains {
                AuthorMatch.isSame(leaning.key.split(separator: " ").map(String.init), as: $0, isFuzzy: false)
            } ? 1 : 0
        case .era:
            guard let years = leaning.years, let period = entry.period else { return 0 }
            return years.overlaps(period) ? 1 : 0
        case .length:
            return leaning.length != nil && entry.length == leaning.length ? 1 : 0
        case .language:
            guard let language = leaning.language else { return 0 }
            return entry.languages.contains(language) ? 1 : 0
        }
    }
}
