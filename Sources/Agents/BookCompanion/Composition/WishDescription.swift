import Chat

/// Says a wish back in words, so that the reader sees what was understood.
enum WishDescription {
    /// A noun phrase: "short Victorian ghost stories by M. R. James, in French, but no love stories".
    static func text(of wish: Wish) -> String {
        var before = wish.comparisons.prefix(2).map(\.label)
        let isCompared = wish.comparisons.contains { [.shorter, .longer].contains($0) }
        if !isCompared, wish.lengths.count == 1, let length = wish.lengths.first {
            before.append(length == .medium ? "middling-length" : length.rawValue)
        }
        if let period = wish.period, !isPhrase(period.label) { before.append(period.label) }
        for mood in wish.concepts.filter({ $0.kind == .mood }).compactMap({ Phrase.adjective($0.name) }).prefix(2)
        where !before.contains(mood) {
            before.append(mood)
        }
        before += wish.nations.prefix(2).map(\.label)
        var text = (before + [noun(wish)]).joined(separator: " ")
        if let author = wish.authors.first {
            text += " by " + Phrase.list([author] + wish.authors.dropFirst().prefix(1))
        }
        let topics = wish.concepts.filter { $0.kind == .topic }
        if !topics.isEmpty { text += " about " + Phrase.list(topics.prefix(3).map { Phrase.subject($0.name) }) }
        if !wish.seeds.isEmpty {
            text += " like " + Phrase.list(wish.seeds.prefix(3).map { "*\(Phrase.plain($0.title))*" })
        } else if let author = wish.seedAuthors.first {
            text += " in the manner of " + author
        }
        // Of two readers the narrower one: "picture books" are for children.
        let audiences = wish.concepts.filter { $0.kind == .audience }
        if let audience = audiences.first(where: { $0.name != "children's" }) ?? audiences.first {
            text += " for " + Phrase.reader(audience.name)
        }
        if let period = wish.period, isPhrase(period.label) { text += " from " + period.label }
        if !wish.languages.isEmpty {
            text += " in " + Phrase.list(wish.languages.map { NationTable.label(ofLanguage: $0) }, joint: "or")
        }
        let unwanted = unwanted(wish)
        if !unwanted.isEmpty { text += ", but no " + Phrase.list(unwanted, joint: "or") }
        return text
    }

    /// The same, condition by condition: "like The Time Machine", "hopeful", "before 1900", "no love stories".
    static func parts(of wish: Wish) -> [String] {
        var parts = wish.seeds.prefix(3).map { "like \($0.title)" }
        if parts.isEmpty { parts += wish.seedAuthors.prefix(2).map { "like \($0)" } }
        parts += wish.authors.prefix(2).map { "by \($0)" }
        parts += wish.lengths.map(\.rawValue).sorted()
        parts += wish.concepts.prefix(6).map {
            $0.kind == .audience ? "for \(Phrase.reader($0.name))" : Phrase.subject($0.name)
        }
        parts += [wish.period?.label].compactMap { $0 }
        parts += wish.nations.prefix(2).map(\.label)
        parts += wish.languages.prefix(2).map { "in \(NationTable.label(ofLanguage: $0))" }
        parts += wish.comparisons.prefix(2).map(\.label)
        if parts.isEmpty { parts += wish.words.prefix(4) }
        return parts + unwanted(wish).map { "no \($0)" }
    }

    /// What is left out on request.
    static func unwanted(_ wish: Wish) -> [String] {
        let authors = wish.excludedAuthors.filter { author in !wish.seedAuthors.contains(author) }
        return Array(
            (authors + wish.excludedPeriods.map { "\($0.label) books" }
                + wish.excludedConcepts.map {
                    Phrase.adjective($0.name).map { "\($0) books" } ?? Phrase.subject($0.name)
                }
                + wish.excludedNations.map(\.label)
                + unnamed(wish)).prefix(4))
    }

    /// Refused words that no refused concept is called by.
    static func unnamed(_ wish: Wish) -> [String] {
        let read = Folding.stems(wish.setAside?.title ?? "")
        return wish.excludedPhrases.filter { phrase in
            !phrase.allSatisfy(read.contains)
                && !wish.excludedConcepts.contains { Folding.stems($0.name).contains(phrase.last ?? "") }
        }.map { $0.joined(separator: " ") }
    }

    private static func noun(_ wish: Wish) -> String {
        let kinds = wish.concepts.filter { $0.kind == .genre || $0.kind == .form }.map { plural[$0.name] ?? $0.name }
        // "Science fiction" that is to be a novel is one kind.
        if kinds.contains("novels"), let genre = kinds.first(where: { $0 != "novels" }) {
            return genre.hasSuffix(" books") ? genre.dropLast("books".count) + "novels" : genre
        }
        return kinds.isEmpty ? "books" : Phrase.list(Array(kinds.prefix(2)))
    }

    private static func isPhrase(_ label: String) -> Bool {
        label.contains { $0.isNumber } || label.hasPrefix("the ") || label.hasPrefix("before")
            || label.hasPrefix("after")
    }

    /// Several of a kind where the kind is a noun of that sort: "thrillers", "science fiction".
    static func several(_ kind: String) -> String {
        guard let name = plural[kind], !name.hasSuffix(" books") else { return kind }
        return name
    }

    static let plural: [String: String] = [
        "novel": "novels", "novella": "novellas", "western": "westerns", "thriller": "thrillers", "memoir": "memoirs",
        "biography": "biographies", "comedy": "comedies", "tragedy": "tragedies", "satire": "satires",
        "adventure": "adventure stories",
        "crime": "crime stories", "espionage": "spy stories", "gothic": "gothic tales", "horror": "horror stories",
        "epic": "epics",
        "romance": "love stories", "travel": "travel books", "history": "history books", "nature": "books on nature",
        "coming of age": "coming-of-age stories", "science fiction": "science fiction books",
        "fantasy": "fantasy books",
        "popular science": "popular science books", "poetry": "poems", "philosophy": "philosophy books",
        "detective fiction": "detective stories", "historical fiction": "historical novels",
        "psychological fiction": "psychological novels", "domestic fiction": "family novels",
        "political fiction": "political novels", "religion": "books on religion", "sociology": "books on society",
        "technology": "books on technology", "self-help": "self-help books", "reference": "reference books",
        "mythology": "books of myths", "folklore": "books of folklore", "magical realism": "magical realist books",
        "urban fantasy": "urban fantasy books", "opera": "operas", "non-fiction": "non-fiction books",
        "literary criticism": "books of criticism", "exploration": "books on exploration", "dystopia": "dystopias",
        "utopia": "utopias",
    ]
}
