import Chat
import Substrings

/// Rows of a plain table, such as the catalogue that is shipped, or the exports of Calibre and StoryGraph, which have columns of
/// other names.
struct PlainRows: RowReader {
    /// Identifiers given so far, with the author who has them.
    private var taken: [String: String] = [:]

    mutating func read(_ row: borrowing CSVRecord, _ columns: CSVColumns) throws(RowRefusal) -> SourceRecord? {
        let text = try FieldRules.title(columns.text("title", of: row))
        let names = Self.authors(of: row, columns).prefix(FieldRules.maximumAuthors).compactMap {
            Self.isInverted($0) ? AuthorName(heading: $0) : AuthorName(natural: $0)
        }
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
        if record.year == nil {
            for name in Self.yearColumns where record.year == nil {
                record.year = FieldRules.year(columns.text(name, of: row))
            }
        }
        if record.year == nil {
            // "1990-05-01T00:00:00+00:00"; Calibre writes the year 101 where it knows none.
            record.year = FieldRules.year(String(columns.text("pubdate", of: row).prefix(4))).flatMap {
                $0 > 101 ? $0 : nil
            }
        }
        record.original = Languages.code(columns.text("language", of: row))
        let languages = columns.text("languages", of: row).split(separator: ",").prefix(8)
        record.texts = languages.compactMap { Languages.code(String($0)) }
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
        // Of a reader's own tags only those that name a genre say something about the book.
        var genres = SubjectTerms()
        for tag in (columns.text("tags", of: row) + "," + columns.text("moods", of: row)).split(whereSeparator: {
            ",;".contains($0)
        }) {
            genres.add(Genres.named(Folding.key(tag)))
        }
        for term in genres.listed() where !terms.contains(term) { terms.append(term) }
        record.subjects = Array(terms.prefix(SubjectTerms.maximumTerms))
        record.summary =
            FieldRules.summary(columns.text("description", of: row))
            ?? FieldRules.summary(FieldRules.withoutMarkup(columns.text("comments", of: row)))
        // Somebody chose it.
        record.prominence = 0.5
        return record
    }

    /// Several authors are parted by semicolons; in Calibre's exports by "&", in StoryGraph's by commas.
    private static func authors(of row: borrowing CSVRecord, _ columns: CSVColumns) -> [String] {
        let name =
            ["authors", "author", "author(s)", "creator", "creators", "writer"].first { columns.has($0) } ?? "authors"
        let text = columns.text(name, of: row)
        if text.contains(";") { return text.split(separator: ";").map(String.init) }
        if text.contains(" & ") { return text.split(separator: "&").map(String.init) }
        return columns.has("read status") ? text.split(separator: ",").map(String.init) : [text]
    }

    /// "Ende, Michael", but not "Kurt Vonnegut, Jr.".
    private static func isInverted(_ name: String) -> Bool {
        let parts = name.split(separator: ",")
        return parts.count == 2 && Folding.key(parts[0]).foldedWords.count == 1
    }

    /// Names of the year's column in others' tables.
    private static let yearColumns = [
        "original publication year", "publication year", "year published", "published", "first published",
        "publication date",
    ]
}
