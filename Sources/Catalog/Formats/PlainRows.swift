import Chat

/// Rows of a plain table, such as the catalogue that is shipped.
struct PlainRows: RowReader {
    /// Identifiers given so far, with the author who has them.
    private var taken: [String: String] = [:]

    mutating func read(_ row: borrowing CSVRecord, _ columns: CSVColumns) throws(RowRefusal) -> SourceRecord? {
        let text = try FieldRules.title(columns.text("title", of: row))
        let names = columns.text("authors", of: row).split(separator: ";").prefix(FieldRules.maximumAuthors)
            .compactMap { AuthorName(natural: $0) }
        let forms = TitleForms(
            text, cutsVolumes: false, cutsParts: false, owners: names.prefix(3).flatMap(\.surnames))
        let title = TitleForms.trimmed(AuthorName.spaced(text))
        let author = names.first?.surnames.last ?? ""
        var slug = Folding.key(title).split(separator: " ").joined(separator: "-")
        // Two works of one title: the second has its author's name in the identifier.
        if let other = taken[slug], other != author, !author.isEmpty { slug += "-" + author }
        if let other = taken[slug], other == author {
            throw RowRefusal(reason: "the same title and author as an earlier row")
        }
        taken[slug] = author
        var record = SourceRecord(source: .plain, key: slug, title: title)
        record.name(forms, authors: names)
        if let number = FieldRules.integer(columns.text("gutenberg_id", of: row)), number > 0 {
            record.links = ["pg:\(number)"]
            record.mergeKeys.append("#pg:\(number)")
        }
        let yearText = columns.text("year", of: row)
        record.year = FieldRules.year(yearText)
        if record.year == nil && !Folding.key(yearText).isEmpty { throw RowRefusal(reason: "year is no year") }
        record.original = Languages.code(columns.text("language", of: row))
        let lengthText = Folding.key(columns.text("length", of: row))
        record.length = BookLength(rawValue: lengthText)
        if record.length == nil && !lengthText.isEmpty {
            throw RowRefusal(reason: "length is none of short, medium and long")
        }
        var terms: [String] = []
        for term in columns.text("subjects", of: row).split(separator: ";") {
            let plain = SubjectTerms.plain(term)
            if !plain.isEmpty, plain.utf8.count <= SubjectTerms.maximumTermBytes, !terms.contains(plain) {
                terms.append(plain)
            }
        }
        record.subjects = Array(terms.prefix(SubjectTerms.maximumTerms))
        record.summary = FieldRules.summary(columns.text("description", of: row))
        // Somebody chose it.
        record.prominence = 0.5
        return record
    }
}
