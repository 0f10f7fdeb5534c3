import Chat

/// Rows of goodbooks-10k's `books.csv`.
struct GoodbooksRows: RowReader {
    mutating func read(_ row: borrowing CSVRecord, _ columns: CSVColumns) throws(RowRefusal) -> SourceRecord? {
        // `book_id` counts the file's rows; Goodreads' own number makes the identifier.
        let number = FieldRules.integer(columns.text("goodreads_book_id", of: row))
        guard let number = number ?? FieldRules.integer(columns.text("book_id", of: row)), number > 0 else {
            throw RowRefusal(reason: "goodreads_book_id is no number")
        }
        let (title, series) = SeriesTitle.split(try FieldRules.title(columns.text("title", of: row)))
        let names = columns.text("authors", of: row).split(separator: ",").prefix(FieldRules.maximumAuthors)
            .compactMap { AuthorName(natural: $0) }
        let owners = names.prefix(1).flatMap(\.surnames)
        let forms = TitleForms(title, cutsVolumes: false, cutsParts: false, owners: owners)
        var record = SourceRecord(source: .goodbooks, key: String(number), title: title)
        var further: [TitleForms] = []
        let (original, _) = SeriesTitle.split(columns.text("original_title", of: row))
        if !Folding.key(original).isEmpty, original != title, original.utf8.count <= FieldRules.maximumTitleBytes {
            further.append(TitleForms(original, cutsVolumes: false, cutsParts: false, owners: owners))
            record.otherTitles = [original]
        }
        // The first is the author; translators and illustrators follow unmarked. Two names may be two authors.
        record.name(forms, authors: Array(names.prefix(names.count == 2 ? 2 : 1)), further: further)
        record.year = FieldRules.year(columns.text("original_publication_year", of: row))
        record.texts = [Languages.code(columns.text("language_code", of: row))].compactMap { $0 }
        record.rating = FieldRules.rating(columns.text("average_rating", of: row))
        record.ratings = FieldRules.integer(columns.text("ratings_count", of: row)).map { max(0, $0) }
        record.prominence = Prominence.ofRatings(record.ratings ?? 0)
        var terms = SubjectTerms()
        if let series { series.add(to: &terms) }
        record.subjects = terms.listed()
        return record
    }
}

/// Rows of a Goodreads library export. What the person did with a book is not read.
struct GoodreadsRows: RowReader {
    private static let maximumFurtherAuthors = 3

    mutating func read(_ row: borrowing CSVRecord, _ columns: CSVColumns) throws(RowRefusal) -> SourceRecord? {
        guard let number = FieldRules.integer(columns.text("book id", of: row)), number > 0 else {
            throw RowRefusal(reason: "Book Id is no number")
        }
        let (title, series) = SeriesTitle.split(try FieldRules.title(columns.text("title", of: row)))
        // Further authors follow in a field of their own, translators and illustrators unmarked among them.
        let further = columns.text("additional authors", of: row).split(separator: ",").prefix(
            Self.maximumFurtherAuthors)
        let names = ([columns.text("author", of: row)] + further.map(String.init)).compactMap {
            AuthorName(natural: $0)
        }
        let forms = TitleForms(
            title, cutsVolumes: false, cutsParts: false, owners: names.prefix(1).flatMap(\.surnames))
        var record = SourceRecord(source: .goodreads, key: String(number), title: title)
        record.name(forms, authors: names)
        record.year =
            FieldRules.year(columns.text("original publication year", of: row))
            ?? FieldRules.year(columns.text("year published", of: row))
        record.rating = FieldRules.rating(columns.text("average rating", of: row))
        record.length = FieldRules.integer(columns.text("number of pages", of: row)).flatMap {
            LengthClues.length(pages: $0)
        }
        record.prominence = 0.1
        var terms = SubjectTerms()
        if let series { series.add(to: &terms) }
        // Of the person's shelves only those that name a genre say something about the book.
        for shelf in columns.text("bookshelves", of: row).split(separator: ",") {
            terms.add(Genres.named(Folding.key(shelf)))
        }
        record.subjects = terms.listed()
        return record
    }
}

/// Goodreads writes the series in parentheses: "Twilight (Twilight, #1)".
enum SeriesTitle {
    /// A series, and which of its books it is, where that is a whole number.
    struct Part {
        var name: String
        var number: Int?

        /// As subjects: the series, and the book's place in it ("twilight #1").
        func add(to terms: inout SubjectTerms) {
            terms.add(term: name)
            if let number { terms.add(term: "\(name) #\(number)") }
        }
    }

    static func split(_ text: String) -> (title: String, series: Part?) {
        let text = AuthorName.spaced(text)
        guard text.hasSuffix(")"), let open = text.lastIndex(of: "("), open != text.startIndex,
            text[open...].contains("#")
        else { return (text, nil) }
        let title = TitleForms.trimmed(text[..<open])
        guard !Folding.key(title).isEmpty else { return (text, nil) }
        let inside = text[text.index(after: open)...].dropLast()
        let first = inside.split(separator: ";").first ?? inside
        let parts = first.split(separator: "#")
        let series = TitleForms.trimmed(parts.first ?? "")
        guard !Folding.key(series).isEmpty else { return (title, nil) }
        // "#1-3" is several books, "#0.5" a story between two.
        let number = parts.dropFirst().first.flatMap { Int(TitleForms.trimmed($0)) }
        return (title, Part(name: series, number: number))
    }
}
