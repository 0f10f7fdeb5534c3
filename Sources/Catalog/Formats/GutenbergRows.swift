import Chat

/// Rows of `pg_catalog.csv`. The file as published parts several authors by semicolons; tables made from it may have one
/// row an author instead. Rows with the same number are one book either way.
struct GutenbergRows: RowReader {
    private var pending: (number: Int, record: Fields)?
    /// Authors of the numbers that were read, for a row that comes apart from its others.
    private var authors: [Int: [String]] = [:]
    private(set) var furtherRows = 0

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
        if authors[number] != nil { furtherRows += 1 }
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
        text.split(separator: ";").map { AuthorName.spaced($0) }.map { $0.hasPrefix(" ") ? String($0.dropFirst()) : $0 }
            .filter { !$0.isEmpty }
    }

    private func record(_ number: Int, _ fields: Fields, _ headings: [String]) -> SourceRecord {
        var names: [AuthorName] = []
        for heading in headings.prefix(FieldRules.maximumAuthors) {
            if let name = AuthorName(heading: heading), !names.contains(where: { $0.key == name.key }) {
                names.append(name)
            }
        }
        var terms = SubjectTerms()
        for heading in fields.subjects { terms.add(heading: heading) }
        for shelf in fields.shelves { terms.add(shelf: shelf) }
        for mark in fields.classes { for genre in LibraryClass.genres(mark) { terms.add(genre: genre) } }
        let forms = TitleForms(
            fields.title, cutsVolumes: true, cutsParts: !terms.genres.contains("drama"),
            owners: names.prefix(3).flatMap(\.surnames))
        var record = SourceRecord(source: .gutenberg, key: String(number), title: forms.display)
        record.name(forms, authors: names)
        // Further lines of these titles explain; two books of one author with one main title are one work here.
        record.isBare = true
        record.period = Self.period(names)
        record.texts = fields.languages.compactMap { Languages.code($0) }
        record.subjects = terms.listed()
        record.original = original(fields, terms)
        record.length = LengthClues.length(title: fields.title, genres: terms.genres, isVolume: forms.isVolume)
        record.prominence = fields.isText && !terms.isPeriodical ? Prominence.ofShelves(fields.shelves) : 0
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

    private func original(_ fields: Fields, _ terms: SubjectTerms) -> String? {
        let texts = Set(fields.languages.compactMap { Languages.code($0) })
        // "Epic poetry, Greek -- Translations into English" names the language it was translated from.
        for heading in fields.subjects {
            let parts = SubjectTerms.subdivisions(heading).map { Folding.key($0) }
            if parts.dropFirst().contains(where: { $0.hasPrefix("translations into") }) {
                if let language = Languages.named(inHeading: parts[0]), !texts.contains(language) { return language }
            }
        }
        for shelf in fields.shelves {
            if let language = Languages.shelves[Folding.key(shelf)] { return language }
        }
        for mark in fields.classes {
            let written = Languages.written(inClass: mark)
            if written.count == 1 { return written[0] }
            if let own = written.first(where: texts.contains) { return own }
        }
        return nil
    }
}
