/// What one library heading says: "Whaling -- Massachusetts -- History -- Fiction".
struct SubjectHeading {
    private(set) var genres: GenreSet = []
    /// Topics in everyday words.
    private(set) var topics: [String] = []
    /// True when the heading says that the work is prose fiction.
    private(set) var isFiction = false
    private(set) var isPeriodical = false
    /// The language of "Epic poetry, Greek -- Translations into English", which is Greek.
    private(set) var translatedFrom: String?

    init(_ heading: some StringProtocol) {
        let parts = Self.subdivisions(heading)
        let fullKeys = parts.map { Folding.key($0) }
        let keys = zip(parts, fullKeys).map { Self.withoutNationality($0, $1) }
        if keys.contains(where: { Self.criticism.contains($0) }) {
            // About literature of that kind, not of it.
            genres = [.literaryCriticism]
        } else {
            for key in keys { genres.formUnion(Genres.named(key)) }
            isFiction = keys.contains(where: Self.isFictionForm)
            if isFiction {
                // "Great Britain -- History -- Victoria, 1837-1901 -- Fiction" stands with novels of that time, too: it
                // makes no historical novel.
                genres.subtract(Genres.neverFiction)
            } else if keys.dropFirst().contains(where: { ["drama", "poetry", "juvenile poetry"].contains($0) }) {
                genres.subtract(Genres.neverFiction)
            }
        }
        isPeriodical = keys.contains("periodicals")
        if keys.dropFirst().contains(where: { $0.hasPrefix("translations into") }) {
            translatedFrom = fullKeys.first.flatMap { Languages.named(inHeading: $0) }
        }
        for (index, (part, key)) in zip(parts, keys).enumerated() {
            // A part that names a form is said by its genre.
            if !(Self.isForm(key) || index > 0 && Self.forms.contains(key)) { topics += Topics.named(part, key) }
        }
    }

    private static let criticism: Set<String> = [
        "history and criticism", "criticism and interpretation", "criticism interpretation etc", "in literature",
        "stories plots etc", "bibliography", "concordances",
    ]

    private static func isFictionForm(_ key: String) -> Bool {
        key.hasSuffix("fiction") || (key.hasSuffix(" stories") && key != "children s stories")
            || key.hasSuffix(" tales")
            || key.hasPrefix("short stories") || key == "bildungsromans" || key.hasSuffix(" novels")
            || key.hasPrefix("detective and mystery")
    }

    /// "Ballads, English" is "ballads": whose they are is told by the language.
    private static func withoutNationality(_ part: String, _ key: String) -> String {
        guard part.utf8.contains(0x2c), let last = key.foldedWords.last, Topics.nationalities.contains(String(last))
        else {
            return key
        }
        return String(key.dropLast(last.count + 1))
    }

    /// Subdivisions that name a form.
    private static let forms: Set<String> = [
        "juvenile literature", "biography", "correspondence", "diaries", "personal narratives",
        "description and travel",
        "history", "humor", "periodicals", "sources", "dictionaries", "handbooks manuals etc", "guidebooks",
        "bibliography",
        "catalogs", "readers", "sermons", "travel", "songs and music", "quotations", "indexes", "librettos",
        "textbooks",
    ]

    private static func isForm(_ key: String) -> Bool {
        isFictionForm(key) || key.hasSuffix("poetry") || key.hasSuffix("drama") || key.hasSuffix("wit and humor")
            || key.hasSuffix("essays") || Genre(term: key) != nil
    }

    /// The parts between "--".
    static func subdivisions(_ heading: some StringProtocol) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        var dashes = 0
        func close() {
            let text = AuthorName.spaced(String(decoding: part, as: UTF8.self))
            if !text.isEmpty { parts.append(text) }
            part.removeAll(keepingCapacity: true)
        }
        for byte in heading.utf8 {
            if byte == 0x2d {
                dashes += 1
                continue
            }
            if dashes == 1 { part.append(0x2d) }
            if dashes >= 2 { close() }
            dashes = 0
            part.append(byte)
        }
        if dashes == 1 { part.append(0x2d) }
        close()
        return parts
    }
}
