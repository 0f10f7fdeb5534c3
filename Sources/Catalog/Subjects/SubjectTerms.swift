/// The terms of one work, gathered from headings, shelves and class marks.
struct SubjectTerms {
    /// Broad genre terms.
    private(set) var genres: Set<String> = []
    /// Other terms in the order found, lower case.
    private(set) var topics: [String] = []
    private(set) var isPeriodical = false

    static let maximumTerms = 24

    /// Adds a heading with its subdivisions: "Whaling -- Fiction".
    mutating func add(heading: some StringProtocol) {
        for (index, part) in Self.subdivisions(heading).enumerated() {
            add(part: part, isMain: index == 0)
        }
    }

    /// Adds a bookshelf, which has no subdivisions.
    mutating func add(shelf: some StringProtocol) {
        for genre in Genres.named(Folding.key(shelf)) { genres.insert(genre) }
    }

    /// Adds what a user or an editor wrote: a genre, or any other term.
    mutating func add(term: some StringProtocol) {
        let key = Folding.key(term)
        guard !key.isEmpty, key.utf8.count <= 60 else { return }
        let named = Genres.named(key)
        for genre in named { genres.insert(genre) }
        let plain = Self.lowercased(AuthorName.spaced(term))
        if Genres.rank[plain] != nil { genres.insert(plain) } else { append(plain) }
    }

    mutating func add(genre: String) {
        genres.insert(genre)
    }

    /// All terms, genres first. Adds "fiction" or "non-fiction" where there is ground.
    func listed() -> [String] {
        var genres = genres
        if genres.contains("dystopia") || genres.contains("utopia") { genres.insert("fiction") }
        let isFiction = !genres.isDisjoint(with: Genres.fictional)
        if isFiction {
            genres.insert("fiction")
            genres.remove("non-fiction")
        } else if genres.isDisjoint(with: ["poetry", "drama", "opera", "epic", "folklore", "mythology", "fable"]),
            !genres.isDisjoint(with: Genres.factual)
        {
            genres.insert("non-fiction")
        }
        let ordered = genres.sorted { (Genres.rank[$0] ?? .max, $0) < (Genres.rank[$1] ?? .max, $1) }
        return Array((ordered + topics.filter { !genres.contains($0) }).prefix(Self.maximumTerms))
    }

    /// The parts between "--".
    static func subdivisions(_ heading: some StringProtocol) -> [String] {
        var parts: [String] = []
        var part = ""
        var dashes = 0
        for scalar in heading.unicodeScalars {
            if scalar == "-" {
                dashes += 1
                continue
            }
            if dashes == 1 { part += "-" }
            if dashes >= 2 {
                parts.append(part)
                part = ""
            }
            dashes = 0
            part.unicodeScalars.append(scalar)
        }
        if dashes == 1 { part += "-" }
        parts.append(part)
        return parts.map { AuthorName.spaced($0) }.map { $0.hasPrefix(" ") ? String($0.dropFirst()) : $0 }
            .filter { !$0.isEmpty }
    }

    private mutating func add(part: String, isMain: Bool) {
        let key = Folding.key(part)
        guard !key.isEmpty else { return }
        let named = Genres.named(key)
        for genre in named { genres.insert(genre) }
        if key == "periodicals" { isPeriodical = true }
        // A subdivision that names a form is said by its genre.
        if !named.isEmpty && (!isMain || Self.isForm(key)) { return }
        if let term = Self.term(part) { append(term) }
    }

    private mutating func append(_ term: String) {
        guard !topics.contains(term), topics.count < Self.maximumTerms else { return }
        topics.append(term)
    }

    private static func isForm(_ key: String) -> Bool {
        key.hasSuffix("fiction") || key.hasSuffix("poetry") || key.hasSuffix("drama") || key.hasPrefix("short stories")
            || Genres.rank[key] != nil || key.hasSuffix("wit and humor") || key.hasSuffix("essays")
    }

    /// A heading as one would say it: "Holmes, Sherlock (Fictitious character)" is "sherlock holmes", "World War,
    /// 1914-1918" is "world war i", "London (England)" is "london". Nil for dates and other parts that say nothing alone.
    static func term(_ part: String) -> String? {
        let key = Folding.key(part)
        if let known = renamed[key] { return known.isEmpty ? nil : known }
        if key.hasPrefix("translations ") || key.hasPrefix("early works") || key.hasPrefix("to 1") { return nil }
        var text = part
        var isCharacter = false
        if let open = text.firstIndex(of: "("), open != text.startIndex {
            isCharacter = text[open...].contains("haracter")
            text = TitleForms.trimmed(text[..<open])
        }
        var pieces = text.split(separator: ",").map { AuthorName.spaced($0) }
        if pieces.count > 1, let last = pieces.last, LifeDates(last) != nil {
            // A person's or an event's dates.
            let name = AuthorName(heading: text)
            pieces.removeLast()
            if let name, pieces.count > 1 { return lowercased(name.display) }
        } else if isCharacter, pieces.count > 1, let name = AuthorName(heading: text) {
            return lowercased(name.display)
        } else if pieces.count == 2, nationalities.contains(Folding.key(pieces[1])) {
            pieces.removeLast()
        }
        let plain = lowercased(TitleForms.trimmed(pieces.joined(separator: ", ")))
        guard !plain.isEmpty, plain.utf8.count <= 60, !plain.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else {
            return plain.hasSuffix(" century") ? plain : nil
        }
        return plain
    }

    static func lowercased(_ text: String) -> String {
        String(text.lowercased())
    }

    private static let renamed: [String: String] = [
        "world war 1914 1918": "world war i", "world war 1939 1945": "world war ii",
        "civil war 1861 1865": "american civil war",
        "revolution 1775 1783": "american revolution", "revolution 1789 1799": "french revolution",
        "england": "england",
        "napoleon i emperor of the french 1769 1821": "napoleon", "man woman relationships": "love",
        "jesus christ": "jesus",
        "history": "", "fiction": "", "19th century": "", "20th century": "", "18th century": "", "17th century": "",
        "16th century": "", "15th century": "", "texts": "", "pictorial works": "", "collections": "", "etc": "",
        "revolution 1917 1921": "russian revolution", "translations into english": "", "congresses": "",
        "popular literature": "",
        "indians of north america": "native americans", "great britain": "britain", "aeronautics": "flying",
        "enslaved persons": "slavery", "illustrated periodicals": "", "periodicals": "", "miscellanea": "",
        "english": "",
        "in literature": "", "new york n y": "new york", "human alien encounters": "aliens",
        "extraterrestrial beings": "aliens",
        "seafaring life": "seafaring", "motion pictures": "film", "world war i": "world war i", "romanies": "roma",
        "literary collections": "", "popular works": "", "general": "", "anecdotes": "anecdotes",
        "united states": "united states",
    ]

    private static let nationalities: Set<String> = [
        "english", "american", "french", "german", "italian", "spanish", "russian", "finnish", "hungarian", "dutch",
        "greek",
        "latin", "irish", "scottish", "scots", "chinese", "japanese", "norwegian", "swedish", "danish", "portuguese",
        "canadian", "australian", "polish", "jewish", "british", "middle english", "yiddish", "arabic", "persian",
        "sanskrit",
    ]
}
