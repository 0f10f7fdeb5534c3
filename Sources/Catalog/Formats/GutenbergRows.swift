import Chat

/// Rows of `pg_catalog.csv`. The file as published parts several authors by semicolons; tables made from it may have one
/// row an author instead. Rows with the same number are one book either way.
struct GutenbergRows: RowReader {
    private var pending: (number: Int, record: Fields)?
    /// Authors of the numbers that were read, for a row that comes apart from its others.
    private var authors: [Int: [String]] = [:]
    private(set) var furtherRows = 0

    private var people = Memo(capacity: 60_000) { AuthorName(heading: $0) }
    private var subjects = Memo(capacity: 60_000) { SubjectHeading($0) }
    private var shelves = Memo(capacity: 2_000) { Shelf($0) }
    private var languages = Memo(capacity: 1_000) { Languages.code($0) }

    private struct Shelf {
        var genres: GenreSet
        /// The language of the literature it is of.
        var literature: String?
        var prominence: Double?

        private static let halves: Set<String> = [
            "spirituality", "gardening", "animals", "films", "dramas", "agricultural", "farming", "media", "writing",
            "dictionaries", "reference", "alcohol", "pharmacology", "hobbies", "middle ages", "biochemistry",
            "management",
            "statistics", "information sys", "psychology",
        ]

        init(_ name: String) {
            // "Category: Nature/Gardening/Animals" is a shelf for any of them: only the first is taken as said of all. In
            // tables made from the catalogue the others may stand alone.
            // Older files say "Browsing" for "Category".
            let isCategory = name.hasPrefix("Category: ") || name.hasPrefix("Browsing: ")
            let first = name.parts(between: "/").first?.drop { $0 != " " } ?? ""
            let key = Folding.key(isCategory ? "Category " + first : name)
            genres = Self.halves.contains(key) ? [] : Genres.named(key)
            literature = Languages.shelves[key]
            prominence = Prominence.ofShelf(key)
        }
    }

    private struct Fields {
        var title: String
        var languages: [String]
        var subjects: [String]
        var classes: [String]
        var shelves: [String]
        var isText: Bool
    }

    mutating func read(_ row: borrowing CSVRecord, _ columns: CSVColumns) throws(RowRefusal) -> SourceRecord? {
        guard let number = FieldRules.integer(columns.text("text#", of: row)), number > 0 else {
            throw RowRefusal(reason: "Text# is no number")
        }
        let names = Self.list(columns.text("authors", of: row))
        if let pending, pending.number == number {
            authors[number, default: []].append(contentsOf: names)
            furtherRows += 1
            return nil
        }
        let fields = Fields(
            title: try FieldRules.title(columns.text("title", of: row)),
            languages: Self.list(columns.text("language", of: row)),
            subjects: Self.list(columns.text("subjects", of: row)), classes: Self.list(columns.text("locc", of: row)),
            shelves: Self.list(columns.text("bookshelves", of: row)),
            isText: columns.text("type", of: row).lowercased() == "text" || !columns.has("type"))
        let finished = finish()
        authors[number, default: []].append(contentsOf: names)
        pending = (number, fields)
        return finished
    }

    mutating func finish() -> SourceRecord? {
        guard let (number, fields) = pending else { return nil }
        pending = nil
        return record(number, fields, authors[number] ?? [])
    }

    private static func list(_ text: String) -> [String] {
        text.parts(between: ";").map { AuthorName.spaced($0) }.filter { !$0.isEmpty }
    }

    private mutating func record(_ number: Int, _ fields: Fields, _ headings: [String]) -> SourceRecord {
        var names: [AuthorName] = []
        for heading in headings.prefix(FieldRules.maximumAuthors) {
            if let name = people[heading], !names.contains(where: { $0.key == name.key }) { names.append(name) }
        }
        let subjects = fields.subjects.map { self.subjects[$0] }
        let shelves = fields.shelves.map { self.shelves[$0] }
        var terms = SubjectTerms()
        for subject in subjects { terms.add(subject) }
        for shelf in shelves { terms.add(shelf.genres) }
        for mark in fields.classes { terms.add(LibraryClass.genres(mark)) }
        let forms = TitleForms(
            fields.title, cutsVolumes: true, cutsParts: !terms.genres.contains(.drama),
            owners: names.prefix(3).flatMap(\.surnames))
        var record = SourceRecord(source: .gutenberg, key: String(number), title: forms.display)
        record.name(forms, authors: names)
        // Further lines of these titles explain; two books of one author with one main title are one work here.
        record.isBare = true
        record.period = Self.period(names)
        record.texts = fields.languages.compactMap { languages[$0] }
        record.subjects = terms.listed()
        record.original =
            subjects.compactMap(\.translatedFrom).first { !record.texts.contains($0) }
            ?? shelves.compactMap(\.literature).first ?? Self.language(ofClasses: fields.classes, record.texts)
        record.length = LengthClues.length(title: fields.title, genres: terms.genres, isVolume: forms.isVolume)
        if fields.isText && !terms.isPeriodical {
            record.prominence = Prominence.together(shelves.compactMap(\.prominence) + [0.02])
        }
        return record
    }

    /// When it may have been written: while all its authors could write, else while the first could.
    static func period(_ names: [AuthorName]) -> ClosedRange<Int>? {
        let ranges = names.compactMap { $0.dates?.writingYears }
        guard let first = ranges.first else { return nil }
        var common = first
        for range in ranges.dropFirst() {
            guard range.overlaps(common) else { return first }
            common = range.clamped(to: common)
        }
        return common
    }

    private static func language(ofClasses marks: [String], _ texts: [String]) -> String? {
        for mark in marks {
            let written = Languages.written(inClass: mark)
            if written.count == 1 { return written[0] }
            if let own = written.first(where: texts.contains) { return own }
        }
        return nil
    }
}
