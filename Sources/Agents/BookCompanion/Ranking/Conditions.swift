import Chat
import Substrings

/// What a recommended work must meet. Built from a wish; loosened step by step when too little is left.
struct Conditions: Sendable {
    struct Audience: Sendable {
        /// Its place in the lexicon.
        var concept: Int
        var isGrownUps: Bool
        var isSmallChildren: Bool
    }

    var years: ClosedRange<Int>?
    var languages: [String] = []
    /// Whether it must have been written in the language, not only be there in it.
    var isOriginal = false
    var nations: [NationTable.Nation] = []
    /// Empty: any.
    var lengths: Set<BookLength> = []
    /// Whether works of unknown length pass when a length is asked for.
    var admitsUnknownLength = false
    /// Forms that must be met: who asks for poetry wants no novels.
    /// Places in the lexicon.
    var forms: [Int] = []
    var audiences: [Audience] = []

    /// Who asks in English and names no language reads English.
    var needsEnglish = true
    /// Who asks for novels wants no history books.
    var excludesFacts = false
    /// Who asks for non-fiction wants no stories.
    var excludesFiction = false

    // What is never loosened.
    private(set) var excludedAuthors: [FoldedName] = []
    private(set) var excludedConcepts: [Int] = []
    private(set) var excludedNations: [NationTable.Nation] = []
    private(set) var excludedIDs: Set<BookID> = []
    private(set) var excludedTitles: [(key: String, authors: [FoldedName])] = []
    private(set) var series: [Series] = []
    private(set) var refusals: [Taste.Leaning] = []
    private(set) var requiredAuthors: [FoldedName] = []
    /// As `StemmedText` looks for them.
    private(set) var excludedPhrases: [[UInt8]] = []
    private(set) var excludedPeriods: [ClosedRange<Int>] = []

    init(_ wish: Wish, taste: Taste) {
        years = wish.period.flatMap { $0.isLoose ? nil : $0.years }
        languages = wish.languages
        isOriginal = wish.isOriginal
        nations = wish.nations
        lengths = wish.lengths
        forms = wish.concepts.filter { Self.strictForms.contains($0.name) }.map(\.id)
        audiences = wish.concepts.filter { $0.kind == .audience }.map {
            Audience(
                concept: $0.id, isGrownUps: $0.name == "grown-ups", isSmallChildren: $0.name == "picture books")
        }
        excludesFacts =
            wish.concepts.contains { $0.name == "novel" || $0.name == "novella" }
            && !wish.concepts.contains { $0.name == "non-fiction" || $0.name == "memoir" || $0.name == "history" }
        excludesFiction = wish.concepts.contains { $0.name == "non-fiction" }
        compare(wish)
        excludedAuthors = wish.excludedAuthors.map(FoldedName.init)
        excludedConcepts = wish.excludedConcepts.map(\.id)
        excludedNations = wish.excludedNations
        requiredAuthors = wish.authors.map(FoldedName.init)
        excludedPhrases = wish.excludedPhrases.map(StemmedText.phrase)
        excludedPeriods = wish.excludedPeriods.map(\.years)
        series = wish.knownSeries
        let works = wish.knownWorks + wish.excludedWorks
        excludedIDs = Set(works.map(\.id))
        if wish.wantsOthers { excludedIDs.formUnion(wish.shown) }
        excludedIDs.formUnion(taste.settled)
        excludedTitles = works.map { (Folding.titleKey($0.title), $0.authors.map(FoldedName.init)) }
        // The user's standing "never" holds unless this message asks for the very thing.
        refusals = taste.leanings.filter { leaning in
            guard leaning.isRefusal else { return false }
            if let concept = leaning.concept { return !wish.concepts.contains(concept) }
            if leaning.preference.type == .author {
                return !wish.authors.contains { AuthorMatch.isSame(leaning.words, as: $0, isFuzzy: false) }
            }
            if leaning.preference.type == .language { return !wish.languages.contains(leaning.language ?? "") }
            return true
        }
    }

    private let children = Lexicon.shared["children's"]?.id ?? -1
    private let young = Lexicon.shared["young adult"]?.id ?? -1

    /// Forms that exclude each other in what readers mean by them.
    private static let strictForms: Set<String> = [
        "poetry", "plays", "essays", "letters", "diaries", "biography", "opera",
    ]

    private mutating func compare(_ wish: Wish) {
        let references = wish.references
        for comparison in wish.comparisons {
            switch comparison {
            case .shorter:
                let longest = references.compactMap(\.length).max { $0.rank < $1.rank } ?? .medium
                lengths = Set(BookLength.allCases.filter { $0.rank < max(longest.rank, 1) })
            case .longer:
                let shortest = references.compactMap(\.length).min { $0.rank < $1.rank } ?? .medium
                lengths = Set(BookLength.allCases.filter { $0.rank > min(shortest.rank, 1) })
            case .older:
                let year = references.compactMap(\.approximateYear).min() ?? 1900
                years = PeriodReader.earliest...(year - 1)
            case .newer:
                let year = references.compactMap(\.approximateYear).max() ?? 1950
                years = (year + 1)...max(PeriodReader.latest, year + 1)
            }
        }
    }

    /// Puts into a query what the catalogue can check itself.
    func apply(to query: inout CatalogQuery) {
        query.years = years
        query.languages = languages
        // Unwanted authors are left out afterwards: for a name that it does not have, the catalogue would look through all
        // of its authors with every query.
        query.excludedBooks = Array(excludedIDs.prefix(200))
        if !lengths.isEmpty, !admitsUnknownLength {
            query.lengths = BookLength.allCases.filter { lengths.contains($0) }
        }
    }

    /// Whether a work meets them all.
    func admits(_ work: Work, taste: Taste) -> Bool {
        // The cheap conditions first: this is asked of thousands.
        let (entry, traits) = (work.entry, work.traits)
        if !meetsLoosable(entry, traits) || excludedIDs.contains(entry.id) { return false }
        if !requiredAuthors.isEmpty, !requiredAuthors.mayShareAuthor(with: work.authors) { return false }
        for concept in excludedConcepts where traits.isStated(concept) && traits[concept] >= 0.5 { return false }
        for author in excludedAuthors where work.authors.contains(where: { $0.isSamePerson(as: author) }) {
            return false
        }
        for known in excludedTitles
        where (known.authors.mayShareAuthor(with: work.authors) || Self.haveNames(known.authors, work.authors))
            && Self.isSameTitle(known.key, work.titleKey)
        {
            return false
        }
        for series in series where SeriesTable.contains(series, titleKey: work.titleKey) { return false }
        for nation in excludedNations where isOf(nation, entry, traits) { return false }
        for leaning in refusals where taste.match(leaning, work) > 0.5 { return false }
        return !isRefused(entry)
    }

    /// Whether a refused name or word stands in the title or a subject, or the work is of a refused time.
    private func isRefused(_ entry: CatalogEntry) -> Bool {
        for years in excludedPeriods {
            if let period = entry.period, period.share(in: years) > 0.5 { return true }
        }
        guard !excludedPhrases.isEmpty else { return false }
        var text = StemmedText()
        text.append(entry.title)
        for subject in entry.subjects { text.append(subject) }
        return excludedPhrases.contains { text.contains($0) }
    }

    private func meetsLoosable(_ entry: CatalogEntry, _ traits: Traits) -> Bool {
        if let years {
            guard let period = entry.period, period.overlaps(years) else { return false }
            // That somebody lived then does not prove that a book is of that year.
            if entry.year == nil, period.share(in: years) < 0.1 { return false }
        }
        if languages.isEmpty {
            if isForeign(entry, traits) { return false }
        } else if !languages.contains(where: { isOriginal ? entry.languages.first == $0 : entry.languages.contains($0) }
        ) {
            return false
        }
        if excludesFacts, traits.isFactual || traits.isVerse { return false }
        if excludesFiction, traits.isFiction { return false }
        if !lengths.isEmpty {
            if let length = entry.length {
                if !lengths.contains(length) { return false }
            } else if !admitsUnknownLength {
                return false
            }
        }
        if !nations.isEmpty, !nations.contains(where: { isOf($0, entry, traits) }) { return false }
        if !forms.isEmpty, !forms.contains(where: { traits[$0] >= 0.45 }) { return false }
        for audience in audiences {
            if audience.isGrownUps {
                if traits.against.contains(audience.concept) || traits[children] >= 0.3 || traits[young] >= 0.3 {
                    return false
                }
            } else if audience.isSmallChildren {
                if !isForSmallChildren(entry), traits[audience.concept] < 0.3 || traits[children] < 0.3 { return false }
            } else if traits[audience.concept] < 0.3 {
                return false
            }
        }
        return true
    }

    /// Few catalogues tell the age: a short and gentle book for children.
    private func isForSmallChildren(_ entry: CatalogEntry) -> Bool {
        entry.length == .short && entry.subjects.contains("children's")
            && entry.subjects.contains { ["animals", "cosy", "fairy tale", "toys", "nature"].contains($0) }
    }

    /// Whether there is probably no English text. A little-known entry in English and one other language is a translation
    /// from English into that language.
    private func isForeign(_ entry: CatalogEntry, _ traits: Traits) -> Bool {
        guard needsEnglish, !entry.languages.isEmpty else { return false }
        // Of what everybody knows there is a translation, whether or not this catalogue lists one.
        if entry.popularity < 0.6, traits.hasForeignTitle, entry.languages.count != 1 || entry.languages[0] != "en" {
            return true
        }
        guard entry.popularity < 0.3 else { return false }
        return !entry.languages.contains("en") || (entry.languages.count == 2 && entry.languages[0] == "en")
    }

    private func isOf(_ nation: NationTable.Nation, _ entry: CatalogEntry, _ traits: Traits) -> Bool {
        if let known = traits.nation { return NationTable.isOf(known, asked: nation.name) }
        if nation.language != "en" { return entry.languages.first == nation.language }
        return nation.name == "english" && entry.languages.first == "en" && entry.languages.count == 1
            && traits.nation == nil
            ? !entry.subjects.contains { $0.contains("united states") || $0.contains("american") } : false
    }

    /// "Miguel de Cervantes" and "Miguel de Cervantes Saavedra": two names of one are two of the other's.
    private static func haveNames(_ left: [FoldedName], _ right: [FoldedName]) -> Bool {
        left.contains { name in
            right.contains { other in name.words.count { $0.utf8.count > 3 && other.words.contains($0) } >= 2 }
        }
    }

    /// "Round the World in Eighty Days", "The Life and Adventures of Robinson Crusoe": other names of a known book.
    static func isSameTitle(_ known: String, _ other: String) -> Bool {
        if known == other { return true }
        // "Frankenstein, or the Modern Prometheus"; but "Foundation and Empire" is another book than "Foundation".
        if other.utf8.starts(with: known.utf8), other.utf8.dropFirst(known.utf8.count).starts(with: " or ".utf8) {
            return true
        }
        if LooseTitles.areAkin(known, other) { return true }
        return known.utf8.count >= 12 && abs(known.utf8.count - other.utf8.count) <= 6
            && EditDistance.slips(known, other, limit: max(2, known.utf8.count / 8)) != nil
    }
}

extension BookLength {
    /// 0, 1, 2 from short to long.
    var rank: Int {
        switch self {
        case .short: 0
        case .medium: 1
        case .long: 2
        }
    }
}

extension CatalogEntry {
    /// The year, or the middle of the period, in which it was written.
    var approximateYear: Int? { year ?? period.map { ($0.lowerBound + $0.upperBound) / 2 } }
}
