import Chat

/// One work, put together from all that the sources say about it.
struct MergedWork: Equatable {
    var identifier: String
    var title: String
    var otherTitles: [String]
    /// As shown.
    var authors: [String]
    /// Every spelling of the authors' names that a source has.
    var allAuthors: [String]
    var year: Int?
    var period: ClosedRange<Int>?
    var languages: [String]
    var subjects: [String]
    var length: BookLength?
    var summary: String?
    var rating: Double?
    var popularity: Double
    /// Folded titles by which it is found.
    var titleKeys: [String]

    /// - Parameter records: at least one.
    init(_ records: [SourceRecord]) {
        let ranked = records.sorted { Self.isBefore($0, $1, linked: Self.linked(records)) }
        let editions = ranked.filter { $0.source == .gutenberg }
        let best = ranked[0]
        identifier = Self.identifier(ranked)
        title = best.title
        authors = ranked.first { !$0.authors.isEmpty }?.authors ?? []
        var names: [String] = []
        for name in ranked.flatMap(\.authors) where !names.contains(name) { names.append(name) }
        allAuthors = names
        var titles: [String] = []
        for text in ranked.flatMap({ [$0.title] + $0.otherTitles }) where !titles.contains(text) && text != best.title {
            titles.append(text)
        }
        otherTitles = Array(titles.prefix(12))

        let life = ranked.compactMap(\.period).first
        year = Self.year(ranked, life)
        period = year.map { $0...$0 } ?? life
        languages = Self.languages(ranked)
        subjects = Self.subjects(ranked)
        let isManyVolumes = editions.contains(where: \.isVolume)
        length =
            ranked.first { $0.source == .plain && $0.length != nil }?.length
            ?? ranked.first { $0.source == .goodreads && $0.length != nil }?.length
            ?? (isManyVolumes ? .long : ranked.compactMap(\.length).first)
        summary = ranked.compactMap(\.summary).first
        rating = ranked.compactMap(\.rating).first
        popularity = Prominence.together([
            ranked.filter { $0.source != .gutenberg }.map(\.prominence).max() ?? 0,
            editions.map(\.prominence).max() ?? 0,
            editions.contains { $0.prominence > 0 } ? Prominence.ofEditions(editions.filter { !$0.isVolume }.count) : 0,
        ])
        titleKeys = Set(ranked.flatMap(\.titleKeys)).sorted()
    }

    private static func linked(_ records: [SourceRecord]) -> Set<String> { Set(records.flatMap(\.links)) }

    /// The order in which records are believed, the same whatever the order they came in: by source; then the edition
    /// that an editor chose, whole works before volumes, English before other languages, low numbers before high ones.
    private static func isBefore(_ left: SourceRecord, _ right: SourceRecord, linked: Set<String>) -> Bool {
        func rank(_ record: SourceRecord) -> (Int, Int, Int, Int, Int) {
            (
                // A title in another script or tongue makes way for Goodreads' English one.
                record.source.precedence + (record.source == .gutenberg && !record.texts.contains("en") ? 2 : 0),
                linked.contains(record.identifier) ? 0 : 1, record.isVolume ? 1 : 0,
                record.texts.contains("en") ? 0 : 1,
                Int(record.key) ?? 0
            )
        }
        let (a, b) = (rank(left), rank(right))
        return a == b ? (left.source.rawValue, left.key) < (right.source.rawValue, right.key) : a < b
    }

    /// The shipped catalogue's identifier first: it is there from the start and stays when Gutenberg's is imported. Of
    /// several editions the one that is believed first. The others' identifiers find the work as well.
    private static func identifier(_ ranked: [SourceRecord]) -> String {
        for source in [Source.plain, .gutenberg, .goodbooks, .goodreads] {
            if let record = ranked.first(where: { $0.source == source }) { return record.identifier }
        }
        return ranked[0].identifier
    }

    private static func year(_ ranked: [SourceRecord], _ life: ClosedRange<Int>?) -> Int? {
        if let year = ranked.first(where: { $0.source == .plain && $0.year != nil })?.year { return year }
        // A year far outside the author's life is an edition's.
        return ranked.compactMap(\.year).filter { year in
            life.map { ($0.lowerBound - 10...$0.upperBound + 80).contains(year) } ?? true
        }.min()
    }

    private static func languages(_ ranked: [SourceRecord]) -> [String] {
        var languages: [String] = []
        func add(_ code: String) {
            if !languages.contains(code) { languages.append(code) }
        }
        if let original = ranked.compactMap(\.original).first { add(original) }
        for code in ranked.flatMap(\.texts) { add(code) }
        return languages
    }

    private static func subjects(_ ranked: [SourceRecord]) -> [String] {
        var chosen: [String] = []
        var rest: [String] = []
        for record in ranked {
            for term in record.subjects {
                if record.source == .plain {
                    if !chosen.contains(term) { chosen.append(term) }
                } else if !rest.contains(term) {
                    rest.append(term)
                }
            }
        }
        let further = rest.filter { !chosen.contains($0) }
        var genres: GenreSet = []
        for term in further {
            // An editor's choice of genres is not made longer by what a machine thinks; forms of writing are facts.
            if let genre = Genre(term: term), chosen.isEmpty || Genres.forms.contains(genre) { genres.insert(genre) }
        }
        let topics = further.filter { Genre(term: $0) == nil }
        var all = chosen + genres.map(\.term) + topics
        if all.contains("fiction") { all.removeAll { $0 == "non-fiction" } }
        return Array(all.prefix(32))
    }
}
