import Words

/// What library headings, shelves and terms of a person's mean in genres.
enum Genres {
    /// Matters of fact and thought.
    static let factual: GenreSet = [
        .essays, .letters, .diary, .memoir, .biography, .history, .popularScience, .science, .mathematics, .technology,
        .medicine, .psychology, .philosophy, .religion, .spirituality, .politicalThought, .politics, .economics,
        .sociology,
        .anthropology, .education, .law, .language, .literaryCriticism, .journalism, .art, .architecture, .music,
        .theatre,
        .cooking, .crafts, .gardening, .reference, .travel, .exploration, .nature, .selfHelp, .sport,
    ]

    /// Those of them that a novel is not, whatever shelf it was put on by a machine.
    static let neverFiction: GenreSet = [
        .essays, .letters, .diary, .memoir, .biography, .history, .popularScience, .science, .mathematics, .technology,
        .medicine, .economics, .sociology, .anthropology, .education, .law, .language, .literaryCriticism, .journalism,
        .architecture, .cooking, .crafts, .gardening, .reference, .selfHelp, .politicalThought, .travel, .nature,
    ]

    /// Invented, but not told in prose.
    static let imaginative: GenreSet = [
        .poetry, .drama, .opera, .epic, .folklore, .mythology, .fables, .tragedy, .comedy,
    ]

    /// What a work is, whatever it is about.
    static let forms: GenreSet = [.novel, .shortStories, .poetry, .drama, .childrens, .classics, .fiction, .nonFiction]

    /// Forms of prose fiction: any of them says that a work is fiction. A ghost, a robot or a murder does not.
    static let fictionForms: GenreSet = [
        .fiction, .novel, .shortStories, .historicalFiction, .domesticFiction, .psychologicalFiction, .politicalFiction,
        .literaryFiction, .dystopia, .alternateHistory, .cyberpunk, .magicalRealism,
    ]

    /// The genres that a heading, a subdivision or a shelf stands for, by its folded name; empty when none.
    static func named(_ key: String) -> GenreSet {
        if let known = table[key] { return known }
        for (suffix, genres) in suffixes where key.hasSuffix(suffix) { return genres }
        return []
    }

    /// National literatures and forms: "French fiction", "Ballads, English", "American wit and humor".
    private static let suffixes: [(String, GenreSet)] = [
        (" science fiction", [.scienceFiction, .fiction]),
        (" detective and mystery stories", [.detectiveFiction, .fiction]),
        (" fiction", [.fiction]), (" poetry", [.poetry]), (" poems", [.poetry]), (" drama", [.drama]),
        (" plays", [.drama]),
        (" wit and humor", [.humour]), (" essays", [.essays]), (" letters", [.letters]), (" fairy tales", [.fairyTale]),
        (" folklore", [.folklore]), (" mythology", [.mythology]), (" periodicals", [.periodicals]),
        (" stories for children", [.childrens, .fiction]), (" novels", [.novel]),
    ]

    private static let table: [String: GenreSet] = {
        var table: [String: GenreSet] = [:]
        for line in WordFile("books/headings").lines {
            guard let colon = line.firstIndex(of: ":"), let genre = Genre(term: String(line[..<colon])) else {
                preconditionFailure("a line of the headings begins with no genre: \(line)")
            }
            table[Folding.key(genre.term), default: []].insert(genre)
            for heading in line[line.index(after: colon)...].split(separator: ";") {
                let key = Folding.key(heading)
                if !key.isEmpty { table[key, default: []].insert(genre) }
            }
        }
        return table
    }()
}
